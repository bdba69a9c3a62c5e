"""The order in which tasks wait, as an index can give it.

The soonest due first, those without a due date last; on one day those that matter most first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, tuple_

from engine.records.case import open_task

#: Inside a stretch the order of the indexes on open tasks: nothing is left to be sorted.
IN_ORDER = (open_task.c.due, open_task.c.rank, open_task.c.case_id, open_task.c.token)
_SAME_DAY = tuple_(*IN_ORDER[1:])
_FAR = date.max


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page ends: the next one goes on behind it.

    :param rank: 100 less the priority.
    """

    due: date | None
    rank: int
    case_id: int
    token: int


def stretches(after: Position | None, due_before: date | None) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions for what is left behind a position, in the page's order, each one range of an index.

    One condition for all of it would need an OR, for which a database reads from the beginning again, or sorts.
    """
    dated = open_task.c.due < due_before if due_before is not None else open_task.c.due.is_not(None)
    undated = open_task.c.due.is_(None)
    if after is None:
        yield dated
    elif after.due is not None:
        yield and_(dated, open_task.c.due == after.due, _behind(after))
        yield and_(dated, open_task.c.due > after.due)
    if due_before is None:
        yield and_(undated, _behind(after)) if after is not None and after.due is None else undated


def _behind(after: Position) -> ColumnElement[bool]:
    return tuple_(after.rank, after.case_id, after.token) < _SAME_DAY


def place(at: Any) -> tuple[date, int, int, int]:
    """Return where a row or a position stands in the order."""
    return (at.due or _FAR, at.rank, at.case_id, at.token)
