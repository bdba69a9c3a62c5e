"""Decide about a proposed correction of attendance."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from engine.command import Changes, Context, Job
from engine.errors import AlreadyDone, Invalid
from engine.records.changes import Write, write
from processes.incentive.adjusting import adjustment_write
from processes.incentive.commands.propose_correction import require_unsigned
from processes.incentive.corrections import Correction, day_writes, decide_correction, find_correction
from processes.incentive.records import CorrectionStatus
from processes.people.days import local_day


@dataclass(frozen=True, slots=True)
class CorrectionSubject:
    """A proposed correction, about an employee in a unit."""

    tenant: str
    person: int
    unit_id: int
    day: date
    proposal: Correction


def correction_subject(context: Context, correction_id: int) -> CorrectionSubject:
    """Return a correction of the actor's city as the subject of a command.

    :raise NotFound: there is no such correction in that city.
    """
    tenant = context.actor.tenant
    found = find_correction(context.read, tenant, correction_id)
    return CorrectionSubject(tenant, found.employee_id, found.unit_id, local_day(context, tenant), found)


@dataclass(frozen=True, slots=True)
class ApproveCorrection:
    """Let attendance say what the correction says.

    In a month that is locked the slip stays as it is: what it is wrong by is written as a signed line of a later one.
    """

    correction_id: int
    note: str = field(default="", repr=False)
    permission: ClassVar[str] = "attendance:approve"

    def subject(self, context: Context) -> CorrectionSubject:
        """Return the correction with its employee."""
        return correction_subject(context, self.correction_id)

    def execute(self, context: Context, subject: CorrectionSubject) -> Changes:
        """Correct the day and close the correction.

        :raise AlreadyDone: it was decided before.
        :raise ListSigned: the month of the day was signed meanwhile, and is not locked.
        """
        found = _still_waiting(subject)
        require_unsigned(context, found.tenant, found.unit_id, found.day)
        person, tenant = found.employee_id, found.tenant
        writes = (
            _decision(context, found, CorrectionStatus.APPROVED, self.note),
            *day_writes(context.read, tenant, person, {found.day: (found.content, found.id)}),
            *_adjustment(context, found),
        )
        named = {"tenant": tenant, "unit": found.unit_id, "year": found.day.year, "month": found.day.month}
        return Changes(writes, (Job("find_allowance_signals", named),), subject=person)


@dataclass(frozen=True, slots=True)
class RejectCorrection:
    """Leave attendance as it is, and say why."""

    correction_id: int
    note: str = field(repr=False)
    permission: ClassVar[str] = "attendance:approve"

    def subject(self, context: Context) -> CorrectionSubject:
        """Return the correction with its employee."""
        return correction_subject(context, self.correction_id)

    def execute(self, context: Context, subject: CorrectionSubject) -> Changes:
        """Close the correction.

        :raise AlreadyDone: it was decided before.
        :raise Invalid: the reason is missing.
        """
        found = _still_waiting(subject)
        if not self.note.strip():
            raise Invalid("A rejection needs its reason.")
        return Changes((_decision(context, found, CorrectionStatus.REJECTED, self.note),), subject=found.employee_id)


def _still_waiting(subject: CorrectionSubject) -> Correction:
    if subject.proposal.status is not CorrectionStatus.PROPOSED:
        raise AlreadyDone(f"The correction was {subject.proposal.status} before.")
    return subject.proposal


def _decision(context: Context, found: Correction, status: CorrectionStatus, note: str) -> Write:
    return write(
        decide_correction,
        expect=1,
        of_id=found.id,
        of_tenant=found.tenant,
        new_status=status.value,
        new_decided_by=context.actor.person,
        new_decided_at=context.now,
        new_note=note.strip() or None,
    )


def _adjustment(context: Context, found: Correction) -> tuple[Write, ...]:
    if context.actor.person is None:
        return ()
    adjusted = adjustment_write(
        context.read,
        found.tenant,
        employee_id=found.employee_id,
        unit_id=found.unit_id,
        of_month=found.day.replace(day=1),
        city=context.directory.city(found.tenant),
        reason=found.reason,
        signed_by=context.actor.person,
        correction_id=found.id,
        now=context.now,
        new_id=context.new_id,
        overlay={found.employee_id: {found.day: found.content}},
    )
    return (adjusted,) if adjusted is not None else ()
