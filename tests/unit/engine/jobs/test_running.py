"""The worker beside the server: woken at once, stopped without harm, back when the database is back."""

import logging
import threading
import time
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from engine.jobs import JobRegistry, WorkerThread, defer, make_app, run_until_idle
from engine.records.database import Database
from tests.unit.engine.jobs.asking import statuses

PATIENCE = 240.0  # seconds; only a broken worker takes them
tasks = JobRegistry()


@dataclass
class Bench:
    """What the test and the job's body see of each other."""

    started: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    threads: set[int] = field(default_factory=set[int])


@tasks.task("work")
def work(bench: Bench) -> None:
    bench.threads.add(threading.get_ident())
    bench.started.set()
    assert bench.go_on.wait(PATIENCE)


def defer_work(database: Database) -> None:
    with database.writing() as connection:
        defer(connection, tasks, "work", {})


def rename(database: Database, table: str, new_name: str) -> None:
    with database.writing() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {new_name}"))


def await_listening(database: Database) -> None:
    """Wait until PostgreSQL knows whom to wake: a job that comes before is found when the worker looks next."""
    asks = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")
    while not database.is_sqlite:
        with database.reading() as read:
            if read.execute(asks).scalar_one():
                return
        time.sleep(0.05)


def wakes(database: Database, bench: Bench) -> bool:
    """Defer jobs until one has begun, and say whether one has.

    Procrastinate forgets a wake-up that comes while it looks for jobs in vain, for it looks again soon; but here it
    would not, and the next wake-up has to do.
    """
    for _ in range(int(PATIENCE)):
        defer_work(database)
        if bench.started.wait(1):
            return True
    return False


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_commit_wakes_the_worker(database: Database, bench: Bench) -> None:
    bench.go_on.set()
    app = make_app(database, tasks, bench)
    app.worker_defaults["fetch_job_polling_interval"] = 3600.0  # so that only the wake-up remains
    worker = WorkerThread(app)
    worker.start()

    await_listening(database)
    for _ in range(2):  # the first may be found because the worker has just begun
        bench.started.clear()
        assert wakes(database, bench)
        while set(statuses(make_app(database), "work")) != {"succeeded"}:
            time.sleep(0.05)

    assert worker.stop(PATIENCE)


def test_stopping_lets_the_running_job_finish_and_takes_no_other(
    database: Database, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="procrastinate")  # a program that lasts wants to hear less of it
    app = make_app(database, tasks, bench)
    worker = WorkerThread(app)
    defer_work(database)
    defer_work(database)
    worker.start()
    assert bench.started.wait(PATIENCE)

    stopped_while_working = worker.stop(timeout=0)
    while "Stop requested" not in caplog.messages:
        time.sleep(0.01)
    bench.go_on.set()

    assert (stopped_while_working, worker.stop(PATIENCE)) == (False, True)
    assert statuses(app, "work") == ["succeeded", "todo"]


def test_a_worker_stopped_before_it_began_stops(database: Database, bench: Bench) -> None:
    worker = WorkerThread(make_app(database, tasks, bench))
    worker.start()

    assert worker.stop(PATIENCE)


def test_the_worker_comes_back_when_the_database_does(
    database: Database, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.go_on.set()
    rename(database, "procrastinate_jobs", "elsewhere")
    worker = WorkerThread(make_app(database, tasks, bench))
    worker.start()
    while not any("it starts again" in message for message in caplog.messages):
        time.sleep(0.05)

    rename(database, "elsewhere", "procrastinate_jobs")
    await_listening(database)
    defer_work(database)

    assert bench.started.wait(PATIENCE)
    assert worker.stop(PATIENCE)


def test_running_until_idle_stays_in_the_calling_thread(database: Database, bench: Bench) -> None:
    bench.go_on.set()
    defer_work(database)

    run_until_idle(make_app(database, tasks, bench))

    assert bench.threads == {threading.get_ident()}


def test_a_job_nothing_is_declared_for_fails_and_does_not_stop_the_others(database: Database, bench: Bench) -> None:
    bench.go_on.set()
    app = make_app(database, tasks, bench)
    with app.open():
        app.configure_task("of.an.older.version").defer()
    defer_work(database)

    run_until_idle(app)

    assert statuses(app) == ["failed", "succeeded"]
