"""The 3x3 matrix, labels, and the many spellings of ratings and predicates found in existing files."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from processes.people.city import CoreValue, OrgPredicate, Predicate, Rating, Recommendation, Text

E = TypeVar("E", bound=StrEnum)

LABELS: dict[StrEnum, Text] = {
    Rating.DIATAS_EKSPEKTASI: Text("Di atas ekspektasi", "Above expectations"),
    Rating.SESUAI_EKSPEKTASI: Text("Sesuai ekspektasi", "Meets expectations"),
    Rating.DIBAWAH_EKSPEKTASI: Text("Di bawah ekspektasi", "Below expectations"),
    Recommendation.TIDAK_CUKUP_DATA: Text("Data belum cukup", "Not enough data"),
    Predicate.SANGAT_BAIK: Text("Sangat Baik", "Very good"),
    Predicate.BAIK: Text("Baik", "Good"),
    Predicate.BUTUH_PERBAIKAN: Text("Butuh Perbaikan", "Needs improvement"),
    # PermenPANRB 6/2022 p. 99 prints it with both words.
    Predicate.KURANG: Text("Kurang/Misconduct", "Poor/Misconduct"),
    Predicate.SANGAT_KURANG: Text("Sangat Kurang", "Very poor"),
    OrgPredicate.ISTIMEWA: Text("Istimewa", "Outstanding"),
    CoreValue.BERORIENTASI_PELAYANAN: Text("Berorientasi Pelayanan", "Service oriented"),
    CoreValue.AKUNTABEL: Text("Akuntabel", "Accountable"),
    CoreValue.KOMPETEN: Text("Kompeten", "Competent"),
    CoreValue.HARMONIS: Text("Harmonis", "Harmonious"),
    CoreValue.LOYAL: Text("Loyal", "Loyal"),
    CoreValue.ADAPTIF: Text("Adaptif", "Adaptive"),
    CoreValue.KOLABORATIF: Text("Kolaboratif", "Collaborative"),
}


class UnknownSpelling(ValueError):
    """The text names no rating or predicate; `text` is what was read, `known` the accepted names."""

    def __init__(self, text: str, known: tuple[str, ...]) -> None:
        """Keep the text and what would have been accepted."""
        self.text = text
        self.known = known
        super().__init__(f"{text!r} is unknown (known: {', '.join(known)})")


def label(value: StrEnum) -> Text:
    """Return what a person reads for a rating, recommendation, predicate or core value."""
    # StrEnum members with the same value are equal, so BAIK of a unit and of an employee share one label.
    return LABELS[value]


def rating_matrix() -> dict[tuple[Rating, Rating], Predicate]:
    """Return the predicate by (work result, work behaviour), all nine cells (PermenPANRB 6/2022 annex pp. 99, 102).

    The process reads a DMN table; this is what the table is compared with.
    """
    above, meets, below = Rating
    return {
        (above, above): Predicate.SANGAT_BAIK,
        (above, meets): Predicate.BAIK,
        (above, below): Predicate.KURANG,
        (meets, above): Predicate.BAIK,
        (meets, meets): Predicate.BAIK,
        (meets, below): Predicate.KURANG,
        (below, above): Predicate.BUTUH_PERBAIKAN,
        (below, meets): Predicate.BUTUH_PERBAIKAN,
        (below, below): Predicate.SANGAT_KURANG,
    }


def parse_rating(text: str) -> Rating:
    """Return the rating a file means: `Dibawah`, `di bawah ekspektasi`, `DIBAWAH_EKSPEKTASI`, ...

    :raise UnknownSpelling: none of the known spellings.
    """
    return _parse(
        Rating, text, {"diatas": "diatasekspektasi", "sesuai": "sesuaiekspektasi", "dibawah": "dibawahekspektasi"}
    )


def parse_predicate(text: str) -> Predicate:
    """Return the predicate a file means; `Cukup` is BUTUH_PERBAIKAN, `Kurang/Misconduct` is KURANG.

    :raise UnknownSpelling: none of the known spellings.
    """
    return _parse(Predicate, text, {"cukup": "butuhperbaikan", "kurangmisconduct": "kurang", "misconduct": "kurang"})


def parse_org_predicate(text: str) -> OrgPredicate:
    """Return the unit's predicate a file means; `Cukup` is BUTUH_PERBAIKAN.

    :raise UnknownSpelling: none of the known spellings.
    """
    return _parse(OrgPredicate, text, {"cukup": "butuhperbaikan"})


def _parse(kind: type[E], text: str, synonyms: dict[str, str]) -> E:
    letters = _letters(text)
    wanted = synonyms.get(letters, letters)
    for member in kind:
        if _letters(member.value) == wanted:
            return member
    raise UnknownSpelling(text, tuple(member.value for member in kind))


def _letters(text: str) -> str:
    # "di bawah", "dibawah" and "DIBAWAH_" must meet: open systems really lost people over such keys.
    return "".join(letter for letter in text.casefold() if letter.isalpha())
