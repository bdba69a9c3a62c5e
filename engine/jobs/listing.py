"""What can be asked about jobs on SQLite: one, all, counted, stalled."""

from typing import Any

from sqlalchemy import Connection, func, or_, select

from engine.jobs.named import DOING, Row, ago, reading, rows, select_jobs
from engine.jobs.tables import jobs, workers


@reading
def get_job_status(connection: Connection, *, job_id: int) -> list[Row]:
    """Give the status of one job."""
    return rows(connection.execute(select(jobs.c.status).where(jobs.c.id == job_id)))


@reading
def select_stalled_jobs_by_heartbeat(
    connection: Connection, *, queue: str | None, task_name: str | None, seconds_since_heartbeat: float
) -> list[Row]:
    """Give the running jobs whose worker is gone or silent for longer than that."""
    alive = select(workers.c.id).where(workers.c.last_heartbeat >= ago(seconds_since_heartbeat))
    stalled = select_jobs(queue_name=queue, task_name=task_name, status=DOING).where(
        or_(jobs.c.worker_id.is_(None), jobs.c.worker_id.not_in(alive))
    )
    return rows(connection.execute(stalled))


@reading
def select_stalled_jobs_by_started(
    connection: Connection, *, queue: str | None, task_name: str | None, nb_seconds: float
) -> list[Row]:
    """Give the running jobs that began longer ago than that."""
    old = select_jobs(queue_name=queue, task_name=task_name, status=DOING).where(jobs.c.started_at < ago(nb_seconds))
    return rows(connection.execute(old.add_columns(jobs.c.started_at)))


@reading
def check_connection(connection: Connection) -> list[Row]:
    """Give the name of the table of jobs, None if it is missing."""
    table = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'procrastinate_jobs'").scalar()
    return [{"check": table}]


@reading
def count_jobs_status(connection: Connection) -> list[Row]:
    """Count the jobs by status."""
    return rows(connection.execute(select(func.count().label("count"), jobs.c.status).group_by(jobs.c.status)))


@reading
def list_jobs(
    connection: Connection,
    *,
    id: int | None,
    queue_name: str | None,
    task_name: str | None,
    status: str | None,
    lock: str | None,
    queueing_lock: str | None,
    worker_id: int | None,
) -> list[Row]:
    """List jobs, oldest first; None means any."""
    wanted = {"id": id, "queue_name": queue_name, "task_name": task_name, "status": status}
    found = select_jobs(**wanted, queueing_lock=queueing_lock, worker_id=worker_id)
    return [] if lock is not None else rows(connection.execute(found.order_by(jobs.c.id)))


@reading
def list_queues(
    connection: Connection, *, queue_name: str | None, task_name: str | None, status: str | None, lock: str | None
) -> list[Row]:
    """Count the jobs of each queue by status."""
    return _statistics(connection, "queue_name", queue_name=queue_name, task_name=task_name, status=status, lock=lock)


@reading
def list_tasks(
    connection: Connection, *, queue_name: str | None, task_name: str | None, status: str | None, lock: str | None
) -> list[Row]:
    """Count the jobs of each task by status."""
    return _statistics(connection, "task_name", queue_name=queue_name, task_name=task_name, status=status, lock=lock)


@reading
def list_locks(
    _connection: Connection, *, queue_name: str | None, task_name: str | None, status: str | None, lock: str | None
) -> list[Row]:
    """List nothing: no job has a lock here."""
    return []


@reading
def list_jobs_to_abort(connection: Connection, *, queue_name: str | None) -> list[Row]:
    """Give the ids of running jobs that were asked to stop."""
    asked = select_jobs(queue_name=queue_name, status=DOING).where(jobs.c.abort_requested)
    return rows(connection.execute(asked))


def _statistics(connection: Connection, name: str, *, lock: str | None, **wanted: Any) -> list[Row]:
    """Return one row a name with its counts by status; Procrastinate's SQL makes a JSON object of them."""
    found = select_jobs(**wanted).subquery()
    counted = select(found.c[name], found.c.status, func.count()).group_by(found.c[name], found.c.status)
    stats: dict[str, dict[str, int]] = {}
    for key, status, count in connection.execute(counted) if lock is None else ():
        stats.setdefault(key, {})[status] = count
    return [{"name": key, "jobs_count": sum(by.values()), "stats": by} for key, by in sorted(stats.items())]
