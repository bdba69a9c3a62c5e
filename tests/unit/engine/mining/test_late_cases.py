"""Figures of cases whose numbers do not come in turn: late ones, and those of a clock that ran ahead."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bpmn.check import Catalogue
from engine.commands.claim_task import ClaimTask
from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.engine import Engine
from engine.folding import fold_city, fold_steps
from engine.mining.figures import Figures
from engine.policy.actor import Actor, system_actor
from engine.policy.rules import Policy
from engine.queries.mining import read_watch
from engine.queries.verification import verify
from engine.records import mining
from engine.records.packing import Unreadable
from engine.records.tenant import insert_tenant
from engine.worker import WorkerQueue
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.moves import chain
from tests.unit.engine.world import CITY, FixedClock, World

NEIGHBOUR = "tegal"
BOB = 12


@pytest.fixture
def one_step(world: World, tmp_path: Path) -> World:
    world.deploy(chain(tmp_path, "one"))
    return world


def elsewhere(world: World, **ahead: int) -> Engine:
    """Return the engine of another machine, whose clock is ahead or behind."""
    clock = FixedClock(world.clock() + timedelta(**ahead))
    return Engine(world.engine.database, directory=world.directory, policy=Policy(), jobs=WorkerQueue(), clock=clock)


def start_elsewhere(world: World, key: str, **ahead: int) -> int:
    new = NewCase(key, 1, key, {})
    number: int = elsewhere(world, **ahead).run(StartCases("test", (new,)), system_actor(CITY)).value[0]
    return number


def figures(world: World, city: str = CITY) -> Figures:
    return world.engine.read(read_watch, system_actor(city), "test").elements["one"].figures


def entered(world: World, city: str = CITY) -> int:
    return figures(world, city).entered


def cases_to(world: World) -> int:
    with world.engine.database.reading() as read:
        number: int = read.execute(select(mining.mining_mark.c.cases_to)).scalar_one()
    return number


def differing(world: World) -> list[str]:
    with world.engine.database.reading() as read:
        return [item.code for item in verify(read, world.directory).findings() if item.code == "figures_differ"]


def test_a_case_that_is_seen_late_is_taken_in_and_leaves_the_mark_where_it_was(one_step: World) -> None:
    one_step.start("test")
    one_step.clock.forward(minutes=1)
    assert fold_city(one_step.engine, CITY)
    before = cases_to(one_step)
    start_elsewhere(one_step, "late", minutes=-30)

    assert fold_city(one_step.engine, CITY)

    assert cases_to(one_step) == before
    assert entered(one_step) == 2


def test_a_case_that_is_seen_late_is_no_difference_before_it_is_taken_in(one_step: World) -> None:
    one_step.start("test")
    one_step.clock.forward(minutes=1)
    fold_city(one_step.engine, CITY)
    start_elsewhere(one_step, "late", minutes=-30)

    before = differing(one_step)
    fold_city(one_step.engine, CITY)

    assert (before, differing(one_step)) == ([], [])


def test_a_number_from_a_clock_that_is_ahead_hides_no_case_that_begins_meanwhile(one_step: World) -> None:
    start_elsewhere(one_step, "ahead", hours=3)
    fold_city(one_step.engine, CITY)
    one_step.start("test", "meanwhile")

    fold_city(one_step.engine, CITY)

    assert entered(one_step) == 2
    assert differing(one_step) == []


def test_when_a_clock_was_set_right_new_cases_are_taken_in_and_no_ended_one_twice(one_step: World) -> None:
    right = one_step.clock()
    one_step.start("test", "ended")
    one_step.complete(1, one_step.tasks(1)[0])
    one_step.clock.forward(hours=3)
    for key in ("ahead", "again"):
        one_step.start("test", key)
        fold_city(one_step.engine, CITY)
    one_step.clock.now = right + timedelta(minutes=10)
    start_elsewhere(one_step, "new")

    fold_city(one_step.engine, CITY)

    assert entered(one_step) == 4
    assert cases_to(one_step) < start_elsewhere(one_step, "next", minutes=1)
    assert differing(one_step) == []


def test_when_a_clock_was_set_right_it_is_seen_again_who_takes_a_task(world: World, tmp_path: Path) -> None:
    task = user("one", "", candidate='"checkers"')
    world.deploy(diagram(tmp_path, start(), task, end(), path("begin", "one", "done")))
    world.start("test")
    world.clock.forward(hours=3)
    fold_city(world.engine, CITY)
    world.clock.forward(hours=-2)
    start_elsewhere(world, "new")
    fold_city(world.engine, CITY)
    world.clock.forward(minutes=10)
    row = world.queue(BOB, "checkers")[0]
    elsewhere(world).run(ClaimTask(row.case_id, row.token), Actor(CITY, BOB, frozenset({"checkers"})))
    world.clock.forward(minutes=10)
    start_elsewhere(world, "newer")
    fold_city(world.engine, CITY)
    world.complete(BOB, world.tasks(BOB)[0])
    world.clock.forward(minutes=3)

    fold_city(world.engine, CITY)

    assert sum(figures(world).queued.values()) == 1


def test_an_ended_case_is_forgotten_when_no_clock_can_bring_it_back(one_step: World) -> None:
    one_step.start("test", "ended")
    one_step.complete(1, one_step.tasks(1)[0])
    known = []
    for key in ("next", "last"):
        fold_city(one_step.engine, CITY)
        one_step.clock.forward(days=1, hours=2)
        one_step.start("test", key)
        with one_step.engine.database.reading() as read:
            known.append(len(read.execute(select(mining.mined_case)).all()))
    fold_city(one_step.engine, CITY)

    assert known == [1, 1]
    assert entered(one_step) == 3
    assert differing(one_step) == []


def test_a_damaged_row_of_one_city_holds_up_no_other(one_step: World, tmp_path: Path) -> None:
    actor, drawn = system_actor(NEIGHBOUR), chain(tmp_path, "one")
    catalogue = Catalogue(forms=frozenset({"any"}))
    one_step.engine.run(DeployRelease({drawn.name: drawn.read_bytes()}, catalogue), actor)
    one_step.start("test")
    fold_city(one_step.engine, CITY)
    one_step.start("test", "2")
    one_step.engine.run(StartCases("test", (NewCase("1", 1, "1", {}),)), actor)
    with one_step.engine.database.writing() as connection:
        for code in (CITY, NEIGHBOUR):
            connection.execute(insert_tenant, {"code": code, "created_at": one_step.clock()})
        connection.execute(mining.element_figure.update().values(content=b"\x01damaged"))

    with pytest.raises(Unreadable):
        fold_steps(one_step.engine)

    assert entered(one_step, NEIGHBOUR) == 1
