"""A failing job is tried again later and later, and in the end lies where an administrator finds it."""

from datetime import UTC, datetime, timedelta

from procrastinate import RetryStrategy
from procrastinate.jobs import Job
from sqlalchemy import update

from engine.jobs import RETRY, JobRegistry, defer, every_seconds, make_app, run_until_idle
from engine.jobs.tables import jobs
from engine.records.database import Database
from tests.unit.engine.jobs.asking import listed

DAY = timedelta(days=1)
tasks = JobRegistry()


class MailServerIsDown(Exception):
    """What the outside does to us."""


@tasks.task("send", retry=RetryStrategy(max_attempts=2, exponential_wait=4))
def send(tried: list[int], *, number: int) -> None:
    tried.append(number)
    raise MailServerIsDown


@tasks.task("patient", retry=RetryStrategy(max_attempts=2, wait=86_400))
def patient(tried: list[int], *, number: int) -> None:
    raise MailServerIsDown


@tasks.task("once", retry=None)
def once(tried: list[int], *, number: int) -> None:
    tried.append(number)
    raise MailServerIsDown


def this_second() -> datetime:
    """Return when the second began that is under way: a wait is counted from there."""
    return datetime.now(UTC).replace(microsecond=0)


def let_time_pass(database: Database) -> None:
    """Make every waiting job due."""
    with database.writing() as connection:
        connection.execute(update(jobs).values(scheduled_at=datetime(2026, 1, 1, tzinfo=UTC)))


def test_a_failed_job_waits_before_it_is_tried_again(database: Database) -> None:
    app = make_app(database, tasks, [])
    with database.writing() as connection:
        defer(connection, tasks, "patient", {"number": 1})
    before = this_second()

    run_until_idle(app)

    [job] = listed(app)
    assert (job.status, job.attempts) == ("todo", 1)
    assert job.scheduled_at is not None
    assert before + DAY <= job.scheduled_at <= datetime.now(UTC) + DAY


def test_a_job_that_never_succeeds_ends_as_failed(database: Database) -> None:
    tried: list[int] = []
    app = make_app(database, tasks, tried)
    with database.writing() as connection:
        defer(connection, tasks, "send", {"number": 1})

    for _ in range(5):
        run_until_idle(app)
        let_time_pass(database)

    assert tried == [1, 1, 1]
    assert [(job.status, job.attempts) for job in listed(app)] == [("failed", 3)]


def test_an_administrator_can_have_a_failed_job_tried_again(database: Database) -> None:
    tried: list[int] = []
    app = make_app(database, tasks, tried)
    with database.writing() as connection:
        job_id = defer(connection, tasks, "once", {"number": 1})
    run_until_idle(app)

    assert job_id is not None
    with app.open():
        app.job_manager.retry_job_by_id(job_id, retry_at=datetime.now(UTC))
    run_until_idle(app)

    assert tried == [1, 1]


def test_the_usual_waits_grow_from_seconds_to_an_hour() -> None:
    for attempts, seconds in enumerate((4, 16, 64, 256, 1024, 4096)):
        job = Job(queue="default", lock=None, queueing_lock=None, task_name="send", attempts=attempts)
        before = this_second()

        decision = RETRY.get_retry_decision(exception=MailServerIsDown(), job=job)

        assert decision is not None and decision.retry_at is not None
        wait = timedelta(seconds=seconds)
        assert before + wait <= decision.retry_at <= datetime.now(UTC) + wait


def test_a_periodic_task_is_not_tried_again_because_its_next_tick_comes_anyway() -> None:
    periodic = JobRegistry()

    @periodic.task("sweep", cron=every_seconds(30))
    def sweep(given: object) -> None: ...

    assert periodic["sweep"].retry is None
