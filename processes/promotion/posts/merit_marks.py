"""The marks that a city gives itself in the eight aspects of the merit system, and what they add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from processes.people.queries.on_day import TENANT
from processes.promotion.posts.merit import WEIGHTS, Aspect
from processes.promotion.records import merit_mark

#: Key of the parameter set with the bounds of the bands.
BANDS: Final = "promotion.merit"
LOWEST_MARK: Final = 1
HIGHEST_MARK: Final = 4
_newest = select(func.max(merit_mark.c.year)).where(merit_mark.c.tenant == TENANT)
_marks = select(merit_mark).where(merit_mark.c.tenant == TENANT, merit_mark.c.year == bindparam("year"))


class Band(StrEnum):
    """What a total of marks is called, the best first."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of an aspect, 1 to 4, with what it rests on."""

    mark: int
    evidence: str


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """The marks of a year; of some aspects there may be none yet."""

    year: int
    marks: Mapping[Aspect, Mark]

    @property
    def total(self) -> int | None:
        """The sum of marks by weight, 100 to 400; None while an aspect has no mark."""
        if len(self.marks) < len(WEIGHTS):
            return None
        return sum(weight * self.marks[aspect].mark for aspect, weight in WEIGHTS.items())


def band_of(total: int, bounds: Mapping[str, Decimal]) -> Band:
    """Return what a total is called."""
    found = (band for band in (Band.VERY_GOOD, Band.GOOD, Band.FAIR) if total >= bounds[f"{band}_from"])
    return next(found, Band.POOR)


def read_marks(read: Connection, tenant: str, year: int) -> SelfAssessment:
    """Return the marks of a year."""
    rows = read.execute(_marks, {"tenant": tenant, "year": year})
    return SelfAssessment(year, {Aspect(row.aspect): Mark(row.mark, row.evidence) for row in rows})


def newest_marks(read: Connection, tenant: str) -> SelfAssessment | None:
    """Return the marks of the newest year that has any; None before there were any."""
    year = read.execute(_newest, {"tenant": tenant}).scalar()
    return read_marks(read, tenant, year) if year is not None else None
