"""Puts Procrastinate together for a database: its connector, our tasks, its upkeep."""

from collections.abc import Callable, Iterable
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.app import WorkerOptions
from procrastinate.connector import BaseConnector

from engine.jobs.connector import SqliteConnector
from engine.jobs.registry import Task, job_arguments
from engine.jobs.upkeep import MISSED_SECONDS, Heartbeat, add_upkeep
from engine.records.database import Database
from engine.records.postgresql import driver_arguments

DUE_SECONDS = 1.0  # how late a job that is tried again, or scheduled, may start; a new one wakes the worker at once


def make_app(
    database: Database,
    tasks: Iterable[Task] = (),
    given: object = None,
    *,
    heartbeat: Heartbeat | None = None,
) -> App:
    """Return the Procrastinate app that runs the declared tasks on this database.

    On SQLite the queue lies in the same file; on PostgreSQL it is Procrastinate's own, unmodified.

    :param given: the first argument of every task's body; the engine.
    """
    heartbeat = heartbeat or Heartbeat()
    app = App(
        connector=_connector(database),
        worker_defaults=_worker_options(heartbeat, listens=database.direct is not None),
        periodic_defaults={"max_delay": MISSED_SECONDS},
    )
    for task in tasks:
        _register(app, task, given)
    add_upkeep(app)
    return app


def _connector(database: Database) -> BaseConnector:
    if database.is_sqlite:
        return SqliteConnector(database)
    arguments = driver_arguments(database.direct or database.url, is_pooled=database.direct is None)
    return PsycopgConnector(kwargs=arguments, min_size=1, max_size=4, name="alur")


def _worker_options(heartbeat: Heartbeat, *, listens: bool) -> WorkerOptions:
    return WorkerOptions(
        # Through a pooler nobody would hear: LISTEN is the session's, and that is another client's a moment later.
        listen_notify=listens,
        fetch_job_polling_interval=DUE_SECONDS,
        update_heartbeat_interval=heartbeat.every,
        stalled_worker_timeout=heartbeat.limit,
    )


def _register(app: App, task: Task, given: object) -> None:
    declare = app.task(
        name=task.name, queue=task.queue, retry=task.retry or False, priority=task.priority, pass_context=True
    )
    declared = declare(_runner(task, given))
    if task.cron is not None:
        app.periodic(cron=task.cron, queueing_lock=task.name)(declared)


def _runner(task: Task, given: object) -> Callable[..., None]:
    def run(_context: JobContext, **args: Any) -> None:
        task.body(given, **job_arguments(args, is_periodic=task.cron is not None))

    return run
