"""Give a task of somebody who has left to whoever stands there now."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from engine.casework import TaskSubject, find_task
from engine.command import Changes, Context
from engine.journal import Step
from engine.records.case import delete_draft, reassign_task
from engine.records.changes import write
from engine.services import Notice
from engine.steps import load_run, step_changes
from processes.appraisal.superiors import deciders
from processes.appraisal.variables import DECISION, raters_of
from processes.people.days import local_day


@dataclass(frozen=True, slots=True)
class HandOnTask:
    """Let another person hand over a result, or decide an objection, in the place of somebody who has left.

    Who rated stays as it was: what he did keeps his name. Whoever is now to decide has the usual time for it.

    :param reason: why, for the journal.
    """

    case_id: int
    token: int
    person: int
    reason: str
    permission: ClassVar[str] = "task:reassign"

    def subject(self, context: Context) -> TaskSubject:
        """Return the task."""
        return find_task(context.read, context.actor, self.case_id, self.token)

    def execute(self, context: Context, subject: TaskSubject) -> Changes:
        """Change who is asked, tell him, and keep it in the history of the case.

        :raise Conflict: the case has ended.
        """
        run, around = load_run(context, subject.case)
        is_decision = subject.element == DECISION
        if is_decision:
            run.renew({"decided_by": self._decider(context, subject, raters_of(run.variables))}, (self.token,))
        around.notices.append(Notice(self.person, "task.delegated", {"title": subject.case.title}))
        data = {"token": self.token, "element": subject.element, "from": subject.assignee, "to": self.person}
        step = Step("delegate", data={**data, "reason": self.reason})
        changes = step_changes(subject.case, run.outcome(), around, step)
        return changes if is_decision else replace(changes, writes=(*changes.writes, *self._moved(subject)))

    def _decider(self, context: Context, subject: TaskSubject, raters: frozenset[int]) -> dict[str, Any]:
        day = local_day(context, subject.tenant)
        employee = subject.case.subject
        line = deciders(context.read, subject.tenant, employee, day, below=self.person, raters=raters)
        return {"person": self.person, "is_last": next(line, None) is None}

    def _moved(self, subject: TaskSubject) -> tuple[Any, ...]:
        to = {"old_assignee": subject.assignee, "new_assignee": self.person}
        return (
            write(delete_draft, of_case=self.case_id, of=self.token),
            write(reassign_task, expect=1, of_case=self.case_id, of=self.token, **to),
        )
