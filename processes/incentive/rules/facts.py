"""Everything that one slip is computed from; the same facts and parameters always make the same slip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from processes.people.city.plain import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Plain):
    """Days of a month in one unit with one class and one term of service.

    :param days: working days that are paid: leave without pay is left out.
    :param term: `pns`, `pppk` or `cpns`, which has a share of its own.
    """

    first: date
    last: date
    days: int
    job_class: int
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting(Plain):
    """Heading another unit for the time being (Plt, Plh): its post's class, and the working days of the month in it."""

    unit: int
    job_class: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment(Plain):
    """What a locked month was wrong by, signed; negative takes back."""

    id: int
    of_month: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFacts(Plain):
    """One person's month in one unit.

    :param month: its first day.
    :param workdays: working days of the unit in the month.
    :param predicate: of the newest locked quarter; None if there is none.
    :param predicate_of: that quarter, as `2026-2`.
    :param not_appraised: how many of those whom the person appraises have no result by that person.
    :param marks: days of the month by what is held against them: `absent`, `late_2`, `leave.sakit`, `assembly`. They
        are of the whole month, in whatever unit: a day counts the same before and after a move.
    :param measure: the disciplinary measure in force that cuts the allowance, or None.
    :param external: what others take off, by kind.
    """

    month: date
    employee: int
    unit: int
    workdays: int
    stretches: tuple[Stretch, ...]
    predicate: str | None = None
    predicate_of: str | None = None
    not_appraised: int = 0
    marks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    measure: str | None = None
    acting: tuple[Acting, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    external: Mapping[str, Decimal] = field(default_factory=dict)

    def count(self, mark: str) -> int:
        """Return on how many days something is held against the person."""
        return len(self.marks.get(mark, ()))
