"""Give a task of somebody who has left to whoever stands there now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlalchemy import bindparam

from engine.casework import TaskSubject, find_task
from engine.command import Changes, Context
from engine.journal import Step
from engine.records.case import delete_draft, reassign_task
from engine.records.changes import Write, write
from engine.services import Notice
from engine.steps import load_run, step_changes
from processes.appraisal.raters import RATING
from processes.appraisal.records import evaluation
from processes.appraisal.superiors import deciders, standing_of_follower
from processes.appraisal.variables import DECISION, is_replaced, raters_of
from processes.people.days import local_day
from processes.people.queries import appraiser_on

_standing = (
    evaluation.update()
    .where(evaluation.c.case_id == bindparam("of_case"), evaluation.c.version == 1)
    .values(is_final=bindparam("new_is_final"))
)


@dataclass(frozen=True, slots=True)
class HandOnTask:
    """Let another person rate, sign, hand over a result or decide an objection in the place of somebody who has left.

    Who rated stays as it was: what he did keeps his name. Whoever is now to rate, sign or decide has the usual time for
    it, and his own standing says whether the result is final. A half-written draft of who has left is dropped.

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
        run, around = load_run(context, subject.case, may_be_suspended=True)
        is_renewed = subject.element in (DECISION, *RATING)
        asked = self._asked(context, subject, run.variables)
        if is_renewed:
            run.renew(asked, (self.token,))
        settled = {"settled": True} if not is_renewed and run.settle(self.token) else {}
        around.notices.append(Notice(self.person, "task.delegated", {"title": subject.case.title}))
        data = {"token": self.token, "element": subject.element, "from": subject.assignee, "to": self.person}
        step = Step("delegate", data={**data, "reason": self.reason, **settled})
        changes = step_changes(subject.case, run.outcome(), around, step)
        also = self._rated(asked) if is_renewed else self._moved(subject)
        return replace(changes, writes=(*changes.writes, *also))

    def _asked(self, context: Context, subject: TaskSubject, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Return the variable that names who is asked; none where the case names that person already."""
        if subject.element == DECISION:
            return {"decided_by": self._decider(context, subject, raters_of(variables))}
        if subject.element in RATING and int(variables["rating_by"]["person"]) != self.person:
            return {"rating_by": self._rater(context, subject, is_taken_over=is_replaced(variables))}
        return {}

    def _rater(self, context: Context, subject: TaskSubject, *, is_taken_over: bool) -> dict[str, Any]:
        """Return the standing of who rates now; an appraiser to whom it comes back replaces nobody."""
        read, tenant, employee = context.read, subject.tenant, subject.case.subject
        day = local_day(context, tenant)
        own = appraiser_on(read, tenant, employee, day) if is_taken_over else None
        is_above = is_taken_over and (own is None or own.person != self.person)
        return standing_of_follower(read, tenant, employee, day, self.person, is_replaced=is_above)

    def _rated(self, asked: Mapping[str, Any]) -> tuple[Write, ...]:
        """Return what the evaluation says anew; who confirmed its ratings stays in it until somebody signs."""
        if "rating_by" not in asked:
            return ()
        return (write(_standing, of_case=self.case_id, new_is_final=asked["rating_by"]["is_final"]),)

    def _decider(self, context: Context, subject: TaskSubject, raters: frozenset[int]) -> dict[str, Any]:
        day = local_day(context, subject.tenant)
        employee = subject.case.subject
        line = deciders(context.read, subject.tenant, employee, day, below=self.person, raters=raters)
        return {"person": self.person, "is_last": next(line, None) is None}

    def _moved(self, subject: TaskSubject) -> tuple[Write, ...]:
        to = {"old_assignee": subject.assignee, "new_assignee": self.person}
        return (
            write(delete_draft, of_case=self.case_id, of=self.token),
            write(reassign_task, expect=1, of_case=self.case_id, of=self.token, **to),
        )
