"""Give a task of somebody who is not there any more to somebody who is."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.bpmn.days import local_day
from engine.casework import CaseSubject, TaskSubject, find_case, find_task, refuse_late, time_of
from engine.command import Changes, Context
from engine.errors import OperationRefused
from engine.operations import given_reason, noted, touched
from engine.records.case import delete_draft, reassign_task
from engine.records.changes import write
from engine.records.outbox import insert_notice
from engine.records.packing import pack


@dataclass(frozen=True, slots=True)
class HandOverTask:
    """Let another person do a task whose assignee has left; nobody takes a task away from somebody who is there.

    What the case says of who was asked stays as it is. A half-written draft of who has left is dropped.

    :param person: who is asked now.
    :param reason: why, for the journal.
    """

    case_id: int
    token: int
    person: int
    reason: str = field(repr=False)
    permission: ClassVar[str] = "case:hand_over"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Change who is asked, tell him, and keep it in the history of the case.

        :raise AlreadyDone: the task waits no more.
        :raise Conflict: the case has ended.
        :raise OperationRefused: whoever is asked is there, or the other one is not, or must not complete the task.
        :raise TooLate: the task's time is over.
        """
        task = find_task(context.read, context.actor, self.case_id, self.token)
        refuse_late(task, time_of(context.read, task), context.now)
        self._check_people(context, task)
        data = {"token": self.token, "element": task.element, "from": task.assignee, "to": self.person}
        to = {"old_assignee": task.assignee, "new_assignee": self.person}
        notice: dict[str, Any] = {
            "id": context.new_id(),
            "person": self.person,
            "code": "task.delegated",
            "params": pack({"title": subject.title}),
            "case_id": self.case_id,
            "at": context.now,
            "read_at": None,
        }
        reason = given_reason(self.reason)
        writes = (
            touched(subject),
            write(delete_draft, of_case=self.case_id, of=self.token),
            write(reassign_task, expect=1, of_case=self.case_id, of=self.token, **to),
            noted(context, subject, "hand_over", {**data, "reason": reason}, element=task.element),
            write(insert_notice, **notice),
        )
        return Changes(writes, subject=self.case_id)

    def _check_people(self, context: Context, task: TaskSubject) -> None:
        persons, tenant = context.directory.persons, task.tenant
        if persons is None or task.assignee is None:
            raise OperationRefused("still_there")
        day = local_day(context.now, context.directory.zone(tenant))
        absent = persons.absent(context.read, tenant, (task.assignee, self.person), day)
        if task.assignee not in absent:
            raise OperationRefused("still_there")
        if self.person in absent:
            raise OperationRefused("nobody_there")
        if not context.policy.may_be_asked(self.person, task, context.read, day):
            raise OperationRefused("person_barred")
