"""Count the deadlines of a case again after the list of holidays has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from engine.bpmn.recounting import MovedTask, Recount
from engine.casework import CaseSubject, find_case
from engine.command import Changes, Context
from engine.deadlines import recount_case
from engine.errors import Conflict
from engine.records.case import new_state, update_state
from engine.records.changes import Write, write
from engine.records.deadlines import assignees_of_tasks, move_task, move_timer
from engine.records.history import insert_journal
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from engine.steps import next_version


@dataclass(frozen=True, slots=True)
class RecountDeadlines:
    """Set the days of tasks and the timers of one case anew, and tell those whose tasks they are.

    Nothing moves the case on: a timer that is due by now fires at the next sweep. The receipt's value is how many
    deadlines have moved; running it again moves nothing more.
    """

    case_id: int
    permission: ClassVar[str] = "deadline:move"

    def subject(self, context: Context) -> CaseSubject:
        """Return the case."""
        return find_case(context.read, context.actor.tenant, self.case_id)

    def execute(self, context: Context, subject: CaseSubject) -> Changes:
        """Compare, and write what is different.

        :raise Conflict: the case has ended.
        :raise CaseDamaged: the stored state cannot be read.
        """
        if subject.state is None:
            raise Conflict()
        found = recount_case(context.read, context.directory, subject, context.now)
        if found.is_empty:
            return Changes(subject=self.case_id, value=0)
        writes = (*_rows(subject, found), _entry(context, subject, found), *_notices(context, subject, found))
        return Changes(writes, subject=self.case_id, value=len(found.tasks) + len(found.timers))


def _rows(case: CaseSubject, found: Recount) -> Iterable[Write]:
    new = {"new_version": next_version(case), **new_state(case.id, found.state)}
    yield Write(update_state, ({"of_case": case.id, "old_version": case.version, **new},), expect=1)
    for task in found.tasks:
        yield write(move_task, of_case=case.id, of=task.token, new_due=task.due, new_follow_up=task.follow_up)
    for timer in found.timers:
        yield write(move_timer, of_case=case.id, of=timer.token, new_due=timer.due)


def _entry(context: Context, case: CaseSubject, found: Recount) -> Write:
    data = {
        "calendar": found.calendar,
        "variables": dict(found.variables),
        "tasks": [[item.token, item.element, item.before.due, item.due] for item in found.tasks],
        "timers": [[item.token, item.element, item.before, item.due] for item in found.timers],
    }
    return write(
        insert_journal,
        case_id=case.id,
        version=next_version(case),
        at=context.now,
        actor=context.actor.person,
        entry=pack({"kind": "recount", "data": data}),
    )


def _notices(context: Context, case: CaseSubject, found: Recount) -> Iterable[Write]:
    rows = context.read.execute(assignees_of_tasks, {"case_id": case.id})
    asked = {row.token: row.assignee for row in rows}
    for task in found.tasks:
        if asked.get(task.token) is not None and task.due != task.before.due:
            yield write(insert_notice, **_notice(context, case, task, asked[task.token]))


def _notice(context: Context, case: CaseSubject, task: MovedTask, person: int) -> dict[str, Any]:
    params = {"title": case.title, "before": _written(task.before.due), "due": _written(task.due)}
    return {
        "id": context.new_id(),
        "person": person,
        "code": "deadline.moved",
        "params": pack(params),
        "case_id": case.id,
        "at": context.now,
        "read_at": None,
    }


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else "-"
