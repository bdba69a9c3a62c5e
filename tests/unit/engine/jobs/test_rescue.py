"""What a dead worker left in the middle is done by another."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from procrastinate import App
from procrastinate.manager import JobManager
from sqlalchemy import Executable, bindparam, text, update

from engine.jobs import Heartbeat, JobRegistry, WorkerThread, defer, make_app, run_until_idle
from engine.jobs.tables import jobs, workers
from engine.jobs.upkeep import RESCUE_LIMIT, rescue_stalled_jobs
from engine.records.database import Database
from tests.unit.engine.jobs.asking import ask, listed, statuses

ROOT = Path(__file__).parents[4]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
A_WORKER = """
import sys, time
from engine.jobs import JobRegistry, make_app, run_until_idle
from engine.records.database import Database
from tests.unit.engine.jobs.asking import ask, listed, statuses
tasks = JobRegistry()
@tasks.task("compute")
def compute(given, *, number):
    print("working", flush=True)
    time.sleep(600)
run_until_idle(make_app(Database(sys.argv[1]), tasks))
"""
tasks = JobRegistry()


@tasks.task("compute")
def compute(ran: list[int], *, number: int) -> None:
    ran.append(number)


def defer_one(database: Database, queueing_lock: str | None = None) -> int:
    with database.writing() as connection:
        job = defer(connection, tasks, "compute", {"number": 7}, queueing_lock=queueing_lock)
    assert job is not None
    return job


def begin_and_die(database: Database, app: App) -> None:
    """Have a worker fetch a job and fall silent."""

    async def fetch(manager: JobManager) -> None:
        worker = await manager.register_worker()
        assert await manager.fetch_job(queues=None, worker_id=worker)

    ask(app, fetch)
    fall_silent(database)


def fall_silent(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(update(workers).values(last_heartbeat=LONG_AGO))


# On PostgreSQL a table of events says when.
ended_at: dict[bool, Executable] = {
    True: update(jobs).where(jobs.c.id == bindparam("job")).values(changed_at=bindparam("at")),
    False: text("UPDATE procrastinate_events SET at = :at WHERE job_id = :job"),
}


def rescue(app: App, own_worker: int | None = None) -> None:
    ask(app, lambda manager: rescue_stalled_jobs(manager, limit=20, own_worker=own_worker))


def test_the_job_of_a_killed_worker_is_done_by_another(database: Database) -> None:
    ran: list[int] = []
    app = make_app(database, tasks, ran)
    defer_one(database)
    arguments = [sys.executable, "-c", A_WORKER, database.url.render_as_string(hide_password=False)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        worker.kill()
    left = statuses(app)

    fall_silent(database)
    rescue(app)
    run_until_idle(app)

    assert (left, ran, statuses(app)) == (["doing"], [7], ["succeeded"])


def test_a_living_worker_looks_after_the_jobs_of_dead_ones(database: Database) -> None:
    ran: list[int] = []
    app = make_app(database, tasks, ran, heartbeat=Heartbeat(every=0.5, limit=2.0))
    defer_one(database)
    begin_and_die(database, app)

    worker = WorkerThread(app)
    worker.start()
    while not ran:
        time.sleep(0.05)

    assert (worker.stop(240), ran) == (True, [7])


def test_a_worker_that_lives_keeps_its_job(database: Database) -> None:
    app = make_app(database, tasks, [])
    defer_one(database)
    begin_and_die(database, app)
    in_an_hour = datetime.now(UTC) + timedelta(hours=1)
    with database.writing() as connection:
        connection.execute(update(workers).values(last_heartbeat=in_an_hour))

    rescue(app)

    assert statuses(app) == ["doing"]


def test_the_job_of_a_worker_struck_from_the_register_is_found_as_well(database: Database) -> None:
    app = make_app(database, tasks, [])
    defer_one(database)
    begin_and_die(database, app)

    ask(app, lambda manager: manager.prune_stalled_workers(20))
    rescue(app)

    assert statuses(app) == ["todo"]


def test_the_rescuer_does_not_rescue_itself_after_the_machine_slept(database: Database) -> None:
    app = make_app(database, tasks, [])
    defer_one(database)
    begin_and_die(database, app)
    [job] = listed(app)

    rescue(app, own_worker=job.worker_id)

    assert statuses(app) == ["doing"]


def test_a_job_that_kills_every_worker_ends_as_failed(database: Database) -> None:
    app = make_app(database, tasks, [])
    defer_one(database)

    for _ in range(RESCUE_LIMIT + 1):
        begin_and_die(database, app)
        rescue(app)

    assert statuses(app) == ["failed"]


def test_a_left_job_gives_way_to_a_later_one_of_its_queueing_lock(database: Database) -> None:
    ran: list[int] = []
    app = make_app(database, tasks, ran)
    defer_one(database, queueing_lock="case:1")
    begin_and_die(database, app)
    defer_one(database, queueing_lock="case:1")

    rescue(app)
    run_until_idle(app)

    assert (statuses(app), ran) == (["aborted", "succeeded"], [7])


def test_jobs_that_ended_long_ago_are_forgotten_but_dead_letters_stay(database: Database) -> None:
    app = make_app(database, tasks, [])
    ended = [defer_one(database) for _ in range(3)]
    run_until_idle(app)
    with database.writing() as connection:
        connection.execute(update(jobs).where(jobs.c.id == ended[0]).values(status="failed"))
        for job in ended[:2]:
            connection.execute(ended_at[database.is_sqlite], {"job": job, "at": LONG_AGO})

    with app.open():
        app.configure_task("jobs.forget_old", queue="upkeep").defer(timestamp=0)
    run_until_idle(app)

    assert statuses(app) == ["failed", "succeeded", "succeeded"]
