"""The days of a quarter's evaluation window, counted in working days (PermenPANRB 6/2022 Ps 24 and annex V)."""

from dataclasses import dataclass
from datetime import date

from engine.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Schedule:
    """The due days of one quarter in a unit.

    :param realisation_due: last day for employees to enter results.
    :param org_due: last day for the superior to set the organisation predicate before the deputy is asked.
    :param window_end: last day of the evaluation window; a rater who has not rated by then is replaced.
    """

    realisation_due: date
    org_due: date
    window_end: date


@dataclass(frozen=True, slots=True)
class WindowLengths:
    """How many working days after the opening each step may take; a city may publish its own by parameter set."""

    realisation: int = 5
    org_predicate: int = 5
    window: int = 10


USUAL_LENGTHS = WindowLengths()


def schedule(opens_on: date, lengths: WindowLengths, calendar: WorkCalendar) -> Schedule:
    """Return the due days of a window that opens on a day."""
    return Schedule(
        calendar.add_working_days(opens_on, lengths.realisation),
        calendar.add_working_days(opens_on, lengths.org_predicate),
        calendar.add_working_days(opens_on, lengths.window),
    )


def last_quarter(today: date) -> tuple[int, int]:
    """Return year and number of the quarter that ended last before a day."""
    number = (today.month - 1) // 3
    return (today.year, number) if number else (today.year - 1, 4)
