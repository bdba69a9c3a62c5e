"""Complete a person's task."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.casework import TaskSubject, find_task, refuse_late
from engine.command import Changes, Context
from engine.journal import Step
from engine.steps import load_run, step_changes


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Complete a waiting task with the answers of its form and run the case on.

    What fails after the person's step stays there as an incident: the completion itself is kept.

    :param answers: typed values of the declared form fields only.
    """

    case_id: int
    token: int
    answers: Mapping[str, Any] = field(repr=False)
    permission: ClassVar[str] = "task:complete"
    is_brief: ClassVar[bool] = True

    def subject(self, context: Context) -> TaskSubject:
        """Return the task.

        :raise AlreadyDone: somebody completed it before.
        """
        return find_task(context.read, context.actor, self.case_id, self.token)

    def execute(self, context: Context, subject: TaskSubject) -> Changes:
        """Move the case on in memory and return what changed.

        :raise TooLate: the task's time is over: dossier 12.10.5, an objection on working day 15 does not count.
        """
        run, around = load_run(context, subject.case)
        refuse_late(subject, run.taken_away_at(subject.token), context.now)
        run.complete(subject.token, self.answers)
        step = Step("complete", subject.token, subject.element, self.answers)
        return step_changes(subject.case, run.outcome(), around, step, done=subject)
