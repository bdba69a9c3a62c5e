"""The holidays of a play: those of the city on its days, which stay what they were when it began."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from engine.scenarios import Scenario

#: As far as a play looks ahead; a decree names the holidays of one year.
_AHEAD: Final = timedelta(days=2 * 366)


def holidays_on(first: date, known: Collection[date]) -> tuple[date, ...]:
    """Return the holidays from a day on that take a working day away, as far as a play looks ahead.

    Steps can count in a six-day week, so a Saturday is one.
    """
    end = first + _AHEAD if first < date.max - _AHEAD else date.max
    return tuple(sorted(day for day in known if first <= day <= end and day.weekday() < 6))


def with_holidays(scenario: Scenario, known: Collection[date]) -> Scenario:
    """Return a scenario whose working days are counted without the holidays that a city knows on its days."""
    return replace(scenario, holidays=holidays_on(scenario.begins.date(), known))
