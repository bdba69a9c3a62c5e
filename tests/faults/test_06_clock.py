"""Fault 6: the clock is set back a day or forward a year. No timer fires early or twice, and both are told."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from engine.engine import Engine
from engine.timekeeping import ClockWatch
from engine.worker import fire_timer, sweep_timers
from tests.faults.history import check_history
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, start, user
from tests.unit.engine.world import CITY, MONDAY, FixedClock, World

ANN, BOB = 11, 12


@pytest.fixture
def deadline(world: World, tmp_path: Path) -> int:
    """A case in which Bob helps when Ann has let an hour pass, while another case goes on."""
    late = boundary_timer("late", "write", "PT1H", interrupting=False), user("help", "12")
    ways = path("begin", "write", "done"), path("late", "help", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), *late, end(), *ways, process="deadline"))
    return world.start("deadline")


def sweep(world: World) -> None:
    sweep_timers(world.engine)
    world.work()


def test_a_clock_that_was_set_back_runs_no_timers_and_says_so(
    world: World, deadline: int, caplog: pytest.LogCaptureFixture
) -> None:
    world.clock.forward(hours=2)
    world.start("test", "later", person=ANN)  # what is done last is done now
    world.clock.forward(days=-1)

    sweep(world)
    fire_timer(world.engine, CITY, deadline, world.tasks(ANN)[0].token + 1)

    assert world.tasks(BOB) == ()
    assert "stands before what was done last" in caplog.text
    world.clock.forward(days=1)
    sweep(world)
    sweep(world)
    assert len(world.tasks(BOB)) == 1


def test_what_people_do_while_the_clock_is_back_does_not_make_it_right(world: World, deadline: int) -> None:
    world.clock.forward(hours=2)
    world.start("test", "before", person=ANN)
    world.clock.forward(minutes=-50)  # the timer would be due by this clock as well
    world.start("test", "after", person=ANN)

    sweep(world)

    assert world.tasks(BOB) == ()


def test_a_clock_that_is_corrected_by_seconds_stops_nobody(world: World, deadline: int) -> None:
    world.clock.forward(hours=2)
    world.start("test", "later", person=ANN)
    world.clock.forward(seconds=-5)

    sweep(world)

    assert len(world.tasks(BOB)) == 1


def test_a_year_forward_fires_once_and_is_told(world: World, deadline: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    world.clock.forward(days=365)

    sweep(world)
    sweep(world)

    assert len(world.tasks(BOB)) == 1
    assert caplog.text.count("The clock has jumped forwards by 36") == 1
    check_history(world)


@pytest.mark.parametrize(
    ("clock", "process", "jump"), [(3600, 3600.0, None), (3700, 3600.0, 100), (30, 0.0, None), (-3600, 0.0, None)]
)
def test_a_jump_is_what_the_clock_goes_on_faster_than_the_process(clock: int, process: float, jump: int | None) -> None:
    readings = iter([0.0, process])
    fixed = FixedClock(MONDAY)
    watch = ClockWatch(fixed, lambda: next(readings))
    fixed.forward(seconds=clock)

    assert watch.look() == (timedelta(seconds=jump) if jump else None)


def test_every_engine_watches_its_clock(world: World) -> None:
    assert isinstance(world.engine, Engine)
    assert world.engine.watch.look() is None
