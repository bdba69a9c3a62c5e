"""The development plan's own rows: goals that were agreed, and drafts that appraisal results have opened."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from processes.people.queries.on_day import TENANT
from processes.training.records import training_need, training_nomination, training_plan


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
_own_drafts = _drafts.where(training_need.c.employee_id == bindparam("employee_id"))


def goals_of(read: Connection, tenant: str, employee: int, year: int) -> tuple[Goal, ...]:
    """Return the goals of somebody's plan of a year, what is due first first."""
    rows = read.execute(_goals, {"tenant": tenant, "employee_id": employee, "year": year})
    return tuple(Goal(row.id, row.goal, row.due, row.proposed_by, row.agreed_by, row.agreed_at) for row in rows)


def drafts_of(read: Connection, tenant: str, employee: int) -> tuple[Draft, ...]:
    """Return the drafts of somebody that no nomination answers yet, the newest first."""
    return tuple(_draft_of(row) for row in read.execute(_own_drafts, {"tenant": tenant, "employee_id": employee}))


def all_drafts(read: Connection, tenant: str) -> tuple[Draft, ...]:
    """Return everybody's drafts that no nomination answers yet, the newest first."""
    return tuple(_draft_of(row) for row in read.execute(_drafts, {"tenant": tenant}))


def _draft_of(row: object) -> Draft:
    names = ("id", "employee_id", "year", "quarter", "predicate", "behaviour", "opened_at")
    return Draft(*(getattr(row, name) for name in names))
