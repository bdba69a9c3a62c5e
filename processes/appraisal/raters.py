"""Evaluations whose appraiser is no longer the one who should rate them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from engine.casework import find_case, variables_of
from engine.errors import CaseDamaged
from engine.records.case import case, open_task
from processes.appraisal.opening import Quarter, quarter_raters
from processes.appraisal.variables import EMPLOYEE_PROCESS, business_key, is_replaced

#: What waits for an appraiser before he has confirmed any rating: afterwards he answers for it himself.
UNRATED = ("assess_behaviour", "confirm_ratings")

_unrated = (
    select(case.c.id, case.c.subject, case.c.business_key, open_task.c.assignee)
    .join_from(open_task, case, open_task.c.case_id == case.c.id)
    .where(case.c.tenant == bindparam("tenant"), case.c.process == EMPLOYEE_PROCESS, open_task.c.element.in_(UNRATED))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class ChangedRater:
    """A case that waits for somebody who should not rate it any more, and who should."""

    case_id: int
    person: int


def changed_raters(read: Connection, quarter: Quarter) -> tuple[ChangedRater, ...]:
    """Return the unrated cases of a quarter whose appraiser has changed since they were opened.

    A Plt whose term ended is followed by the new holder (dossier 12.10.2), a corrected line by its new appraiser. A
    superior who took over from a late appraiser keeps the case.
    """
    return tuple(_changed(read, quarter))


def _changed(read: Connection, quarter: Quarter) -> Iterator[ChangedRater]:
    rows = [
        row
        for row in read.execute(_unrated, {"tenant": quarter.tenant})
        if row.business_key == business_key(row.subject, quarter.year, quarter.quarter)
    ]
    raters = quarter_raters(read, quarter, [row.subject for row in rows])
    for row in rows:
        person = raters.get(row.subject)
        if person not in (None, row.assignee) and not _is_taken_over(read, quarter.tenant, row.id):
            yield ChangedRater(row.id, raters[row.subject])


def _is_taken_over(read: Connection, tenant: str, case_id: int) -> bool:
    try:
        return is_replaced(variables_of(find_case(read, tenant, case_id)))
    except CaseDamaged:
        return True  # it needs the administrator first
