"""The inbox: what waits for a person, and what waits in the queues of the person's groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, true, tuple_, union_all

from engine.bpmn.asking import MOST_PRIORITY
from engine.bpmn.state import load_state
from engine.casework import find_release
from engine.policy.actor import Actor
from engine.queries.due_order import IN_ORDER, Position, place, stretches
from engine.queries.looking import Looked, look_through
from engine.records.case import CaseStatus, case, case_state, open_task
from engine.records.packing import Unreadable
from engine.records.release import release

PAGE = 50
#: How many tasks of a queue one search looks through; the next page goes on, so that no search costs more than this.
SEARCHED = 1_000
#: Headings count no further: beyond it a number tells nobody more, and counting would cost more with every task.
MOST_COUNTED = 999

_TaskRow = Row[*tuple[Any, ...]]
_TASKS = (
    select(
        *IN_ORDER,
        open_task.c.element,
        open_task.c.opened_at,
        open_task.c.follow_up,
        case.c.process,
        case.c.title,
        case.c.status,
        case_state.c.content.label("state"),
        case.c.release_id,
        release.c.digest,
    )
    .join_from(open_task, case, open_task.c.case_id == case.c.id)
    .join(release, case.c.release_id == release.c.id)
    .outerjoin(case_state, case_state.c.case_id == case.c.id)
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the person wants to see.

    :param text: part of the case's title.
    :param due_before: only tasks that are due before that day.
    """

    text: str = ""
    process: str = ""
    due_before: date | None = None

    @property
    def is_search(self) -> bool:
        """Whether tasks have to be looked at one by one: no index knows what is asked for."""
        return bool(self.text or self.process)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One waiting task.

    :param priority: from 0 to 100.
    :param follow_up: the day before which nobody needs to look at it.
    :param variables: of its case, as the last step left them; empty where the stored state cannot be read.
    :param is_suspended: nobody can complete it until its case goes on.
    """

    case_id: int
    token: int
    process: str
    element: str
    names: dict[str, str]
    title: str
    due: date | None
    opened_at: datetime
    is_mine: bool
    priority: int
    follow_up: date | None
    variables: Mapping[str, Any] = field(repr=False)
    is_suspended: bool

    @property
    def rank(self) -> int:
        """Where it stands among the tasks of its day; the least comes first."""
        return MOST_PRIORITY - self.priority


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of tasks, the soonest due first, and of one day those that matter most; without a due date they come last.

    :param is_searching: the page ended before it was full because `SEARCHED` tasks had been looked through.
    """

    rows: tuple[InboxRow, ...]
    next: Position | None
    is_searching: bool = False


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How much waits: own tasks, those overdue among them, and queued ones.

    Each is counted up to one more than `MOST_COUNTED`, which then means "more than that".
    """

    mine: int
    overdue: int
    queued: int


def my_tasks(read: Connection, actor: Actor, filters: Filters = Filters(), after: Position | None = None) -> InboxPage:
    """Return the tasks that are the actor's own."""
    if actor.person is None:
        return InboxPage((), None)
    mine = and_(open_task.c.tenant == actor.tenant, open_task.c.assignee == actor.person)
    return _page(read, [mine], filters, after, is_mine=True)


def group_tasks(
    read: Connection, actor: Actor, filters: Filters = Filters(), after: Position | None = None
) -> InboxPage:
    """Return the unclaimed tasks of the actor's groups."""
    queues = [
        and_(open_task.c.tenant == actor.tenant, open_task.c.candidate == group, open_task.c.assignee.is_(None))
        for group in sorted(actor.groups)
    ]
    return _page(read, queues, filters, after, is_mine=False) if queues else InboxPage((), None)


