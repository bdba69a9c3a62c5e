"""Say that somebody's locked slip is wrong by the records of today."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import write
from processes.incentive.adjusting import difference_of
from processes.incentive.proposals import insert_proposal, proposals_of
from processes.incentive.records import CorrectionStatus
from processes.people.queries.units import find_unit
from processes.people.subjects import EmployeeSubject, employee_subject

SHORTEST_REASON = 10


class ReasonTooShort(Invalid):
    """A locked month is corrected for a reason that the person and the audit read."""

    code = "incentive.adjustment_reason"


class NothingToAdjust(Invalid):
    """The month is not locked, or its slip is right by the records of today."""

    code = "incentive.adjustment_none"


class ProposedAlready(Invalid):
    """A proposal about that slip waits for a second person."""

    code = "incentive.adjustment_waits"


@dataclass(frozen=True, slots=True)
class ProposeAdjustment:
    """Propose to pay or take back the difference between a locked slip and the records of today.

    A rating that was changed after the month, leave that was granted late: no locked slip is changed by them. A second
    person decides. The receipt's value is the proposal's id.

    :param reason: what has changed since then, for the person and the audit.
    """

    employee_id: int
    unit_id: int
    month: date
    reason: str = field(repr=False)
    permission: ClassVar[str] = "month:adjust"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee."""
        return employee_subject(context, self.employee_id)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Keep the proposal with the amount as it is reckoned now.

        :raise NotFound: there is no such unit in that city.
        :raise ReasonTooShort: the reason is missing.
        :raise NothingToAdjust: there is no difference in a locked month.
        :raise ProposedAlready: another proposal about that slip waits.
        """
        find_unit(context.read, subject.tenant, self.unit_id)
        if len(self.reason.strip()) < SHORTEST_REASON or context.actor.person is None:
            raise ReasonTooShort("A correction of a locked month needs its reason, and somebody who proposes it.")
        number = context.new_id()
        row = write(
            insert_proposal,
            id=number,
            tenant=subject.tenant,
            employee_id=self.employee_id,
            unit_id=self.unit_id,
            month=self.month.replace(day=1),
            amount=self._amount(context, subject),
            reason=self.reason.strip(),
            status=CorrectionStatus.PROPOSED.value,
            proposed_by=context.actor.person,
            proposed_at=context.now,
            **dict.fromkeys(("decided_by", "decided_at", "decision_note", "adjustment_id")),
        )
        return Changes((row,), subject=self.employee_id, value=number)

    def _amount(self, context: Context, subject: EmployeeSubject) -> object:
        read, tenant, month = context.read, subject.tenant, self.month.replace(day=1)
        waiting = (one for one in proposals_of(read, tenant, self.employee_id, month) if one.unit_id == self.unit_id)
        if any(one.status is CorrectionStatus.PROPOSED for one in waiting):
            raise ProposedAlready("A proposal about that slip waits for a second person.")
        city = context.directory.city(tenant)
        found = difference_of(read, tenant, self.unit_id, month, self.employee_id, city=city)
        if found is None:
            raise NothingToAdjust("The month is not locked, or it is right.")
        return found.amount
