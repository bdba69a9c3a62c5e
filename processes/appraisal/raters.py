"""Who should rate the evaluations that are open, and which of them wait for somebody else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.casework import find_case, variables_of
from engine.errors import CaseDamaged
from engine.records.case import RUNNING, case, open_task
from processes.appraisal.appraised import quarter_raters
from processes.appraisal.records import PeriodStatus, period
from processes.appraisal.schedule import Quarter
from processes.appraisal.variables import EMPLOYEE_PROCESS, business_key, is_replaced

#: What waits for an appraiser before he has confirmed any rating: afterwards he answers for it himself.
UNRATED = ("assess_behaviour", "confirm_ratings")
#: What waits for whoever rates until the evaluation is signed: no limit takes it from the last in the line.
RATING = (*UNRATED, "sign")

_unrated = (
    select(case.c.id, case.c.subject, case.c.business_key, case.c.started_at, open_task.c.assignee)
    .join_from(open_task, case, open_task.c.case_id == case.c.id)
    .where(case.c.tenant == bindparam("tenant"), case.c.process == EMPLOYEE_PROCESS, open_task.c.element.in_(UNRATED))
    .distinct()
)
_quarters = select(period.c.tenant, period.c.year, period.c.quarter, period.c.opens_on).where(
    period.c.status == PeriodStatus.OPEN.value
)
_open_case = select(case.c.id, case.c.started_at).where(
    case.c.tenant == bindparam("tenant"),
    case.c.process == EMPLOYEE_PROCESS,
    case.c.business_key == bindparam("key"),
    case.c.status.in_(RUNNING),
)


@dataclass(frozen=True, slots=True)
class CaseRater:
    """A case, and who should rate it as things stand."""

    case_id: int
    person: int


@dataclass(frozen=True, slots=True)
class RaterOutlook:
    """Who rates an open case from now on.

    :param person: the one who does.
    :param is_settled: it stays with him whatever the lines say: he has confirmed the ratings, or has taken over.
    """

    quarter: Quarter
    person: int
    is_settled: bool


def open_quarters(read: Connection) -> tuple[Quarter, ...]:
    """Return the open quarters of all cities."""
    return tuple(Quarter(row.tenant, row.year, row.quarter, row.opens_on) for row in read.execute(_quarters))


def raters_of_open_cases(
    read: Connection, tenant: str, employee_id: int, today: date, zone: tzinfo
) -> tuple[CaseRater, ...]:
    """Return who should rate the open cases of an employee; those whom nobody is left to rate are left out.

    :param zone: of the city, in which the day counts on which a case started.
    """
    cases = _open_cases(read, tenant, employee_id, zone)
    found = ((case.id, _rater(read, case, employee_id, today)) for case in cases)
    return tuple(CaseRater(case_id, person) for case_id, person in found if person is not None)


def rater_outlook(
    read: Connection, tenant: str, employee_id: int, today: date, zone: tzinfo
) -> tuple[RaterOutlook, ...]:
    """Return who rates the open cases of an employee as the lines stand, whether they have been handed over yet or not.

    :param zone: of the city, in which the day counts on which a case started.
    """
    return tuple(_outlook(read, case, employee_id, today) for case in _open_cases(read, tenant, employee_id, zone))


@dataclass(frozen=True, slots=True)
class _OpenCase:
    """An open case of an employee, and the day on which it started."""

    id: int
    quarter: Quarter
    since: date


def _open_cases(read: Connection, tenant: str, employee_id: int, zone: tzinfo) -> Iterator[_OpenCase]:
    for quarter in (quarter for quarter in open_quarters(read) if quarter.tenant == tenant):
        key = business_key(employee_id, quarter.year, quarter.quarter)
        row = read.execute(_open_case, {"tenant": tenant, "key": key}).one_or_none()
        if row is not None:
            yield _OpenCase(row.id, quarter, row.started_at.astimezone(zone).date())


def _rater(read: Connection, case: _OpenCase, employee_id: int, today: date) -> int | None:
    return quarter_raters(read, case.quarter, [employee_id], today, since=case.since).get(employee_id)


def _outlook(read: Connection, case: _OpenCase, employee_id: int, today: date) -> RaterOutlook:
    variables = variables_of(find_case(read, case.quarter.tenant, case.id))
    is_settled = not may_move(variables)
    should = None if is_settled else _rater(read, case, employee_id, today)
    return RaterOutlook(case.quarter, should or int(variables["rating_by"]["person"]), is_settled)


def may_move(variables: Mapping[str, Any]) -> bool:
    """Say whether somebody else may still rate a case: nobody has confirmed ratings, and no superior took it over."""
    return not is_replaced(variables) and variables.get("ratings") is None


def changed_raters(read: Connection, quarter: Quarter, today: date, zone: tzinfo) -> tuple[CaseRater, ...]:
    """Return the unrated cases of a quarter whose appraiser has changed since they were opened.

    A Plt whose term ended is followed by the new holder (dossier 12.10.2), a corrected line by its new appraiser. A
    superior who took over from a late appraiser keeps the case.

    :param zone: of the city, in which the day counts on which a case started.
    """
    started: dict[date, list[Any]] = {}
    for row in _unrated_of(read, quarter):
        started.setdefault(row.started_at.astimezone(zone).date(), []).append(row)
    return tuple(item for since, rows in started.items() for item in _changed(read, quarter, rows, today, since=since))


def _unrated_of(read: Connection, quarter: Quarter) -> list[Any]:
    return [
        row
        for row in read.execute(_unrated, {"tenant": quarter.tenant})
        if row.business_key == business_key(row.subject, quarter.year, quarter.quarter)
    ]


def _changed(
    read: Connection, quarter: Quarter, rows: Sequence[Any], today: date, *, since: date
) -> Iterator[CaseRater]:
    raters = quarter_raters(read, quarter, [row.subject for row in rows], today, since=since)
    for row in rows:
        person = raters.get(row.subject)
        if person not in (None, row.assignee) and _may_follow(read, quarter.tenant, row.id, raters[row.subject]):
            yield CaseRater(row.id, raters[row.subject])


def _may_follow(read: Connection, tenant: str, case_id: int, person: int) -> bool:
    """Say whether a case goes on to a person; where he rates it already, a deputy has the task from him."""
    try:
        variables = variables_of(find_case(read, tenant, case_id))
    except CaseDamaged:
        return False  # it needs the administrator first
    return may_move(variables) and int(variables["rating_by"]["person"]) != person
