"""What a signal is: a pattern, whom it concerns, on which days, and its sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine.records.packing import pack, unpack
from processes.people.city.texts import Text

_TEXTS: Final = {
    "identical_times": Text(
        "Jam masuk dan pulang dua pegawai ini sama sampai menitnya pada {count} hari. Periksa apakah presensinya "
        "dititipkan.",
        "These two people came and went in the same minutes on {count} days. Check whether one clocked in for both.",
    ),
    "same_minute": Text(
        "Jam masuk pegawai ini selalu pada menit yang sama, {count} hari. Periksa alat atau cara presensinya.",
        "This person came in the same minute on {count} days. Check the device or the way of clocking in.",
    ),
    "all_highest": Text(
        "Semua {count} pegawai yang dinilai di unit ini mendapat Sangat Baik untuk triwulan {quarter}. Bandingkan "
        "dengan capaian unit.",
        "All {count} people rated in this unit got Very good for quarter {quarter}. Compare it with what the unit did.",
    ),
    "many_corrections": Text(
        "Kehadiran pegawai ini dikoreksi pada {count} hari dalam sebulan. Periksa buktinya satu per satu.",
        "This person's attendance was corrected on {count} days of the month. Look at the evidence one by one.",
    ),
    "same_evidence": Text(
        "Satu berkas bukti yang sama dipakai untuk {count} koreksi kehadiran. Periksa apakah isinya mencakup semuanya.",
        "One and the same file is the evidence of {count} corrections. Check whether it covers all of them.",
    ),
    "each_other": Text(
        "Dua pegawai ini saling mengusulkan atau menyetujui koreksi kehadiran. Periksa keduanya oleh orang lain.",
        "These two people proposed or approved corrections for each other. Let somebody else look at both.",
    ),
    "after_lock": Text(
        "{count} hari dikoreksi sesudah bulan ini terkunci. Periksa mengapa baru diajukan sesudah slip dibayar.",
        "{count} days were corrected after the month was locked. Check why they came up after the slips were settled.",
    ),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern, whom it concerns and on which days.

    :param employees: nobody in particular where it is about the unit.
    :param mark: what tells it from another of its kind where the people do not.
    """

    code: str
    employees: tuple[int, ...]
    days: tuple[date, ...]
    count: int
    quarter: str = ""
    mark: str = ""

    @property
    def about(self) -> str:
        """By what the same pattern is known again when it is found again."""
        return self.mark or "-".join(map(str, self.employees))

    def text(self, language: str = "id") -> str:
        """Return the sentence, without names."""
        found = _TEXTS[self.code]
        return (found.en if language == "en" else found.id).format(count=self.count, quarter=self.quarter)


def packed(signal: Signal) -> bytes:
    """Return a signal's evidence as it is kept; the same evidence gives the same bytes."""
    return pack([list(signal.employees), list(signal.days), signal.count, signal.quarter])


def unpacked(code: str, about: str, content: bytes) -> Signal:
    """Return a signal from its kept evidence."""
    plain: Any = unpack(content)
    people, days, count, quarter = plain
    return Signal(code, tuple(people), tuple(days), count, quarter, about)
