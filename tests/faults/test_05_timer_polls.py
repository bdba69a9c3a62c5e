"""Fault 5: a timer is polled by eight workers. It fires once."""

from functools import partial
from pathlib import Path

from engine.worker import fire_timer, sweep_timers
from tests.faults.crowd import CROWD, together
from tests.faults.history import check_history
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ANN, BOB = 11, 12


def test_a_timer_polled_by_eight_workers_fires_once(world: World, tmp_path: Path) -> None:
    late = boundary_timer("late", "write", "PT1H", interrupting=False), user("help", "12")
    ways = path("begin", "write", "done"), path("late", "help", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), *late, end(), *ways, process="deadline"))
    case = world.start("deadline")
    token = world.tasks(ANN)[0].token + 1
    world.clock.forward(hours=2)

    answers = together([partial(fire_timer, world.engine, CITY, case, token)] * CROWD)

    assert answers == [None] * CROWD
    assert len(world.tasks(BOB)) == 1
    check_history(world)


def test_eight_sweeps_and_eight_workers_at_once_fire_it_once(world: World, tmp_path: Path) -> None:
    late = boundary_timer("late", "write", "PT1H", interrupting=False), user("help", "12")
    ways = path("begin", "write", "done"), path("late", "help", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), *late, end(), *ways, process="deadline"))
    for number in range(5):
        world.start("deadline", str(number))
    world.clock.forward(hours=2)

    together([partial(sweep_timers, world.engine)] * CROWD)
    world.work()
    together([partial(sweep_timers, world.engine)] * CROWD)
    world.work()

    assert len(world.tasks(BOB)) == 5
    check_history(world)
