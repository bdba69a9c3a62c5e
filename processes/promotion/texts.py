"""What posts and careers say by code beside the application's own texts: Indonesian and English."""

from collections.abc import Mapping

from processes.promotion.selection.texts import SELECTION_TEXTS

TEXTS: Mapping[str, tuple[str, str]] = {
    "promotion.waiting": (
        "Usulan kenaikan pangkat periode {period} menunggu verifikasi lebih dari 5 hari kerja. "
        "Buka halaman Kenaikan pangkat.",
        "A rank promotion of period {period} has waited for its verification for more than 5 working days. "
        "See the page Rank promotion.",
    ),
    "promotion.refused": (
        "Usulan kenaikan pangkat Anda periode {period} tidak disetujui. Alasannya dapat dibaca di halaman kasusnya, "
        "dari Karier saya.",
        "The proposal of your rank promotion of period {period} was refused. The reason is on the page of the case, "
        "from My career.",
    ),
    "promotion.decreed": (
        "SK kenaikan pangkat Anda ke {grade} periode {period} telah terbit. Pengelola kepegawaian unit menyerahkannya.",
        "The decree of your promotion to {grade}, period {period}, has been issued. "
        "Your unit's HR officer hands it over.",
    ),
    "promotion.effective": (
        "Pangkat baru Anda {grade} sudah berlaku dan tercatat di Karier saya.",
        "Your new grade {grade} is in force and stands in My career.",
    ),
    "promotion.no_placement": (
        "Pegawai ini belum punya penempatan, sehingga usulan tidak dapat dimulai. Lengkapi data penempatannya dahulu.",
        "This employee has no placement, so no proposal can be begun. Please complete the placement first.",
    ),
    "promotion.not_coming": (
        "Periode ini sudah lewat atau lebih dari dua belas bulan lagi. Pilih salah satu periode di daftar.",
        "This period is over, or more than twelve months away. Please choose one from the list.",
    ),
    "appointment.decreed": (
        "SK pengangkatan Anda sebagai {post} telah terbit. Jadwal pelantikan disampaikan BKPSDM.",
        "The decree of your appointment as {post} has been issued. The personnel agency tells you when the "
        "inauguration is.",
    ),
    "appointment.effective": (
        "Anda tercatat sebagai {post}. Atasan penilai Anda menyesuaikan dengan jabatan baru.",
        "You are recorded as {post}. Who appraises you follows from the new post.",
    ),
    "appointment.cancelled": (
        "Pelantikan Anda sebagai {post} batal, dan SK-nya tidak berlaku. Alasannya dapat ditanyakan kepada BKPSDM.",
        "Your inauguration as {post} was cancelled, and the decree has no effect. "
        "The personnel agency can tell you why.",
    ),
    "talent.follow_up": (
        "BKPSDM memilih tindak lanjut kotak talenta Anda. Lihat di Karier saya.",
        "BKPSDM has chosen a follow-up of your talent box. See My career.",
    ),
    "talent.not_of_the_box": (
        "Tindak lanjut ini bukan untuk kotak pegawai tersebut, atau kotaknya belum dapat ditentukan. "
        "Pilih salah satu dari daftar.",
        "This follow-up is not one of the employee's box, or the box is not known yet. "
        "Please choose one from the list.",
    ),
    "talent.past_day": (
        "Batas waktunya sudah lewat. Pilih hari ini atau sesudahnya.",
        "This day is over. Please choose today or a later day.",
    ),
    "talent.chosen_already": (
        "Tindak lanjut ini sudah direncanakan dan belum selesai. Perbarui keadaannya, jangan menambah lagi.",
        "This follow-up is planned already and not over. Please update it instead of adding another.",
    ),
    "talent.state": (
        "Keadaan tindak lanjut ini sudah berubah. Muat ulang halaman, lalu pilih lagi.",
        "This follow-up has changed meanwhile. Please reload the page and choose again.",
    ),
    "talent.no_outcome": (
        "Tulis hasilnya, atau alasan tindak lanjut ini dibatalkan.",
        "Please write what came of it, or why it is dropped.",
    ),
    "merit.without_evidence": (
        "Setiap nilai memerlukan dasar: tulis buktinya dalam satu kalimat, paling banyak 300 huruf.",
        "Each mark needs what it rests on: please write the evidence in a sentence of 300 characters at most.",
    ),
    "succession.no_key_post": (
        "Rencana suksesi disusun untuk jabatan pimpinan tinggi dan administrator saja.",
        "Succession lists are kept for high leadership and administrator posts only.",
    ),
    "succession.no_standard": (
        "Standar kompetensi jabatan ini belum ada, sehingga calon tidak dapat diukur. Impor standarnya dahulu.",
        "This post has no standard of competencies to measure anybody by. Please import it first.",
    ),
    "succession.still_waiting": (
        "Daftar yang disusun hari ini masih menunggu persetujuan PPK. Daftar baru dapat disusun besok.",
        "The list drawn today still waits for the appointing authority. A new one can be drawn tomorrow.",
    ),
    "succession.not_newest": (
        "Daftar ini sudah disetujui, atau ada versi yang lebih baru. Muat ulang halaman, lalu periksa lagi.",
        "This list is approved already, or there is a later version. Please reload the page and look again.",
    ),
    **SELECTION_TEXTS,
    "board.to_review": (
        "Anda anggota tim penilai kinerja untuk pengisian jabatan {post}. Telaah calonnya dari kotak tugas.",
        "You are on the board that fills the post {post}. Please look at the candidates, from your inbox.",
    ),
    "board.chosen": (
        "Anda terpilih untuk jabatan {post}. SK dan pelantikan menyusul; dasarnya ada di Karier saya.",
        "You were chosen for the post {post}. Decree and inauguration follow; My career says on what it rests.",
    ),
    "board.decided": (
        "Pengisian jabatan {post} sudah diputuskan. Nilai Anda dan alasan keputusannya ada di Karier saya.",
        "It is decided who fills the post {post}. My career shows your own figures and the reasons.",
    ),
    "promotion.not_for_board": (
        "Jabatan {post} tidak diisi lewat tim penilai kinerja. Hanya jabatan administrator dan pengawas yang dapat.",
        "The post {post} is not filled by the board. Only posts of administrators and supervisors are.",
    ),
    "promotion.not_vacant": (
        "Jabatan {post} masih ada pemegangnya, sehingga pengisian belum dapat dibuka. Perbarui dahulu data penempatan "
        "bila pemegangnya sudah berhenti.",
        "Somebody holds the post {post}, so it cannot be filled yet. If the holder has left, please update the "
        "placement first.",
    ),
    "promotion.filled_already": (
        "Pengisian jabatan {post} sudah berjalan. Buka halaman Pengisian jabatan untuk melihat tahapnya.",
        "The post {post} is being filled already. See the page Filling of posts for its stage.",
    ),
}
