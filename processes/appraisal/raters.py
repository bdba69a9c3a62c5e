"""Who should rate the evaluations that are open, and which of them wait for somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from engine.casework import find_case, variables_of
from engine.errors import CaseDamaged
from engine.records.case import CaseStatus, case, open_task
from processes.appraisal.appraised import quarter_raters
from processes.appraisal.records import PeriodStatus, period
from processes.appraisal.schedule import Quarter
from processes.appraisal.variables import EMPLOYEE_PROCESS, business_key, is_replaced

#: What waits for an appraiser before he has confirmed any rating: afterwards he answers for it himself.
UNRATED = ("assess_behaviour", "confirm_ratings")

_unrated = (
    select(case.c.id, case.c.subject, case.c.business_key, open_task.c.assignee)
    .join_from(open_task, case, open_task.c.case_id == case.c.id)
    .where(case.c.tenant == bindparam("tenant"), case.c.process == EMPLOYEE_PROCESS, open_task.c.element.in_(UNRATED))
    .distinct()
)
_quarters = select(period.c.tenant, period.c.year, period.c.quarter, period.c.opens_on).where(
    period.c.status == PeriodStatus.OPEN.value
)
_open_case = select(case.c.id).where(
    case.c.tenant == bindparam("tenant"),
    case.c.process == EMPLOYEE_PROCESS,
    case.c.business_key == bindparam("key"),
    case.c.status == CaseStatus.OPEN,
)


@dataclass(frozen=True, slots=True)
class CaseRater:
    """A case, and who should rate it as things stand."""

    case_id: int
    person: int


def open_quarters(read: Connection) -> tuple[Quarter, ...]:
    """Return the open quarters of all cities."""
    return tuple(Quarter(row.tenant, row.year, row.quarter, row.opens_on) for row in read.execute(_quarters))


def raters_of_open_cases(read: Connection, tenant: str, employee_id: int) -> tuple[CaseRater, ...]:
    """Return who should rate the open cases of an employee; those whom nobody is left to rate are left out."""
    quarters = (quarter for quarter in open_quarters(read) if quarter.tenant == tenant)
    return tuple(found for quarter in quarters if (found := _rater_of(read, quarter, employee_id)) is not None)


def _rater_of(read: Connection, quarter: Quarter, employee_id: int) -> CaseRater | None:
    key = business_key(employee_id, quarter.year, quarter.quarter)
    case_id = read.execute(_open_case, {"tenant": quarter.tenant, "key": key}).scalar_one_or_none()
    person = quarter_raters(read, quarter, [employee_id]).get(employee_id) if case_id is not None else None
    return CaseRater(case_id, person) if case_id is not None and person is not None else None


def changed_raters(read: Connection, quarter: Quarter) -> tuple[CaseRater, ...]:
    """Return the unrated cases of a quarter whose appraiser has changed since they were opened.

    A Plt whose term ended is followed by the new holder (dossier 12.10.2), a corrected line by its new appraiser. A
    superior who took over from a late appraiser keeps the case.
    """
    return tuple(_changed(read, quarter))


def _changed(read: Connection, quarter: Quarter) -> Iterator[CaseRater]:
    rows = [
        row
        for row in read.execute(_unrated, {"tenant": quarter.tenant})
        if row.business_key == business_key(row.subject, quarter.year, quarter.quarter)
    ]
    raters = quarter_raters(read, quarter, [row.subject for row in rows])
    for row in rows:
        person = raters.get(row.subject)
        if person not in (None, row.assignee) and not _is_taken_over(read, quarter.tenant, row.id):
            yield CaseRater(row.id, raters[row.subject])


def _is_taken_over(read: Connection, tenant: str, case_id: int) -> bool:
    try:
        return is_replaced(variables_of(find_case(read, tenant, case_id)))
    except CaseDamaged:
        return True  # it needs the administrator first
