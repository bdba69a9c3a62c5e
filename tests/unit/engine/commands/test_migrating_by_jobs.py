"""Moves that jobs carry through: a look beforehand, the run itself, and the way back."""

from pathlib import Path

import pytest

from engine.bpmn.counterparts import MappingRefused, read_pairs
from engine.bpmn.migrate import Verdict
from engine.commands.begin_look import BeginLook
from engine.commands.begin_migration import BeginMigration, SameRelease
from engine.commands.order_undo import OrderUndo
from engine.commands.undo_migration import UndoClosed
from engine.errors import Conflict, NotFound
from engine.moving.looks import Look
from engine.policy.actor import Actor, system_actor
from engine.queries.migration import is_taken_back, list_choices, view_look, view_run
from engine.records.migration import Fate
from tests.unit.engine.moves import ACTOR, Movers, chain, check_whole, stored
from tests.unit.engine.world import CITY, World

CASES = 3


@pytest.fixture
def movers(world: World, tmp_path: Path) -> Movers:
    """A few cases on the first of two releases."""
    world.deploy(chain(tmp_path, "one"))
    for number in range(CASES):
        world.start("test", str(number))
    world.deploy(chain(tmp_path, "first", "two"))
    return Movers(world)


def look(movers: Movers, *pairs: str) -> Look:
    """Look beforehand, and return what was found."""
    old, new = movers.releases
    engine = movers.world.engine
    number = engine.run(BeginLook(old.id, new.id, read_pairs(pairs)), ACTOR).value
    movers.world.work()
    return engine.read(view_look, ACTOR, number)[0]


def test_a_look_says_what_would_become_of_every_case_and_moves_none(movers: Movers) -> None:
    before = stored(movers.world)

    bare, mapped = look(movers), look(movers, "one=first")

    assert bare.findings.counts == {Verdict.STUCK: CASES}
    assert [(reason.code, count) for reason, count in bare.findings.reasons.items()] == [("migration.gone", CASES)]
    assert mapped.findings.counts == {Verdict.MAPPED: CASES}
    assert mapped.ended_at is not None and mapped.running == CASES
    assert stored(movers.world) == before


def test_a_look_is_not_begun_with_what_cannot_be_moved(movers: Movers) -> None:
    old, new = movers.releases

    with pytest.raises(MappingRefused):
        movers.world.engine.run(BeginLook(old.id, new.id, {"none": ("first",)}), ACTOR)
    with pytest.raises(SameRelease):
        movers.world.engine.run(BeginLook(old.id, old.id), ACTOR)


def test_looks_are_forgotten_after_a_week(movers: Movers) -> None:
    first = look(movers)
    movers.world.clock.forward(days=8)
    look(movers)

    with pytest.raises(NotFound):
        movers.world.engine.read(view_look, ACTOR, first.id)


def test_jobs_move_the_cases_and_take_them_back(movers: Movers) -> None:
    world, (old, new) = movers.world, movers.releases
    before, engine = stored(movers.world), movers.world.engine
    begun = BeginMigration(old.id, new.id, read_pairs(["one=first"]), in_background=True)

    run = engine.run(begun, ACTOR).value
    world.work()
    moved = engine.read(view_run, ACTOR, run)
    engine.run(OrderUndo(run), ACTOR)
    is_under_way = engine.read(is_taken_back, ACTOR, run)
    world.work()

    assert moved.fates == {Fate.MAPPED: CASES} and moved.run.ended_at is not None
    assert is_under_way and not engine.read(is_taken_back, ACTOR, run)
    assert engine.read(view_run, ACTOR, run).fates == {Fate.UNDONE: CASES}
    assert stored(world) == before
    check_whole(world)


def test_a_run_is_not_undone_before_it_has_ended_or_after_its_time(movers: Movers) -> None:
    engine = movers.world.engine
    run = movers.begin("one=first")

    with pytest.raises(Conflict):
        engine.run(OrderUndo(run), ACTOR)
    movers.world.clock.forward(days=31)
    with pytest.raises(UndoClosed):
        engine.run(OrderUndo(run), ACTOR)


def test_releases_are_offered_where_there_is_another_to_go_to(movers: Movers, tmp_path: Path) -> None:
    choices = movers.world.engine.read(list_choices, ACTOR)

    assert [(item.release.number, item.running) for item in choices] == [(2, 0), (1, CASES)]
    assert movers.world.engine.read(list_choices, system_actor("elsewhere")) == ()


def test_nobody_else_moves_cases(movers: Movers) -> None:
    old, new = movers.releases

    with pytest.raises(NotFound):
        movers.world.engine.run(BeginLook(old.id, new.id), Actor(CITY, 1))
