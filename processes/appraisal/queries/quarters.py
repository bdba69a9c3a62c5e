"""How far a quarter is: for the HR officers who opened it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select
from sqlalchemy import case as sql_case

from engine.policy.actor import Actor
from engine.records.case import RUNNING, CaseStatus, case, incident, open_task
from processes.appraisal.records import period
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS

_periods = (
    select(period).where(period.c.tenant == bindparam("tenant")).order_by(period.c.year.desc(), period.c.quarter.desc())
)
_of_quarter = and_(
    case.c.tenant == bindparam("tenant"),
    case.c.process.in_((EMPLOYEE_PROCESS, UNIT_PROCESS)),
    case.c.business_key >= bindparam("first_key"),
    case.c.business_key < bindparam("last_key"),
)
_totals = select(case.c.process, case.c.status, func.count()).where(_of_quarter).group_by(case.c.process, case.c.status)
_waiting = (
    select(open_task.c.element, func.count(), func.sum(sql_case((open_task.c.due < bindparam("today"), 1), else_=0)))
    .join_from(open_task, case, open_task.c.case_id == case.c.id)
    .where(_of_quarter)
    .group_by(open_task.c.element)
)
_stuck: Any = (
    select(incident.c.case_id, incident.c.element, incident.c.opened_at)
    .join_from(incident, case, incident.c.case_id == case.c.id)
    .where(_of_quarter)
    .order_by(incident.c.opened_at, incident.c.case_id)
)


@dataclass(frozen=True, slots=True)
class WaitingElement:
    """How many cases wait at a step, and how many of them are overdue."""

    element: str
    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class StuckStep:
    """A step of a case that failed and waits to be tried again."""

    case_id: int
    element: str
    since: datetime


@dataclass(frozen=True, slots=True)
class QuarterProgress:
    """Where a quarter stands.

    :param planned: cases that the opening will start in all.
    :param cancelled: cases that somebody has cancelled.
    """

    year: int
    quarter: int
    opens_on: date
    opened_at: datetime
    planned: int
    employees_open: int
    employees_locked: int
    units_open: int
    units_done: int
    cancelled: int
    waiting: tuple[WaitingElement, ...]
    stuck: tuple[StuckStep, ...]

    @property
    def started(self) -> int:
        """Cases that have been started so far."""
        running, done = self.employees_open + self.units_open, self.employees_locked + self.units_done
        return running + done + self.cancelled


def list_quarters(read: Connection, actor: Actor, today: date) -> tuple[QuarterProgress, ...]:
    """Return the quarters of the actor's city with their progress, newest first."""
    rows = read.execute(_periods, {"tenant": actor.tenant})
    return tuple(_progress(read, actor.tenant, row, today) for row in rows)


def _progress(read: Connection, tenant: str, row: object, today: date) -> QuarterProgress:
    year, quarter = row.year, row.quarter  # type: ignore[attr-defined]  # a row of `period`
    # Business keys are `2026-3:<subject>`; ';' follows ':' in every collation that compares bytes.
    keys = {"tenant": tenant, "first_key": f"{year}-{quarter}:", "last_key": f"{year}-{quarter};"}
    counts = {(process, status): count for process, status, count in read.execute(_totals, keys)}
    return QuarterProgress(
        year,
        quarter,
        row.opens_on,  # type: ignore[attr-defined]  # as above
        row.opened_at,  # type: ignore[attr-defined]  # as above
        row.planned,  # type: ignore[attr-defined]  # as above
        sum(counts.get((EMPLOYEE_PROCESS, status), 0) for status in RUNNING),
        counts.get((EMPLOYEE_PROCESS, CaseStatus.FINISHED), 0),
        sum(counts.get((UNIT_PROCESS, status), 0) for status in RUNNING),
        counts.get((UNIT_PROCESS, CaseStatus.FINISHED), 0),
        sum(counts.get((process, CaseStatus.CANCELLED), 0) for process in (EMPLOYEE_PROCESS, UNIT_PROCESS)),
        tuple(
            WaitingElement(element, count, overdue or 0)
            for element, count, overdue in read.execute(_waiting, {**keys, "today": today})
        ),
        tuple(StuckStep(*found) for found in read.execute(_stuck, keys)),
    )
