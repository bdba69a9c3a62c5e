"""What is said of the installation: database, cities that move, backups, queue, rules of cities, files, guests."""

from collections.abc import Mapping

#: Indonesian and English by code; `{name}` is filled in from the parameters.
KEEPING: Mapping[str, tuple[str, str]] = {
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
        "Isi berkas ini bukan PDF, PNG, JPEG, DOCX, atau XLSX, apa pun akhiran namanya. Simpan ulang sebagai salah "
        "satu jenis itu dari aplikasi pembuatnya, lalu unggah lagi.",
        "The content of this file is no PDF, PNG, JPEG, DOCX or XLSX, whatever its name ends in. Save it as one of "
        "them with the program that made it, and upload it again.",
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
}
