"""One city's trouble is its own: whatever its timers do, those of all others become jobs in the same sweep."""

from datetime import timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, insert, select, update

from engine.bpmn.check import Catalogue
from engine.commands.deploy_release import DeployRelease
from engine.commands.report_damage import ReportDamage
from engine.commands.start_case import NewCase, StartCases
from engine.jobs.tables import jobs
from engine.policy.actor import Actor, system_actor
from engine.queries.inbox import my_tasks
from engine.records.case import timer
from engine.worker import SWEEP_LIMIT, sweep_timers
from tests.unit.engine.diagrams import boundary_timer, end, path, start, text, user
from tests.unit.engine.world import CITY, World

MANY = SWEEP_LIMIT + 100
OTHER = "mataram"
HELPER = 12
DEADLINE = text(
    start(),
    user("write", "11"),
    boundary_timer("late", "write", "PT1H"),
    user("help", "12"),
    end(),
    path("begin", "write", "done"),
    path("late", "help", "done"),
)


class BrokenPlugin(Exception):
    """The plugin of the city cannot be loaded."""


def start_deadlines(world: World, city: str, count: int) -> None:
    """Start cases of a city in which somebody has an hour."""
    actor = system_actor(city)
    world.engine.run(DeployRelease({"test.bpmn": DEADLINE.encode()}, Catalogue(forms=frozenset({"any"}))), actor)
    cases = tuple(NewCase(str(number), 1, "Kasus", {}) for number in range(count))
    world.engine.run(StartCases("test", cases), actor)


def helped(world: World, city: str) -> int:
    """Return how many deadlines of a city have passed on to the helper, as far as a page of the inbox shows."""
    return len(world.engine.read(my_tasks, Actor(city, HELPER)).rows)


def fail_always(world: World, city: str, count: int) -> None:
    """Give a city timers that are older than all others and whose jobs fail: no token stands there."""
    with world.engine.database.writing() as connection:
        case = connection.execute(select(func.min(timer.c.case_id)).where(timer.c.tenant == city)).scalar_one()
        due = world.clock.now - timedelta(days=1)
        rows = [{"case_id": case, "token": 100 + n, "tenant": city, "due": due} for n in range(count)]
        connection.execute(insert(timer), rows)


def waiting(world: World, city: str) -> int:
    with world.engine.database.reading() as read:
        return read.execute(select(func.count()).select_from(timer).where(timer.c.tenant == city)).scalar_one()


def break_zone(world: World, monkeypatch: pytest.MonkeyPatch, city: str) -> None:
    def zone(tenant: str) -> tzinfo:
        if tenant == city:
            raise BrokenPlugin
        return ZoneInfo("Asia/Jakarta")

    monkeypatch.setattr(world.directory, "zone", zone)


def sweep(world: World, limit: int = SWEEP_LIMIT) -> None:
    sweep_timers(world.engine, limit)
    world.work()


def test_a_broken_city_with_many_timers_holds_up_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    start_deadlines(world, CITY, MANY)
    world.clock.forward(minutes=1)
    start_deadlines(world, OTHER, 1)
    world.clock.forward(hours=2)

    with monkeypatch.context() as while_broken:
        break_zone(world, while_broken, CITY)
        sweep(world)
        assert (helped(world, OTHER), waiting(world, CITY)) == (1, MANY)

    sweep(world)
    sweep(world)
    assert waiting(world, CITY) == 0


def test_timers_that_fail_again_and_again_leave_the_sweep_to_those_behind_them(world: World) -> None:
    start_deadlines(world, CITY, 1)
    start_deadlines(world, OTHER, 1)
    world.clock.forward(hours=2)
    fail_always(world, CITY, 25)

    sweep(world, limit=20)
    assert (helped(world, OTHER), helped(world, CITY)) == (1, 0)
    sweep(world, limit=20)

    assert helped(world, CITY) == 1


def test_cities_take_turns_in_the_queue(world: World) -> None:
    start_deadlines(world, CITY, 3)
    world.clock.forward(minutes=1)
    start_deadlines(world, OTHER, 2)
    world.clock.forward(hours=2)

    sweep_timers(world.engine)

    with world.engine.database.reading() as read:
        arguments: list[Any] = list(read.execute(select(jobs.c.args).order_by(jobs.c.id)).scalars())
    assert [item["tenant"] for item in arguments] == [OTHER, CITY, OTHER, CITY, CITY]


def test_a_timer_whose_job_waits_is_not_looked_at_again(world: World) -> None:
    start_deadlines(world, CITY, 1)
    world.clock.forward(hours=2)

    for _ in range(3):
        sweep_timers(world.engine)

    with world.engine.database.reading() as read:
        assert read.execute(select(func.count()).select_from(jobs)).scalar_one() == 1


def test_a_job_that_was_given_up_is_made_again(world: World) -> None:
    start_deadlines(world, CITY, 1)
    world.clock.forward(hours=2)
    sweep_timers(world.engine)
    with world.engine.database.writing() as connection:
        connection.execute(update(jobs).values(status="failed"))

    sweep(world)

    assert helped(world, CITY) == 1


def test_the_timers_of_a_damaged_case_wait_until_it_is_mended(world: World) -> None:
    start_deadlines(world, CITY, 1)
    world.clock.forward(hours=2)
    with world.engine.database.reading() as read:
        case = read.execute(select(timer.c.case_id)).scalar_one()
    world.engine.run(ReportDamage(case), system_actor(CITY))

    sweep_timers(world.engine)

    with world.engine.database.reading() as read:
        assert read.execute(select(func.count()).select_from(jobs)).scalar_one() == 0
