"""A case hears a message once on its way, however it came to hear it; a catch in a loop waits for the next one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from engine.bpmn.state import decode_state, encode_state
from engine.commands.move_token import MoveToken
from engine.delivering import deliver_latest
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.queries.verification import verify
from engine.records.case import case_state, message, subscription
from engine.worker import reconcile
from tests.unit.engine.diagrams import catch, diagram, end, flow, gateway, path, start, user
from tests.unit.engine.listening import ANN, deploy_speaker, undelivered
from tests.unit.engine.moves import Movers, check_whole, entries, verdicts
from tests.unit.engine.world import CITY, World

SYSTEM = system_actor(CITY)


def loop(folder: Path, *, catcher: str = "hear", task: str = "read") -> Path:
    """A case that hears news about its topic, asks Ann, and comes round again as long as she says so."""
    doors = gateway("exclusive", "again"), gateway("exclusive", "enough", default="enough-done")
    ways = path("begin", "again", catcher, task, "enough", "done") + flow("enough", "again", f"{task}.more")
    return diagram(folder, start(), *doors, catch(catcher, "topic", "heard"), user(task, "11"), end(), ways)


@pytest.fixture
def town(world: World, tmp_path: Path) -> World:
    """A world with that process and a speaker."""
    deploy_speaker(world, tmp_path)
    world.deploy(loop(tmp_path))
    return world


def say(world: World, *texts: str) -> None:
    for text in texts:
        world.start("speaker", text, topic="k", text=text)
    world.work()


def settle(world: World) -> None:
    """Let the worker look again and again."""
    for _ in range(3):
        reconcile(world.engine)
        world.work()


def read_on(world: World) -> Any:
    """Let Ann ask for more, and return what she was told."""
    row = world.tasks(ANN)[0]
    world.complete(ANN, row, more=True)
    settle(world)
    return row.variables["heard"]["what"]


def heard_in(world: World, case_id: int) -> Sequence[dict[str, dict[str, int]]]:
    with world.engine.database.reading() as read:
        content = read.execute(select(case_state.c.content).where(case_state.c.case_id == case_id)).scalar_one()
    return [scope.heard for scope in decode_state(content).scopes]


def old_state(world: World, case_id: int) -> bytes:
    """Return the state of a case as it was stored when nothing was kept in mind."""
    with world.engine.database.reading() as read:
        content = read.execute(select(case_state.c.content).where(case_state.c.case_id == case_id)).scalar_one()
    state = decode_state(content)
    for scope in state.scopes:
        scope.heard.clear()
    return encode_state(state)


def test_a_catch_in_a_loop_takes_an_earlier_message_once_and_waits_for_the_next(town: World) -> None:
    say(town, "rain")
    town.start("test", topic="k")

    assert read_on(town) == "rain"
    assert town.tasks(ANN) == ()
    say(town, "snow")

    assert [row.variables["heard"] for row in town.tasks(ANN)] == [{"what": "snow"}]
    check_whole(town)


def test_a_message_that_was_delivered_is_not_found_again_in_the_next_round(town: World) -> None:
    town.start("test", topic="k")
    say(town, "rain")

    assert read_on(town) == "rain"

    assert (town.tasks(ANN), undelivered(town)) == ((), (0, 0))
    check_whole(town)


def test_of_messages_that_come_while_it_is_elsewhere_a_loop_takes_the_latest(town: World) -> None:
    say(town, "rain")
    town.start("test", topic="k")
    say(town, "snow", "fog")

    told = [read_on(town) for _ in range(2)]

    assert (told, town.tasks(ANN)) == (["rain", "fog"], ())
    check_whole(town)


def test_a_message_that_was_missed_is_found_once_by_whoever_has_heard_an_earlier_one(town: World) -> None:
    say(town, "rain")
    case = town.start("test", topic="k")
    read_on(town)
    with town.engine.database.writing() as connection:  # as if another had sent it while that step was on its way
        other = {"number": message.c.number + 1, "case_id": case, "payload": b"\x01\x81\xa4what\xa3fog"}
        connection.execute(update(message).values(other))

    settle(town)

    assert [row.variables["heard"]["what"] for row in town.tasks(ANN)] == ["fog"]
    assert read_on(town) == "fog"
    assert town.engine.read(view_case, SYSTEM, case).incidents == ()
    check_whole(town)


def test_whoever_has_heard_the_latest_message_is_not_told_by_a_job_that_comes_late(town: World) -> None:
    say(town, "rain")
    town.start("test", topic="k")
    read_on(town)

    deliver_latest(town.engine, CITY, "news", "k")

    assert town.tasks(ANN) == ()


def test_a_message_of_before_messages_had_numbers_is_heard_once_as_well(town: World) -> None:
    say(town, "rain")
    with town.engine.database.writing() as connection:
        connection.execute(update(message).values(number=0))
    town.start("test", topic="k")

    assert read_on(town) == "rain"

    assert town.tasks(ANN) == ()
    check_whole(town)


def test_a_case_that_began_before_this_was_kept_goes_on(town: World) -> None:
    say(town, "rain")
    case = town.start("test", topic="k")
    old = old_state(town, case)
    with town.engine.database.writing() as connection:
        connection.execute(update(case_state).where(case_state.c.case_id == case).values(content=old))

    told = [read_on(town), read_on(town)]

    assert (told, town.tasks(ANN)) == (["rain", "rain"], ())


def test_each_key_is_heard_by_itself(world: World, tmp_path: Path) -> None:
    deploy_speaker(world, tmp_path)
    world.deploy(loop(tmp_path))
    world.start("speaker", "a", topic="k", text="rain")
    world.start("speaker", "b", topic="l", text="calm")
    world.work()
    case = world.start("test", topic="k")

    with world.engine.database.reading() as read:
        numbers = {row.key: row.number for row in read.execute(select(message))}
    world.complete(ANN, world.tasks(ANN)[0], more=True)

    assert heard_in(world, case) == [{"hear": {"k": numbers["k"]}}]
    with world.engine.database.reading() as read:
        assert read.execute(select(subscription.c.heard)).scalars().all() == [numbers["k"]]


def test_a_case_that_was_begun_by_a_message_waits_for_the_next_one(world: World, tmp_path: Path) -> None:
    deploy_speaker(world, tmp_path, "{what: text, topic: topic}")
    begin = '<bpmn:startEvent id="begin"><bpmn:messageEventDefinition messageRef="message_news" /></bpmn:startEvent>'
    ways = path("begin", "hear", "read", "done")
    world.deploy(diagram(tmp_path, begin, catch("hear", "topic", "heard"), user("read", "11"), end(), ways))
    say(world, "rain")
    settle(world)
    assert world.tasks(ANN) == ()

    say(world, "snow")

    assert [row.variables["heard"]["what"] for row in world.tasks(ANN)] == ["snow"]
    check_whole(world)


def test_a_case_that_is_moved_back_by_hand_waits_for_the_next_message(town: World) -> None:
    say(town, "rain")
    case = town.start("test", topic="k")

    town.engine.run(MoveToken(case, town.tasks(ANN)[0].token, "hear", 1, "salah"), SYSTEM)
    settle(town)

    assert town.tasks(ANN) == ()
    check_whole(town)


def test_what_was_heard_goes_with_a_case_to_a_release_with_other_names(town: World, tmp_path: Path) -> None:
    say(town, "rain")
    case = town.start("test", topic="k")
    before = heard_in(town, case)
    town.deploy(loop(tmp_path, catcher="listen"))
    movers = Movers(town)

    judged = movers.move("hear=listen")
    moved = heard_in(town, case)
    movers.undo()

    assert (verdicts(judged), moved) == (["mapped"], [{"listen": before[0]["hear"]}])
    assert heard_in(town, case) == before


def test_a_case_that_waits_in_a_loop_hears_nothing_again_by_being_moved(town: World, tmp_path: Path) -> None:
    say(town, "rain")
    case = town.start("test", topic="k")
    read_on(town)
    changed = loop(tmp_path).read_text().replace('key="topic"', 'key="topic + &quot;&quot;"')
    (tmp_path / "test.bpmn").write_text(changed)
    town.deploy(tmp_path / "test.bpmn")

    judged = Movers(town).move()
    settle(town)

    assert (verdicts(judged), town.tasks(ANN)) == (["mapped"], ())
    assert entries(town, case)[-1]["kind"] == "migrate"


def test_two_catches_of_different_keys_in_one_step_are_told_apart_when_a_case_is_done_again(
    world: World, tmp_path: Path
) -> None:
    deploy_speaker(world, tmp_path)
    split = gateway("parallel", "split"), gateway("parallel", "join")
    hears = catch("first", '"never"', "one"), catch("second", '"k"', "two")
    ways = path("begin", "split", "first", "join", "read", "done"), path("split", "second", "join")
    world.deploy(diagram(tmp_path, start(), *split, *hears, user("read", "11"), end(), *ways))
    say(world, "rain")

    world.start("test", topic="k")

    with world.engine.database.reading() as read:
        assert list(verify(read, world.directory).findings()) == []


def test_a_process_without_a_loop_keeps_no_number(world: World, tmp_path: Path) -> None:
    deploy_speaker(world, tmp_path)
    ways = path("begin", "hear", "read", "done")
    world.deploy(diagram(tmp_path, start(), catch("hear", "topic", "heard"), user("read", "11"), end(), ways))
    say(world, "rain")

    case = world.start("test", topic="k")

    assert heard_in(world, case) == [{}]
    assert [len(result) for entry in entries(world, case) for result in entry["results"]] == [2]
