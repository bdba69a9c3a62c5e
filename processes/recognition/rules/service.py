"""Service time that improved for good, measured against somebody's own past (Tanjungbalai's rule for KTP-el)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

SERVICE_TIME: Final = "recognition.service_time"
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True, order=True)
class MonthFigures:
    """What one person's counter measured in a month.

    :param hours: median hours from a complete file to the document.
    :param rework: percent of documents that had to be made again.
    :param ikm: satisfaction index (25 to 100); None where nobody was asked.
    """

    year: int
    month: int
    hours: Decimal
    rework: Decimal
    ikm: Decimal | None = None

    @property
    def number(self) -> int:
        """Months counted through the years, so that neighbours differ by one."""
        return self.year * 12 + self.month


@dataclass(frozen=True, slots=True)
class Improvement:
    """By how much the service became faster.

    :param baseline: mean of the median hours in the months before, unrounded.
    :param least: the smallest improvement among the months that count, in percent, unrounded.
    :param months: the months that count, the first one first.
    """

    baseline: Decimal
    least: Decimal
    months: tuple[MonthFigures, ...]


def find_improvement(figures: Sequence[MonthFigures], numbers: Mapping[str, Decimal]) -> Improvement | None:
    """Return the improvement of the last months against the months before them; None where the rule does not hold.

    Each of the last `months` months must be `improvement` percent faster than the mean of the `baseline_months` before,
    with no more rework than their mean and an index of `ikm_at_least` or more. A month without figures breaks the row:
    nothing is made up.
    """
    months, before = int(numbers["months"]), int(numbers["baseline_months"])
    last = sorted(figures)[-(months + before) :]
    if len(last) < months + before or last[-1].number - last[0].number != months + before - 1:
        return None
    base, recent = last[:before], last[before:]
    hours, rework = _mean([one.hours for one in base]), _mean([one.rework for one in base])
    if hours <= 0 or not all(_is_good(one, rework, numbers["ikm_at_least"]) for one in recent):
        return None
    least = min((hours - one.hours) / hours * _WHOLE for one in recent)
    return Improvement(hours, least, tuple(recent)) if least >= numbers["improvement"] else None


def _is_good(month: MonthFigures, rework: Decimal, least_ikm: Decimal) -> bool:
    return month.rework <= rework and month.ikm is not None and month.ikm >= least_ikm


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)
