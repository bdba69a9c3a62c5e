"""Dispute a line of one's own slip."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Invalid, NotFound
from engine.starting import existing_keys
from processes.incentive.opening import group_of, month_title
from processes.incentive.records import RunStatus
from processes.incentive.slips import StoredSlip, slip_of
from processes.incentive.variables import DISPUTE, DisputeCase, dispute_key, dispute_variables
from processes.incentive.window import last_day_to_dispute
from processes.people.days import local_day
from processes.people.queries import find_employee
from processes.people.subjects import EmployeeSubject, employee_subject

SHORTEST_REASON = 10


class ReasonMissing(Invalid):
    """A dispute says what is wrong."""

    code = "incentive.reason_missing"


class WindowOver(Invalid):
    """The slip is not out, or the time to dispute it is over."""

    code = "incentive.window_over"


class DisputedAlready(Invalid):
    """The slip was disputed before."""

    code = "incentive.disputed_already"


@dataclass(frozen=True, slots=True)
class FileDispute:
    """Start the dispute of the actor's own slip of a unit and month; the receipt's subject is its case.

    :param line: code of the line that is wrong; empty for the slip as a whole.
    """

    unit_id: int
    month: date
    line: str
    reason: str = field(repr=False)
    permission: ClassVar[str] = "dispute:file"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the actor himself.

        :raise NotFound: no person acts.
        """
        if context.actor.person is None:
            raise NotFound()
        return employee_subject(context, context.actor.person)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Start the case.

        :raise NotFound: the actor has no slip of that unit and month.
        :raise ReasonMissing: no reason is given.
        :raise WindowOver: the slip is not out yet, or its time is over.
        :raise DisputedAlready: there is a dispute about it.
        """
        if len(self.reason.strip()) < SHORTEST_REASON:
            raise ReasonMissing("A dispute needs its reason.")
        slip = self._slip(context, subject)
        _require_window(context, slip)
        about = DisputeCase(subject.person, self.unit_id, self.month)
        key = dispute_key(about)
        if existing_keys(context.read, subject.tenant, DISPUTE, (key,)):
            raise DisputedAlready("The slip was disputed already.")
        group = group_of(context.read, subject.tenant, self.unit_id, subject.day)
        variables = dispute_variables(
            about, officer_group=group, line=self.line, reason=self.reason.strip(), slip=slip.version
        )
        name = find_employee(context.read, subject.tenant, subject.person).name
        new = NewCase(key, subject.person, f"{name} · TPP {month_title(self.month)}", variables)
        return StartCases(DISPUTE, (new,)).execute(context, TenantSubject(subject.tenant))

    def _slip(self, context: Context, subject: EmployeeSubject) -> StoredSlip:
        for slip in slip_of(context.read, subject.tenant, subject.person, self.month):
            if slip.unit_id == self.unit_id and not slip.is_void:
                return slip
        raise NotFound()


def _require_window(context: Context, slip: StoredSlip) -> None:
    tenant = context.actor.tenant
    last = last_day_to_dispute(context.read, tenant, slip.unit_id, slip.month, context.directory.zone(tenant))
    if slip.run_status != RunStatus.PUBLISHED or last is None or local_day(context, tenant) > last:
        raise WindowOver("The time to dispute the slip is over.")
