"""What the public page says of a selection: its steps, what is asked of a candidate, how to apply."""

from collections.abc import Mapping
from typing import Final

from processes.promotion.selection.records import Step
from webapp.texts import lazy

#: In the same words as the pages of the staff.
STEPS: Final[Mapping[Step, str]] = {
    Step.RECEIVING: lazy("Pengumuman dan pendaftaran"),
    Step.SCREENING: lazy("Seleksi administrasi"),
    Step.PAPER: lazy("Penilaian makalah"),
    Step.ASSESSMENT: lazy("Asesmen kompetensi dan rekam jejak"),
    Step.INTERVIEW: lazy("Wawancara akhir"),
    Step.MINUTES: lazy("Penetapan hasil oleh panitia"),
    Step.RECOMMENDATION: lazy("Rekomendasi BKN"),
    Step.ANNOUNCED: lazy("Tiga nama diumumkan, PPK memilih"),
    Step.APPOINTING: lazy("SK dan pelantikan"),
    Step.DONE: lazy("Selesai"),
    Step.CLOSED: lazy("Ditutup tanpa hasil"),
}

# The table `open_selection_eligibility` decides; this says the same to whoever thinks of applying.
REQUIREMENTS: Final = (
    lazy("PNS, pangkat Pembina (IV/a) atau lebih, pendidikan S1 atau D4."),
    lazy("Paling tua 56 tahun pada hari penutupan."),
    lazy("Dua tahun dalam jabatan administrator atau fungsional ahli madya."),
    lazy("Predikat kinerja dua tahun terakhir paling rendah Baik."),
    lazy("Tidak sedang menjalani hukuman disiplin."),
)
HOW_TO_APPLY: Final = (
    lazy("Pegawai kota ini: masuk ke Alur dengan NIP, buka Seleksi terbuka, lalu unggah berkas lamaran."),
    lazy("Data kepegawaian tidak perlu diketik ulang; Alur membacanya dari riwayat karier Anda."),
    lazy("Tiap pelamar melihat nilainya sendiri secara lengkap. Nilai tidak diumumkan."),
)
