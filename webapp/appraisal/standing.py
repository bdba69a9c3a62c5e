"""Where the evaluations of a rater's people stand: the parts of *Orang Saya*, which can be seen one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from webapp.texts import lazy


class Standing(StrEnum):
    """Where an evaluation stands for its rater, in the order of the work; the value stands in the address."""

    TO_ASSESS = "isi"
    TO_RATE = "tetapkan"
    TO_SIGN = "tanda-tangan"
    NOT_READY = "menunggu"
    SIGNED = "selesai"
    PASSED_ON = "beralih"


LABELS: Final[Mapping[Standing, str]] = {
    Standing.TO_ASSESS: lazy("Perlu diisi"),
    Standing.TO_RATE: lazy("Siap dinilai"),
    Standing.TO_SIGN: lazy("Sudah dinilai"),
    Standing.NOT_READY: lazy("Menunggu"),
    Standing.SIGNED: lazy("Ditandatangani"),
    Standing.PASSED_ON: lazy("Beralih"),
}


@dataclass(frozen=True, slots=True)
class StandingCount:
    """One way to narrow the page down, and how many people that leaves."""

    value: str
    label: str
    count: int


def read_standing(text: str) -> Standing | None:
    """Return the part that an address asks for; what is none asks for all of them."""
    return next((standing for standing in Standing if standing == text), None)
