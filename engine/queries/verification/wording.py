"""The sentences of the history checker in Indonesian and English."""

from collections.abc import Mapping

WORDING: Mapping[str, Mapping[str, str]] = {
    # The journal of a case.
    "journal_missing": {
        "id": "Kasus ini tidak punya jurnal.",
        "en": "The case has no journal.",
    },
    "journal_gap": {
        "id": "Langkah {expected} tidak ada dalam jurnal; sesudahnya ada langkah {found}.",
        "en": "Step {expected} is missing from the journal; step {found} follows.",
    },
    "journal_unreadable": {
        "id": "Langkah {version} dalam jurnal tidak dapat dibaca.",
        "en": "Step {version} of the journal cannot be read.",
    },
    "clock_went_back": {
        "id": "Langkah {version} dicatat pada waktu yang lebih awal daripada langkah sebelumnya. Periksa jam server.",
        "en": "Step {version} is dated before the step in front of it. Check the clock of the server.",
    },
    "completed_twice": {
        "id": "Tugas {token} ({element}) diselesaikan dua kali, kedua kalinya pada langkah {version}.",
        "en": "Task {token} ({element}) was completed twice, the second time in step {version}.",
    },
    # What people were told of, and what the journal says.
    "step_without_audit": {
        "id": "Langkah {version} ({kind}) tidak tercatat dalam jejak audit.",
        "en": "Step {version} ({kind}) is not in the audit trail.",
    },
    "audit_without_step": {
        "id": "Jejak audit {audit} mencatat {command}, tetapi jurnal tidak memuat langkah itu.",
        "en": "Audit row {audit} says {command}, and the journal has no such step.",
    },
    "key_twice": {
        "id": "Satu kunci permintaan dipakai {count} kali dalam jejak audit.",
        "en": "One request key stands {count} times in the audit trail.",
    },
    "heard_twice": {
        "id": "Satu pesan didengar dua kali, kedua kalinya pada langkah {version}.",
        "en": "One message was heard twice, the second time in step {version}.",
    },
    "heard_again": {
        "id": "Pesan keluar {outbox} sudah didengar, tetapi masih menunggu disampaikan.",
        "en": "Outbox row {outbox} was heard and still waits to be delivered.",
    },
    "seal_broken": {
        "id": "Jejak audit kota {tenant} tidak lagi seperti ketika disegel pada {at}: segel itu memuat {expected} "
        "baris sejak {after}, kini terdapat {found}. Ada baris yang diubah, dihapus, atau disisipkan.",
        "en": "The audit trail of city {tenant} is not as it was sealed at {at}: the seal covers {expected} rows "
        "since {after}, there are {found} now. Rows were changed, taken away or put in.",
    },
    "seal_unknown": {
        "id": "Segel {seal} tidak ada pada jejak audit ini. Basis data ini bukan kelanjutan dari yang dicatat, atau "
        "segelnya ditulis ulang.",
        "en": "Seal {seal} is not on this audit trail. This database does not go on from the one that was noted, or "
        "its seals were written anew.",
    },
    "audit_unsealed": {
        "id": "{count} baris jejak audit kota {tenant} sejak {since} belum disegel. Periksa apakah pekerja Alur jalan.",
        "en": "{count} rows of the audit trail of city {tenant} since {since} are not sealed. Check that the worker of "
        "Alur runs.",
    },
    # The state of a case, and the rows that show what waits in it.
    "state_missing": {
        "id": "Kasus masih berjalan, tetapi datanya tidak ada.",
        "en": "The case has not ended, but its state is gone.",
    },
    "state_left": {
        "id": "Kasus sudah berakhir, tetapi datanya masih tersimpan.",
        "en": "The case has ended, but its state is still there.",
    },
    "state_unreadable": {
        "id": "Data kasus tidak dapat dibaca.",
        "en": "The state of the case cannot be read.",
    },
    "state_version": {
        "id": "Data kasus ada pada langkah {state}, jurnal pada langkah {journal}.",
        "en": "The state stands at step {state}, the journal at step {journal}.",
    },
    "state_foreign": {
        "id": "Kasus berada di elemen {element}, yang tidak ada dalam diagramnya.",
        "en": "The case stands at element {element}, which its diagram does not have.",
    },
    "row_missing": {
        "id": "Kasus menunggu di {element} (token {token}), tetapi tabel {table} tidak memuatnya.",
        "en": "The case waits at {element} (token {token}), but table {table} has no row for it.",
    },
    "row_extra": {
        "id": "Tabel {table} memuat token {token}, padahal kasus tidak menunggu di situ.",
        "en": "Table {table} has token {token}, at which the case does not wait.",
    },
    "row_differs": {
        "id": "Kolom {column} pada tabel {table} untuk token {token} berbeda dari data kasus.",
        "en": "Column {column} of table {table} differs from the state of the case for token {token}.",
    },
    "row_astray": {
        "id": "Tabel {table} memuat baris untuk kasus yang tidak ada.",
        "en": "Table {table} has a row of a case that does not exist.",
    },
    "state_forged": {
        "id": "Data kasus bukan yang ditulis oleh langkah terakhirnya: sidik jarinya lain.",
        "en": "The state of the case is not what its last step has written: its fingerprint differs.",
    },
    "case_differs": {
        "id": "Kolom {column} pada baris kasus berbeda dari jurnalnya.",
        "en": "Column {column} in the row of the case differs from its journal.",
    },
    "done_by_other": {
        "id": "Langkah {version} ({element}) diselesaikan oleh orang yang tidak memegang tugas itu.",
        "en": "Step {version} ({element}) was completed by somebody whose task it was not.",
    },
    "audit_tenant": {
        "id": "Jejak audit {audit} menyebut kasus ini, tetapi bukan kotanya.",
        "en": "Audit row {audit} names this case, and not its city.",
    },
    "message_missing": {
        "id": "Pesan {message} yang dikirim kasus ini tidak tersimpan lagi.",
        "en": "Message {message}, which the case has sent, is no longer kept.",
    },
    "message_differs": {
        "id": "Pesan {message} yang tersimpan berbeda dari yang dikirim kasus ini.",
        "en": "Message {message} as it is kept is not what the case has sent.",
    },
    "draft_unexplained": {
        "id": "Draf pada tugas {token} tidak disimpan oleh orang yang disebutnya: jejak audit tidak memuatnya.",
        "en": "The draft of task {token} was not saved by whom it names: the audit trail does not have it.",
    },
    "outbox_unexplained": {
        "id": "Pesan keluar {outbox} menunggu disampaikan, padahal tidak ada langkah yang mengirimnya.",
        "en": "Outbox row {outbox} waits to be delivered, and no step has sent it.",
    },
    "outbox_missing": {
        "id": "{count} pesan yang dikirim kasus di kota {tenant} tidak menunggu dan tidak pernah disampaikan.",
        "en": "{count} messages that cases of city {tenant} have sent neither wait nor were ever delivered.",
    },
    "notice_unexplained": {
        "id": "Pemberitahuan {notice} tidak dibuat oleh perintah mana pun: pada saat itu tidak ada yang dikerjakan.",
        "en": "Notice {notice} was made by no command: nothing was done at that moment.",
    },
    "order_unexplained": {
        "id": "Pemindahan kasus {run} tidak diperintahkan oleh orang dan pada saat yang disebutnya.",
        "en": "Move {run} of cases was not ordered by whom and when it says.",
    },
    "order_stopped": {
        "id": "Pemindahan kasus {run} belum selesai dan tidak ada yang melanjutkannya. Perintahkan sekali lagi.",
        "en": "Move {run} of cases has not come to its end, and nothing goes on with it. Order it once more.",
    },
    # Doing it again from the journal.
    "replay_differs": {
        "id": "Bila jurnal dijalankan ulang, data kasus menjadi lain ({what}).",
        "en": "Done again from its journal the case comes out different ({what}).",
    },
    "not_replayed": {
        "id": "Jurnal kasus ini tidak dapat dijalankan ulang: {why}.",
        "en": "The journal of this case cannot be done again: {why}.",
    },
    "decision_differs": {
        "id": "Aturan yang disimpan untuk keputusan pada langkah {version} ({element}) bukan yang berlaku bila "
        "keputusan itu ditanyakan lagi.",
        "en": "The rules that are kept for the decision in step {version} ({element}) are not those that apply when "
        "it is asked again.",
    },
    # Contents and the database as a whole.
    "content_unreadable": {
        "id": "Isi kolom {table}.{column} pada baris {row} tidak dapat dibaca.",
        "en": "The content of {table}.{column} in row {row} cannot be read.",
    },
    "wordbook_missing": {
        "id": "Baris {row} pada tabel {table} memakai kamus {wordbook}, yang tidak ada.",
        "en": "Row {row} of table {table} needs wordbook {wordbook}, which is gone.",
    },
    "release_changed": {
        "id": "Isi rilis {release} tidak lagi sesuai dengan sidik jarinya.",
        "en": "The content of release {release} does not have its fingerprint any more.",
    },
    "starts_differ": {
        "id": "Yang memulai kasus proses {process} di kota {tenant} bukan yang tertulis dalam rilis terbarunya.",
        "en": "What begins cases of process {process} in city {tenant} is not what its newest release says.",
    },
    "release_unexplained": {
        "id": "Rilis {release} tidak dipasang oleh orang dan pada saat yang disebutnya: jejak audit tidak memuatnya.",
        "en": "Release {release} was not deployed by whom and when it says: the audit trail does not have it.",
    },
    "release_gap": {
        "id": "Nomor rilis proses {process} di kota {tenant} tidak berurutan dari 1.",
        "en": "The releases of process {process} in city {tenant} are not numbered from 1 on.",
    },
    "database_damaged": {
        "id": "Berkas basis data rusak: {text}. Pulihkan dari cadangan.",
        "en": "The database file is damaged: {text}. Restore it from a backup.",
    },
    "reference_broken": {
        "id": "Tabel {table} merujuk baris pada tabel {to} yang tidak ada.",
        "en": "Table {table} refers to a row of table {to} that does not exist.",
    },
    # Files that people handed in.
    "file_missing": {
        "id": "Berkas {file} yang diserahkan orang tidak ada lagi. Pulihkan berkas itu dari cadangan.",
        "en": "File {file}, which somebody handed in, is gone. Restore it from a backup.",
    },
    "file_size": {
        "id": "Berkas {file} terpotong: ukurannya bukan yang diserahkan. Pulihkan berkas itu dari cadangan.",
        "en": "File {file} is cut: it does not have the size that was handed in. Restore it from a backup.",
    },
    "file_changed": {
        "id": "Isi berkas {file} berubah sejak diserahkan. Pulihkan berkas itu dari cadangan.",
        "en": "The content of file {file} has changed since it was handed in. Restore it from a backup.",
    },
    "file_unreadable": {
        "id": "Berkas {file} tidak dapat dibaca. Periksa pemilik, izin, dan disknya.",
        "en": "File {file} cannot be read. Check its owner, its permissions and the disk.",
    },
    "file_of_draft_missing": {
        "id": "Berkas {file} pada sebuah draf tidak ada lagi; orangnya harus memilihnya kembali sebelum mengirim.",
        "en": "File {file} of a draft is gone; whoever keeps the draft has to choose it again before sending it.",
    },
    "file_unused": {
        "id": "Berkas {file} tersimpan, tetapi tidak ada catatan yang menyebutnya. Ia tidak mengganggu.",
        "en": "File {file} is kept, and no record names it. It does no harm.",
    },
    # What processes keep beside their cases.
    "record_missing": {
        "id": "Layanan {service} pernah berjalan, tetapi tabel {table} tidak memuat catatannya.",
        "en": "Service {service} has run, but table {table} has no record of it.",
    },
    "record_unexplained": {
        "id": "Tabel {table} memuat catatan yang tidak dibuat oleh langkah mana pun.",
        "en": "Table {table} has a record that no step has made.",
    },
    "record_forged": {
        "id": "Baris {row} pada tabel {table} bukan lagi seperti yang ditulis oleh perintah terakhirnya.",
        "en": "Row {row} of table {table} is not as the last command that wrote it has left it.",
    },
    "record_put_in": {
        "id": "Baris {row} pada tabel {table} tidak ditulis oleh perintah mana pun.",
        "en": "Row {row} of table {table} was written by no command.",
    },
    "record_taken": {
        "id": "{count} baris pada tabel {table} hilang tanpa perintah yang menghapusnya.",
        "en": "{count} rows of table {table} are gone, and no command has taken them away.",
    },
    "role_without_audit": {
        "id": "Orang {person} memegang {found} peran, tetapi jejak audit mencatat {expected} pemberian.",
        "en": "Person {person} has {found} roles, and the audit trail says that {expected} were granted.",
    },
    "quarter_without_audit": {
        "id": "Kota {tenant}: triwulan yang dibuka pada {at} tidak cocok antara tabel period dan jejak audit.",
        "en": "City {tenant}: of the quarter opened at {at}, table period and the audit trail do not agree.",
    },
    "record_differs": {
        "id": "Kolom {column} pada tabel {table} berbeda dari yang dicatat oleh langkah-langkah kasus ini.",
        "en": "Column {column} of table {table} is not what the steps of the case have recorded.",
    },
    "notice_count": {
        "id": "Pemberitahuan {code} dari kasus ini harus ada satu kali; terdapat {found}.",
        "en": "Notice {code} of this case must be there once; there are {found}.",
    },
    "record_count": {
        "id": "Layanan {service} berjalan {expected} kali, tetapi tabel {table} memuat {found} catatan.",
        "en": "Service {service} has run {expected} times, but table {table} has {found} records.",
    },
    "figures_differ": {
        "id": "Kota {tenant}: angka pantauan proses {process} tidak sama dengan riwayat kasusnya. Hitung ulang: "
        "alur process recount --city {tenant}",
        "en": "City {tenant}: the figures of process {process} are not what its cases add up to. Count them again: "
        "alur process recount --city {tenant}",
    },
}
