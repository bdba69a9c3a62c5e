"""Fault 12: a diagram is edited under running cases. They go on as they began; new ones follow the new diagram."""

from pathlib import Path

from tests.faults.history import check_history
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import World

ANN, BOB, EVE = 11, 12, 13


def deploy(world: World, folder: Path, *names: str) -> None:
    tasks = (
        user(name, assignee) for name, assignee in (("write", "11"), ("check", "12"), ("look", "13")) if name in names
    )
    world.deploy(diagram(folder, start(), *tasks, end(), path("begin", *names, "done"), process="edited"))


def test_a_running_case_keeps_the_diagram_it_began_with(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path, "write", "check")
    old = world.start("edited", "1")
    deploy(world, tmp_path, "write", "look")
    new = world.start("edited", "2")

    for row in world.tasks(ANN):
        world.complete(ANN, row)

    assert [row.case_id for row in world.tasks(BOB)] == [old]
    assert [row.case_id for row in world.tasks(EVE)] == [new]
    check_history(world)


def test_a_task_that_the_new_diagram_does_not_have_can_be_done(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path, "write", "check")
    world.start("edited", "1")
    deploy(world, tmp_path, "look")

    world.complete(ANN, world.tasks(ANN)[0])
    world.complete(BOB, world.tasks(BOB)[0])

    assert world.tasks(BOB) == world.tasks(EVE) == ()
    check_history(world)
