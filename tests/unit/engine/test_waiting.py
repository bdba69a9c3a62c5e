"""What tasks and events wait for: persons, groups, due days, instants and keys that a diagram computes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from engine.bpmn.model import Timer
from engine.bpmn.timers import due_instant
from engine.commands.wake_event import WakeEvent
from engine.errors import Conflict, ElementFailed
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.task import view_task
from engine.records.case import subscription, timer
from engine.worker import sweep_timers
from tests.unit.engine.diagrams import (
    boundary_timer,
    catch,
    diagram,
    end,
    gateway,
    path,
    start,
    throw,
    user,
)
from tests.unit.engine.world import CITY, MONDAY, World

ANN, BOB = 11, 12
LAST_LOCAL = datetime(9999, 12, 31, 23, 59)  # noqa: DTZ001  # FEEL has local instants
JAKARTA = ZoneInfo("Asia/Jakarta")


def start_task(world: World, folder: Path, task: str, **variables: Any) -> int:
    """Start a case that consists of one task."""
    world.deploy(diagram(folder, start(), task, end(), path("begin", "write", "done")))
    return world.start("test", **variables)


@pytest.mark.parametrize("value", [True, Decimal("1.5"), Decimal(-1), Decimal(10) ** 30, "11", None, [11]])
def test_only_a_persons_key_names_a_person(world: World, tmp_path: Path, value: Any) -> None:
    case = start_task(world, tmp_path, user("write", "who"), who=value)

    incidents = world.engine.read(view_case, system_actor(CITY), case).incidents
    assert ["Nobody is named by 'who'" in item.text for item in incidents] == [True]


@pytest.mark.parametrize("value", ["", "x" * 81, 7, None])
def test_only_a_short_text_names_a_group(world: World, tmp_path: Path, value: Any) -> None:
    case = start_task(world, tmp_path, user("write", "", candidate="who"), who=value)

    incidents = world.engine.read(view_case, system_actor(CITY), case).incidents
    assert ["No group is named" in item.text for item in incidents] == [True]


@pytest.mark.parametrize(
    ("feel", "day"),
    [
        ("today()", date(2026, 10, 5)),
        ('date and time("2026-10-07T23:30:00")', date(2026, 10, 7)),
        ('date and time("2026-10-07T23:30:00Z")', date(2026, 10, 8)),
        ("null", None),
    ],
)
def test_a_due_day_is_a_day_of_the_city(world: World, tmp_path: Path, feel: str, day: date | None) -> None:
    start_task(world, tmp_path, user("write", "ann", due=feel), ann=ANN)

    assert world.tasks(ANN)[0].due == day


def test_a_due_day_that_is_no_day_is_an_incident(world: World, tmp_path: Path) -> None:
    case = start_task(world, tmp_path, user("write", "ann", due="ann"), ann=ANN)

    assert "gives no date" in world.engine.read(view_case, system_actor(CITY), case).incidents[0].text


@pytest.mark.parametrize("value", [date.max, LAST_LOCAL, "P1D", None])
def test_an_instant_nobody_can_wait_for_is_refused_by_name(value: object) -> None:
    zone = ZoneInfo("America/New_York")

    with pytest.raises(ElementFailed, match="Timer expression 'x'"):
        due_instant(Timer("timeDate", "x"), value, MONDAY, zone)


def test_an_instant_without_offset_is_the_citys_own(world: World) -> None:
    local = datetime(2026, 10, 5, 12, 0)  # noqa: DTZ001  # as above

    assert due_instant(Timer("timeDate", "x"), local, MONDAY, JAKARTA) == datetime(2026, 10, 5, 5, 0, tzinfo=UTC)


def test_a_deadline_that_has_passed_takes_the_task_at_the_next_sweep(world: World, tmp_path: Path) -> None:
    parts = (
        start(),
        user("write", "ann"),
        boundary_timer("late", "write", "limit", kind="timeDate"),
        user("help", "bob"),
    )
    world.deploy(diagram(tmp_path, *parts, end(), path("begin", "write", "done"), path("late", "help", "done")))

    world.start("test", ann=ANN, bob=BOB, limit=date(2026, 9, 30))
    assert [row.due for row in world.tasks(ANN)] == [date(2026, 9, 30)]
    sweep_timers(world.engine)
    world.work()

    assert (world.tasks(ANN), [row.element for row in world.tasks(BOB)]) == ((), ["help"])


def test_equal_numbers_are_one_key_however_they_are_written(world: World, tmp_path: Path) -> None:
    hearing = (
        start(),
        catch("hear", "topic", "heard"),
        user("read", "ann"),
        end(),
        path("begin", "hear", "read", "done"),
    )
    saying = start(), throw("say", "topic / 10", '{what: "rain"}'), end(), path("begin", "say", "done")
    world.deploy(diagram(tmp_path, *hearing, process="listener"))
    world.deploy(diagram(tmp_path, *saying, process="speaker"))
    world.start("listener", topic=7, ann=ANN)

    world.start("speaker", topic=Decimal("70.0"))
    world.work()

    assert len(world.tasks(ANN)) == 1


def test_a_message_without_content_sets_its_variable_too(world: World, tmp_path: Path) -> None:
    hearing = start(), catch("hear", '"k"', "heard"), user("read", "ann"), end(), path("begin", "hear", "read", "done")
    world.deploy(diagram(tmp_path, *hearing))
    case = world.start("test", ann=ANN)
    with world.engine.database.reading() as read:
        token = read.execute(select(subscription.c.token)).scalar_one()

    world.engine.run(WakeEvent(case, token, {}), system_actor(CITY))

    row = world.tasks(ANN)[0]
    assert world.engine.read(view_task, Actor(CITY, ANN), case, row.token).variables["heard"] == {}


def test_nothing_of_a_terminated_case_waits_in_any_table(world: World, tmp_path: Path) -> None:
    stop = end("stop", "<bpmn:terminateEventDefinition />")
    parts = start(), gateway("parallel", "split"), user("left", "ann"), user("right", "bob"), catch("hear", '"k"')
    ways = path("begin", "split", "left", "stop"), path("split", "right", "done"), path("split", "hear", "done")
    late = boundary_timer("late", "right", "P1D", interrupting=False)
    world.deploy(diagram(tmp_path, *parts, late, end(), stop, *ways, path("late", "done")))
    case = world.start("test", ann=ANN, bob=BOB)

    world.complete(ANN, world.tasks(ANN)[0])

    with world.engine.database.reading() as read:
        for table in ("open_task", "timer", "subscription", "incident"):
            assert read.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    with pytest.raises(Conflict):
        world.engine.run(WakeEvent(case, 4), system_actor(CITY))


def test_a_timer_left_of_a_task_in_parallel_keeps_waiting(world: World, tmp_path: Path) -> None:
    parts = (
        start(),
        gateway("parallel", "split"),
        user("left", "ann"),
        user("right", "bob"),
        gateway("parallel", "join"),
    )
    late = boundary_timer("late", "right", "P1D", interrupting=False), user("remind", "ann")
    ways = (
        path("begin", "split", "left", "join", "done"),
        path("split", "right", "join"),
        path("late", "remind", "done"),
    )
    world.deploy(diagram(tmp_path, *parts, *late, end(), *ways))
    world.start("test", ann=ANN, bob=BOB)

    world.complete(ANN, world.tasks(ANN)[0])

    with world.engine.database.reading() as read:
        assert len(read.execute(select(timer)).all()) == 1
    world.clock.forward(days=2)
    sweep_timers(world.engine)
    world.work()
    assert [row.element for row in world.tasks(ANN)] == ["remind"]
