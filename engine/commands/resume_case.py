"""Let a suspended case go on."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context, Job
from engine.errors import OperationRefused
from engine.operations import given_reason, noted, touched
from engine.records.case import CaseStatus
from engine.records.changes import write
from engine.records.operating import change_status

#: They look for timers that are due and for messages that wait, at once instead of at their next round.
_LOOK_AGAIN = (Job("sweep_timers", unique="sweep_timers"), Job("reconcile", unique="reconcile"))


@dataclass(frozen=True, slots=True)
class ResumeCase:
    """Let a case go on from where it was suspended: what came due or arrived meanwhile happens now.

    :param reason: why, for the journal.
    """

    case_id: int
    reason: str = field(repr=False)
    permission: ClassVar[str] = "case:suspend"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Set the status.

        :raise OperationRefused: the case is not suspended.
        """
        if subject.status is not CaseStatus.SUSPENDED:
            raise OperationRefused("not_suspended")
        entry = noted(context, subject, "resume", {"reason": given_reason(self.reason)})
        old, new = int(CaseStatus.SUSPENDED), int(CaseStatus.OPEN)
        status = write(change_status, expect=1, of_case=self.case_id, old_status=old, new_status=new)
        return Changes((touched(subject), status, entry), _LOOK_AGAIN, subject=self.case_id)
