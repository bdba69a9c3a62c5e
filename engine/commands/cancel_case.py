"""End a case before its time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.operations import given_reason, noted
from engine.records.case import CaseStatus, delete_state, end_case
from engine.records.changes import Write, write
from engine.records.operating import delete_all, waiting_tasks
from engine.records.outbox import insert_notice
from engine.records.packing import pack


@dataclass(frozen=True, slots=True)
class CancelCase:
    """Cancel a case: its tasks, timers and messages are closed, and nobody can take it up again.

    Its history stays. Those whose tasks are gone are told. A case whose state is damaged can be cancelled as well.

    :param reason: why, for the journal.
    """

    case_id: int
    reason: str = field(repr=False)
    permission: ClassVar[str] = "case:cancel"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Close everything.

        :raise Conflict: the case has ended already.
        """
        tasks = context.read.execute(waiting_tasks, {"case_id": self.case_id}).all()
        entry = noted(
            context,
            subject,
            "cancel",
            {"reason": given_reason(self.reason)},
            closed=[task.token for task in tasks],
        )
        people = {task.assignee for task in tasks if task.assignee is not None}
        return Changes(
            (*self._closing(context, subject), entry, *self._notices(context, subject, people)),
            subject=self.case_id,
        )

    def _closing(self, context: Context, subject: CaseSubject) -> Iterator[Write]:
        # First, for it is what somebody else's step of the same moment fails at.
        yield write(delete_state, expect=1, of_case=self.case_id, old_version=subject.version)
        yield from (write(statement, of_case=self.case_id) for statement in delete_all)
        status = int(CaseStatus.CANCELLED)
        yield write(end_case, of_case=self.case_id, new_status=status, new_ended_at=context.now)

    def _notices(self, context: Context, subject: CaseSubject, people: set[int]) -> Iterator[Write]:
        for person in sorted(people):
            yield write(
                insert_notice,
                id=context.new_id(),
                person=person,
                code="case.cancelled",
                params=pack({"title": subject.title}),
                case_id=self.case_id,
                at=context.now,
                read_at=None,
            )
