"""Moving running cases to another release and back, on a real database."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bpmn.counterparts import MappingRefused
from engine.bpmn.state import decode_state, encode_state
from engine.commands.begin_migration import OtherRunOpen, SameRelease
from engine.commands.undo_migration import UndoClosed
from engine.fleet import forget_migrations
from engine.moving.judging import running
from engine.queries.migration import ReleaseUnclear
from engine.queries.verification import Finding, Tally, verify
from engine.records.case import case_state, open_task, state_digest
from engine.records.history import journal
from engine.records.migration import migrated_case
from engine.records.packing import pack
from engine.records.proofs import record_proof
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
    data = entries(world, case)[-1]["data"]
    assert (data["from"], data["to"]) == (1, 2)


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


def test_a_case_stays_until_it_has_heard_what_is_on_its_way_to_an_event_that_changes(
    world: World, tmp_path: Path
) -> None:
    says = (start(), throw("say", '"old"', "{x: 1}"), end(), path("begin", "say", "done"))
    world.deploy(diagram(tmp_path, *says, process="other"))
    world.deploy(hears(tmp_path, "old"))
    world.start("test")
    world.start("other")
    world.deploy(hears(tmp_path, "new"))
    movers = Movers(world, "test:1", "test:2")

    assert codes(movers.move()) == ["migration.message_waits"]
    world.work()

    assert len(world.tasks(1)) == 1
    assert verdicts(movers.move()) == ["same"]
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


def verified(world: World) -> tuple[list[Finding], Tally]:
    """Return what the history checker says."""
    with world.engine.database.reading() as read:
        run = verify(read, world.directory)
        return list(run.findings()), run.tally


def complete(world: World, case_id: int) -> None:
    world.complete(1, next(row for row in world.tasks(1) if row.case_id == case_id))


def test_a_moved_case_is_done_again_across_its_moves_and_the_way_back(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one", "two"))
    kept, back = world.start("test", "1"), world.start("test", "2")
    world.deploy(chain(tmp_path, "first", "two", "three"))
    movers = Movers(world)
    movers.move("one=first")
    complete(world, kept)
    movers.undo()
    complete(world, back)

    findings, tally = verified(world)

    assert [entry["kind"] for entry in entries(world, back)] == ["start", "migrate", "undo_migration", "complete"]
    assert (findings, tally.replayed, tally.not_replayed) == ([], 2, 0)


def test_a_case_that_is_not_what_its_move_made_of_it_is_found(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    case_id = world.start("test")
    world.deploy(chain(tmp_path, "first", "two"))
    Movers(world).move("one=first")
    state = decode_state(stored(world)["state"][0][1])
    other = encode_state(replace(state, tokens=tuple(replace(token, element="two") for token in state.tokens)))
    with world.engine.database.write.begin() as connection:
        connection.execute(case_state.update().values(content=other, digest=state_digest(case_id, other)))
        connection.execute(open_task.update().values(element="two"))

    findings, _ = verified(world)

    assert [(item.case, item.code) for item in findings] == [(case_id, "replay_differs")]


def test_a_move_that_did_not_note_its_rules_is_said_to_be_left_out(world: World, tmp_path: Path) -> None:
    world.deploy(chain(tmp_path, "one"))
    case_id = world.start("test")
    world.deploy(chain(tmp_path, "one", "two"))
    Movers(world).move()
    entry = entries(world, case_id)[1]
    del entry["data"]["rules"]
    with world.engine.database.write.begin() as connection:
        connection.execute(journal.update().where(journal.c.version == 2).values(entry=pack(entry)))
        connection.execute(record_proof.delete())  # steps were not proved then, either

    findings, tally = verified(world)

    assert [item.code for item in findings] == ["not_replayed"]
    assert tally.not_replayed == 1
