"""Decide about training that was taken elsewhere: with a yes its hours count, with a no its owner hears why."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from engine.command import Changes, Context
from engine.errors import AlreadyDone, Invalid
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from processes.people.subjects import employee_subject
from processes.training.commands.claim_training import CertificateKnown
from processes.training.queries.claims import Claim, find_claim, is_recorded
from processes.training.records import ClaimStatus, training_document, training_record
from processes.training.services.statements import decide_claim

SHORTEST_REASON = 10


class RefusalReason(Invalid):
    """A refusal needs its reason."""

    code = "training.refusal_reason"


@dataclass(frozen=True, slots=True)
class ClaimSubject:
    """What somebody has handed in, as the rules see it."""

    tenant: str
    person: int
    unit_id: int | None
    day: date
    claim: Claim


def claim_subject(context: Context, claim_id: int) -> ClaimSubject:
    """Return what somebody has handed in, as the subject of a command.

    :raise NotFound: there is none of that number in the city.
    """
    found = find_claim(context.read, context.actor.tenant, claim_id)
    about = employee_subject(context, found.employee)
    return ClaimSubject(about.tenant, about.person, about.unit_id, about.day, found)


@dataclass(frozen=True, slots=True)
class ConfirmClaim:
    """Let a training that was taken elsewhere count, with its hours and its certificate."""

    claim_id: int
    permission: ClassVar[str] = "training:confirm"

    def subject(self, context: Context) -> ClaimSubject:
        """Return what was handed in."""
        return claim_subject(context, self.claim_id)

    def execute(self, context: Context, subject: ClaimSubject) -> Changes:
        """Write the training and its certificate, and tell whose it is.

        :raise AlreadyDone: it was decided before.
        :raise CertificateKnown: the certificate came by a file meanwhile.
        """
        found = _still_waiting(subject)
        if is_recorded(context.read, found.tenant, found.employee, found.certificate):
            raise CertificateKnown()
        number = context.new_id()
        writes = (
            _decision(context, found, ClaimStatus.CONFIRMED, ""),
            write(training_record.insert(), **_record(found, number)),
            write(training_document.insert(), **_document(context, found, number)),
            _notice(context, found, "training.claim_confirmed"),
        )
        return Changes(writes, subject=found.employee, value=number)


@dataclass(frozen=True, slots=True)
class RefuseClaim:
    """Leave a training that was taken elsewhere out, and say why."""

    claim_id: int
    note: str = field(repr=False)
    permission: ClassVar[str] = "training:confirm"

    def subject(self, context: Context) -> ClaimSubject:
        """Return what was handed in."""
        return claim_subject(context, self.claim_id)

    def execute(self, context: Context, subject: ClaimSubject) -> Changes:
        """Write the reason, and tell whose it is.

        :raise AlreadyDone: it was decided before.
        :raise RefusalReason: the reason is missing.
        """
        found = _still_waiting(subject)
        if len(self.note.strip()) < SHORTEST_REASON:
            raise RefusalReason()
        writes = (
            _decision(context, found, ClaimStatus.REFUSED, self.note),
            _notice(context, found, "training.claim_refused"),
        )
        return Changes(writes, subject=found.employee)


def _still_waiting(subject: ClaimSubject) -> Claim:
    if subject.claim.status is not ClaimStatus.PROPOSED:
        raise AlreadyDone(f"It was {subject.claim.status} before.")
    return subject.claim


def _decision(context: Context, found: Claim, status: ClaimStatus, note: str) -> Write:
    return write(
        decide_claim,
        expect=1,
        of_id=found.id,
        new_status=status.value,
        new_decided_by=context.actor.person,
        new_decided_at=context.now,
        new_note=note.strip() or None,
    )


def _record(found: Claim, number: int) -> dict[str, Any]:
    given = {name: getattr(found, name) for name in ("name", "field", "hours", "ended_on", "provider", "certificate")}
    return {
        "id": number,
        "tenant": found.tenant,
        "employee_id": found.employee,
        "course": None,
        "case_id": None,
    } | given


def _document(context: Context, found: Claim, number: int) -> dict[str, Any]:
    file = {name: getattr(found, name) for name in ("sha256", "filename", "media_type", "size")}
    own = {"record_id": number, "tenant": found.tenant, "added_at": found.proposed_at, "added_by": found.employee}
    return own | file


def _notice(context: Context, found: Claim, code: str) -> Write:
    return write(
        insert_notice,
        id=context.new_id(),
        person=found.employee,
        code=code,
        params=pack({"name": found.name, "hours": found.hours}),
        case_id=None,
        at=context.now,
        read_at=None,
    )
