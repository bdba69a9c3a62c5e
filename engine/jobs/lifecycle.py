"""The life of a job on SQLite: deferred, fetched, ended, cancelled, retried, forgotten."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from procrastinate.exceptions import ConnectorException
from procrastinate.types import JobToDefer
from sqlalchemy import Connection, Integer, Select, bindparam, case, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.sql.dml import ReturningUpdate

from engine.jobs.named import COLUMNS, NOW, TODO, Row, ago, rows, writing
from engine.jobs.tables import jobs, periodic_defers
from engine.records.schema import UtcDateTime

INSERT = insert(jobs).values(status="todo", changed_at=NOW).returning(jobs.c.id, sort_by_parameter_order=True)


@writing
def defer_jobs(connection: Connection, *, jobs: list[JobToDefer]) -> list[Row]:
    """Create jobs; give their ids in order.

    :raise ConnectorException: one has a `lock`, under which a job of the future would hold up all later ones.
    """
    return [{"id": key} for key in connection.scalars(INSERT, [_new_job(job) for job in jobs])]


def _new_job(job: JobToDefer) -> Row:
    if job.lock is not None:
        raise ConnectorException(f"Job {job.task_name} asks for lock {job.lock!r}; exclude by the case's version")
    return {
        "queue_name": job.queue_name,
        "task_name": job.task_name,
        "priority": job.priority,
        "queueing_lock": job.queueing_lock,
        "args": job.args,
        "scheduled_at": job.scheduled_at,
    }


TICK = sqlite_insert(periodic_defers).on_conflict_do_nothing()
FORGET_TICKS = delete(periodic_defers).where(
    periodic_defers.c.task_name == bindparam("task"),
    periodic_defers.c.periodic_id == bindparam("id"),
    periodic_defers.c.defer_timestamp < bindparam("tick"),
)


@writing
def defer_periodic_job(
    connection: Connection,
    *,
    queue: str,
    lock: str | None,
    queueing_lock: str | None,
    task_name: str,
    priority: int,
    periodic_id: str,
    defer_timestamp: int,
    args: Row,
) -> list[Row]:
    """Create the job of one tick unless a worker did so before; then the id is None."""
    tick = {"task_name": task_name, "periodic_id": periodic_id, "defer_timestamp": defer_timestamp}
    if connection.execute(TICK, tick).rowcount == 0:
        return [{"id": None}]
    connection.execute(FORGET_TICKS, {"task": task_name, "id": periodic_id, "tick": defer_timestamp})
    return defer_jobs(connection, jobs=[JobToDefer(queue, task_name, priority, lock, queueing_lock, args, None)])


IS_DUE = (jobs.c.status == TODO) & or_(jobs.c.scheduled_at.is_(None), jobs.c.scheduled_at <= NOW)
NEXT_DUE = select(jobs.c.id).where(IS_DUE).order_by(jobs.c.priority.desc(), jobs.c.id).limit(1)
IN_QUEUES = jobs.c.queue_name.in_(bindparam("queues", expanding=True))


def _fetching(candidate: Select[int]) -> ReturningUpdate[*tuple[Any, ...]]:
    return (
        update(jobs)
        .where(jobs.c.id == candidate.scalar_subquery())
        .values(status="doing", worker_id=bindparam("worker"), started_at=NOW, changed_at=NOW)
        .returning(*COLUMNS)
    )


FETCH = _fetching(NEXT_DUE)
FETCH_FROM_QUEUES = _fetching(NEXT_DUE.where(IN_QUEUES))


@writing
def fetch_job(connection: Connection, *, queues: Iterable[str] | None, worker_id: int) -> list[Row]:
    """Give the worker the due job of highest priority, oldest first; a row of None if there is none."""
    if queues is None:
        found = connection.execute(FETCH, {"worker": worker_id})
    else:
        found = connection.execute(FETCH_FROM_QUEUES, {"worker": worker_id, "queues": list(queues)})
    return rows(found) or [{"id": None}]


FINISH = (
    update(jobs)
    .where(jobs.c.id == bindparam("job"), jobs.c.status.in_(("todo", "doing")))
    .values(
        status=bindparam("end"),
        abort_requested=False,
        attempts=jobs.c.attempts + case((jobs.c.status == "doing", 1), else_=0),
        changed_at=NOW,
    )
)
DELETE_OPEN = delete(jobs).where(jobs.c.id == bindparam("job"), jobs.c.status.in_(("todo", "doing")))


@writing
def finish_job(connection: Connection, *, job_id: int, status: str, delete_job: bool) -> list[Row]:
    """End a job.

    :raise ConnectorException: it has ended already.
    """
    if delete_job:
        changed = connection.execute(DELETE_OPEN, {"job": job_id}).rowcount
    else:
        changed = connection.execute(FINISH, {"job": job_id, "end": status}).rowcount
    if not changed:
        raise ConnectorException(f"Job {job_id} was not found or has ended already")
    return []


@writing
def cancel_job(connection: Connection, *, job_id: int, abort: bool, delete_job: bool) -> list[Row]:
    """Take a waiting job back; ask a running one to stop if `abort`. The id is None if neither was possible."""
    waiting = (jobs.c.id == job_id) & (jobs.c.status == "todo")
    if delete_job and connection.execute(delete(jobs).where(waiting)).rowcount:
        return [{"id": job_id}]
    if connection.execute(update(jobs).where(waiting).values(status="cancelled", changed_at=NOW)).rowcount:
        return [{"id": job_id}]
    running = (jobs.c.id == job_id) & (jobs.c.status == "doing")
    if abort and connection.execute(update(jobs).where(running).values(abort_requested=True)).rowcount:
        return [{"id": job_id}]
    return [{"id": None}]


AGAIN = (
    update(jobs)
    .where(jobs.c.id == bindparam("job"), jobs.c.status.in_(("doing", "failed")))
    .values(
        status=case(((jobs.c.status == "doing") & jobs.c.abort_requested, "failed"), else_="todo"),
        abort_requested=False,
        attempts=jobs.c.attempts + case(((jobs.c.status == "doing") & jobs.c.abort_requested, 0), else_=1),
        scheduled_at=bindparam("at", type_=UtcDateTime),
        priority=func.coalesce(bindparam("new_priority", type_=Integer), jobs.c.priority),
        queue_name=func.coalesce(bindparam("new_queue"), jobs.c.queue_name),
        changed_at=NOW,
    )
)


@writing
def retry_job(
    connection: Connection,
    *,
    job_id: int,
    retry_at: datetime,
    new_priority: int | None,
    new_queue_name: str | None,
    new_lock: str | None,
) -> list[Row]:
    """Make a running or failed job wait again; a running one that was asked to stop fails instead.

    :raise ConnectorException: it is neither, or the retry asks for a lock.
    """
    if new_lock is not None:
        raise ConnectorException(f"The retry of job {job_id} asks for lock {new_lock!r}; exclude by the case's version")
    values = {"job": job_id, "at": retry_at, "new_priority": new_priority, "new_queue": new_queue_name}
    if not connection.execute(AGAIN, values).rowcount:
        raise ConnectorException(f"Job {job_id} was not found or has an invalid status to retry")
    return []


@writing
def delete_old_jobs(connection: Connection, *, nb_hours: float, queue: str | None, statuses: list[str]) -> list[Row]:
    """Delete jobs that ended longer ago than that."""
    old = delete(jobs).where(jobs.c.status.in_(statuses), jobs.c.changed_at < ago(nb_hours * 3600))
    connection.execute(old.where(jobs.c.queue_name == queue) if queue is not None else old)
    return []


def any_due(connection: Connection) -> bool:
    """Tell whether a job waits that could run now (not one of Procrastinate's; the wake-up asks it)."""
    return connection.scalar(NEXT_DUE) is not None
