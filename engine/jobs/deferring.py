"""Defers work by name, inside the transaction of the state change that asks for it."""

from datetime import datetime
from typing import Any

from procrastinate import SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task
from procrastinate.types import JSONValue
from sqlalchemy import ColumnElement, Connection, column, exists, literal_column, table

from engine.jobs.connector import CallersTransaction
from engine.jobs.registry import JobRegistry

# Both only ever use the caller's connection, so one of each serves every database and thread.
ON_SQLITE = JobManager(CallersTransaction())
ON_POSTGRESQL = JobManager(SyncPsycopgConnector())
# The queue's table by the name it has on both databases; the literal lets them use the index of waiting jobs.
_JOBS = table("procrastinate_jobs", column("queueing_lock"), column("status"))
_IS_TODO: ColumnElement[str] = literal_column("'todo'")


def defer(
    connection: Connection,
    tasks: JobRegistry,
    name: str,
    args: dict[str, JSONValue],
    *,
    queueing_lock: str | None = None,
    schedule_at: datetime | None = None,
) -> int | None:
    """Make the job part of the open write transaction and return its id.

    With a `queueing_lock` that a waiting job already has nothing is made and None returned: the waiting job will do
    the work. The transaction stays usable.

    :param args: ids only; they are logged.
    :param schedule_at: an aware instant, minutes ahead at most; far ones belong to the timer table, because each
        waiting job slows every fetch.
    :raise UnknownTask: nothing is declared under that name.
    """
    deferrer = _deferrer(connection, tasks, name, queueing_lock=queueing_lock, schedule_at=schedule_at)
    if queueing_lock is None:
        return deferrer.defer(**args)
    try:
        with connection.begin_nested():  # PostgreSQL refuses the rest of a transaction in which an insert failed
            return deferrer.defer(**args)
    except AlreadyEnqueued:
        return None


def is_waiting(queueing_lock: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a job with this queueing lock waits, for a query that looks for work without a job."""
    return exists().where(_JOBS.c.queueing_lock == queueing_lock, _JOBS.c.status == _IS_TODO)


def _deferrer(connection: Connection, tasks: JobRegistry, name: str, **options: Any) -> JobDeferrer:
    task = tasks[name]
    is_sqlite = connection.dialect.name == "sqlite"
    return configure_task(
        name=name,
        job_manager=ON_SQLITE if is_sqlite else ON_POSTGRESQL,
        queue=task.queue,
        priority=task.priority,
        connection=connection if is_sqlite else connection.connection.driver_connection,
        **options,
    )
