"""Quarters as reports count them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHS: Final = 3
QUARTERS: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year."""

    year: int
    quarter: int

    @property
    def number(self) -> int:
        """Quarters counted through the years, so that neighbours differ by one."""
        return self.year * QUARTERS + self.quarter - 1

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return date(self.year, (self.quarter - 1) * MONTHS + 1, 1)

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return self.shifted(1).first_day - timedelta(days=1)

    @property
    def last_month(self) -> date:
        """The first day of its last month."""
        return self.last_day.replace(day=1)

    def shifted(self, quarters: int) -> "Quarter":
        """Return the quarter so many later, or earlier."""
        year, place = divmod(self.number + quarters, QUARTERS)
        return Quarter(year, place + 1)


def quarter_of(day: date) -> Quarter:
    """Return the quarter of a day."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)
