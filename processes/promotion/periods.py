"""The twelve periods of rank promotion a year: each rank counts from the first day of a month (PerBKN 4/2025)."""

from dataclasses import dataclass
from datetime import date, timedelta

from processes.people.city import Period

_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class PromotionPeriod:
    """A month in which ranks begin to count."""

    year: int
    month: int

    @property
    def effective_on(self) -> date:
        """The day from which a rank of this period counts (TMT)."""
        return date(self.year, self.month, 1)

    @property
    def code(self) -> str:
        """How addresses and keys name it, such as `2026-12`."""
        return f"{self.year}-{self.month:02}"

    @property
    def judged_years(self) -> tuple[int, int]:
        """The two calendar years that were over before this period, the older first."""
        return self.year - 2, self.year - 1

    def later(self, months: int) -> "PromotionPeriod":
        """Return the period some months later."""
        years, month = divmod(self.month - 1 + months, _MONTHS)
        return PromotionPeriod(self.year + years, month + 1)


def coming_periods(today: date, count: int = _MONTHS) -> tuple[PromotionPeriod, ...]:
    """Return the next periods, the first of which begins after a day."""
    this = PromotionPeriod(today.year, today.month)
    return tuple(this.later(months) for months in range(1, count + 1))


def months_between(first: date, last: date) -> int:
    """Return how many whole months lie between two days; negative if the last is the earlier one."""
    return (last.year - first.year) * _MONTHS + last.month - first.month - (last.day < first.day)


def last_day_of(year: int) -> date:
    """Return the last day of a calendar year."""
    return Period.year(year).end


def day_before(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)
