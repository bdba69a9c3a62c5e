"""Take a task out of a group's queue, or put it back."""

from dataclasses import dataclass
from typing import ClassVar

from engine.casework import TaskSubject, find_task, refuse_late, time_of
from engine.command import Changes, Context
from engine.errors import AlreadyClaimed
from engine.records.case import claim_task, unclaim_task
from engine.records.changes import write


@dataclass(frozen=True, slots=True)
class ClaimTask:
    """Make a queued task the actor's own."""

    case_id: int
    token: int
    permission: ClassVar[str] = "task:claim"
    is_brief: ClassVar[bool] = True

    def subject(self, context: Context) -> TaskSubject:
        """Return the task.

        :raise AlreadyClaimed: somebody else of the actor's group has it; people outside the group do not learn that.
        """
        task = find_task(context.read, context.actor, self.case_id, self.token)
        if task.assignee not in (None, context.actor.person) and task.candidate in context.actor.groups:
            raise AlreadyClaimed(person=task.assignee)
        return task

    def execute(self, context: Context, subject: TaskSubject) -> Changes:
        """Set the assignee, unless somebody else was faster.

        :raise TooLate: the task's time is over.
        """
        refuse_late(subject, time_of(context.read, subject), context.now)
        row = write(claim_task, expect=1, of_case=self.case_id, of=self.token, new_assignee=context.actor.person)
        return Changes((row,), subject=self.case_id)


@dataclass(frozen=True, slots=True)
class UnclaimTask:
    """Give a claimed task back to its group."""

    case_id: int
    token: int
    permission: ClassVar[str] = "task:unclaim"
    is_brief: ClassVar[bool] = True

    def subject(self, context: Context) -> TaskSubject:
        """Return the task."""
        return find_task(context.read, context.actor, self.case_id, self.token)

    def execute(self, context: Context, subject: TaskSubject) -> Changes:
        """Clear the assignee."""
        row = write(unclaim_task, expect=1, of_case=self.case_id, of=self.token, old_assignee=context.actor.person)
        return Changes((row,), subject=self.case_id)
