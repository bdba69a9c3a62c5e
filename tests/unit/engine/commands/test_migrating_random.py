"""Cases of random diagrams are moved on a real database and taken back: not a byte differs."""

from pathlib import Path
from random import Random

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.state import decode_state
from engine.bpmn.waiting import waiting_tokens
from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.commands.wake_event import WakeEvent
from engine.moving.rows import TASK, read_rows
from engine.policy.actor import Actor
from engine.queries.verification import verify
from tests.unit.engine.bpmn.enclosing import redrawn
from tests.unit.engine.bpmn.test_migrate_random import renamed
from tests.unit.engine.moves import ACTOR, Movers, check_whole, stored, verdicts
from tests.unit.engine.random_diagrams import random_release
from tests.unit.engine.world import CITY, World

CASES = 5


def seeds(first: int, end: int) -> list[object]:
    """Return seeds, the first two for every run, the others for the long one."""
    rest = (pytest.param(seed, marks=pytest.mark.long) for seed in range(first + 2, end))
    return [first, first + 1, *rest]


def step(world: World, case_id: int, random: Random) -> bool:
    """Let anything happen for which a case waits; say whether it waited for anything."""
    content = next((state for number, state in stored(world)["state"] if number == case_id), None)
    waits = waiting_tokens(decode_state(content).tokens if content is not None else ())
    choices = [(token, True) for token in waits.tasks] + [(token, False) for token in waits.timers]
    choices += [(token, False) for token in waits.subscriptions]
    if not choices:
        return False
    token, is_task = random.choice(choices)
    answers = {"n": random.randint(0, 5)}
    if not is_task:
        world.engine.run(WakeEvent(case_id, token, answers if token in waits.subscriptions else None), ACTOR)
        return True
    with world.engine.database.reading() as read:
        person = read_rows(read, [case_id])[case_id][TASK][token]["assignee"]
    world.engine.run(CompleteTask(case_id, token, answers), Actor(CITY, person))
    return True


@pytest.mark.parametrize("seed", seeds(0, 6))
def test_moving_and_undoing_gives_every_byte_back(world: World, seed: int) -> None:
    random = Random(seed)
    release = random_release(random)
    new, pairs = renamed(release)
    catalogue = Catalogue(forms=frozenset({"any"}))
    world.engine.run(DeployRelease(release.files, catalogue), ACTOR)
    cases = [world.start("test", str(number), x=1) for number in range(CASES)]
    for case_id in cases:
        for _ in range(random.randint(0, 6)):
            step(world, case_id, random)
    world.engine.run(DeployRelease(new.files, catalogue), ACTOR)
    before, movers = stored(world), Movers(world)

    judged = movers.move(*(f"{old}={targets[0]}" for old, targets in pairs.items()))
    check_whole(world)
    movers.undo()

    assert set(verdicts(judged)) <= {"mapped"}
    assert stored(world) == before
    check_whole(world)


@pytest.mark.parametrize("seed", seeds(20, 28))
def test_what_is_put_into_sub_processes_or_out_of_them_comes_back_byte_for_byte(world: World, seed: int) -> None:
    random = Random(seed)
    release = random_release(random)
    new = redrawn(release, random)
    catalogue = Catalogue(forms=frozenset({"any"}))
    world.engine.run(DeployRelease(release.files, catalogue), ACTOR)
    cases = [world.start("test", str(number), x=1) for number in range(CASES)]
    for case_id in cases:
        for _ in range(random.randint(0, 6)):
            step(world, case_id, random)
    world.engine.run(DeployRelease(new.files, catalogue), ACTOR)
    before, movers = stored(world), Movers(world)

    judged = movers.move()
    check_whole(world)
    movers.undo()

    assert set(verdicts(judged)) - {"stuck"}
    assert stored(world) == before
    with world.engine.database.reading() as read:
        assert list(verify(read, world.directory).findings()) == []  # done again there and back


@pytest.mark.parametrize("seed", seeds(6, 10))
def test_moved_cases_come_to_their_end(world: World, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    release = random_release(random, depth=2)
    new, pairs = renamed(release)
    catalogue = Catalogue(forms=frozenset({"any"}))
    world.engine.run(DeployRelease(release.files, catalogue), ACTOR)
    case_id = world.start("test", x=1)
    step(world, case_id, random)
    world.engine.run(DeployRelease(new.files, catalogue), ACTOR)
    Movers(world).move(*(f"{old}={targets[0]}" for old, targets in pairs.items()))

    left = 200
    while left and step(world, case_id, random):
        left -= 1

    assert stored(world)["state"] == [] or not left
    check_whole(world)
