"""A case as it stood behind each of its steps, and what led it there."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.errors import NotFound
from engine.policy.actor import system_actor
from engine.queries.halting import Halt
from engine.queries.mining_moments import CaseMoment, Place, diagram_behind, view_moment
from engine.records.history import journal
from tests.unit.engine.mining.test_folding import ANN, BOB, with_rework
from tests.unit.engine.world import CITY, World


@pytest.fixture
def sent_back(world: World, tmp_path: Path) -> World:
    """What Ann wrote is sent back by Bob, and then good."""
    world.deploy(with_rework(tmp_path))
    world.start("test", writer=ANN, checker=BOB)
    for is_good in (False, True):
        world.complete(ANN, world.tasks(ANN)[0], text=f"{is_good}")
        world.complete(BOB, world.tasks(BOB)[0], ok=is_good)
    return world


def moment(world: World, number: int | None) -> CaseMoment:
    def look(read: Any, actor: Any) -> CaseMoment:
        (case,) = {row.case_id for row in read.execute(journal.select())}
        return view_moment(read, actor, case, number, (world.directory, None))

    return world.engine.read(look, system_actor(CITY))


def only_place(found: CaseMoment) -> Place:
    assert found.places is not None
    (place,) = found.places
    return place


def test_each_moment_tells_where_the_case_stood_for_whom_and_until_when(sent_back: World) -> None:
    place = only_place(moment(sent_back, 1))

    assert (place.element.id, place.came, place.asked) == ("write", 1, (ANN, None))
    assert place.due == date(2026, 10, 7)
    assert moment(sent_back, 2).variables == {"writer": ANN, "checker": BOB, "write": {"text": "False"}}


def test_the_way_that_was_chosen_is_told_with_its_condition(sent_back: World) -> None:
    back, done = moment(sent_back, 3), moment(sent_back, None)

    assert [(flow.id, flow.is_default) for flow in only_place(back).chosen] == [("good-write", True)]
    assert (done.number, done.total, done.places, done.variables) == (5, 5, (), {})
    assert "good-done" in done.flows


def test_where_a_step_is_missing_only_what_was_passed_is_told(sent_back: World) -> None:
    with sent_back.engine.database.writing() as connection:
        connection.execute(journal.delete().where(journal.c.version == 2))

    found = moment(sent_back, 3)

    assert found.halted is not None and found.halted.why is Halt.GAP
    assert (found.places, found.variables) == (None, None)
    assert "check" in found.passed


def test_there_is_no_moment_before_the_first_step_or_behind_the_last(sent_back: World) -> None:
    for number in (0, 6):
        with pytest.raises(NotFound):
            moment(sent_back, number)


def test_the_diagram_is_that_of_the_release(sent_back: World) -> None:
    def draw(read: Any, actor: Any) -> bytes:
        (case,) = {row.case_id for row in read.execute(journal.select())}
        return diagram_behind(read, actor, case, 1)

    assert b"userTask" in sent_back.engine.read(draw, system_actor(CITY))
