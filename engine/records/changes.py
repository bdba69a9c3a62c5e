"""What a command wants written: prepared statements with their rows, executed in order in one short transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from sqlalchemy import Connection, Executable

from engine.errors import Conflict
from engine.records.prepared import COUNTED, Prepared
from engine.records.refusals import is_outage, refusal_reason
from engine.values import value


@value(frozen=True, slots=True)
class Write:
    """One statement and the rows it is executed with.

    :param rows: left out of its `repr`, which logs may show: they hold what people wrote.
    :param expect: number of rows that must be touched; another number means that somebody was faster.
    :param service: the service of a diagram that wants it written; its mistakes must not undo a person's step.
    :param unmet: says in the same transaction why another number of rows was touched, where nobody was faster: each row
        of an insert has a condition of its own.
    """

    statement: Executable | Prepared
    rows: Sequence[Mapping[str, Any]] = field(repr=False)
    expect: int | None = None
    service: str | None = None
    unmet: "Unmet | None" = field(default=None, repr=False)


Unmet = Callable[[Connection, Sequence[Mapping[str, Any]]], Conflict]


class WriteRefused(Conflict):
    """The database does not take what a service wants written; `service` says whose it is."""

    def __init__(self, service: str, reason: str) -> None:
        """Remember the service."""
        super().__init__(f"What service '{service}' wants written is refused: {reason}")
        self.service = service


class ReadSpoilt(WriteRefused):
    """A query of a service failed, and PostgreSQL answers nothing more in that transaction; `service` says whose."""

    def __init__(self, service: str) -> None:
        """Remember the service."""
        Conflict.__init__(self, f"A query of service '{service}' failed.")
        self.service = service


def write(statement: Executable | Prepared, /, expect: int | None = None, **row: Any) -> Write:
    """Return the writing of a single row."""
    return Write(statement, (row,), expect)


def merge_writes(writes: Iterable[Write]) -> list[Write]:
    """Join neighbours of the same statement into one execution with several rows."""
    merged: list[Write] = []
    for item in writes:
        last = merged[-1] if merged else None
        if last is not None and _can_join(last, item):
            merged[-1] = replace(last, rows=(*last.rows, *item.rows), expect=_together(last.expect, item.expect))
        elif item.rows:
            merged.append(item)
    return merged


def _can_join(last: Write, item: Write) -> bool:
    if last.statement is not item.statement or last.service != item.service or last.unmet != item.unmet:
        return False
    return last.unmet is not None or last.expect is item.expect is None


def _together(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def apply_writes(connection: Connection, writes: Iterable[Write]) -> None:
    """Execute the writes in order.

    :raise Conflict: a statement touched another number of rows than it expects.
    :raise WriteRefused: the same, or a value or row that the tables refuse, in what a service wants written.
    :raise NobodyThere: a task would ask somebody who is not there.
    """
    for item in merge_writes(writes):
        if item.service is None:
            _apply(connection, item)
            continue
        try:
            _apply(connection, item)
        except Exception as error:
            if is_outage(error):
                raise  # a full disk or a lock is not the service's mistake
            # Not "from error": its text has the statement with its values, and logs show causes.
            raise WriteRefused(item.service, refusal_reason(item.statement, error)) from None


def _apply(connection: Connection, item: Write) -> None:
    if isinstance(item.statement, Prepared):
        touched = item.statement.execute(connection, item.rows)
    else:
        touched = _execute(connection, item.statement, item)
    if item.expect is not None and touched != item.expect:
        raise item.unmet(connection, item.rows) if item.unmet is not None else Conflict()


def _execute(connection: Connection, statement: Executable, item: Write) -> int:
    rows = item.rows if len(item.rows) > 1 else item.rows[0]
    options = COUNTED if item.expect is not None else {}
    return connection.execute(statement, rows, execution_options=options).rowcount
