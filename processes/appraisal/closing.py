"""When the results of a quarter are complete, so that it can be closed."""

from datetime import date

from sqlalchemy import Connection, and_, bindparam, func, select

from engine.records.case import RUNNING, CaseStatus, case
from processes.appraisal.appraised import schedules_of
from processes.appraisal.schedule import Quarter
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS

# Business keys are `2026-3:<subject>`; ';' follows ':' in every collation that compares bytes.
_of_quarter = and_(
    case.c.tenant == bindparam("tenant"),
    case.c.process.in_((EMPLOYEE_PROCESS, UNIT_PROCESS)),
    case.c.business_key >= bindparam("first_key"),
    case.c.business_key < bindparam("last_key"),
)
_open = select(case.c.id).where(_of_quarter, case.c.status.in_(RUNNING)).limit(1)
_reported = (
    select(func.count())
    .select_from(case)
    .where(_of_quarter, case.c.process == EMPLOYEE_PROCESS, case.c.status == CaseStatus.FINISHED)
)


def is_reported(read: Connection, quarter: Quarter, today: date) -> bool:
    """Say whether every case of a quarter has ended and the time is over in which missing ones are started."""
    days = schedules_of(read, quarter, quarter.opens_on).values()
    last = max((item.report_due for item in days), default=quarter.opens_on)
    return today > last and read.execute(_open, _keys(quarter)).first() is None


def reported_results(read: Connection, quarter: Quarter) -> int:
    """Return how many employees of a quarter have a result that is locked and reported."""
    return int(read.execute(_reported, _keys(quarter)).scalar_one())


def _keys(quarter: Quarter) -> dict[str, str]:
    name = f"{quarter.year}-{quarter.quarter}"
    return {"tenant": quarter.tenant, "first_key": f"{name}:", "last_key": f"{name};"}
