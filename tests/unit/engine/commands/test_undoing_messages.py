"""Taking a case back loses nothing that was sent since it was moved: it is heard, or the case stays where it is."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.commands.move_token import MoveToken
from engine.commands.undo_migration import TakenBack
from engine.records.case import subscription
from engine.worker import empty_outbox
from tests.unit.engine.diagrams import catch, diagram, end, path, start, throw, user
from tests.unit.engine.listening import deploy, hears_again, signal, undelivered
from tests.unit.engine.moves import ACTOR, Movers, check_whole, stored
from tests.unit.engine.world import World

ANN = 11


def said(taken: list[TakenBack]) -> list[tuple[str, str, str] | None]:
    reasons = (item.reason for item in taken)
    return [(reason.code, reason.element, reason.target) if reason is not None else None for reason in reasons]


def speaker(world: World, folder: Path, key: str) -> None:
    """A process that says something under a key as soon as it starts."""
    parts = start(), throw("say", f'"{key}"', "{x: 1}"), end(), path("begin", "say", "done")
    world.deploy(diagram(folder, *parts, process=f"says_{key}"))


def waits(world: World, folder: Path, key: str) -> None:
    parts = start(), catch("hear", f'"{key}"', "heard"), user("read", "11"), end()
    world.deploy(diagram(folder, *parts, path("begin", "hear", "read", "done")))


def listens(world: World, folder: Path, key: str) -> None:
    """While Ann writes, each piece of news under the key gives her something to read."""
    edge = hears_again("news", "write").replace('key="topic"', f'key="&quot;{key}&quot;"')
    ways = path("begin", "write", "done") + path("news", "read", "done")
    world.deploy(diagram(folder, start(), user("write", "11"), edge, user("read", "11"), end(), ways))


def elements(world: World) -> list[str]:
    return sorted(row.element for row in world.tasks(ANN))


@pytest.fixture
def town(world: World, tmp_path: Path) -> World:
    """A world in which something is said under the key `old` or `new`."""
    speaker(world, tmp_path, "old")
    speaker(world, tmp_path, "new")
    return world


def test_an_event_on_the_way_hears_what_was_sent_under_its_old_key_meanwhile(town: World, tmp_path: Path) -> None:
    waits(town, tmp_path, "old")
    town.start("test")
    waits(town, tmp_path, "new")
    movers = Movers(town, "test:1", "test:2")
    movers.move()
    town.start("says_old")
    town.work()

    assert said(movers.undo()) == [None]
    town.work()

    assert elements(town) == ["read"]
    check_whole(town)


def test_a_case_whose_event_at_an_edge_missed_a_message_is_not_taken_back(town: World, tmp_path: Path) -> None:
    listens(town, tmp_path, "old")
    town.start("test")
    listens(town, tmp_path, "new")
    movers = Movers(town, "test:1", "test:2")
    movers.move()
    town.start("says_old")
    town.work()
    before = stored(town)

    assert said(movers.undo()) == [("migration.message_missed", "", "news")]

    assert stored(town) == before
    check_whole(town)


def test_a_case_is_not_taken_back_from_under_a_message_that_is_on_its_way(town: World, tmp_path: Path) -> None:
    listens(town, tmp_path, "old")
    town.start("test")
    listens(town, tmp_path, "new")
    movers = Movers(town, "test:1", "test:2")
    movers.move()
    town.start("says_new")

    assert said(movers.undo()) == [("migration.message_coming", "", "news")]
    town.work()

    assert elements(town) == ["read", "write"]
    assert said(movers.undo()) == [("migration.moved_on", "", "")]
    check_whole(town)


def test_a_signal_on_its_way_keeps_a_case_as_well(world: World, tmp_path: Path) -> None:
    parts = start(), user("write", "11"), end(), path("begin", "write", "done")
    deploy(world, tmp_path, "test", *parts)
    world.start("test")
    edge = signal("boundaryEvent", "hear", attachedToRef="write", cancelActivity="false")
    ways = path("hear", "flee", "done")
    deploy(world, tmp_path, "test", *parts, edge, user("flee", "11"), ways)
    cry = signal("intermediateThrowEvent", "cry")
    deploy(world, tmp_path, "crier", start(), cry, end(), path("begin", "cry", "done"))
    movers = Movers(world, "test:1", "test:2")
    movers.move()
    world.start("crier")

    assert said(movers.undo()) == [("migration.message_coming", "", "alarm")]
    world.work()

    assert elements(world) == ["flee", "write"]


def test_what_was_heard_before_the_move_keeps_no_case(town: World, tmp_path: Path) -> None:
    listens(town, tmp_path, "old")
    town.start("test")
    town.start("says_old")
    town.work()
    town.clock.forward(hours=1)
    listens(town, tmp_path, "new")
    movers = Movers(town, "test:1", "test:2")
    before = stored(town)["subscription"]
    movers.move()

    assert said(movers.undo()) == [None]

    assert stored(town)["subscription"] == before
    check_whole(town)


def test_what_was_sent_to_others_keeps_no_case(town: World, tmp_path: Path) -> None:
    listens(town, tmp_path, "old")
    town.start("test")
    listens(town, tmp_path, "new")
    movers = Movers(town, "test:1", "test:2")
    movers.move()
    speaker(town, tmp_path, "other")
    town.start("says_other")

    assert said(movers.undo()) == [None]
    empty_outbox(town.engine)

    assert undelivered(town) == (0, 0)


@pytest.mark.parametrize("is_sent_before", [True, False])
def test_a_case_that_is_moved_away_and_back_by_hand_hears_what_was_sent_meanwhile(
    town: World, tmp_path: Path, *, is_sent_before: bool
) -> None:
    waits(town, tmp_path, "old")
    case = town.start("test")
    if is_sent_before:
        town.start("says_old")
    town.engine.run(MoveToken(case, waiting_token(town, case), "read", 1, "salah"), ACTOR)
    if not is_sent_before:
        town.start("says_old")
    town.work()

    town.engine.run(MoveToken(case, town.tasks(ANN)[0].token, "hear", 2, "kembali"), ACTOR)
    town.work()

    assert [row.variables["heard"] for row in town.tasks(ANN)] == [{"x": 1}]
    check_whole(town)


def waiting_token(world: World, case: int) -> int:
    """Return the token that waits for a message."""
    with world.engine.database.reading() as read:
        found = select(subscription.c.token).where(subscription.c.case_id == case)
        return int(read.execute(found).scalar_one())
