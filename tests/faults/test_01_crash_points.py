"""Fault 1: the process dies at a named point of a completion. Afterwards the state is the old or the new one, never
mixed, and the same request again has exactly one effect."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.crashing import ANN, DIED, IN_SERVICE, POINTS, complete, rate
from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, path, service, start, throw, user
from tests.unit.engine.world import World, open_world

ROOT = Path(__file__).parents[2]


def deploy(world: World, folder: Path) -> int:
    parts = user("write", "ann"), service("score", "rate", "made"), throw("say", '"k"', "{}"), user("read", "ann")
    ways = path("begin", "write", "score", "say", "read", "done")
    world.deploy(diagram(folder, start(), *parts, end(), ways))
    return world.start("test", ann=ANN)


@pytest.mark.parametrize("point", [*POINTS, IN_SERVICE])
def test_a_completion_that_dies_is_done_wholly_or_not_at_all_and_once_when_it_is_sent_again(
    tmp_path: Path, point: str
) -> None:
    with open_world(tmp_path, {"rate": rate}) as world:
        case = deploy(world, tmp_path)
        token = world.tasks(ANN)[0].token

        command = [sys.executable, "-m", "tests.faults.crashing", str(tmp_path), point]
        assert subprocess.run(command, cwd=ROOT, check=False).returncode == DIED

        assert check_history(world).completions == (1 if point == "after the commit" else 0)
        complete(world, case, token)
        complete(world, case, token)
        world.work()
        assert check_history(world).completions == 1
        assert [row.element for row in world.tasks(ANN)] == ["read"]
