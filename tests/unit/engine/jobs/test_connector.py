"""Procrastinate's own calls give on SQLite what they give on PostgreSQL."""

import asyncio
from datetime import UTC, datetime

import pytest
from procrastinate import App, sql
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, NoResult
from procrastinate.jobs import Status
from procrastinate.types import JSONValue
from sqlalchemy import text, update

from engine.jobs import JobRegistry, defer, make_app
from engine.jobs.lifecycle import NEXT_DUE
from engine.jobs.tables import jobs
from engine.records.database import Database

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def app(database: Database) -> App:
    return make_app(database)


def begin(app: App, queues: list[str] | None = None) -> int | None:
    """Fetch the next job for a new worker and return its id."""

    async def fetch() -> int | None:
        worker = await app.job_manager.register_worker()
        job = await app.job_manager.fetch_job(queues=queues, worker_id=worker)
        return job.id if job else None

    return asyncio.run(fetch())


def test_the_tables_are_found(app: App, database: Database) -> None:
    before = app.check_connection()
    with database.writing() as connection:
        jobs.drop(connection)

    assert (before, app.check_connection()) == (True, False)


def test_higher_priority_goes_first_then_age(app: App) -> None:
    low, first, second = (app.configure_task("t", priority=priority).defer() for priority in (0, 5, 5))

    assert [begin(app) for _ in range(4)] == [first, second, low, None]


def test_a_worker_takes_from_its_queues_only(app: App) -> None:
    app.configure_task("t", queue="mail").defer()
    wanted = app.configure_task("t", queue="bulk").defer()

    assert [begin(app, ["bulk"]), begin(app, ["bulk"])] == [wanted, None]


def test_many_jobs_are_deferred_at_once_in_order(app: App) -> None:
    wanted: list[dict[str, JSONValue]] = [{"number": number} for number in range(5)]

    ids = app.configure_task("t").batch_defer(*wanted)

    assert [(job.id, job.task_kwargs["number"]) for job in app.job_manager.list_jobs()] == [
        (ids[number], number) for number in range(5)
    ]


def test_none_of_many_jobs_is_kept_when_one_is_queued_already(app: App) -> None:
    app.configure_task("t", queueing_lock="a").defer()

    with pytest.raises(AlreadyEnqueued, match="lock a"):
        app.configure_task("t", queueing_lock="a").batch_defer({}, {})

    assert len(app.job_manager.list_jobs()) == 1


def test_a_waiting_job_can_be_cancelled_or_deleted(app: App) -> None:
    first, second = app.configure_task("t").defer(), app.configure_task("t").defer()

    done = [app.job_manager.cancel_job_by_id(first), app.job_manager.cancel_job_by_id(second, delete_job=True)]

    assert done == [True, True]
    assert [job.status for job in app.job_manager.list_jobs()] == ["cancelled"]


def test_a_running_job_is_asked_to_stop(app: App) -> None:
    app.configure_task("t").defer()
    job = begin(app)
    assert job is not None

    refused, asked = app.job_manager.cancel_job_by_id(job), app.job_manager.cancel_job_by_id(job, abort=True)

    assert (refused, asked) == (False, True)
    assert asyncio.run(app.job_manager.list_jobs_to_abort_async()) == [job]


def test_a_running_job_that_was_asked_to_stop_is_not_tried_again(app: App) -> None:
    app.configure_task("t").defer()
    job = begin(app)
    assert job is not None
    app.job_manager.cancel_job_by_id(job, abort=True)

    app.job_manager.retry_job_by_id(job, retry_at=LONG_AGO)

    assert app.job_manager.get_job_status(job) is Status.FAILED


def test_a_retry_can_change_queue_and_priority(app: App) -> None:
    app.configure_task("t").defer()
    job = begin(app)
    assert job is not None

    app.job_manager.retry_job_by_id(job, retry_at=LONG_AGO, queue="slow", priority=-1)

    [again] = app.job_manager.list_jobs()
    assert (again.queue, again.priority, again.attempts, again.scheduled_at) == ("slow", -1, 1, LONG_AGO)


