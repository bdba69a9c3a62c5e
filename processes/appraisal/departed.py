"""Which tasks wait for somebody who has left, from the ratings to the objection, and who does them now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from engine.casework import find_case, read_entry, variables_of
from engine.errors import CaseDamaged
from engine.records.case import case, open_task
from engine.records.history import journal_of_case
from processes.appraisal.raters import RATING
from processes.appraisal.schedule import Quarter
from processes.appraisal.superiors import deciders
from processes.appraisal.variables import DECISION, EMPLOYEE_PROCESS, business_key, is_replaced, raters_of
from processes.people.queries import appraiser_on, appraiser_superior
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
        open_task.c.element.in_((*RATING, "hand_over", DECISION)),
    )
    .order_by(case.c.id)
)
_person: Select[*tuple[Any, ...]] = (
    select(*presence()).outerjoin_from(employee, leave, leave_of_employee()).where(employee.c.id == bindparam("person"))
)


@dataclass(frozen=True, slots=True)
class LeftTask:
    """A task that nobody is there to do, and who does it instead."""

    case_id: int
    token: int
    person: int


def left_tasks(read: Connection, quarter: Quarter, today: date) -> tuple[LeftTask, ...]:
    """Return the ratings, signatures, hand-overs and objections of a quarter that wait for somebody who has left.

    The task of a deputy who is gone goes back to whoever rates. An appraiser who is gone for good is followed by
    whoever appraises the employee now (dossier 1.4), a superior who had taken over by the one above that appraiser. An
    objection waits for nobody who does not stand above the appraiser any more, unless a deputy who is there was given
    it; it goes back to a decider who let his time pass only where nobody else is there.
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
    """Return who rates, signs or hands a result over."""
    if is_present(row):
        return row.assignee
    try:
        variables = variables_of(find_case(read, quarter.tenant, row.id))
    except CaseDamaged:
        return row.assignee  # it needs the administrator first
    meant = int(variables["rating_by"]["person"])
    if any(is_present(found) for found in read.execute(_person, {"person": meant, "day": today})):
        return meant
    return _follower(read, quarter, today, row, is_taken_over=row.element in RATING and is_replaced(variables))


def _follower(read: Connection, quarter: Quarter, today: date, row: Any, *, is_taken_over: bool) -> int | None:
    """Return the appraiser of today; a case that was taken from a late one stays above him while anybody is there."""
    found = appraiser_on(read, quarter.tenant, row.subject, today)
    if found is not None and is_taken_over:
        found = appraiser_superior(read, quarter.tenant, row.subject, today, found.person) or found
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
    if meant in people:
        return meant
    late = _late_deciders(read, row.id)
    return next((person for person in people if person not in late), next(iter(people), None))


def _late_deciders(read: Connection, case_id: int) -> frozenset[int]:
    """Return who has let the time to decide pass: from him the diagram went on to somebody else."""
    late, before = set[int](), None
    for step in read.execute(journal_of_case, {"case_id": case_id}).all():
        entry = read_entry(read, step.entry)
        asked = next((item[2] for item in entry.get("opened", ()) if item[1] == DECISION), None)
        if asked is None:
            continue
        if before is not None and entry["kind"] != "delegate":
            late.add(before)
        before = asked
    return frozenset(late)