def count_tasks(read: Connection, actor: Actor, today: date) -> InboxCounts:
    """Return the counts for the inbox's headings, in one statement."""
    mine = and_(open_task.c.tenant == actor.tenant, open_task.c.assignee == actor.person)
    queued = and_(
        open_task.c.tenant == actor.tenant,
        open_task.c.candidate.in_(sorted(actor.groups)),
        open_task.c.assignee.is_(None),
    )
    counts = (_counted(mine), _counted(and_(mine, open_task.c.due < today)), _counted(queued))
    return InboxCounts(*read.execute(select(*counts)).one())


def _counted(which: ColumnElement[bool]) -> Any:
    some = select(open_task.c.case_id).where(which).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _page(
    read: Connection, sources: Sequence[ColumnElement[bool]], filters: Filters, after: Position | None, *, is_mine: bool
) -> InboxPage:
    """Read one stretch of the index after the other until the page is full."""
    found: list[_TaskRow] = []
    for stretch in stretches(after, filters.due_before):
        ranges = [and_(source, stretch) for source in sources]
        rows, end = _search(read, ranges, filters) if filters.is_search else (_read_first(read, ranges), None)
        found += rows
        if len(found) > PAGE:
            last = found[PAGE - 1]
            return InboxPage(
                _rows(read, found[:PAGE], is_mine), Position(last.due, last.rank, last.case_id, last.token)
            )
        if end is not None:
            return InboxPage(_rows(read, found, is_mine), end, is_searching=True)
    return InboxPage(_rows(read, found, is_mine), None)


def _search(
    read: Connection, ranges: Sequence[ColumnElement[bool]], filters: Filters
) -> tuple[list[_TaskRow], Position | None]:
    """Return the tasks that are wanted among the first of a stretch, and where the look at them ended."""
    wanted = _wanted(filters)
    looks = [look_through(read, one, wanted, most=SEARCHED, enough=PAGE + 1) for one in ranges]
    looked = Looked.together(looks)
    keys = [(at.case_id, at.token) for at in looked.found[: PAGE + 1]]
    # SQLite finds tasks by half of their key, but reads all of them to compare a pair.
    in_cases = open_task.c.case_id.in_({case_id for case_id, _ in keys})
    which = and_(in_cases, tuple_(open_task.c.case_id, open_task.c.token).in_(keys))
    return sorted(read.execute(_TASKS.where(which)), key=place) if keys else [], looked.end


def _wanted(filters: Filters) -> ColumnElement[bool]:
    """Return what the case of a task must be like."""
    named = case.c.title.icontains(filters.text, autoescape=True) if filters.text else true()
    return and_(named, case.c.process == filters.process) if filters.process else named


def _read_first(read: Connection, ranges: Sequence[ColumnElement[bool]]) -> list[_TaskRow]:
    """Return the first rows of a stretch: the index gives them in order, so they cost the same however many wait."""
    first = [_TASKS.where(one).order_by(*IN_ORDER).limit(PAGE + 1) for one in ranges]
    return sorted(read.execute(_together(first)), key=place)


def _together(selects: Sequence[Select[*tuple[Any, ...]]]) -> Any:
    """Return one statement for all queues: each gives its first rows, the caller sorts these few."""
    return selects[0] if len(selects) == 1 else union_all(*(select(one.subquery()) for one in selects))


def _rows(read: Connection, found: Sequence[_TaskRow], is_mine: bool) -> tuple[InboxRow, ...]:
    return tuple(
        InboxRow(
            row.case_id,
            row.token,
            row.process,
            row.element,
            dict(find_release(read, row.release_id, row.digest).element(row.element).names),
            row.title,
            row.due,
            row.opened_at,
            is_mine,
            MOST_PRIORITY - row.rank,
            row.follow_up,
            _variables(row.state),
            row.status == CaseStatus.SUSPENDED,
        )
        for row in found
    )


def _variables(state: bytes | None) -> Mapping[str, Any]:
    """Return a case's variables; one damaged case must not hide all other tasks."""
    try:
        return load_state(state).variables if state is not None else {}
    except Unreadable:
        return {}
