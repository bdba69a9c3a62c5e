"""Which tasks after the ratings wait for somebody who has left, and who does them now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from engine.casework import find_case, variables_of
from engine.errors import CaseDamaged
from engine.records.case import case, open_task
from processes.appraisal.schedule import Quarter
from processes.appraisal.superiors import deciders
from processes.appraisal.variables import DECISION, EMPLOYEE_PROCESS, business_key, raters_of
from processes.people.queries import appraiser_on
from processes.people.queries.on_day import is_present, leave_of_employee, presence
from processes.people.records import employee, leave

_waiting: Select[*tuple[Any, ...]] = (
    select(
        case.c.id,
        case.c.subject,
        case.c.business_key,
        open_task.c.token,
        open_task.c.element,
        open_task.c.assignee,
        *presence(),
    )
    .join_from(open_task, case, open_task.c.case_id == case.c.id)
    .join(employee, employee.c.id == open_task.c.assignee)
    .outerjoin(leave, leave_of_employee())
    .where(
        case.c.tenant == bindparam("tenant"),
        case.c.process == EMPLOYEE_PROCESS,
        open_task.c.element.in_(("hand_over", DECISION)),
    )
    .order_by(case.c.id)
)


@dataclass(frozen=True, slots=True)
class LeftTask:
    """A task that nobody is there to do, and who does it instead."""

    case_id: int
    token: int
    person: int


def left_tasks(read: Connection, quarter: Quarter, today: date) -> tuple[LeftTask, ...]:
    """Return the results to hand over and the objections of a quarter that wait for somebody who has left.

    An appraiser who is gone for good is followed by whoever appraises the employee now (dossier 1.4). An objection
    waits for nobody who does not stand above the appraiser any more, unless a deputy who is there was given it.
    """
    return tuple(_left(read, quarter, today))


def _left(read: Connection, quarter: Quarter, today: date) -> Iterator[LeftTask]:
    for row in read.execute(_waiting, {"tenant": quarter.tenant, "day": today}).all():
        if row.business_key != business_key(row.subject, quarter.year, quarter.quarter):
            continue
        person = _who_decides(read, quarter, today, row) if row.element == DECISION else _who(read, quarter, today, row)
        if person not in (None, row.assignee):
            yield LeftTask(row.id, row.token, person)


def _who(read: Connection, quarter: Quarter, today: date, row: Any) -> Any:
    """Return who hands a result over."""
    if is_present(row):
        return row.assignee
    found = appraiser_on(read, quarter.tenant, row.subject, today)
    return found.person if found is not None else None


def _who_decides(read: Connection, quarter: Quarter, today: date, row: Any) -> Any:
    try:
        variables = variables_of(find_case(read, quarter.tenant, row.id))
    except CaseDamaged:
        return row.assignee  # it needs the administrator first
    meant, rater = int(variables["decided_by"]["person"]), int(variables["rating_by"]["person"])
    people = tuple(deciders(read, quarter.tenant, row.subject, today, below=rater, raters=raters_of(variables)))
    if is_present(row) and (meant in people or row.assignee != meant):
        return row.assignee
    return meant if meant in people else next(iter(people), None)
