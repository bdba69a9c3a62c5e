"""A move that is killed, or done while people work, loses nothing and does nothing twice."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.commands.migrate_cases import MigrateCases
from engine.errors import Conflict
from engine.fleet import move_all
from engine.queries.migration import view_run
from engine.records.case import case
from engine.records.history import journal
from engine.records.migration import Fate
from tests.unit.engine.commands.moving_office import BATCH
from tests.unit.engine.moves import ACTOR, Movers, chain, check_whole, entries, stored
from tests.unit.engine.world import World

ROOT = Path(__file__).parents[4]
CASES = 40


def begun(world: World, folder: Path, cases: int = CASES) -> list[int]:
    """Start cases on the first of two releases."""
    world.deploy(chain(folder, "one", "two"))
    found = [world.start("test", str(number)) for number in range(cases)]
    world.deploy(chain(folder, "first", "two", "three"))
    return found


def kill_after(folder: Path, run: int, batches: int) -> None:
    """Let a process move so many batches of cases, and kill it in the middle of the next one."""
    command = [sys.executable, "-m", "tests.unit.engine.commands.moving_office", str(folder), str(run), str(batches)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout is not None
        assert office.stdout.readline() == "in the middle\n"
        office.kill()


def moves_of(world: World, cases: list[int]) -> Counter[str]:
    return Counter(entry["kind"] for number in cases for entry in entries(world, number))


def test_a_run_that_is_killed_goes_on_where_it_was(world: World, tmp_path: Path) -> None:
    cases, random = begun(world, tmp_path), Random(5)
    before, movers = stored(world), Movers(world)
    movers.run = movers.begin("one=first")

    batches = [random.randint(1, 3) for _ in range(3)]
    for number in batches:
        kill_after(tmp_path, movers.run, number)
        check_whole(world)
    rest = [item for batch in move_all(world.engine, ACTOR, movers.run) for item in batch]

    assert len(rest) == CASES - BATCH * sum(batches)
    assert moves_of(world, cases)["migrate"] == CASES
    assert world.engine.read(view_run, ACTOR, movers.run).fates == {Fate.MAPPED: CASES}
    movers.undo()
    assert stored(world) == before


def test_a_batch_happens_once(world: World, tmp_path: Path) -> None:
    cases = begun(world, tmp_path, 3)
    run = Movers(world).begin("one=first")
    key = b"0123456789abcdef"
    world.engine.run(MigrateCases(run, 0), ACTOR, key)

    again = world.engine.run(MigrateCases(run, 0), ACTOR, key)

    assert again.repeated
    assert moves_of(world, cases)["migrate"] == 3


def test_a_batch_that_another_process_has_done_is_refused(world: World, tmp_path: Path) -> None:
    begun(world, tmp_path, 3)
    run = Movers(world).begin("one=first")
    world.engine.run(MigrateCases(run, 0), ACTOR)
    before = stored(world)

    with pytest.raises(Conflict):
        world.engine.run(MigrateCases(run, 0), ACTOR)

    assert stored(world) == before


def work(world: World, failures: list[Exception]) -> None:
    """Complete every task of person 1, whatever moves beneath."""
    try:
        while rows := world.tasks(1):
            for row in rows:
                _complete(world, row)
    except Exception as error:  # shown by the test
        failures.append(error)


def _complete(world: World, row: Any) -> None:
    try:
        world.complete(1, row)
    except Conflict:
        return  # somebody was faster three times: the task is still there


def test_people_go_on_working_while_their_cases_are_moved(world: World, tmp_path: Path) -> None:
    cases, failures = begun(world, tmp_path), list[Exception]()
    movers = Movers(world)
    run = movers.begin("one=first")
    people = [Thread(target=work, args=(world, failures)) for _ in range(2)]

    for person in people:
        person.start()
    for _ in move_all(world.engine, ACTOR, run):
        pass
    for person in people:
        person.join()

    assert failures == []
    check_whole(world)
    with world.engine.database.reading() as read:
        steps = read.execute(select(func.count()).select_from(journal)).scalar_one()
        left = read.execute(select(func.count()).select_from(case).where(case.c.ended_at.is_(None))).scalar_one()
    assert left == 0
    done = moves_of(world, cases)
    assert steps == done["start"] + done["complete"] + done["migrate"]
    assert done["complete"] >= 2 * CASES
