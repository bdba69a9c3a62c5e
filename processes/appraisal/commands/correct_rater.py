"""Put a corrected reporting line in force and have the open evaluations follow it, in one commit."""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from engine.command import Changes, Context, Job
from processes.people.commands.approve_line import ApproveLine
from processes.people.subjects import ProposalSubject


@dataclass(frozen=True, slots=True)
class CorrectRater:
    """Approve a proposed line; the job that hands over what nobody has rated yet is deferred with the approval.

    So the hand-over is not lost when the process ends right after the commit, and one case that is being worked on at
    that moment does not hold up the line: the job tries again.
    """

    proposal_id: int
    note: str = field(default="", repr=False)
    permission: ClassVar[str] = ApproveLine.permission

    def subject(self, context: Context) -> ProposalSubject:
        """Return the proposal with its employee."""
        return self._approval.subject(context)

    def execute(self, context: Context, subject: ProposalSubject) -> Changes:
        """Change the lines, and defer what follows from it.

        :raise AlreadyDone: it was decided before.
        :raise Invalid: other lines have changed meanwhile so that it would close a circle.
        """
        changes = self._approval.execute(context, subject)
        ids = {"tenant": subject.tenant, "employee_id": subject.proposal.employee_id, "proposal": self.proposal_id}
        return replace(changes, jobs=(*changes.jobs, Job("follow_line", ids)))

    @property
    def _approval(self) -> ApproveLine:
        return ApproveLine(self.proposal_id, self.note)
