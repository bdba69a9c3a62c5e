"""Figures of cases that are moved to another release and back, and their proof from the journals."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.commands.forget_figures import ForgetFigures
from engine.folding import fold_city
from engine.policy.actor import system_actor
from engine.queries.mining import ElementTotals, read_watch
from engine.queries.verification import verify
from engine.records.mining import element_figure
from engine.records.release import release
from tests.unit.engine.moves import Movers, chain
from tests.unit.engine.world import CITY, World


@pytest.fixture
def renamed(world: World, tmp_path: Path) -> World:
    """A case at the task `one`, and a release in which that is called `other`."""
    world.deploy(chain(tmp_path, "one", "two"))
    world.start("test")
    world.deploy(chain(tmp_path, "other", "two"))
    return world


def totals(world: World) -> dict[str, ElementTotals]:
    assert fold_city(world.engine, CITY)
    return dict(world.engine.read(read_watch, system_actor(CITY), "test").elements)


def differing(world: World) -> list[str]:
    with world.engine.database.reading() as read:
        return [item.code for item in verify(read, world.directory).findings() if item.code == "figures_differ"]


@pytest.mark.parametrize("often", [True, False], ids=["step by step", "at once"])
def test_a_moved_case_is_counted_where_it_was_and_where_it_goes_on(renamed: World, often: bool) -> None:
    if often:
        totals(renamed)
    renamed.clock.forward(hours=1)
    Movers(renamed).move("one=other")
    if often:
        assert sum(totals(renamed)["other"].standing.values()) == 1
    renamed.clock.forward(hours=1)
    renamed.complete(1, renamed.tasks(1)[0])

    found = totals(renamed)

    assert (found["one"].figures.entered, found["one"].figures.left_count) == (1, 0)
    assert (found["other"].figures.left_count, found["other"].figures.wall_minutes) == (1, 120)
    assert sum(found["two"].standing.values()) == 1
    assert not found["one"].standing
    assert differing(renamed) == []


def test_a_case_that_is_taken_back_goes_on_being_counted(renamed: World) -> None:
    totals(renamed)
    movers = Movers(renamed)
    movers.move("one=other")
    totals(renamed)
    movers.undo()

    back = totals(renamed)
    renamed.complete(1, renamed.tasks(1)[0])
    done = totals(renamed)

    assert sum(back["one"].standing.values()) == 1
    assert "other" not in back
    assert done["one"].figures.left_count == 1
    assert differing(renamed) == []


def test_figures_that_somebody_changed_are_found_and_counted_again(renamed: World) -> None:
    before = totals(renamed)
    with renamed.engine.database.writing() as connection:
        connection.execute(element_figure.update().values(entered=7))

    assert differing(renamed) == ["figures_differ"]
    renamed.engine.run(ForgetFigures(), system_actor(CITY))
    assert totals(renamed) == before
    assert differing(renamed) == []


def test_a_release_that_cannot_be_read_holds_up_no_other(world: World, tmp_path: Path) -> None:
    for name in ("damaged", "sound"):
        world.deploy(chain(tmp_path, name))
        world.start("test", name)
    with world.engine.database.writing() as connection:
        damaged = connection.execute(select(release.c.id).where(release.c.number == 1)).scalar_one()
        change = release.update().where(release.c.id == damaged)
        connection.execute(change.values(content=b"\x01damaged", digest="0" * 64))

    found = totals(world)

    assert found["sound"].figures.entered == 1
    assert "damaged" not in found
    assert differing(world) == []
