"""The quarters of a rater's people: in which something is still open, and how many people wait for the rater there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, cast, func, literal, select

from engine.policy.actor import Actor
from engine.records.case import RUNNING, case, open_task
from processes.appraisal.records import period
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.queries.on_day import TENANT, holds_on
from processes.people.records import reporting_line

RATED_ELEMENTS = ("assess_behaviour", "confirm_ratings", "sign", "hand_over")
_PERSON: Any = bindparam("person")
_QUARTER = len("2026-3")

# Business keys are `2026-3:<subject>`: a task belongs to the quarter of its own case, whichever is the newest.
_of_case = func.substr(case.c.business_key, 1, _QUARTER)
_waiting = (
    select(_of_case.label("quarter"), func.count(open_task.c.case_id.distinct()).label("people"))
    .join_from(open_task, case, open_task.c.case_id == case.c.id)
    .where(
        open_task.c.tenant == TENANT,
        open_task.c.assignee == _PERSON,
        open_task.c.element.in_(bindparam("elements", expanding=True)),
    )
    .group_by(_of_case)
    .subquery()
)
_of_period = cast(period.c.year, String) + literal("-") + cast(period.c.quarter, String)
# The whole key is spelt out, so that its index finds the few cases of the rater's own people.
_open_of_mine = (
    select(case.c.id)
    .join_from(
        reporting_line,
        case,
        case.c.business_key == _of_period + literal(":") + cast(reporting_line.c.employee_id, String),
    )
    .where(
        reporting_line.c.tenant == TENANT,
        reporting_line.c.appraiser_id == _PERSON,
        holds_on(reporting_line),
        case.c.tenant == TENANT,
        case.c.process == EMPLOYEE_PROCESS,
        case.c.status.in_(RUNNING),
    )
    .correlate(period)
    .exists()
)
_quarters = (
    select(
        period.c.year,
        period.c.quarter,
        func.coalesce(_waiting.c.people, 0).label("waiting"),
        _open_of_mine.label("is_open"),
    )
    .outerjoin(_waiting, _waiting.c.quarter == _of_period)
    .where(period.c.tenant == TENANT)
    .order_by(period.c.year, period.c.quarter)
)


@dataclass(frozen=True, slots=True)
class RatedQuarter:
    """A quarter as its rater may choose it.

    :param waiting: people of whom a task waits for the rater.
    """

    year: int
    quarter: int
    waiting: int

    @property
    def key(self) -> tuple[int, int]:
        """Year and number of the quarter."""
        return self.year, self.quarter


@dataclass(frozen=True, slots=True)
class RatedQuarters:
    """The quarters to choose from, oldest first, and the one to show; None when no quarter was ever opened."""

    choices: tuple[RatedQuarter, ...]
    shown: RatedQuarter | None

    @property
    def oldest_waiting(self) -> RatedQuarter | None:
        """The quarter that has waited longest for the rater."""
        return next((item for item in self.choices if item.waiting), None)


def rated_quarters(
    read: Connection,
    actor: Actor,
    day: date,
    asked: tuple[int, int] | None = None,
    *,
    elements: tuple[str, ...] = RATED_ELEMENTS,
) -> RatedQuarters:
    """Return the quarters in which something is open for the actor, in one statement, and which of them to show.

    That is the asked one; without one the oldest that waits for the actor, for its time runs out first; else the
    newest, which is always among the choices.

    :param elements: the tasks that count as waiting.
    """
    params = {"tenant": actor.tenant, "person": actor.person, "day": day, "elements": elements}
    rows = read.execute(_quarters, params).all() if actor.person is not None else []
    newest = rows[-1] if rows else None
    choices = tuple(_quarter(row) for row in rows if row is newest or _is_choice(row, asked))
    found = RatedQuarters(choices, choices[-1] if choices else None)
    wanted = next((item for item in choices if item.key == asked), None)
    return RatedQuarters(choices, wanted or found.oldest_waiting or found.shown)


def _is_choice(row: Row[*tuple[Any, ...]], asked: tuple[int, int] | None) -> bool:
    return bool(row.waiting or row.is_open or (row.year, row.quarter) == asked)


def _quarter(row: Row[*tuple[Any, ...]]) -> RatedQuarter:
    return RatedQuarter(row.year, row.quarter, row.waiting)
