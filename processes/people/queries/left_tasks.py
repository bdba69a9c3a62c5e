"""Tasks that wait for somebody who has left."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, select

from engine.bpmn.model import Element
from engine.casework import find_release
from engine.records.case import case, open_task
from engine.records.release import release
from processes.people.queries.on_day import DAY, TENANT, AnyRow
from processes.people.records import employee

PAGE: Final = 50

# Those who have left are few, and the index knows their tasks: the many others are not looked at.
_left = (
    select(
        open_task.c.case_id,
        open_task.c.token,
        open_task.c.element,
        open_task.c.due,
        case.c.process,
        case.c.release_id,
        release.c.digest,
        employee.c.active_to,
    )
    .join_from(employee, open_task, (open_task.c.tenant == employee.c.tenant) & (open_task.c.assignee == employee.c.id))
    .join(case, case.c.id == open_task.c.case_id)
    .join(release, release.c.id == case.c.release_id)
    .where(
        employee.c.tenant == TENANT,
        employee.c.active_to < DAY,
        case.c.process.not_in(bindparam("besides", expanding=True)),
    )
    .order_by(open_task.c.case_id, open_task.c.token)
    .limit(PAGE + 1)
)


@dataclass(frozen=True, slots=True)
class LeftTask:
    """A task that nobody does: whoever is asked has left.

    :param since: the last day on which he was there.
    """

    case_id: int
    token: int
    process: str
    element: Element
    process_names: dict[str, str]
    due: date | None
    since: date


def left_tasks(read: Connection, tenant: str, day: date, besides: Collection[str] = ()) -> tuple[LeftTask, ...]:
    """Return tasks of a city whose assignee has left before a day, at most one more than `PAGE`.

    :param besides: processes that see to it themselves.
    """
    params = {"tenant": tenant, "day": day, "besides": sorted(besides)}
    return tuple(_left_task(read, row) for row in read.execute(_left, params))


def _left_task(read: Connection, row: AnyRow) -> LeftTask:
    outline = find_release(read, row.release_id, row.digest).outline
    element = outline.elements[row.element]
    return LeftTask(row.case_id, row.token, row.process, element, dict(outline.names), row.due, row.active_to)
