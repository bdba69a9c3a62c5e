"""What the steps of an open selection are called, for the staff and for whoever reads about it from outside."""

from collections.abc import Mapping
from typing import Final

from processes.promotion.selection.records import Step
from webapp.texts import lazy

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
