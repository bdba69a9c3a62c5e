"""Decide about a proposed reporting line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import AlreadyDone
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from processes.people.commands.propose_line import check_line
from processes.people.days import local_day
from processes.people.line_proposals import LineProposal, ProposalStatus, decide_proposal
from processes.people.lines import Correction, line_row, plan_correction, read_lines
from processes.people.queries.staff import find_employee
from processes.people.records import reporting_line
from processes.people.spans import Timeline
from processes.people.subjects import ProposalSubject, proposal_subject

_insert = reporting_line.insert()
_delete = reporting_line.delete().where(
    reporting_line.c.id == bindparam("of_id"), reporting_line.c.tenant == bindparam("of_tenant")
)
_update = (
    reporting_line.update()
    .where(reporting_line.c.id == bindparam("of_id"))
    .values(
        appraiser_id=bindparam("new_appraiser_id"),
        valid_from=bindparam("new_valid_from"),
        valid_to=bindparam("new_valid_to"),
    )
)


@dataclass(frozen=True, slots=True)
class ApproveLine:
    """Put a proposed line in force in the place of whatever began since; the line before it ends the day before.

    The lines that it replaces are named in the decision's note, for they are in the records no more. Cases keep the
    line they were judged by.
    """

    proposal_id: int
    note: str = field(default="", repr=False)
    permission: ClassVar[str] = "line:approve"

    def subject(self, context: Context) -> ProposalSubject:
        """Return the proposal with its employee."""
        return proposal_subject(context, self.proposal_id)

    def execute(self, context: Context, subject: ProposalSubject) -> Changes:
        """Change the lines, close the proposal and tell the three people concerned.

        :raise AlreadyDone: it was decided before.
        :raise Invalid: other lines have changed meanwhile so that it would close a circle.
        """
        proposal = _still_waiting(subject)
        check_line(context, subject.tenant, proposal.employee_id, proposal.appraiser_id, proposal.valid_from)
        before = read_lines(context.read, proposal.tenant).get(proposal.employee_id, Timeline())
        today = local_day(context, subject.tenant)
        planned = plan_correction(before, proposal.valid_from, proposal.appraiser_id, today)
        note = " ".join(filter(None, (self.note.strip(), _names_of_replaced(context, proposal, planned))))
        writes = (
            _decision(context, proposal, ProposalStatus.APPROVED, note),
            *_line_writes(context, proposal, before, planned.after),
            *_notices(context, proposal, "line.approved", (proposal.employee_id, proposal.appraiser_id)),
        )
        return Changes(writes, subject=proposal.employee_id)


@dataclass(frozen=True, slots=True)
class RejectLine:
    """Leave the lines as they are, and say why."""

    proposal_id: int
    note: str = field(repr=False)
    permission: ClassVar[str] = "line:approve"

    def subject(self, context: Context) -> ProposalSubject:
        """Return the proposal with its employee."""
        return proposal_subject(context, self.proposal_id)

    def execute(self, context: Context, subject: ProposalSubject) -> Changes:
        """Close the proposal and tell the proposer.

        :raise AlreadyDone: it was decided before.
        """
        proposal = _still_waiting(subject)
        writes = (
            _decision(context, proposal, ProposalStatus.REJECTED, self.note),
            *_notices(context, proposal, "line.rejected", ()),
        )
        return Changes(writes, subject=proposal.employee_id)


def _still_waiting(subject: ProposalSubject) -> LineProposal:
    if subject.proposal.status is not ProposalStatus.PROPOSED:
        raise AlreadyDone(f"The proposal was {subject.proposal.status} before.")
    return subject.proposal


def _decision(context: Context, proposal: LineProposal, status: ProposalStatus, note: str) -> Write:
    return write(
        decide_proposal,
        expect=1,
        of_id=proposal.id,
        of_tenant=proposal.tenant,
        new_status=status.value,
        new_decided_by=context.actor.person,
        new_decided_at=context.now,
        new_note=note.strip() or None,
    )


def _names_of_replaced(context: Context, proposal: LineProposal, planned: Correction) -> str:
    found = (
        f"{find_employee(context.read, proposal.tenant, span.value).name} (sejak {span.first.isoformat()})"
        for span in planned.replaced
    )
    names = ", ".join(found)
    return f"Garis yang diganti: {names}." if names else ""


def _line_writes(context: Context, proposal: LineProposal, before: Timeline, after: Timeline) -> Iterable[Write]:
    kept = {span.id for span in after.spans}
    for span in before.spans:
        if span.id not in kept:
            yield write(_delete, expect=1, of_id=span.id, of_tenant=proposal.tenant)
    for span in after.spans:
        row = line_row(proposal.employee_id, span)
        if span.is_changed and span.id is None:
            yield Write(_insert, ({**row, "id": context.new_id(), "tenant": proposal.tenant},))
        elif span.is_changed:
            values = {f"new_{name}": row[name] for name in ("appraiser_id", "valid_from", "valid_to")}
            yield write(_update, expect=1, of_id=span.id, **values)


def _notices(context: Context, proposal: LineProposal, code: str, others: Iterable[int]) -> Iterable[Write]:
    name = find_employee(context.read, proposal.tenant, proposal.employee_id).name
    for person in {proposal.proposed_by, *others} - {None}:
        yield write(
            insert_notice,
            id=context.new_id(),
            tenant=proposal.tenant,
            person=person,
            code=code,
            params=pack({"employee": name}),
            case_id=None,
            at=context.now,
            read_at=None,
        )
