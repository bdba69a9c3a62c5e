"""Give an employee's open evaluation to a new appraiser after the reporting line was corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from sqlalchemy import Connection, bindparam, select

from engine.bpmn.codec import CaseState, decode_state, encode_state
from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.errors import Conflict
from engine.records.case import delete_draft, open_task, reassign_task, update_state
from engine.records.changes import Write, write
from engine.records.history import insert_journal
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from engine.steps import next_version
from processes.appraisal.records import evaluation
from processes.appraisal.variables import is_replaced
from processes.people.days import local_day
from processes.people.queries import holders_on
from processes.people.records import Role

_tasks = select(open_task.c.token, open_task.c.element).where(
    open_task.c.case_id == bindparam("case_id"), open_task.c.assignee == bindparam("person")
)
_rated_by = (
    evaluation.update()
    .where(evaluation.c.case_id == bindparam("of_case"), evaluation.c.version == 1)
    .values(rater_id=bindparam("new_rater"), is_final=bindparam("new_is_final"))
)


@dataclass(frozen=True, slots=True)
class ReassignTasks:
    """Let another person rate a case from now on, with the tasks of the former rater that wait.

    Only an evaluation that nobody has rated yet moves: whoever confirmed the ratings signs them and answers for them,
    and a superior who took over keeps the case (PermenPANRB 6/2022 annex V). The receipt's value says whether it moved.
    A half-written draft of the former rater is dropped: it is his.

    :param reason: why, for the journal, such as the corrected line.
    """

    case_id: int
    appraiser_id: int
    reason: str
    permission: ClassVar[str] = "task:reassign"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Change the rater in the case's variables and the assignee of the open tasks, and whether he rates finally.

        :raise Conflict: the case has ended.
        """
        if subject.state is None:
            raise Conflict()
        state = decode_state(subject.state)
        before = int(state.variables["rating_by"]["person"])
        if before == self.appraiser_id or not _may_move(state.variables):
            return Changes(subject=subject.id, value=False)
        # What the regional head evaluates is final; what he would have evaluated is not, once somebody else does.
        heads = holders_on(context.read, subject.tenant, Role.APPOINTING_AUTHORITY, local_day(context, subject.tenant))
        is_final = self.appraiser_id in heads
        writes = (
            self._case_row(subject, state, is_final=is_final),
            self._journal_row(context, subject, before),
            *_moved_tasks(context.read, subject.id, before, self.appraiser_id),
            write(_rated_by, of_case=subject.id, new_rater=self.appraiser_id, new_is_final=is_final),
            self._notice(context, subject),
        )
        return Changes(writes, subject=subject.id, value=True)

    def _case_row(self, subject: CaseSubject, state: CaseState, *, is_final: bool) -> Write:
        rating_by = {**state.variables["rating_by"], "person": self.appraiser_id, "is_final": is_final}
        moved = replace(state, variables={**state.variables, "rating_by": rating_by})
        return write(
            update_state,
            expect=1,
            of_case=subject.id,
            old_version=subject.version,
            new_version=next_version(subject),
            new_content=encode_state(moved),
        )

    def _journal_row(self, context: Context, subject: CaseSubject, before: int) -> Write:
        data = {"from": before, "to": self.appraiser_id, "reason": self.reason}
        return write(
            insert_journal,
            case_id=subject.id,
            version=next_version(subject),
            at=context.now,
            actor=context.actor.person,
            entry=pack({"kind": "reassign", "data": data}),
        )

    def _notice(self, context: Context, subject: CaseSubject) -> Write:
        return write(
            insert_notice,
            id=context.new_id(),
            tenant=subject.tenant,
            person=self.appraiser_id,
            code="task.delegated",
            params=pack({"title": subject.title}),
            case_id=subject.id,
            at=context.now,
            read_at=None,
        )


def _may_move(variables: Mapping[str, Any]) -> bool:
    return not is_replaced(variables) and variables.get("ratings") is None


def _moved_tasks(read: Connection, case_id: int, before: int, after: int) -> Iterable[Write]:
    for row in read.execute(_tasks, {"case_id": case_id, "person": before}):
        yield write(delete_draft, of_case=case_id, of=row.token)
        yield write(reassign_task, expect=1, of_case=case_id, of=row.token, old_assignee=before, new_assignee=after)
