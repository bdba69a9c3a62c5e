"""The days of the made-up cities, counted from the day on which they are loaded: the data is never out of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from processes.appraisal.schedule import last_quarter
from processes.people.city import Period
from processes.people.leaves import LeaveKind

QuarterName = tuple[int, int]

#: Leave around the open quarter: kind, months and day after its first day, and how long.
_LEAVE = (
    (LeaveKind.ANNUAL, 2, 7, 5),
    (LeaveKind.ANNUAL, 3, 5, 3),
    (LeaveKind.SICK, 1, 3, 3),
    (LeaveKind.MATERNITY, 2, 1, 91),
    (LeaveKind.IMPORTANT_REASON, 2, 21, 4),
)
# Test data, not an official calendar: the joint decree of three ministers is what a real city imports. The days of the
# moving feasts are those of 2026, in every year.
_HOLIDAYS = {
    (1, 1): "Tahun Baru",
    (2, 16): "Libur uji satu",
    (2, 17): "Tahun Baru Imlek",
    (3, 19): "Hari Suci Nyepi",
    (3, 20): "Idul Fitri hari pertama",
    (3, 21): "Idul Fitri hari kedua",
    (4, 3): "Wafat Isa Almasih",
    (5, 1): "Hari Buruh",
    (5, 14): "Kenaikan Isa Almasih",
    (5, 27): "Idul Adha",
    (6, 1): "Hari Lahir Pancasila",
    (6, 16): "Tahun Baru Islam",
    (8, 17): "Hari Kemerdekaan",
    (8, 25): "Maulid Nabi",
    (12, 25): "Hari Natal",
}


@dataclass(frozen=True, slots=True)
class DemoDates:
    """The quarter that is opened, and the two before it, whose results are known.

    :param current: year and number of the quarter that ended last.
    :param past: the two quarters before, the older first.
    """

    current: QuarterName
    past: tuple[QuarterName, QuarterName]

    @classmethod
    def on(cls, today: date) -> DemoDates:
        """Return the dates of a demonstration that is loaded on a day."""
        current = last_quarter(today)
        newer = last_quarter(Period.quarter(*current).start)
        return cls(current, (last_quarter(Period.quarter(*newer).start), newer))

    @property
    def quarters(self) -> tuple[QuarterName, ...]:
        """All three, the oldest first."""
        return *self.past, self.current

    @property
    def retired_on(self) -> date:
        """The last day of the head who has retired; his post is vacant all through the open quarter."""
        return Period.quarter(*self.past[-1]).end

    @property
    def leaves(self) -> tuple[tuple[LeaveKind, date, date], ...]:
        """Kinds of leave with first and last day."""
        start = Period.quarter(*self.current).start
        return tuple(
            (kind, first := _months_after(start, months, day), first + timedelta(days=length - 1))
            for kind, months, day, length in _LEAVE
        )

    @property
    def holidays(self) -> tuple[tuple[date, str], ...]:
        """The holidays from the year of the older past quarter to the year after the open one."""
        years = range(self.past[0][0], self.current[0] + 2)
        return tuple((date(year, *day), name) for year in years for day, name in _HOLIDAYS.items())


def _months_after(start: date, months: int, day: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, day)
