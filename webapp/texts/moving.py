"""What is said about moving cases to another release: why one stays, and what changes for one that goes."""

from collections.abc import Mapping

#: What differs at an element, in the words of the list of differences.
ASPECTS: Mapping[str, tuple[str, str]] = {
    "kind": ("jenis", "kind"),
    "scope": ("tempat (subproses)", "place (sub-process)"),
    "lane": ("lajur", "lane"),
    "name": ("nama atau penjelasan", "name or explanation"),
    "form": ("formulir", "form"),
    "result": ("variabel hasil", "result variable"),
    "service": ("layanan", "service"),
    "decision": ("tabel keputusan", "decision table"),
    "script": ("skrip", "script"),
    "called": ("proses yang dipanggil", "called process"),
    "people": ("petugas", "people"),
    "due": ("tenggat atau prioritas", "due date or priority"),
    "timer": ("waktu", "time"),
    "event": ("peristiwa", "event"),
    "loop": ("perulangan", "loop"),
    "edge": ("tempat menempel", "where it is attached"),
    "undoing": ("langkah pembatal", "compensation"),
    "ways": ("alur keluar", "ways out"),
}

MOVING_TEXTS: Mapping[str, tuple[str, str]] = {
    # What the command refuses.
    "migration.mapping": (
        "Pemetaan tidak dapat dipakai: '{name}'. Tulis LAMA=BARU dengan id unsur yang ada di kedua rilis.",
        "The mapping cannot be used: '{name}'. Write OLD=NEW with ids of elements that the two releases have.",
    ),
    "migration.other_process": (
        "Kedua rilis bukan dari proses yang sama ({old} dan {new}). Pilih dua rilis dari satu proses.",
        "The two releases are of different processes ({old} and {new}). Choose two releases of one process.",
    ),
    "migration.same_release": (
        "Rilis lama dan rilis baru sama (nomor {number}), jadi tidak ada yang dipindahkan.",
        "The old and the new release are the same (number {number}), so there is nothing to move.",
    ),
    "migration.other_run": (
        "Pemindahan nomor {run} di antara kedua rilis ini belum selesai dan memakai pemetaan lain. Selesaikan dahulu "
        "dengan pemetaan yang sama.",
        "Run {run} between these releases has not ended and uses another mapping. Finish it first with its mapping.",
    ),
    "migration.undo_closed": (
        "Pemindahan ini tidak dapat dibatalkan lagi: keadaan sebelumnya disimpan sampai {until}.",
        "This run can no longer be undone: what the cases were before was kept until {until}.",
    ),
    "migration.release_unclear": (
        "'{old}' dan '{new}' tidak menunjuk tepat satu pasang rilis. Tulis PROSES:NOMOR atau awal sidik rilis. "
        "Yang ada: {known}.",
        "'{old}' and '{new}' do not name exactly one pair of releases. Write PROCESS:NUMBER or the beginning of a "
        "digest. Known: {known}.",
    ),
    # Why a case stays.
    "migration.gone": (
        "Unsur {element} tidak ada di rilis baru. Tentukan penggantinya.",
        "Element {element} is not in the new release. Say what stands for it.",
    ),
    "migration.kind": (
        "Unsur {element} menjadi jenis lain ({target}); yang menunggu di sana tidak dapat diteruskan.",
        "Element {element} is of another kind now ({target}); what waits there cannot go on.",
    ),
    "migration.loop": (
        "Perulangan pada {element} lain di rilis baru ({target}); putaran yang sudah berjalan tidak cocok.",
        "The loop of {element} is another one in the new release ({target}); the rounds that run do not fit.",
    ),
    "migration.trigger": (
        "Peristiwa {element} menunggu hal lain di rilis baru ({target}).",
        "Event {element} waits for something of another kind in the new release ({target}).",
    ),
    "migration.scope": (
        "Unsur {element} berada di subproses lain di rilis baru ({target}).",
        "Element {element} is in another sub-process in the new release ({target}).",
    ),
    "migration.rounds": (
        "Unsur {element} berada di subproses yang diulang di rilis baru ({target}); putaran tidak dapat dimulai di "
        "tengah.",
        "Element {element} is in a sub-process that is repeated in the new release ({target}); a round cannot begin "
        "midway.",
    ),
    "migration.parted": (
        "Unsur {element} berada di luar subprosesnya di rilis baru ({target}), sedangkan yang lain di subproses itu "
        "tetap di dalam.",
        "Element {element} is outside its sub-process in the new release ({target}), while others of that sub-process "
        "stay inside.",
    ),
    "migration.split": (
        "Yang menunggu di {element} tidak dapat dipecah menjadi {target}: hanya tugas atau penantian tanpa perulangan, "
        "di tempat yang sama.",
        "What waits at {element} cannot become {target}: only tasks and waiting events without a loop, in one place.",
    ),
    "migration.race": (
        "Peristiwa yang saling mendahului di {element} tidak lagi berada di belakang satu gerbang ({target}).",
        "The events of which the first takes all at {element} are no longer behind one gateway ({target}).",
    ),
    "migration.merge": (
        "Hanya tugas orang yang dapat digabung; {element} tidak dapat digabung ke {target}.",
        "Only people's tasks can become one; {element} cannot become part of {target}.",
    ),
    "migration.join": (
        "Gerbang {element} sudah menerima sebagian token, dan di rilis baru tidak ada gerbang yang cocok ({target}).",
        "Some tokens have come to gateway {element}, and the new release has no gateway that fits ({target}).",
    ),
    "migration.undoing": (
        "Yang dilakukan di {element} dapat dibatalkan di rilis lama, tetapi tidak dengan cara yang sama di rilis baru.",
        "What was done at {element} can be undone in the old release, but not in the same way in the new one.",
    ),
    "migration.impossible": (
        "Di rilis baru tidak pernah ada kasus yang menunggu tepat di {target}; kasus ini akan tertahan selamanya atau "
        "berjalan ganda. Petakan unsurnya, misalnya satu menjadi beberapa.",
        "In the new release no case ever waits at exactly {target}; this one would wait for ever or run twice. Map "
        "its elements, for instance one to several.",
    ),
    "migration.not_decided": (
        "Terlalu banyak kemungkinan untuk memastikan bahwa kasus dapat menunggu di {target}. Selesaikan kasus ini di "
        "rilis lama, atau bagi diagramnya menjadi subproses.",
        "There are too many possibilities to make sure that a case can wait at {target}. Let this one end on the old "
        "release, or split the diagram into sub-processes.",
    ),
    "migration.variable": (
        "Unsur {element} di rilis baru membaca '{target}', yang tidak dimiliki kasus ini. Beri nilainya (alur "
        "migrate --set).",
        "Element {element} of the new release reads '{target}', which this case does not have. Give it (alur migrate "
        "--set).",
    ),
    "migration.cannot_begin": (
        "Yang ditunggu di rilis baru tidak dapat dimulai pada {element}: {target}",
        "What the new release waits for cannot begin at {element}: {target}",
    ),
    "migration.nobody_there": (
        "Tugas {element} akan menunggu orang bernomor {target}, yang tidak ada di kota ini atau sudah berhenti. "
        "Perbaiki data pegawai atau penunjukannya, lalu ulangi pemindahan.",
        "Task {element} would wait for the person with number {target}, who is not in this city or has left. Mend the "
        "employee data or who is named, then repeat the move.",
    ),
    "migration.message_waits": (
        "Pesan '{target}' sedang diantar kepada peristiwa yang di rilis baru menunggu hal lain. Tunggu sampai pesan "
        "itu diterima (pekerja latar harus berjalan), lalu ulangi pemindahan.",
        "Message '{target}' is on its way to an event that waits for something else in the new release. Wait until it "
        "has come (the worker must run), then repeat the move.",
    ),
    "migration.damaged": (
        "Data kasus ini rusak atau tidak cocok dengan daftar tugasnya. Perbaiki dahulu (alur verify).",
        "The data of this case are damaged or do not fit its tasks. Mend that first (alur verify).",
    ),
    # Why a case is not taken back.
    "migration.ended": ("Kasus ini sudah selesai.", "This case has ended."),
    "migration.forgotten": (
        "Keadaan kasus ini sebelum dipindahkan sudah tidak disimpan.",
        "What this case was before it was moved is no longer kept.",
    ),
    "migration.moved_on": (
        "Kasus ini sudah berjalan lagi setelah dipindahkan.",
        "This case has gone on since it was moved.",
    ),
    "migration.task_since": (
        "Tugas {element} diambil atau dialihkan orang setelah kasusnya dipindahkan.",
        "Somebody has taken or handed over task {element} since the case was moved.",
    ),
    "migration.message_coming": (
        "Pesan atau sinyal '{target}' sedang diantar kepada peristiwa yang hanya menunggunya di rilis baru, jadi "
        "akan hilang bila kasus dikembalikan. Setelah diterima, kasus berlanjut di rilis baru.",
        "Message or signal '{target}' is on its way to an event that waits for it in the new release only, so it "
        "would be lost if the case were taken back. Once it has come, the case goes on in the new release.",
    ),
    "migration.message_missed": (
        "Pesan '{target}' dikirim setelah kasus dipindahkan, dengan kunci yang hanya ditunggu di rilis lama. Bila "
        "dikembalikan, kasus ini tidak akan menerimanya. Lanjutkan di rilis baru, atau kirim ulang pesannya di sana.",
        "Message '{target}' was sent since the case was moved, under a key that only the old release waits for. "
        "Taken back, the case would never hear it. Let it go on in the new release, or send the message again there.",
    ),
    "migration.draft_since": (
        "Pada tugas {element} ada draf yang disimpan setelah kasusnya dipindahkan.",
        "A draft has been saved at task {element} since the case was moved.",
    ),
    # What changes for a case that goes.
    "migration.moved": ("{element} menjadi {target}.", "{element} becomes {target}."),
    "migration.split_into": ("{element} menjadi beberapa: {target}.", "{element} becomes several: {target}."),
    "migration.merged": ("{element} digabung ke {target}.", "{element} becomes part of {target}."),
    "migration.put_around": (
        "Kini berjalan di dalam subproses {element}; batas waktu subproses itu dihitung sejak saat pemindahan.",
        "It goes on inside sub-process {element} now; time limits of that count from the moment of the move.",
    ),
    "migration.taken_away": (
        "Kini berjalan di luar subproses {element}, yang tidak lagi mengelilinginya.",
        "It goes on outside sub-process {element} now, which is no longer around it.",
    ),
    "migration.event_added": ("Mulai menunggu {element}.", "{element} begins to wait."),
    "migration.event_dropped": ("{element} tidak ditunggu lagi.", "{element} waits no more."),
    "migration.timer_restarted": (
        "Waktu {element} berubah dan dihitung lagi sejak saat pemindahan.",
        "The time of {element} has changed and counts from the moment of the move.",
    ),
    "migration.event_restarted": (
        "{element} menunggu hal yang berbeda dari sebelumnya.",
        "{element} waits for something else than before.",
    ),
    "migration.given": ("Variabel {target} diberi nilai.", "Variable {target} is given a value."),
    "migration.draft_returned": (
        "Sebagian draf pada {element} tidak cocok dengan formulir baru dan dikembalikan kepada penulisnya.",
        "Part of a draft at {element} does not fit the new form and is given back to its writer.",
    ),
    **{
        f"migration.at.{aspect}": (f"Berubah pada {{element}}: {words[0]}.", f"Changed at {{element}}: {words[1]}.")
        for aspect, words in ASPECTS.items()
    },
    # What people are told.
    "task.draft_returned": (
        "Formulir tugas '{step}' ({title}) berubah. Yang sudah Anda ketik dan tidak ada lagi di formulir baru: {text}",
        "The form of task '{step}' ({title}) has changed. You had typed this, which it no longer asks for: {text}",
    ),
}
