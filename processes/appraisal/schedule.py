"""The days of a quarter's evaluation window, counted in working days (PermenPANRB 6/2022 Ps 24 and annex V)."""

from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar import WorkCalendar
from processes.appraisal.parameters import WINDOW, shipped_on
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.city import Period


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter that is open in a city."""

    tenant: str
    year: int
    quarter: int
    opens_on: date

    @property
    def period(self) -> Period:
        """The quarter as the city's rules see it."""
        return Period.quarter(self.year, self.quarter)

    @property
    def title(self) -> str:
        """How the quarter is named in a case's title."""
        return f"TW {self.quarter} {self.year}"

    @property
    def evaluated_from(self) -> date:
        """The first day of the evaluation window, which begins before the quarter ends and its cases are opened.

        An appraiser who moves from that day on still evaluates (PermenPANRB 6/2022 annex IV): 25 September is inside
        the window of the third quarter, 25 August is not.
        """
        found = shipped_on(WINDOW, self.period.end)
        days = int(found.values["days_before_end"]) if found is not None else 0
        return min(self.opens_on, self.period.end - timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Schedule:
    """The due days of one quarter in a unit.

    :param realisation_due: last day for employees to enter results.
    :param org_due: last day for the superior to set the organisation predicate before the deputy is asked.
    :param window_end: last day of the evaluation window; a rater who has not rated by then is replaced.
    :param report_due: last day of the report to the authorized official, up to which missing cases are started.
    """

    realisation_due: date
    org_due: date
    window_end: date
    report_due: date


@dataclass(frozen=True, slots=True)
class WindowLengths:
    """How many working days after the opening each step may take; `report` is counted from the window's end.

    The report's 30 days are those of PermenPANRB 6/2022 annex V.
    """

    realisation: int = 5
    org_predicate: int = 5
    window: int = 10
    report: int = 30


USUAL_LENGTHS = WindowLengths()


def schedule(opens_on: date, lengths: WindowLengths, calendar: WorkCalendar) -> Schedule:
    """Return the due days of a window that opens on a day."""
    window_end = calendar.add_working_days(opens_on, lengths.window)
    return Schedule(
        calendar.add_working_days(opens_on, lengths.realisation),
        calendar.add_working_days(opens_on, lengths.org_predicate),
        window_end,
        calendar.add_working_days(window_end, lengths.report),
    )


def counted_days(process: str, started_on: date, calendar: WorkCalendar) -> dict[str, date]:
    """Return the variables of a case that hold days of the window, counted anew by a list of holidays."""
    days = schedule(started_on, USUAL_LENGTHS, calendar)
    if process == EMPLOYEE_PROCESS:
        return {"realisation_due": days.realisation_due, "window_end": days.window_end}
    return {"org_due": days.org_due, "window_end": days.window_end} if process == UNIT_PROCESS else {}


def last_quarter(today: date) -> tuple[int, int]:
    """Return year and number of the quarter that ended last before a day."""
    number = (today.month - 1) // 3
    return (today.year, number) if number else (today.year - 1, 4)
