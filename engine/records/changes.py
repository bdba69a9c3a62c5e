"""What a command wants written: prepared statements with their rows, executed in order in one short transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable

from engine.errors import Conflict


@dataclass(frozen=True, slots=True)
class Write:
    """One statement and the rows it is executed with.

    :param expect: number of rows that must be touched; another number means that somebody was faster.
    """

    statement: Executable
    rows: Sequence[Mapping[str, Any]]
    expect: int | None = None


def write(statement: Executable, /, expect: int | None = None, **row: Any) -> Write:
    """Return the writing of a single row."""
    return Write(statement, (row,), expect)


def merge_writes(writes: Iterable[Write]) -> list[Write]:
    """Join neighbours of the same statement into one execution with several rows."""
    merged: list[Write] = []
    for item in writes:
        last = merged[-1] if merged else None
        if last is not None and last.statement is item.statement and last.expect is item.expect is None:
            merged[-1] = Write(item.statement, (*last.rows, *item.rows))
        elif item.rows:
            merged.append(item)
    return merged


def apply_writes(connection: Connection, writes: Iterable[Write]) -> None:
    """Execute the writes in order.

    :raise Conflict: a statement touched another number of rows than it expects.
    """
    for item in merge_writes(writes):
        rows = [dict(row) for row in item.rows]
        result = connection.execute(item.statement, rows if len(rows) > 1 else rows[0])
        if item.expect is not None and result.rowcount != item.expect:
            raise Conflict()
