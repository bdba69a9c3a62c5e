"""What the public page says of a selection: what is asked of a candidate, how to apply."""

from typing import Final

from webapp.texts import lazy

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
