"""Stop a case until somebody lets it go on."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.errors import CaseSuspended
from engine.operations import given_reason, noted, touched
from engine.records.case import CaseStatus
from engine.records.changes import write
from engine.records.operating import change_status


@dataclass(frozen=True, slots=True)
class SuspendCase:
    """Suspend a case: no completion, no timer and no message moves it; tasks and drafts stay.

    Timers that come due meanwhile fire when it goes on, and messages wait for it.

    :param reason: why, for the journal and for those whose tasks wait.
    """

    case_id: int
    reason: str = field(repr=False)
    permission: ClassVar[str] = "case:suspend"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Set the status; what is computed at this moment by somebody else is computed again, and refused.

        :raise Conflict: the case has ended.
        :raise CaseSuspended: it is suspended already.
        """
        if subject.status is CaseStatus.SUSPENDED:
            raise CaseSuspended(case_id=self.case_id)
        entry = noted(context, subject, "suspend", {"reason": given_reason(self.reason)})
        old, new = int(CaseStatus.OPEN), int(CaseStatus.SUSPENDED)
        status = write(change_status, expect=1, of_case=self.case_id, old_status=old, new_status=new)
        return Changes((touched(subject), status, entry), subject=self.case_id)
