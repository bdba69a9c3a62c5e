"""What the appraisal cycle says by code beside the application's own texts: Indonesian and English."""

from collections.abc import Mapping

from processes.appraisal.colleagues import MOST_PER_COLLEAGUE

TEXTS: Mapping[str, tuple[str, str]] = {
    "feedback.no_quarter": (
        "Belum ada triwulan yang dibuka, sehingga umpan balik belum dapat dikirim. Coba lagi setelah triwulan dibuka.",
        "No quarter is open, so feedback cannot be sent yet. Please try again when a quarter has been opened.",
    ),
    "feedback.enough": (
        f"Anda sudah {MOST_PER_COLLEAGUE} kali memberi umpan balik kepada rekan ini pada triwulan ini, yaitu batasnya. "
        "Anda masih dapat memperbaiki yang sudah terkirim di halaman Yang saya kirim.",
        f"You have given this colleague feedback {MOST_PER_COLLEAGUE} times this quarter, which is the limit. "
        "You can still correct what you have sent on the page What I sent.",
    ),
    "feedback.counted": (
        "Umpan balik ini sudah dihitung dalam rekomendasi penilaian, sehingga tidak dapat diubah atau ditarik lagi.",
        "This feedback was counted in the recommended ratings and can no longer be changed or taken back.",
    ),
    "feedback.readable": (
        "Umpan balik rekan kerja untuk Anda pada triwulan {quarter} tahun {year} dapat dibaca. "
        "Buka halaman Umpan balik, bagian Untuk saya.",
        "Your colleagues' feedback for you in quarter {quarter}, {year}, can be read. "
        "See the page Feedback, part For me.",
    ),
    "period.reported": (
        "Hasil evaluasi triwulan {quarter} tahun {year} sudah lengkap dilaporkan kepada Anda: {count} pegawai. "
        "Buka halaman Triwulan untuk membacanya.",
        "The results of quarter {quarter}, {year}, have all been reported to you: {count} employees. "
        "See the page Quarters to read them.",
    ),
    "period.not_over": (
        "Triwulan ini belum berakhir. Buka setelah hari terakhirnya lewat.",
        "This quarter has not ended. Open it after its last day.",
    ),
}
