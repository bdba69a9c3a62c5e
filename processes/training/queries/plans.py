"""The development plan's own rows: goals that were agreed, and drafts that appraisal results have opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select

from processes.people.queries.on_day import TENANT
from processes.training.records import training_need, training_nomination, training_plan

#: A page shows so many at once; the others come up as these are answered.
MOST_DRAFTS = 100


@dataclass(frozen=True, slots=True)
class Goal:
    """What somebody is to develop, with who agreed to it and when; None as long as nobody did."""

    id: int
    goal: str
    due: date
    proposed_by: int
    agreed_by: int | None
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A nomination that an appraisal result asks for, and that nobody has made yet."""

    id: int
    employee: int
    year: int
    quarter: int
    predicate: str
    behaviour: str
    opened_at: datetime


_goals = (
    select(training_plan)
    .where(
        training_plan.c.tenant == TENANT,
        training_plan.c.employee_id == bindparam("employee_id"),
        training_plan.c.year == bindparam("year"),
    )
    .order_by(training_plan.c.due, training_plan.c.id)
)
_answered = select(training_nomination.c.need_id).where(
    training_nomination.c.tenant == TENANT, training_nomination.c.need_id.is_not(None)
)
_drafts = (
    select(training_need)
    .where(training_need.c.tenant == TENANT, training_need.c.id.not_in(_answered))
    .order_by(training_need.c.opened_at.desc(), training_need.c.id)
)
_drafts_of_people = _drafts.where(training_need.c.employee_id.in_(bindparam("people", expanding=True)))
_most_drafts = _drafts.limit(bindparam("most"))
_count_drafts = select(func.count()).where(training_need.c.tenant == TENANT, training_need.c.id.not_in(_answered))
_own_drafts = _drafts.where(training_need.c.employee_id == bindparam("employee_id"))


def goals_of(read: Connection, tenant: str, employee: int, year: int) -> tuple[Goal, ...]:
    """Return the goals of somebody's plan of a year, what is due first first."""
    rows = read.execute(_goals, {"tenant": tenant, "employee_id": employee, "year": year})
    return tuple(Goal(row.id, row.goal, row.due, row.proposed_by, row.agreed_by, row.agreed_at) for row in rows)


def drafts_of(read: Connection, tenant: str, employee: int) -> tuple[Draft, ...]:
    """Return the drafts of somebody that no nomination answers yet, the newest first."""
    return tuple(_draft_of(row) for row in read.execute(_own_drafts, {"tenant": tenant, "employee_id": employee}))


def drafts_of_people(read: Connection, tenant: str, people: Iterable[int]) -> frozenset[int]:
    """Return those of some people for whom a draft waits."""
    rows = read.execute(_drafts_of_people, {"tenant": tenant, "people": list(people)})
    return frozenset(row.employee_id for row in rows)


def newest_drafts(read: Connection, tenant: str) -> tuple[Draft, ...]:
    """Return the newest drafts of the city that no nomination answers yet, as many as a page shows."""
    return tuple(_draft_of(row) for row in read.execute(_most_drafts, {"tenant": tenant, "most": MOST_DRAFTS}))


def count_drafts(read: Connection, tenant: str) -> int:
    """Return how many drafts no nomination answers yet."""
    return int(read.execute(_count_drafts, {"tenant": tenant}).scalar_one())


def _draft_of(row: object) -> Draft:
    names = ("id", "employee_id", "year", "quarter", "predicate", "behaviour", "opened_at")
    return Draft(*(getattr(row, name) for name in names))
