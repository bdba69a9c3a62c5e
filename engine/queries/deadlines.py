"""What a changed list of holidays would move: shown before anybody approves it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from engine.casework import CaseSubject, find_case, release_of
from engine.deadlines import MovedStart, cases_with_working_days, recount_case, recount_starts
from engine.errors import CaseDamaged
from engine.policy.actor import Actor
from engine.services import Directory

#: Cases that one page of the preview looks through.
LOOKED_AT: Final = 2_000


@dataclass(frozen=True, slots=True)
class ComingDeadline:
    """A deadline that would move.

    :param names: the label of the element by language.
    :param before, due: days of a task, or instants of a timer.
    """

    case_id: int
    title: str
    process: str
    names: dict[str, str]
    before: date | datetime | None
    due: date | datetime | None


@dataclass(frozen=True, slots=True)
class ComingRecount:
    """A page of the preview.

    :param looked_at: running cases that were looked through.
    :param next: the case after which the next page goes on; None at the end.
    :param starts: processes that would begin by themselves at another time; on the first page.
    """

    moves: Sequence[ComingDeadline]
    looked_at: int
    next: int | None
    starts: Sequence[MovedStart] = ()


def coming_recount(
    read: Connection, actor: Actor, directory: Directory, now: datetime, after: int = 0
) -> ComingRecount:
    """Return the deadlines of the next running cases that would move, tasks before timers of a case."""
    cases = cases_with_working_days(read, directory, actor.tenant, after, LOOKED_AT)
    subjects = (find_case(read, actor.tenant, case_id) for case_id in cases)
    moves = [move for case in subjects for move in _moves(read, directory, case, now)]
    starts = () if after else recount_starts(read, directory, actor.tenant, now)
    return ComingRecount(moves, len(cases), cases[-1] if len(cases) == LOOKED_AT else None, starts)


def _moves(read: Connection, directory: Directory, case: CaseSubject, now: datetime) -> Iterator[ComingDeadline]:
    try:
        found = recount_case(read, directory, case, now)
    except CaseDamaged:
        return  # it is on the list of incidents
    elements = release_of(read, case).outline.elements
    for task in found.tasks:
        names = dict(elements[task.element].names)
        yield ComingDeadline(case.id, case.title, case.process, names, task.before.due, task.due)
    shown = {task.element for task in found.tasks}
    for timer in found.timers:
        element = elements[timer.element]
        if element.attached_to not in shown:  # the limit of a task that is on the list already
            yield ComingDeadline(case.id, case.title, case.process, dict(element.names), timer.before, timer.due)
