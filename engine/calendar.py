"""Working days: which days count, and deadlines counted in them. Holidays are data (SKB 3 Menteri, imported a year)."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final, Literal, Self

#: The weeks that a diagram may choose by name, in the place of the week of the unit that a case is about.
WEEKS: Final[Mapping[str, Literal[5, 6]]] = {"five_days": 5, "six_days": 6}


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of a city or unit.

    :param version: names the holiday list, so that a deadline can record what it was counted with.
    :param holidays: days on which nobody works, whatever the weekday.
    :param week: 5 for Monday to Friday, 6 for Monday to Saturday (PP 94/2021 and city rules set it per unit).
    :raise ValueError: for another week.
    """

    version: str
    holidays: frozenset[date]
    week: Literal[5, 6]

    def __post_init__(self) -> None:
        if self.week not in (5, 6):
            raise ValueError(f"a working week has 5 or 6 days, not {self.week!r}")

    def in_week(self, name: str) -> Self:
        """Return the working days of another week with the same holidays.

        :raise KeyError: there is no such week.
        """
        return replace(self, week=WEEKS[name])

    def is_working_day(self, day: date) -> bool:
        """Return whether the day is in the working week and no holiday."""
        return day.weekday() < self.week and day not in self.holidays

    def add_working_days(self, start: date, days: int) -> date:
        """Return the working day so many after the start; counting starts the day after.

        Zero gives the start itself, a negative number counts back from the day before.

        :raise ValueError: when the result is outside years 1 to 9999.
        """
        if days == 0:
            return start
        ordinal = start.toordinal()
        target = self._count_to(ordinal) + days if days > 0 else self._count_to(ordinal - 1) + days + 1
        found = self._first_with_count(target, ordinal)
        if not 1 <= found <= date.max.toordinal():
            raise ValueError(f"{days} working days from {start} is outside the calendar")
        return date.fromordinal(found)

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days a deadline at the end leaves from the start: the start is not counted.

        It undoes ``add_working_days``; an end before the start gives a negative number.
        """
        first, last = start.toordinal(), end.toordinal()
        if last >= first:
            return self._count_to(last) - self._count_to(first)
        return self._count_to(last - 1) - self._count_to(first - 1)

    @cached_property
    def _closed(self) -> list[int]:
        # Only holidays inside the working week take a working day away.
        return sorted(day.toordinal() for day in self.holidays if day.weekday() < self.week)

    def _count_to(self, ordinal: int) -> int:
        # Ordinal 1 is a Monday, so whole weeks need no look at the calendar.
        weeks, rest = divmod(ordinal, 7)
        return weeks * self.week + min(rest, self.week) - bisect_right(self._closed, ordinal)

    def _first_with_count(self, target: int, near: int) -> int:
        # Each round moves on by the holidays the last one jumped over, until it jumps over no more.
        skipped = bisect_left(self._closed, near) if self._count_to(near) <= target else 0
        while True:
            weeks, rest = divmod(target + skipped - 1, self.week)
            ordinal = weeks * 7 + rest + 1
            seen = bisect_right(self._closed, ordinal)
            if seen == skipped:
                return ordinal
            skipped = seen
