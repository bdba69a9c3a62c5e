"""Give one's own task to somebody else who may do it."""

from dataclasses import dataclass
from typing import ClassVar

from engine.bpmn.days import local_day
from engine.casework import TaskSubject, find_task, refuse_late, time_of
from engine.command import Changes, Context
from engine.errors import Forbidden, PersonBarred
from engine.records.case import reassign_task, touch_state
from engine.records.changes import Write, write
from engine.records.history import insert_journal
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from engine.steps import next_version


@dataclass(frozen=True, slots=True)
class DelegateTask:
    """Hand the actor's task to another person; the directory says who may take it."""

    case_id: int
    token: int
    person: int
    permission: ClassVar[str] = "task:delegate"

    def subject(self, context: Context) -> TaskSubject:
        """Return the task."""
        return find_task(context.read, context.actor, self.case_id, self.token)

    def execute(self, context: Context, subject: TaskSubject) -> Changes:
        """Change the assignee, tell the new one, and keep it in the history of the case.

        :raise Forbidden: that person may not take this task.
        :raise PersonBarred: a limit keeps that person from completing it.
        :raise TooLate: the task's time is over.
        """
        refuse_late(subject, time_of(context.read, subject), context.now)
        allowed = context.directory.delegates(context.read, subject.tenant, subject, context.now)
        if self.person not in allowed:
            raise Forbidden("That person may not take this task.", person=self.person)
        day = local_day(context.now, context.directory.zone(subject.tenant))
        if not context.policy.may_be_asked(self.person, subject, context.read, day):
            raise PersonBarred(person=self.person)
        version = next_version(subject.case)
        moved = write(touch_state, expect=1, of_case=self.case_id, old_version=version - 1, new_version=version)
        row = write(
            reassign_task,
            expect=1,
            of_case=self.case_id,
            of=self.token,
            old_assignee=subject.assignee,
            new_assignee=self.person,
        )
        notice = write(
            insert_notice,
            id=context.new_id(),
            person=self.person,
            code="task.delegated",
            params=pack({"title": subject.case.title}),
            case_id=self.case_id,
            at=context.now,
            read_at=None,
        )
        return Changes((moved, row, self._journal_row(context, subject), notice), subject=self.case_id)

    def _journal_row(self, context: Context, subject: TaskSubject) -> Write:
        data = {"token": self.token, "element": subject.element, "from": subject.assignee, "to": self.person}
        return write(
            insert_journal,
            case_id=self.case_id,
            version=next_version(subject.case),
            at=context.now,
            actor=context.actor.person,
            entry=pack({"kind": "delegate", "data": data}),
        )
