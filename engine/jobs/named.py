"""Procrastinate's named queries for SQLite: the table of answers, and what the answers share.

An answer is a function with the name and the parameters of a query in procrastinate/sql/queries.sql. Answers only
store: what is fetched, retried or rescued when is decided by Procrastinate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Integer, Result, Select, String, literal, literal_column, null, select, true

from engine.jobs.tables import jobs

Row = dict[str, Any]
Answer = Callable[..., list[Row]]
AnyAnswer = TypeVar("AnyAnswer", bound=Answer)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """How a named query is answered, and whether that takes a write transaction."""

    answer: Answer
    writes: bool


QUERIES: dict[str, NamedQuery] = {}


def writing(answer: AnyAnswer) -> AnyAnswer:
    """Enter the answer to the query of its name, which writes."""
    QUERIES[answer.__name__] = NamedQuery(answer, writes=True)
    return answer


def reading(answer: AnyAnswer) -> AnyAnswer:
    """Enter the answer to the query of its name, which only reads."""
    QUERIES[answer.__name__] = NamedQuery(answer, writes=False)
    return answer


# The database's clock, as on PostgreSQL, in microseconds. SQLite knows milliseconds; 999 more, so that a job
# scheduled for "now" by a finer clock is due at once.
NOW: Any = literal_column("(CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER) * 1000 + 999)", Integer)

# Written out, not bound: SQLite uses an index on the waiting or running jobs only when it sees the constant.
TODO: Any = literal_column("'todo'", String)
DOING: Any = literal_column("'doing'", String)

COLUMNS = (
    jobs.c.id,
    jobs.c.status,
    jobs.c.task_name,
    jobs.c.priority,
    null().label("lock"),
    jobs.c.queueing_lock,
    jobs.c.args,
    jobs.c.scheduled_at,
    jobs.c.queue_name,
    jobs.c.attempts,
    jobs.c.abort_requested,
    jobs.c.worker_id,
)


def select_jobs(**wanted: Any) -> Select[*tuple[Any, ...]]:
    """Return the select of all jobs whose columns have the given values; None means any."""
    given = [jobs.c[name] == value for name, value in wanted.items() if value is not None]
    return select(*COLUMNS).where(true(), *given)


def ago(seconds: float) -> Any:
    """Return the expression of the instant that many seconds before now."""
    return NOW - literal(int(seconds * 1_000_000), Integer)


def rows(result: Result[*tuple[Any, ...]]) -> list[Row]:
    """Return what a query gave in the form Procrastinate reads."""
    return [dict(row) for row in result.mappings()]
