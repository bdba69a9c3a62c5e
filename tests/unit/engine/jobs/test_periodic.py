"""A periodic task runs once a tick, whichever worker is first, and never piles up."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from procrastinate import App
from procrastinate.periodic import PeriodicDeferrer

from engine.jobs import JobRegistry, every_seconds, make_app, run_until_idle
from engine.jobs.upkeep import FORGET
from engine.records.database import Database
from tests.unit.engine.jobs.asking import ask, listed

tasks = JobRegistry()


@tasks.task("sweep", cron=every_seconds(15))
def sweep(ran: list[str]) -> None:
    ran.append("swept")


def tick(app: App, at: datetime) -> None:
    """Do what a worker's clock does at that moment."""
    deferrer = PeriodicDeferrer(app.periodic_registry, max_delay=3600)
    wanted = [due for due in deferrer.get_previous_tasks(at.timestamp()) if due[0].task.name == "sweep"]
    ask(app, lambda _jobs: deferrer.defer_jobs(wanted))


def at(second: int) -> datetime:
    return datetime(2026, 11, 22, 10, 0, second, tzinfo=UTC)


def test_two_workers_make_one_job_of_a_tick(database: Database) -> None:
    ran: list[str] = []
    workers = [make_app(database, tasks, ran) for _ in range(2)]

    for app in workers:
        tick(app, at(16))
        run_until_idle(app)

    assert ran == ["swept"]


def test_every_tick_makes_a_job(database: Database) -> None:
    ran: list[str] = []
    app = make_app(database, tasks, ran)

    for second in (1, 16, 31):
        tick(app, at(second))
        run_until_idle(app)

    assert ran == ["swept"] * 3


def test_ticks_do_not_pile_up_behind_one_that_waits(database: Database) -> None:
    app = make_app(database, tasks, [])

    for second in (1, 16, 31):
        tick(app, at(second))

    assert len(listed(app)) == 1


def test_running_until_idle_gives_no_ticks(database: Database) -> None:
    assert run_until_idle(make_app(database, tasks, [])) == 0


@pytest.mark.parametrize("seconds", [1, 2, 10, 15, 30])
def test_every_so_many_seconds_means_just_that(database: Database, seconds: int) -> None:
    registry = JobRegistry()
    registry.task("often", cron=every_seconds(seconds))(sweep)

    app = make_app(database, registry, [])
    clock = app.periodic_registry.periodic_tasks["often", ""].croniter
    clock.set_current(at(0).timestamp())
    times = [float(clock.get_next()) for _ in range(130)]

    assert {round(after - before) for before, after in pairwise(times)} == {seconds}


@pytest.mark.parametrize("seconds", [0, 7, 60])
def test_seconds_that_do_not_divide_a_minute_are_refused(seconds: int) -> None:
    with pytest.raises(ValueError, match="minute"):
        every_seconds(seconds)


def test_the_queue_keeps_itself_in_order(database: Database) -> None:
    app = make_app(database, tasks, [])

    crons = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}

    assert crons == {"sweep": "* * * * * */15", FORGET: "10 19 * * *"}
