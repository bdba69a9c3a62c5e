"""Moving running cases to another release and back, on a real database."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bpmn.counterparts import MappingRefused
from engine.commands.begin_migration import OtherRunOpen, SameRelease
from engine.commands.undo_migration import UndoClosed
from engine.fleet import forget_migrations
from engine.moving.judging import running
from engine.queries.migration import ReleaseUnclear
from engine.records.migration import migrated_case
from tests.unit.engine.diagrams import catch, diagram, end, path, start, throw, user
from tests.unit.engine.moves import Movers, chain, check_whole, codes, entries, remarks, stored, verdicts
from tests.unit.engine.world import World


def test_a_case_where_nothing_differs_only_changes_its_release(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one", "two"))
    case = world.start("test")
    world.deploy(chain(tmp_path, "one", "two", "three"))
    before = stored(world)

    judged = Movers(world).move()

    after = stored(world)
    assert verdicts(judged) == ["same"]
    assert {name for name in before if before[name] != after[name]} == {"case"}
    assert entries(world, case)[-1]["data"] | {"run": 0, "release": 0} == {"run": 0, "release": 0, "from": 1, "to": 2}


def test_a_moved_case_goes_on_by_the_new_release(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test")
    world.deploy(chain(tmp_path, "one", "two"))

    Movers(world).move()
    world.complete(1, world.tasks(1)[0])

    assert [row.element for row in world.tasks(1)] == ["two"]


def test_a_case_whose_element_is_gone_stays_until_it_is_said_what_stands_for_it(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test")
    world.deploy(chain(tmp_path, "other"))
    movers = Movers(world)

    assert codes(movers.move()) == ["migration.gone"]
    assert [row.element for row in world.tasks(1)] == ["one"]

    judged = movers.move("one=other")
    assert ("migration.moved", "one", "other") in remarks(judged)
    assert [row.element for row in world.tasks(1)] == ["other"]


def test_undoing_gives_everything_back_bit_for_bit(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    for key in "abc":
        world.start("test", key)
    world.deploy(chain(tmp_path, "other"))
    before, movers = stored(world), Movers(world)

    movers.move("one=other")
    assert stored(world) != before
    taken = movers.undo()

    assert [item.reason for item in taken] == [None] * 3
    assert stored(world) == before


def test_a_case_that_went_on_is_not_taken_back(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    moved, left = world.start("test", "a"), world.start("test", "b")
    world.deploy(chain(tmp_path, "one", "two"))
    movers = Movers(world)
    movers.move()
    world.complete(1, next(row for row in world.tasks(1) if row.case_id == moved))

    check_whole(world)
    taken = {item.case_id: item.reason.code if item.reason else None for item in movers.undo()}

    assert taken == {moved: "migration.moved_on", left: None}


def test_cases_that_have_ended_and_cases_of_other_releases_are_left_alone(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test", "a")
    world.complete(1, world.tasks(1)[0])
    world.deploy(chain(tmp_path, "two"))
    world.start("test", "b")
    world.deploy(chain(tmp_path, "three"))

    assert Movers(world, "1", "3").move("one=three") == []


def test_a_look_beforehand_says_what_the_move_does_and_changes_nothing(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    for key in "abc":
        world.start("test", key)
    world.deploy(chain(tmp_path, "other"))
    before, movers = stored(world), Movers(world)

    looked_at = movers.preview("one=other")

    assert stored(world) == before
    assert [item.moved for item in looked_at] == [item.moved for item in movers.move("one=other")]


def hears(folder: Path, key: str) -> Path:
    """Write a diagram that waits for news under a key, and then for person 1."""
    parts = (start(), catch("hear", f'"{key}"', "heard"), user("one", "1"), end())
    return diagram(folder, *parts, path("begin", "hear", "one", "done"))


def test_what_was_sent_before_is_heard_after_a_move_and_not_by_it(world: World, tmp_path: Path) -> None:
    says = (start(), throw("say", '"new"', "{x: 1}"), end(), path("begin", "say", "done"))
    world.deploy(diagram(tmp_path, *says, process="other"))
    world.start("other")
    world.deploy(hears(tmp_path, "old"))
    world.start("test")
    world.deploy(hears(tmp_path, "new"))

    Movers(world, "test:1", "test:2").move()

    assert world.tasks(1) == ()
    world.work()
    assert [row.element for row in world.tasks(1)] == ["one"]
    check_whole(world)


def test_what_was_on_its_way_to_an_event_does_not_reach_what_it_has_become(world: World, tmp_path: Path) -> None:
    says = (start(), throw("say", '"old"', "{x: 1}"), end(), path("begin", "say", "done"))
    world.deploy(diagram(tmp_path, *says, process="other"))
    world.deploy(hears(tmp_path, "old"))
    world.start("test")
    world.start("other")
    world.deploy(hears(tmp_path, "new"))

    Movers(world, "test:1", "test:2").move()
    world.work()

    assert world.tasks(1) == ()
    check_whole(world)


def test_a_run_can_be_undone_for_a_while_and_then_forgets(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test")
    world.deploy(chain(tmp_path, "other"))
    movers = Movers(world)
    movers.move("one=other")
    world.clock.forward(days=31)

    with pytest.raises(UndoClosed):
        movers.undo()
    forget_migrations(world.engine)

    with world.engine.database.reading() as read:
        assert read.execute(select(migrated_case.c.content)).scalars().all() == [None]
    world.clock.forward(days=-31)
    assert [item.reason.code for item in movers.undo() if item.reason] == ["migration.forgotten"]


def test_releases_are_found_by_number_by_process_and_by_digest(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.deploy(chain(tmp_path, "two"))
    old, new = Movers(world).releases

    assert Movers(world, "test:1", "test@2").releases == (old, new)
    assert Movers(world, old.digest[:8], new.digest).releases == (old, new)
    with pytest.raises(ReleaseUnclear):
        Movers(world, "1", "3").releases  # noqa: B018  # asked for its refusal


def test_a_mapping_must_name_what_there_is(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.deploy(chain(tmp_path, "two"))

    for pair in ("nobody=two", "one=nobody", "one"):
        with pytest.raises(MappingRefused):
            Movers(world).begin(pair)
    with pytest.raises(SameRelease):
        Movers(world, "1", "1").begin()


def test_a_run_that_was_cut_off_is_gone_on_with_and_not_begun_twice(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    world.start("test")
    world.deploy(chain(tmp_path, "other"))
    movers = Movers(world)

    first = movers.begin("one=other")

    assert movers.begin("one=other") == first
    with pytest.raises(OtherRunOpen):
        movers.begin()


def test_a_batch_looks_at_no_more_cases_than_it_moves(world: World, tmp_path: Path) -> None:
    if world.engine.database.is_sqlite:
        statement = f"EXPLAIN QUERY PLAN {running.compile(world.engine.database.read)}"
        with world.engine.database.reading() as read:
            plan = [row[3] for row in read.exec_driver_sql(statement, (0, 1, 200, 0))]
        assert plan == [
            "SEARCH case_state USING INTEGER PRIMARY KEY (rowid>?)",
            "SEARCH process_case USING INTEGER PRIMARY KEY (rowid=?)",
        ]
