"""The months of a city's allowances."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.records.case import open_task
from processes.incentive.records import allowance_run
from processes.people.queries.on_day import TENANT

_months = (
    select(allowance_run.c.month)
    .where(allowance_run.c.tenant == TENANT)
    .distinct()
    .order_by(allowance_run.c.month.desc())
)

_tasks = select(open_task.c.case_id, open_task.c.element, open_task.c.assignee, open_task.c.due).where(
    open_task.c.case_id.in_(bindparam("cases", expanding=True))
)


def known_months(read: Connection, tenant: str) -> tuple[date, ...]:
    """Return the months that were opened for some unit, newest first."""
    return tuple(read.execute(_months, {"tenant": tenant}).scalars())


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """A step of a unit's month that waits; `assignee` is None while it is in a group's queue."""

    element: str
    assignee: int | None
    due: date | None


def waiting_steps(read: Connection, case_ids: Iterable[int]) -> dict[int, WaitingStep]:
    """Return the step at which each of some cases waits for somebody, in one statement; others are left out."""
    rows = read.execute(_tasks, {"cases": list(case_ids)})
    return {row.case_id: WaitingStep(row.element, row.assignee, row.due) for row in rows}
