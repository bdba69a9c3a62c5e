"""Says coded things in words: errors of the engine and the file store, and notices to people."""

from collections.abc import Mapping

from webapp.texts.moving import MOVING_TEXTS
from webapp.texts.speaking import Language
from webapp.wiring.parts import offers

Texts = Mapping[str, tuple[str, str]]

#: Indonesian and English by code; `{name}` is filled in from the parameters.
TEXTS: Texts = {
    # Errors of the engine.
    "engine.error": (
        "Permintaan ini tidak dapat dijalankan. Coba lagi; bila tetap gagal, hubungi admin kota.",
        "This could not be done. Please try again; if it fails again, contact the city administrator.",
    ),
    "not_found": (
        "Halaman atau data ini tidak ada, atau bukan untuk Anda.",
        "This page or record does not exist, or is not for you.",
    ),
    "forbidden": (
        "Anda boleh melihat data ini, tetapi tidak boleh melakukan tindakan tersebut.",
        "You may see this, but you may not do that.",
    ),
    "person_barred": (
        "Orang yang Anda pilih tidak boleh mengerjakan tugas ini: ia berkepentingan, atau sudah mengerjakan langkah "
        "lain yang harus dilakukan orang berbeda. Pilih orang lain, atau kerjakan sendiri.",
        "The person you chose must not do this task: he has an interest in it, or did another step that somebody else "
        "must do. Choose somebody else, or do it yourself.",
    ),
    "conflict": (
        "Data ini baru saja diubah orang lain. Muat ulang halaman, periksa isinya, lalu coba lagi.",
        "Somebody else has just changed this. Reload the page, check it, and try again.",
    ),
    "design_closed": (
        "Rancangan ini sudah dirilis atau disingkirkan, jadi tidak dapat diubah lagi. Mulailah rancangan baru.",
        "This design was released or put away and cannot change any more. Begin a new one.",
    ),
    "stale_file": (
        "Orang lain baru saja mengubah bagian yang sama dari rancangan ini. Bandingkan isinya, lalu simpan lagi.",
        "Somebody else has just changed the same part of this design. Compare the two, then save again.",
    ),
    "conflicts_left": (
        "Masih ada perubahan bertentangan yang belum dipilih. Pilih satu untuk setiap pertentangan, lalu gabungkan.",
        "Some changes contradict each other and none was chosen. Choose one of each pair, then merge.",
    ),
    "review_open": (
        "Rancangan ini sudah menunggu tinjauan atau sudah disetujui. Muat ulang halaman tinjauannya.",
        "This design waits for its review already, or was approved. Reload the page of its review.",
    ),
    "review_needed": (
        "Rancangan ini berubah sejak Anda melihatnya, atau belum disetujui seperti isinya sekarang. Muat ulang halaman "
        "tinjauannya dan lihat kembali.",
        "This design has changed since you saw it, or was not approved as it is now. Reload the page of its review and "
        "look again.",
    ),
    "design_outdated": (
        "Rilis lain sudah berlaku sejak rancangan ini dimulai. Gabungkan dahulu rilis itu di halaman Bandingkan, lalu "
        "minta tinjauan lagi.",
        "Another release has come into force since this design was begun. Merge it in first on the page Compare, then "
        "ask for a review again.",
    ),
    "reason_needed": (
        "Tuliskan alasannya dengan kata-kata, paling panjang {longest} tanda.",
        "Write the reason in words, at most {longest} characters.",
    ),
    "too_many_remarks": (
        "Anda sudah menulis {most} catatan dan jawaban pada rancangan ini, yaitu batasnya. Sampaikan hal lain langsung "
        "kepada pemilik prosesnya.",
        "You have written {most} remarks and answers on this design, which is the limit. Tell the owner of the process "
        "anything else directly.",
    ),
    "scenarios_differ": (
        "Beberapa skenario tidak berjalan seperti tertulis: {names}. Perbaiki, atau tuliskan mengapa tetap dirilis.",
        "Some scenarios do not go as they say: {names}. Mend them, or write why it is released all the same.",
    ),
    "case_suspended": (
        "Kasus ini ditangguhkan. Tugasnya dapat dikirim lagi sesudah dilanjutkan; alasannya tertulis di tugas itu.",
        "This case is suspended. Its tasks can be sent again when it goes on; the reason is written at the task.",
    ),
    "operation_refused": (
        "Tindakan ini tidak dapat dilakukan pada kasus. Muat ulang halaman, periksa keadaannya, lalu coba lagi.",
        "This cannot be done to the case. Reload the page, check where it stands, and try again.",
    ),
    "operation.no_reason": (
        "Tulis alasannya; alasan itu menjadi bagian riwayat kasus.",
        "Write the reason; it becomes part of the case's history.",
    ),
    "operation.long_reason": (
        "Alasannya terlalu panjang; tulis paling banyak {longest} huruf.",
        "The reason is too long; write {longest} characters at most.",
    ),
    "operation.not_suspended": (
        "Kasus ini tidak sedang ditangguhkan; tidak ada yang perlu dilanjutkan.",
        "This case is not suspended; there is nothing to let go on.",
    ),
    "operation.still_there": (
        "Orang yang memegang tugas ini masih bertugas, atau sudah diganti. Muat ulang halaman, lalu periksa lagi.",
        "Whoever has this task is still in service, or was replaced. Reload the page and look again.",
    ),
    "operation.nobody_there": (
        "Orang itu sudah berhenti. Tulis NIP pegawai yang masih bertugas di kota ini.",
        "That person has left. Write the NIP of an employee who still works in this city.",
    ),
    "operation.person_barred": (
        "Orang itu tidak boleh mengerjakan tugas ini: ia berkepentingan, atau sudah mengerjakan langkah lain yang "
        "harus dilakukan orang berbeda. Tulis NIP pegawai lain.",
        "That person must not do this task: he has an interest in it, or did another step that somebody else must do. "
        "Write the NIP of another employee.",
    ),
    "operation.not_failed": (
        "Langkah ini tidak tertahan, jadi tidak dapat dilewati. Gunakan pindahkan.",
        "This step is not stuck, so it cannot be passed over. Move the case instead.",
    ),
    "operation.not_automatic": (
        "Hanya langkah otomatis yang dapat dilewati. Gunakan pindahkan, atau perbaiki datanya lalu coba lagi.",
        "Only automatic steps can be passed over. Move the case, or mend its data and try again.",
    ),
    "operation.not_storable": (
        "Nilai ini tidak dapat disimpan bersama kasus. Pakai teks, angka, tanggal, ya atau tidak, daftar, atau "
        "kumpulan isian.",
        "This value cannot be kept with a case. Use a text, number, date, yes or no, list or context.",
    ),
    "operation.bad_name": (
        "Nama variabel hanya berisi huruf, angka dan garis bawah, diawali huruf, paling panjang 80.",
        "A variable's name has letters, digits and underscores only, begins with a letter, and has 80 at most.",
    ),
    "operation.too_large": (
        "Nilai ini terlalu besar untuk disimpan bersama kasus. Ringkaskan isinya.",
        "This value is too large to be kept with a case. Make it shorter.",
    ),
    "operation.unknown_element": (
        "Langkah itu sudah tidak ada di kasus ini. Muat ulang halaman, lalu pilih lagi.",
        "That step is no longer there in this case. Reload the page and choose again.",
    ),
    "operation.other_scope": (
        "Langkah itu berada di bagian lain diagram (subproses lain), yang memiliki data sendiri. Pilih langkah di "
        "bagian yang sama, atau pindahkan subprosesnya secara utuh.",
        "That step is in another part of the diagram (another sub-process), which has its own data. Choose a step of "
        "the same part, or move the sub-process as a whole.",
    ),
    "operation.begins_by_itself": (
        "Langkah itu dimulai oleh peristiwa, bukan oleh alur. Pilih langkah sesudahnya.",
        "That step begins with an event, not along a flow. Choose the step behind it.",
    ),
    "operation.only_listens": (
        "Ini batas waktu atau peristiwa di tepi langkah lain. Pindahkan langkah tempatnya melekat.",
        "This is a timer or event at the edge of another step. Move the step to which it belongs.",
    ),
    "operation.undoes": (
        "Langkah ini sedang membatalkan langkah lain dan tidak dapat dipindahkan. Selesaikan dahulu.",
        "This step is undoing another one and cannot be moved. Finish it first.",
    ),
    "operation.in_a_round": (
        "Ini salah satu ulangan dari langkah yang diulang. Pindahkan langkah itu secara utuh.",
        "This is one instance of a step that is repeated. Move that step as a whole.",
    ),
    "already_claimed": (
        "Tugas ini sudah diambil orang lain. Buka antrean lagi untuk melihat tugas lain.",
        "Somebody else has taken this task. Open the queue again to see the others.",
    ),
    "case_damaged": (
        "Data kasus ini rusak, sehingga langkahnya belum dapat dijalankan. Hubungi admin daerah.",
        "The data of this case are damaged, so its step cannot be carried out yet. Tell the city's administrator.",
    ),
    "already_done": ("Tugas ini sudah diselesaikan.", "This task has already been completed."),
    "too_late": (
        "Batas waktu tugas ini sudah lewat, sehingga tugasnya ditutup. Buka kasusnya untuk melihat langkah berikutnya.",
        "The time for this task is over, so it was closed. Open the case to see what comes next.",
    ),
    "database.away": (
        "Basis data sedang tidak dapat dihubungi, jadi belum ada yang tersimpan. Tunggu satu menit, lalu coba lagi.",
        "The database cannot be reached just now, so nothing was saved. Wait a minute, then try again.",
    ),
    "database.busy": (
        "Basis data sedang dipakai proses lain, sehingga belum ada yang tersimpan. Tunggu satu menit, lalu coba lagi.",
        "Something else is using the database just now, so nothing was saved. Wait a minute, then try again.",
    ),
    "database.disk_refused": (
        "Server tidak dapat memastikan bahwa isian ini tersimpan, dan berhenti menyimpan. Beri tahu admin kota.",
        "The server cannot make sure that this was saved, and has stopped saving. Tell the city administrator.",
    ),
    "database.full": (
        "Ruang penyimpanan di server habis, sehingga belum ada yang tersimpan. Beri tahu admin kota, lalu coba lagi.",
        "The server has no room left, so nothing was saved. Tell the city administrator, then try again.",
    ),
    "scenario.refused": (
        "Skenario ini tidak ditulis sebagaimana mestinya; lihat bagian {where}.",
        "This scenario is not written as scenarios are; see {where}.",
    ),
    "invalid": (
        "Isian ini tidak dapat diterima. Periksa kembali, lalu kirim lagi.",
        "This cannot be accepted. Please check it and send it again.",
    ),
    "diagram_refused": (
        "Diagram ini belum dapat dipakai. Perbaiki semua hal yang disebutkan, lalu coba lagi.",
        "This diagram cannot be used yet. Mend everything that is listed and try again.",
    ),
    "element_failed": (
        "Langkah otomatis dalam alur ini gagal. Pekerjaan Anda tersimpan; pengelola proses akan menanganinya.",
        "An automatic step of this process failed. Your work is saved; the process owner will take care of it.",
    ),
    "error_thrown": (
        "Langkah otomatis melaporkan kesalahan yang tidak ditangani diagram. Pekerjaan Anda tersimpan; pengelola "
        "proses akan menanganinya.",
        "An automatic step reported an error that the diagram does not handle. Your work is saved; the process "
        "owner will take care of it.",
    ),
    "service_failed": (
        "Langkah otomatis dalam alur ini gagal. Pekerjaan Anda tersimpan; pengelola proses akan menanganinya.",
        "An automatic step of this process failed. Your work is saved; the process owner will take care of it.",
    ),
    "dmn.decision_invalid": (
        "Tabel keputusan ini tidak dapat dipakai. Perbaiki hal yang disebutkan di berkasnya, lalu pasang lagi.",
        "This decision table cannot be used. Mend what is listed in its file and deploy it again.",
    ),
    "dmn.decision_conflict": (
        "Keputusan '{decision}' belum dapat diambil karena beberapa aturannya ({rules}) berlaku bersamaan. "
        "Pekerjaan Anda tersimpan; pengelola proses akan memperbaikinya.",
        "Decision '{decision}' cannot be made because several of its rules ({rules}) apply at the same time. "
        "Your work is saved; the process owner will mend it.",
    ),
    **dict.fromkeys(
        (
            "dmn.too_large",
            "dmn.encoding",
            "dmn.doctype",
            "dmn.not_xml",
            "dmn.not_dmn",
            "dmn.too_deep",
            "dmn.too_many",
            "dmn.no_id",
            "dmn.duplicate_id",
        ),
        (
            "Berkas DMN tidak dapat dibaca. Buka dan simpan ulang di penyunting DMN, lalu coba lagi.",
            "The DMN file cannot be read. Open it in a DMN editor, save it again, and try once more.",
        ),
    ),
    "import_refused": (
        "{count} sel tidak dapat diimpor. Tidak ada yang disimpan; perbaiki berkas, lalu coba lagi.",
        "{count} cells cannot be imported. Nothing was kept; please mend the file and try again.",
    ),
    # The database.
    "database.already_serving": (
        "Alur sudah berjalan untuk basis data ini (proses {process}). Hentikan dahulu proses itu.",
        "Alur already serves this database (process {process}). Stop that process first.",
    ),
    "database.unusable": (
        "Basis data tidak dapat dibuka. Periksa ALUR_DATABASE_URL, lalu foldernya atau servernya.",
        "The database cannot be opened. Check ALUR_DATABASE_URL, then its folder or its server.",
    ),
    "database.shut": (
        "Berkas basis data {path} tidak dapat dibuka oleh pengguna komputer ini. Jalankan perintah sebagai pemilik "
        "berkas itu, atau periksa pemilik dan izinnya dengan: ls -l {path}",
        "The database file {path} cannot be opened by this user of the computer. Run the command as the file's owner, "
        "or check its owner and permissions with: ls -l {path}",
    ),
    "database.still_serving": (
        "Masih ada alur web, alur serve, atau alur worker yang berjalan pada basis data ini. Hentikan di semua "
        "komputer, lalu ulangi.",
        "An alur web, alur serve or alur worker still works on this database. Stop them on every computer, then repeat "
        "the command.",
    ),
    "database.being_upgraded": (
        "Basis data ini sedang diperbarui (alur upgrade). Tunggu sampai selesai, lalu jalankan lagi.",
        "This database is being upgraded (alur upgrade). Wait until that is done, then start again.",
    ),
    "database.superseded": (
        "Data di {file} sudah disalin ke PostgreSQL pada {at}, jadi berkas ini hanya arsip. Setel ALUR_DATABASE_URL ke "
        "PostgreSQL itu. Bila berkas ini memang harus dipakai lagi, hapus {mark}; yang dikerjakan di PostgreSQL tidak "
        "ada di sini.",
        "What is in {file} was copied to PostgreSQL at {at}, so this file is an archive. Point ALUR_DATABASE_URL to "
        "that PostgreSQL. If this file is really to be used again, delete {mark}; what was done on PostgreSQL is not "
        "in it.",
    ),
    "database.statement_pooling": (
        "Pooler di depan PostgreSQL memakai pool_mode = statement, yang menolak transaksi. Setel pool_mode = "
        "transaction pada pooler (PgBouncer: pgbouncer.ini), muat ulang, lalu coba lagi.",
        "The pooler in front of PostgreSQL uses pool_mode = statement, which refuses transactions. Set pool_mode = "
        "transaction in the pooler (PgBouncer: pgbouncer.ini), reload it, and try again.",
    ),
    "database.not_direct": (
        "ALUR_DATABASE_DIRECT_URL harus menuju server PostgreSQL itu sendiri, tanpa pooler, dan basis data yang sama "
        "dengan ALUR_DATABASE_URL. Periksa host, porta, dan nama basis datanya.",
        "ALUR_DATABASE_DIRECT_URL must lead to the PostgreSQL server itself, without a pooler, and to the same "
        "database as ALUR_DATABASE_URL. Check its host, port and database name.",
    ),
    "backup.no_direct_way": (
        "Alur hanya tahu jalan ke PostgreSQL lewat pooler; cadangan tidak dapat dibuat atau dipulihkan lewat situ. Isi "
        "ALUR_DATABASE_DIRECT_URL dengan alamat server PostgreSQL itu sendiri, lalu ulangi.",
        "Alur only knows a way to PostgreSQL through a pooler; no backup can be made or restored that way. Set "
        "ALUR_DATABASE_DIRECT_URL to the address of the PostgreSQL server itself, then repeat the command.",
    ),
    "database.nested_write": ("Terjadi kesalahan pada program.", "There is an error in the program."),
    "database.newer": (
        "Basis data ini dibuat oleh Alur yang lebih baru. Pasang Alur versi itu atau yang lebih baru.",
        "This database was made by a newer Alur. Install that version or a newer one.",
    ),
    "database.older": (
        "Basis data ini masih berbentuk versi lama ({found}; Alur ini memakai {wanted}). Jalankan: alur upgrade",
        "This database has the tables of an older version ({found}; this Alur uses {wanted}). Run: alur upgrade",
    ),
    "database.empty": (
        "Basis data masih kosong. Siapkan kota pertama: alur init KOTA (daftar kota: alur plugin list)",
        "The database is empty. Set up the first city: alur init CITY (list of cities: alur plugin list)",
    ),
    "copy.target_not_empty": (
        "Basis data tujuan sudah berisi tabel. Buat basis data baru yang kosong, lalu ulangi perintah ini.",
        "The target database holds tables already. Make a new, empty one, then repeat the command.",
    ),
    "copy.differs": (
        "Salinan tabel {table} tidak sama dengan aslinya. Tidak ada yang disimpan; laporkan pesan di bawah ini.",
        "The copy of table {table} differs from the original. Nothing was kept; report the message below.",
    ),
    "copy.refused": (
        "PostgreSQL menolak isi tabel {table}. Tidak ada yang disimpan; perbaiki sebabnya, lalu ulangi.",
        "PostgreSQL refuses what is in table {table}. Nothing was kept; mend the cause, then repeat the command.",
    ),
    "database.upgrade_failed": (
        "Pembaruan basis data gagal; basis data tetap seperti semula. Simpan pesan di bawah ini dan laporkan.",
        "The upgrade of the database failed; the database is as it was. Keep the message below and report it.",
    ),
    # Cities that move.
    "tenant.closed": (
        "Kota ini sedang ditutup sementara oleh admin server. Data Anda aman; silakan kembali beberapa saat lagi. "
        "Bila mendesak, tanyakan kepada pengelola kepegawaian kota Anda.",
        "This city is closed for a while by the administrator of the server. Your data are safe; please come back "
        "later. If it is urgent, ask the personnel office of your city.",
    ),
    "tenant.arriving": (
        "Data kota ini sedang dimasukkan dan belum lengkap. Silakan kembali beberapa menit lagi. Bila tetap demikian, "
        "tanyakan kepada pengelola kepegawaian kota Anda.",
        "This city's data are being brought in and are not complete yet. Please come back in a few minutes. If it "
        "stays like this, ask the personnel office of your city.",
    ),
    "tenant.moved": (
        "Kota ini sudah dipindahkan ke instalasi Alur yang lain, bersama seluruh datanya. Mintalah alamat barunya "
        "kepada pengelola kepegawaian kota Anda, lalu masuk di sana.",
        "This city has moved to another installation of Alur, with all its data. Ask the personnel office of your "
        "city for the new address, and sign in there.",
    ),
    # Backups.
    "backup.damaged": (
        "Basis data atau salinannya rusak: {reason}. Jangan dipakai; pulihkan dari cadangan yang lebih lama.",
        "The database or its copy is damaged: {reason}. Do not use it; restore from an older backup.",
    ),
    "backup.program_missing": (
        "Program {program} tidak ada di komputer ini. Pasang paket postgresql-client, lalu ulangi.",
        "The program {program} is not on this machine. Install the package postgresql-client, then try again.",
    ),
    "backup.program_failed": (
        "Program {program} berhenti dengan galat: {reason}",
        "The program {program} failed: {reason}",
    ),
    "backup.target_not_empty": (
        "Basis data tujuan sudah berisi tabel. Sebutkan basis data yang masih kosong di ALUR_DATABASE_URL.",
        "The database to restore into has tables already. Name an empty one in ALUR_DATABASE_URL.",
    ),
    # The queue.
    "jobs.unknown_task": ("Pekerjaan latar '{name}' tidak dikenal.", "The background task '{name}' is not known."),
    "jobs.unsupported_procrastinate": (
        "Versi Procrastinate {installed} tidak didukung.",
        "Procrastinate {installed} is not supported.",
    ),
    # Rules of a city.
    "city.error": (
        "Aturan kota tidak dapat dijalankan. Silakan hubungi admin kota.",
        "The city's rules cannot be run. Please contact the city administrator.",
    ),
    "city.unavailable": (
        "Aturan kota ini belum terpasang atau sedang rusak. Silakan hubungi admin kota.",
        "This city's rules are not installed or are broken. Please contact the city administrator.",
    ),
    "city.failed": (
        "Aturan kota gagal menghitung. Data Anda aman; admin kota perlu memeriksa aturan tersebut.",
        "The city's rule failed. Your data are safe; the city administrator needs to check the rule.",
    ),
    "city.rule_mismatch": (
        "Versi aturan yang dipakai kasus ini tidak tersedia atau telah berubah. Silakan hubungi admin kota.",
        "The rule version this case uses is missing or has changed. Please contact the city administrator.",
    ),
    # Files.
    "file.empty": ("Berkas kosong. Pilih berkas lain.", "The file is empty. Please choose another one."),
    "file.too_large": (
        "Berkas terlalu besar. Perkecil berkas, lalu unggah lagi.",
        "The file is too large. Make it smaller and upload it again.",
    ),
    "file.type_not_allowed": (
        "Jenis berkas ini tidak diterima. Unggah PDF, PNG, JPEG, DOCX, atau XLSX.",
        "This kind of file is not accepted. Upload PDF, PNG, JPEG, DOCX or XLSX.",
    ),
    "file.extension_differs": (
        "Isi berkas tidak sesuai dengan akhiran namanya ({extension}). Akhiran yang benar: {expected}.",
        "The content of the file does not fit its extension ({extension}). The right one: {expected}.",
    ),
    "file.damaged": (
        "Berkas rusak dan tidak dapat dibuka. Simpan ulang, lalu unggah lagi.",
        "The file is damaged and cannot be opened. Save it again and upload it once more.",
    ),
    "file.encrypted": (
        "Berkas terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi.",
        "The file is locked by a password. Save it without one and upload it again.",
    ),
    "file.macros": (
        "Berkas memuat makro. Simpan tanpa makro, lalu unggah lagi.",
        "The file holds macros. Save it without them and upload it again.",
    ),
    "file.bomb": (
        "Isi berkas jauh lebih besar daripada yang wajar. Simpan ulang hanya bagian yang diperlukan.",
        "The content of the file is far larger than is reasonable. Save only the part that is needed.",
    ),
    "file.polyglot": (
        "Berkas memuat lebih dari satu jenis isi. Simpan ulang dari program asalnya, lalu unggah lagi.",
        "The file holds more than one kind of content. Save it again from its program and upload it once more.",
    ),
    "guest.invited_already": (
        "Alamat surel ini sudah dipakai tamu lain yang undangannya masih berlaku. Satu alamat hanya untuk satu "
        "undangan; tulis undangan dengan alamat lain, atau cabut dahulu undangan itu bila Anda yang mengurusnya.",
        "This e-mail address is used by another guest whose invitation still holds. One address is for one "
        "invitation; write one with another address, or take that invitation back first if it is yours to change.",
    ),
    "guest.day_refused": (
        "Pilih hari ini atau hari sesudahnya, paling lama {longest} hari dari sekarang.",
        "Choose today or a later day, at most {longest} days from now.",
    ),
    "guest.case_over": (
        "Seleksi ini sudah selesai, jadi tidak ada lagi yang diundang. Pilih seleksi yang sedang berjalan.",
        "This selection has ended, so nobody is invited any more. Choose one that is running.",
    ),
    "guest.revoked": (
        "Undangan ini sudah dicabut. Bila orang ini diperlukan lagi, tulis undangan baru.",
        "This invitation was taken back. If this person is needed again, write a new one.",
    ),
    **MOVING_TEXTS,
    # Notices to people.
    "guest.code_issued": (
        "Kode masuk baru dibuat untuk Anda oleh pemilik proses di kota ini.",
        "A new sign-in code was made for you by a process owner of this city.",
    ),
    "account.code_issued": (
        "Kode masuk baru dibuat untuk akun Anda oleh pengelola kepegawaian.",
        "An HR officer made a new sign-in code for your account.",
    ),
    "account.password_chosen": ("Kata sandi akun Anda telah dibuat.", "A password was chosen for your account."),
    "role.granted": ("Anda mendapat peran baru: {role}.", "You were given a new role: {role}."),
    "role.administrator_needed": (
        "Kota selalu memerlukan admin yang aktif, jadi peran admin hanya dapat diakhiri oleh admin lain. Beri peran "
        "itu kepada orang lain dahulu, lalu minta dia mengakhiri peran ini.",
        "A city always needs an active administrator, so only another one can end an administrator's role. Give the "
        "role to somebody else first, and ask them to end this one.",
    ),
    "role.ended": ("Peran Anda telah berakhir: {role}.", "Your role has ended: {role}."),
    "design.remarked": (
        "Ada catatan baru pada rancangan Anda (proses {process}).",
        "There is a new remark on your design (process {process}).",
    ),
    "design.answered": (
        "Catatan Anda pada sebuah rancangan dijawab (proses {process}).",
        "Your remark on a design was answered (process {process}).",
    ),
    "design.invited": (
        "Anda diundang memberi pendapat tentang sebuah rancangan (proses {process}).",
        "You are invited to say what you think of a design (process {process}).",
    ),
    "design.review_asked": (
        "Sebuah rancangan menunggu tinjauan orang kedua (proses {process}).",
        "A design waits for the review of a second person (process {process}).",
    ),
    "design.approved": (
        "Rancangan Anda disetujui dan siap dirilis (proses {process}).",
        "Your design was approved and is ready to be released (process {process}).",
    ),
    "design.returned": (
        "Rancangan Anda dikembalikan; alasannya ada di halaman tinjauan (proses {process}).",
        "Your design was given back; the page of its review says why (process {process}).",
    ),
    "design.released": (
        "Rilis {number} proses {process} kini berlaku. Kasus yang berjalan tetap pada rilisnya.",
        "Release {number} of the process {process} is in force now. Running cases stay on theirs.",
    ),
    "release.restored": (
        "Rilis {number} proses {process} berlaku kembali. Kasus yang berjalan tetap pada rilisnya.",
        "Release {number} of the process {process} is in force again. Running cases stay on theirs.",
    ),
    "task.delegated": ("Sebuah tugas dialihkan kepada Anda: {title}.", "A task was handed to you: {title}."),
    "case.cancelled": (
        "Kasus dibatalkan, jadi tugas Anda di dalamnya ditutup: {title}.",
        "A case was cancelled, so your task in it is closed: {title}.",
    ),
    "deadline.moved": (
        "Daftar hari libur berubah, jadi tenggat tugas Anda pindah dari {before} ke {due}: {title}.",
        "The list of holidays has changed, so the time of your task moved from {before} to {due}: {title}.",
    ),
    "appraisal.recommended": (
        "Rekomendasi penilaian triwulan {quarter} tahun {year} siap Anda tetapkan.",
        "The recommended ratings of quarter {quarter}, {year}, wait for your confirmation.",
    ),
    "appraisal.escalated": (
        "Penilaian triwulan {quarter} tahun {year} beralih kepada Anda karena penilainya melewati batas waktu.",
        "The rating of quarter {quarter}, {year}, passed to you because the appraiser let the time pass.",
    ),
    "appraisal.handed_over": (
        "Hasil penilaian Anda triwulan {quarter} tahun {year} sudah diserahkan. Terima atau ajukan keberatan.",
        "Your result of quarter {quarter}, {year}, was handed over. Accept it or object.",
    ),
    "appraisal.handed_over_final": (
        "Hasil penilaian Anda triwulan {quarter} tahun {year} sudah diserahkan. Hasil ini final; mohon konfirmasi.",
        "Your result of quarter {quarter}, {year}, was handed over. It is final; please confirm that you have it.",
    ),
    "appraisal.objection": (
        "Ada keberatan atas hasil penilaian triwulan {quarter} tahun {year} yang perlu Anda putuskan.",
        "There is an objection to a result of quarter {quarter}, {year}, for you to decide.",
    ),
    "appraisal.accepted": (
        "Pegawai menerima hasil penilaian triwulan {quarter} tahun {year}.",
        "The employee accepted the result of quarter {quarter}, {year}.",
    ),
    "appraisal.objected": (
        "Pegawai mengajukan keberatan atas hasil penilaian triwulan {quarter} tahun {year}. Atasan Anda memutuskannya.",
        "The employee objected to the result of quarter {quarter}, {year}. Your superior decides.",
    ),
    "appraisal.silent": (
        "Pegawai tidak menanggapi hasil penilaian triwulan {quarter} tahun {year} sampai batas waktu; hasil berlaku.",
        "The employee did not answer to the result of quarter {quarter}, {year}, in time; the result stands.",
    ),
    "line.approved": (
        "Usulan perbaikan pejabat penilai untuk {employee} disetujui.",
        "The proposed correction of the appraiser of {employee} was approved.",
    ),
    "line.rejected": (
        "Usulan perbaikan pejabat penilai untuk {employee} tidak disetujui. Buka halaman Pegawai untuk alasannya.",
        "The proposed correction of the appraiser of {employee} was not approved. See the People page for the reason.",
    ),
    "appraisal.decided_uphold": (
        "Keberatan Anda untuk triwulan {quarter} telah diputuskan: hasil tetap dan sekarang dikunci.",
        "Your objection for quarter {quarter} was decided: the result stays and is locked now.",
    ),
    "appraisal.decided_change": (
        "Keberatan Anda untuk triwulan {quarter} telah diputuskan: hasil diubah dan sekarang dikunci.",
        "Your objection for quarter {quarter} was decided: the result was changed and is locked now.",
    ),
    "appraisal.locked": (
        "Hasil penilaian Anda triwulan {quarter} tahun {year} sudah dikunci.",
        "Your result of quarter {quarter}, {year}, is locked.",
    ),
    "appraisal.distribution": (
        "Sebaran predikat unit Anda keluar dari pedoman. Mohon berikan penjelasan.",
        "The distribution of your unit leaves the guide. Please give a justification.",
    ),
}


def text_for(code: str, params: Mapping[str, object], language: Language) -> str:
    """Return the sentence of a code in a language; of an unknown code the code itself, so that it is noticed."""
    texts = _all_texts().get(code)
    if texts is None:
        return code
    return texts[0 if language == "id" else 1].format_map(_Params(params))


def known_codes() -> frozenset[str]:
    """Return the codes that have a text."""
    return frozenset(_all_texts())


class _Params(dict[str, object]):
    """A parameter that is missing leaves a gap, not an error, in a sentence about an error."""

    def __missing__(self, name: str) -> str:
        return "…"


def _all_texts() -> Texts:
    """Return the texts together with those that processes bring (`TEXTS` of their module `texts`)."""
    found = dict(TEXTS)
    for module in offers("texts"):
        found |= getattr(module, "TEXTS", {})
    return found
