"""Looks through the tasks of a queue one by one, for what no index knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import CTE, ColumnElement, Connection, Select, false, select, true, union_all

from engine.queries.due_order import IN_ORDER, Position, place
from engine.records.case import case

_NAMES = tuple(column.name for column in IN_ORDER)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found among the first tasks of one queue, or of several.

    :param found: where the first tasks stand that are wanted, in order.
    :param end: the last task that was looked at; None if it is the last that waits.
    """

    found: tuple[Position, ...]
    end: Position | None

    @classmethod
    def together(cls, looks: Sequence[Self]) -> Self:
        """Return what several queues have up to where the first of them was left; the next look goes on there."""
        end = min((look.end for look in looks if look.end is not None), key=place, default=None)
        found = sorted((at for look in looks for at in look.found), key=place)
        return cls(tuple(at for at in found if end is None or place(at) <= place(end)), end)


def look_through(
    read: Connection, queue: ColumnElement[bool], wanted: ColumnElement[bool], *, most: int, enough: int
) -> Looked:
    """Return which of the first tasks of a queue are wanted.

    One statement walks the index and reads the cases of these tasks. To ask first where the walk ends, and then for all
    up to there, walked twice.

    :param queue: one range of an index.
    :param wanted: what the case of a task must be like.
    :param most: how many tasks are looked at; no look costs more than that.
    :param enough: how many are returned.
    """
    walk = select(*IN_ORDER).where(queue).order_by(*IN_ORDER).limit(most)
    looked = walk.cte("looked").prefix_with("MATERIALIZED")
    parts = (_wanted_of(looked, wanted, enough), _last_of(looked, most))
    rows = read.execute(union_all(*(select(part.subquery()) for part in parts))).all()
    found = sorted((Position(*row[:-1]) for row in rows if row.is_found), key=place)
    return Looked(tuple(found), next((Position(*row[:-1]) for row in rows if not row.is_found), None))


def _wanted_of(looked: CTE, wanted: ColumnElement[bool], enough: int) -> Select[*tuple[object, ...]]:
    at = [looked.c[name] for name in _NAMES]
    found = select(*at, true().label("is_found")).join_from(looked, case, looked.c.case_id == case.c.id)
    return found.where(wanted).order_by(*at).limit(enough)


def _last_of(looked: CTE, most: int) -> Select[*tuple[object, ...]]:
    # What a statement has put together for itself is read in the order in which it was written. To sort it again would
    # take longer than the walk; the test that a search in small pieces finds every task once would show a change.
    at = [looked.c[name] for name in _NAMES]
    return select(*at, false().label("is_found")).limit(1).offset(most - 1)
