"""An expression gives the same before a wait and behind it: what a case keeps is what it had."""

from pathlib import Path

import pytest

from engine.queries.verification import verify
from tests.unit.engine.diagrams import catch, diagram, end, gateway, path, script, start, throw, user
from tests.unit.engine.world import World

ANN = 11
ASKED = '[string(x), x.timezone, x.hour, date(x) = date("2026-10-05"), x + duration("P1D") > x]'
TIMES = [
    "now()",
    'date and time("2026-10-05T01:00:00@Asia/Jakarta")',
    'date and time("2026-10-05T01:00:00+07:00")',
    'date and time("2026-10-05T01:00:00")',
    'time("01:00:00@Asia/Jakarta")',
    'duration("P1Y2M")',
    "[1..10]",
]


@pytest.mark.parametrize("feel", TIMES)
def test_what_is_asked_of_a_value_is_the_same_behind_a_wait(world: World, tmp_path: Path, feel: str) -> None:
    world.clock.now = world.clock.now.replace(day=4, hour=23)  # in Jakarta it is the 5th of October by now
    asked = script("set", "x", feel), script("before", "was", ASKED), user("wait", "11"), script("after", "is", ASKED)
    ways = path("begin", "set", "before", "wait", "after", "look", "done")
    world.deploy(diagram(tmp_path, start(), *asked, user("look", "11"), end(), ways))
    world.start("test")

    world.complete(ANN, world.tasks(ANN)[0])

    (row,) = world.tasks(ANN)
    assert row.variables["is"] == row.variables["was"]
    assert _findings(world) == []


def test_a_deadline_counts_from_the_citys_day_in_a_later_step_as_well(world: World, tmp_path: Path) -> None:
    world.clock.now = world.clock.now.replace(day=4, hour=23)
    late = "working days after(date(sent), 3)"
    tasks = script("set", "sent", "now()"), user("wait", "11", due=late), user("look", "11", due=late)
    world.deploy(diagram(tmp_path, start(), *tasks, end(), path("begin", "set", "wait", "look", "done")))
    world.start("test")

    (first,) = world.tasks(ANN)
    world.complete(ANN, first)

    assert world.tasks(ANN)[0].due == first.due


def test_a_message_carries_an_instant_with_its_zone(world: World, tmp_path: Path) -> None:
    world.clock.now = world.clock.now.replace(day=4, hour=23)
    fork, join = gateway("parallel", "fork"), gateway("parallel", "join")
    sends = throw("tell", '"k"', "{at: now()}"), catch("hear", '"k"', "news"), script("say", "day", "date(news.at)")
    ways = path("begin", "fork", "tell", "join", "look", "done") + path("fork", "hear", "say", "join")
    world.deploy(diagram(tmp_path, start(), fork, *sends, join, user("look", "11"), end(), ways))
    world.start("test")

    world.work()

    (row,) = world.tasks(ANN)
    assert str(row.variables["day"]) == "2026-10-05"
    assert _findings(world) == []


def test_keys_that_differ_in_their_last_digit_are_two(world: World, tmp_path: Path) -> None:
    first, second = "1234567890123456789012345678901111", "1234567890123456789012345678901112"
    fork, join = gateway("parallel", "fork"), gateway("parallel", "join")
    sends = throw("tell", second, "{n: 1}"), catch("hear", first, "news"), user("look", "11")
    ways = path("begin", "fork", "tell", "join", "look", "done") + path("fork", "hear", "join")
    world.deploy(diagram(tmp_path, start(), fork, *sends, join, end(), ways))
    world.start("test")

    world.work()

    assert world.tasks(ANN) == ()


def _findings(world: World) -> list[object]:
    with world.engine.database.reading() as read:
        return list(verify(read, world.directory).findings())
