"""Ratings and predicates as enums (PermenPANRB 6/2022; glossary of the project)."""

from __future__ import annotations

from enum import StrEnum


class Rating(StrEnum):
    """A rating of work result or work behaviour, set by the appraiser."""

    DIATAS_EKSPEKTASI = "DIATAS_EKSPEKTASI"
    SESUAI_EKSPEKTASI = "SESUAI_EKSPEKTASI"
    DIBAWAH_EKSPEKTASI = "DIBAWAH_EKSPEKTASI"


class Recommendation(StrEnum):
    """What the rules recommend: a rating, or that a human must decide because too little was measured."""

    DIATAS_EKSPEKTASI = "DIATAS_EKSPEKTASI"
    SESUAI_EKSPEKTASI = "SESUAI_EKSPEKTASI"
    DIBAWAH_EKSPEKTASI = "DIBAWAH_EKSPEKTASI"
    TIDAK_CUKUP_DATA = "TIDAK_CUKUP_DATA"

    @property
    def rating(self) -> Rating | None:
        """The recommended rating; None when data do not suffice."""
        return None if self is Recommendation.TIDAK_CUKUP_DATA else Rating(self.value)


class Predicate(StrEnum):
    """The predicate of an employee, best first."""

    SANGAT_BAIK = "SANGAT_BAIK"
    BAIK = "BAIK"
    BUTUH_PERBAIKAN = "BUTUH_PERBAIKAN"
    KURANG = "KURANG"
    SANGAT_KURANG = "SANGAT_KURANG"


class OrgPredicate(StrEnum):
    """The predicate of a unit, best first."""

    ISTIMEWA = "ISTIMEWA"
    BAIK = "BAIK"
    BUTUH_PERBAIKAN = "BUTUH_PERBAIKAN"
    KURANG = "KURANG"
    SANGAT_KURANG = "SANGAT_KURANG"


class CoreValue(StrEnum):
    """The seven BerAKHLAK values behaviour is rated by."""

    BERORIENTASI_PELAYANAN = "BERORIENTASI_PELAYANAN"
    AKUNTABEL = "AKUNTABEL"
    KOMPETEN = "KOMPETEN"
    HARMONIS = "HARMONIS"
    LOYAL = "LOYAL"
    ADAPTIF = "ADAPTIF"
    KOLABORATIF = "KOLABORATIF"
