"""The inbox: what waits for a person, and what waits in the queues of the person's groups."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, union_all

from engine.casework import find_release
from engine.policy.actor import Actor
from engine.records.case import case, open_task
from engine.records.release import release

PAGE = 50
_FAR = date.max


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page ends: the next one goes on behind it."""

    due: date | None
    case_id: int
    token: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What the person wants to see.

    :param text: part of the case's title.
    :param due_before: only tasks that are due before that day.
    """

    text: str = ""
    process: str = ""
    due_before: date | None = None


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One waiting task."""

    case_id: int
    token: int
    process: str
    element: str
    names: dict[str, str]
    title: str
    due: date | None
    opened_at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of tasks, the soonest due first; those without a due date come last."""

    rows: tuple[InboxRow, ...]
    next: Position | None


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How much waits: own tasks, those overdue among them, and queued ones."""

    mine: int
    overdue: int
    queued: int


def my_tasks(read: Connection, actor: Actor, filters: Filters = Filters(), after: Position | None = None) -> InboxPage:
    """Return the tasks that are the actor's own."""
    if actor.person is None:
        return InboxPage((), None)
    branch = _branch(and_(open_task.c.tenant == actor.tenant, open_task.c.assignee == actor.person), filters, after)
    return _page(read, [branch], is_mine=True)


def group_tasks(
    read: Connection, actor: Actor, filters: Filters = Filters(), after: Position | None = None
) -> InboxPage:
    """Return the unclaimed tasks of the actor's groups."""
    branches = [
        _branch(
            and_(open_task.c.tenant == actor.tenant, open_task.c.candidate == group, open_task.c.assignee.is_(None)),
            filters,
            after,
        )
        for group in sorted(actor.groups)
    ]
    return _page(read, branches, is_mine=False) if branches else InboxPage((), None)


def count_tasks(read: Connection, actor: Actor, today: date) -> InboxCounts:
    """Return the counts for the inbox's headings, in one statement."""
    mine = and_(open_task.c.tenant == actor.tenant, open_task.c.assignee == actor.person)
    queued = and_(
        open_task.c.tenant == actor.tenant,
        open_task.c.candidate.in_(sorted(actor.groups)),
        open_task.c.assignee.is_(None),
    )
    statement = select(
        select(func.count()).select_from(open_task).where(mine).scalar_subquery(),
        select(func.count()).select_from(open_task).where(mine, open_task.c.due < today).scalar_subquery(),
        select(func.count()).select_from(open_task).where(queued).scalar_subquery(),
    )
    return InboxCounts(*read.execute(statement).one())


def _branch(source: ColumnElement[bool], filters: Filters, after: Position | None) -> Select[*tuple[Any, ...]]:
    """One source's first rows: the index gives them in order, so a page costs the same however much waits."""
    statement = (
        select(
            open_task.c.case_id,
            open_task.c.token,
            open_task.c.element,
            open_task.c.due,
            open_task.c.opened_at,
            case.c.process,
            case.c.title,
            case.c.release_id,
            release.c.digest,
        )
        .join_from(open_task, case, open_task.c.case_id == case.c.id)
        .join(release, case.c.release_id == release.c.id)
        .where(source)
        .order_by(open_task.c.due.nulls_last(), open_task.c.case_id, open_task.c.token)
        .limit(PAGE + 1)
    )
    if filters.text:
        statement = statement.where(case.c.title.icontains(filters.text, autoescape=True))
    if filters.process:
        statement = statement.where(case.c.process == filters.process)
    if filters.due_before is not None:
        statement = statement.where(open_task.c.due < filters.due_before)
    return statement.where(_behind(after)) if after is not None else statement


def _behind(after: Position) -> ColumnElement[bool]:
    same_due = open_task.c.due.is_(None) if after.due is None else open_task.c.due == after.due
    later_here = and_(
        same_due,
        or_(
            open_task.c.case_id > after.case_id,
            and_(open_task.c.case_id == after.case_id, open_task.c.token > after.token),
        ),
    )
    if after.due is None:
        return later_here
    return or_(later_here, open_task.c.due > after.due, open_task.c.due.is_(None))


def _page(read: Connection, branches: list[Select[*tuple[Any, ...]]], *, is_mine: bool) -> InboxPage:
    statement = branches[0] if len(branches) == 1 else union_all(*(select(b.subquery()) for b in branches))
    found = sorted(read.execute(statement), key=lambda row: (row.due or _FAR, row.case_id, row.token))
    rows = tuple(
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
        )
        for row in found[:PAGE]
    )
    last = rows[-1] if len(found) > PAGE else None
    return InboxPage(rows, Position(last.due, last.case_id, last.token) if last else None)
