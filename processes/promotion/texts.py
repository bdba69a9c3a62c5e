"""What posts and careers say by code beside the application's own texts: Indonesian and English."""

from collections.abc import Mapping

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
}