def test_what_has_ended_cannot_end_or_wait_again(app: App) -> None:
    app.configure_task("t").defer()
    job = begin(app)
    assert job is not None
    asyncio.run(app.job_manager.finish_job_by_id_async(job, Status.SUCCEEDED, delete_job=False))

    with pytest.raises(ConnectorException, match="ended already"):
        asyncio.run(app.job_manager.finish_job_by_id_async(job, Status.FAILED, delete_job=False))
    with pytest.raises(ConnectorException, match="invalid status"):
        app.job_manager.retry_job_by_id(job, retry_at=LONG_AGO)


def test_a_finished_job_can_be_deleted_at_once(app: App) -> None:
    app.configure_task("t").defer()
    job = begin(app)
    assert job is not None

    asyncio.run(app.job_manager.finish_job_by_id_async(job, Status.SUCCEEDED, delete_job=True))

    assert app.job_manager.list_jobs() == []
    assert app.configure_task("t").defer() > job, "an id is not used twice"


def test_jobs_are_counted_by_queue_and_task(app: App) -> None:
    app.configure_task("a", queue="mail").defer()
    app.configure_task("b", queue="mail", priority=1).defer()
    begin(app)

    [queue] = app.job_manager.list_queues()
    first, second = app.job_manager.list_tasks(queue="mail")

    assert (queue["name"], queue["jobs_count"], queue["todo"], queue["doing"]) == ("mail", 2, 1, 1)
    assert [(task["name"], task["todo"], task["doing"]) for task in (first, second)] == [("a", 1, 0), ("b", 0, 1)]
    assert app.job_manager.list_locks() == []
    assert app.connector.execute_query_all(sql.queries["count_jobs_status"]) == [
        {"count": 1, "status": "doing"},
        {"count": 1, "status": "todo"},
    ]


def test_jobs_are_listed_by_what_is_asked(app: App) -> None:
    app.configure_task("a", queueing_lock="x").defer()
    app.configure_task("b").defer()

    assert [job.task_name for job in app.job_manager.list_jobs(queueing_lock="x")] == ["a"]
    assert [job.task_name for job in app.job_manager.list_jobs(task="b", status="todo")] == ["b"]
    assert app.job_manager.list_jobs(lock="x") == []


@pytest.mark.filterwarnings("ignore:The `nb_seconds` parameter is deprecated")
def test_a_job_that_began_long_ago_is_found(app: App, database: Database) -> None:
    app.configure_task("t").defer()
    job = begin(app)
    fresh = asyncio.run(app.job_manager.get_stalled_jobs(nb_seconds=60))
    with database.writing() as connection:
        connection.execute(update(jobs).values(started_at=LONG_AGO))

    stalled = asyncio.run(app.job_manager.get_stalled_jobs(nb_seconds=60))

    assert (list(fresh), [found.id for found in stalled]) == ([], [job])


def test_a_job_that_does_not_exist_is_an_error(app: App) -> None:
    with pytest.raises(NoResult):
        app.job_manager.get_job_status(1)


def test_the_state_of_a_job_can_be_changed_in_the_callers_transaction(app: App, database: Database) -> None:
    job = app.configure_task("t").defer()

    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        assert app.job_manager.cancel_job_by_id(job, connection=connection)
        assert app.job_manager.get_job_status(job, connection=connection) is Status.CANCELLED
        raise ZeroDivisionError

    assert app.job_manager.get_job_status(job) is Status.TODO


def test_looking_for_a_due_job_reads_the_waiting_ones_only(database: Database) -> None:
    plan = text(f"EXPLAIN QUERY PLAN {NEXT_DUE.compile(database.read, compile_kwargs={'literal_binds': True})}")

    with database.reading() as connection:
        [(*_, step)] = connection.execute(plan).all()

    assert step == "SCAN procrastinate_jobs USING INDEX procrastinate_jobs_priority_idx_v1"


def test_procrastinates_lock_is_refused(app: App) -> None:
    with pytest.raises(ConnectorException, match="case's version"):
        app.configure_task("t", lock="case:1").defer(number=1)

    assert app.job_manager.list_jobs() == []


def test_what_cannot_be_written_as_json_is_refused(database: Database) -> None:
    tasks = JobRegistry()
    tasks.task("t")(lambda given: None)

    with pytest.raises(ConnectorException, match="not JSON serializable"), database.writing() as connection:
        defer(connection, tasks, "t", {"day": LONG_AGO})  # type: ignore[dict-item]  # what is refused
