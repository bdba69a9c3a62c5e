"""Nominate somebody for a session: himself, his superior, the unit's HR officer or BKPSDM."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import bindparam, select

from engine.command import Changes, Context, TenantSubject
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Conflict, Invalid
from processes.people.days import local_day
from processes.people.queries import appraiser_on, find_employee, ids_above
from processes.people.queries.on_day import DAY, TENANT, holds_on
from processes.people.records import Role, role_grant
from processes.people.subjects import EmployeeSubject, employee_subject
from processes.training.queries.catalogue import courses, find_session
from processes.training.records import training_need, training_nomination
from processes.training.variables import NOMINATION, nomination_key, nomination_variables

SHORTEST_REASON = 10
LONGEST_REASON = 2000

_known = select(training_nomination.c.case_id).where(
    training_nomination.c.tenant == TENANT,
    training_nomination.c.employee_id == bindparam("employee_id"),
    training_nomination.c.session_id == bindparam("session_id"),
)
_officers = select(role_grant.c.employee_id, role_grant.c.unit_id).where(
    role_grant.c.tenant == TENANT, role_grant.c.role == Role.UNIT_HR_OFFICER.value, holds_on(role_grant, DAY)
)
_need = select(training_need.c.id).where(
    training_need.c.tenant == TENANT,
    training_need.c.id == bindparam("need_id"),
    training_need.c.employee_id == bindparam("employee_id"),
)


class NominatedAlready(Conflict):
    """The employee is nominated for that session."""

    code = "training.nominated_already"


class EnrolmentClosed(Invalid):
    """The session takes no nominations any more."""

    code = "training.enrolment_closed"


class ReasonMissing(Invalid):
    """Somebody else's nomination needs a reason."""

    code = "training.reason_missing"


class WithoutUnit(Invalid):
    """The employee works in no unit on that day."""

    code = "training.without_unit"


@dataclass(frozen=True, slots=True)
class Nominate:
    """Nominate an employee for a session; the case that follows decides whether he is eligible, and says why not.

    The receipt's value is the number of the nomination, which is its case's.

    :param reason: needed from anybody but the employee himself.
    :param need_id: the draft that an appraisal result has opened, if it is what this answers.
    """

    employee_id: int
    session_id: int
    reason: str = field(default="", repr=False)
    need_id: int | None = None
    permission: ClassVar[str] = "development:nominate"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee.

        :raise NotFound: there is none in the city.
        """
        return employee_subject(context, self.employee_id)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Start the case.

        :raise NotFound: there is no such session.
        :raise Invalid: enrolment is closed, the reason is missing, or the employee has no unit.
        :raise NominatedAlready: for that session there is a nomination.
        """
        session = find_session(context.read, subject.tenant, self.session_id)
        reason, unit = self._reason(context), subject.unit_id
        if subject.day > session.enrol_until:
            raise EnrolmentClosed()
        if unit is None:
            raise WithoutUnit()
        who = {"tenant": subject.tenant, "employee_id": subject.person, "session_id": session.id}
        if context.read.execute(_known, who).first() is not None:
            raise NominatedAlready()
        rater = appraiser_on(context.read, subject.tenant, subject.person, subject.day)
        superior = rater.person if rater is not None else None
        variables = nomination_variables(
            session,
            employee=subject.person,
            unit=unit,
            proposed_by=context.actor.person,
            superior=superior,
            officer=next(_officers_above(context, subject, unit, {subject.person, superior}), None),
            need_id=self._own_need(context, subject),
            reason=reason,
            today=subject.day,
        )
        course = courses(context.read, subject.tenant)[session.course]
        name = find_employee(context.read, subject.tenant, subject.person).name
        new = NewCase(
            nomination_key(session.id, subject.person), subject.person, f"{name} · {course.name_id}", variables
        )
        changes = StartCases(NOMINATION, (new,)).execute(context, TenantSubject(subject.tenant))
        if changes.subject is None:  # an earlier case has the key: its nomination went on to another session
            raise NominatedAlready()
        return Changes(changes.writes, changes.jobs, changes.subject, changes.subject, changes.finish)

    def _reason(self, context: Context) -> str:
        reason = self.reason.strip()[:LONGEST_REASON]
        if context.actor.person != self.employee_id and len(reason) < SHORTEST_REASON:
            raise ReasonMissing()
        return reason

    def _own_need(self, context: Context, subject: EmployeeSubject) -> int | None:
        params = {"tenant": subject.tenant, "need_id": self.need_id, "employee_id": subject.person}
        return context.read.execute(_need, params).scalar() if self.need_id is not None else None


def _officers_above(context: Context, subject: EmployeeSubject, unit: int, involved: set[int | None]) -> Iterator[int]:
    """Yield the HR officers of the unit and of those above, the nearest first, except whoever is involved."""
    day = local_day(context, subject.tenant)
    rows = context.read.execute(_officers, {"tenant": subject.tenant, "day": day}).all()
    for above in ids_above(context.read, subject.tenant, unit):
        yield from sorted(row.employee_id for row in rows if row.unit_id == above and row.employee_id not in involved)
