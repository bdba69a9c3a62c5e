"""Fault 7: a worker is killed while it holds a case. Another takes the work over, and it has one effect."""

import subprocess
import sys
from pathlib import Path

from engine.services import ServiceContext, ServiceResult
from engine.worker import sweep_timers
from tests.faults.history import check_history
from tests.unit.engine.diagrams import boundary_timer, diagram, end, path, service, start, user
from tests.unit.engine.jobs.test_rescue import fall_silent, rescue
from tests.unit.engine.world import open_world

ROOT = Path(__file__).parents[2]
ANN, BOB = 11, 12


def work(call: ServiceContext) -> ServiceResult:
    return ServiceResult(7)


def test_the_case_a_killed_worker_held_is_moved_on_by_another_once(tmp_path: Path) -> None:
    with open_world(tmp_path, {"work": work}) as world:
        late = boundary_timer("late", "write", "PT1H"), service("score", "work"), user("help", "12")
        ways = path("begin", "write", "done"), path("late", "score", "help", "done")
        world.deploy(diagram(tmp_path, start(), user("write", "11"), *late, end(), *ways))
        world.start("test")
        world.clock.forward(hours=2)
        sweep_timers(world.engine)

        command = [sys.executable, "-m", "tests.faults.killed_worker", str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "working\n"
            worker.kill()
        assert check_history(world).steps == 1

        fall_silent(world.engine.database)
        rescue(world.app)
        world.work()
        sweep_timers(world.engine)
        world.work()

        assert [row.element for row in world.tasks(BOB)] == ["help"]
        assert check_history(world).steps == 2
