"""What the engine refuses, in words: to people who do steps, and to those who design and move processes."""

from collections.abc import Mapping

#: Indonesian and English by code; `{name}` is filled in from the parameters.
REFUSALS: Mapping[str, tuple[str, str]] = {
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
}
