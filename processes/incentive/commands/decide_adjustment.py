"""Decide, as a second person, about the correction of a locked slip."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import AlreadyDone, Invalid
from engine.records.changes import Write, write
from processes.incentive.adjusting import adjustment_write
from processes.incentive.commands.propose_adjustment import SHORTEST_REASON, NothingToAdjust, ReasonTooShort
from processes.incentive.proposals import AdjustmentProposal, decide_proposal, find_proposal
from processes.incentive.records import CorrectionStatus


class AmountChanged(Invalid):
    """By the records of now it is another amount than the one that was proposed."""

    code = "incentive.adjustment_changed"


@dataclass(frozen=True, slots=True)
class AdjustmentSubject:
    """A proposal about somebody's locked slip."""

    tenant: str
    person: int
    proposal: AdjustmentProposal


def adjustment_subject(context: Context, proposal_id: int) -> AdjustmentSubject:
    """Return a proposal of the actor's city as the subject of a command.

    :raise NotFound: there is no such proposal in that city.
    """
    found = find_proposal(context.read, context.actor.tenant, proposal_id)
    return AdjustmentSubject(found.tenant, found.employee_id, found)


@dataclass(frozen=True, slots=True)
class ConfirmAdjustment:
    """Sign for what was proposed: a later month pays or takes it back."""

    proposal_id: int
    permission: ClassVar[str] = "month:confirm"

    def subject(self, context: Context) -> AdjustmentSubject:
        """Return the proposal with its employee."""
        return adjustment_subject(context, self.proposal_id)

    def execute(self, context: Context, subject: AdjustmentSubject) -> Changes:
        """Write the signed line, and that it was confirmed.

        :raise AlreadyDone: it was decided before.
        :raise NothingToAdjust: the slip is right by now.
        :raise AmountChanged: both must have agreed to one number.
        """
        found = _still_waiting(subject)
        row = self._line(context, found)
        made = row.rows[0]
        if made["amount"] != found.amount:
            raise AmountChanged("The amount is another one by now.")
        decided = _decision(context, found, CorrectionStatus.APPROVED, adjustment=made["id"])
        return Changes((row, decided), subject=found.employee_id)

    def _line(self, context: Context, found: AdjustmentProposal) -> Write:
        assert context.actor.person is not None, "no rule lets a job confirm"
        row = adjustment_write(
            context.read,
            found.tenant,
            employee_id=found.employee_id,
            unit_id=found.unit_id,
            of_month=found.month,
            city=context.directory.city(found.tenant),
            reason=found.reason,
            signed_by=context.actor.person,
            now=context.now,
            new_id=context.new_id,
        )
        if row is None:
            raise NothingToAdjust("The slip is right by now.")
        return row


@dataclass(frozen=True, slots=True)
class RejectAdjustment:
    """Leave the locked slip as it is, and say why."""

    proposal_id: int
    note: str = field(repr=False)
    permission: ClassVar[str] = "month:confirm"

    def subject(self, context: Context) -> AdjustmentSubject:
        """Return the proposal with its employee."""
        return adjustment_subject(context, self.proposal_id)

    def execute(self, context: Context, subject: AdjustmentSubject) -> Changes:
        """Close the proposal.

        :raise AlreadyDone: it was decided before.
        :raise ReasonTooShort: the reason is missing.
        """
        found = _still_waiting(subject)
        if len(self.note.strip()) < SHORTEST_REASON:
            raise ReasonTooShort("A rejection needs its reason.")
        row = _decision(context, found, CorrectionStatus.REJECTED, note=self.note.strip())
        return Changes((row,), subject=found.employee_id)


def _still_waiting(subject: AdjustmentSubject) -> AdjustmentProposal:
    if subject.proposal.status is not CorrectionStatus.PROPOSED:
        raise AlreadyDone(f"The proposal was {subject.proposal.status} before.")
    return subject.proposal


def _decision(
    context: Context,
    found: AdjustmentProposal,
    status: CorrectionStatus,
    *,
    note: str | None = None,
    adjustment: int | None = None,
) -> Write:
    return write(
        decide_proposal,
        expect=1,
        of_id=found.id,
        of_tenant=found.tenant,
        new_status=status.value,
        new_decided_by=context.actor.person,
        new_decided_at=context.now,
        new_note=note,
        new_adjustment=adjustment,
    )
