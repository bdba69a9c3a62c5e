"""Open a session of a course: its days, seats and money; its case follows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import select

from engine.command import Changes, Context, Job, TenantSubject
from engine.errors import Conflict, Invalid, NotFound
from engine.records.changes import write
from processes.people.queries.on_day import TENANT
from processes.training.queries.catalogue import courses
from processes.training.records import training_session

_codes = select(training_session.c.code).where(training_session.c.tenant == TENANT)


class SessionExists(Conflict):
    """A session has the code already."""

    code = "training.session_exists"


class SessionDates(Invalid):
    """Enrolment closes after the session begins, or the session ends before it begins."""

    code = "training.session_dates"


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What is said of a session when it is opened; money in rupiah."""

    code: str
    course: str
    first_day: date
    last_day: date
    enrol_until: date
    place: str
    quota: int
    seat_cost: Decimal = Decimal(0)
    budget: Decimal | None = None
    budget_line: str | None = None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Open a session of a course of the catalogue; the receipt's value is its number."""

    plan: SessionPlan
    permission: ClassVar[str] = "training:arrange"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Write the session and defer the start of its case.

        :raise NotFound: there is no such course.
        :raise SessionDates: its days do not fit.
        :raise SessionExists: the code is taken.
        """
        plan = self.plan
        if plan.course not in courses(context.read, subject.tenant):
            raise NotFound()
        if not plan.enrol_until < plan.first_day <= plan.last_day:
            raise SessionDates()
        if plan.code in context.read.execute(_codes, {"tenant": subject.tenant}).scalars():
            raise SessionExists()
        number = context.new_id()
        row = write(
            training_session.insert(),
            id=number,
            tenant=subject.tenant,
            **{name: getattr(plan, name) for name in plan.__slots__},
        )
        job = Job("open_training_sessions", {"tenant": subject.tenant}, unique=f"training:{subject.tenant}")
        return Changes((row,), (job,), subject=number, value=number)
