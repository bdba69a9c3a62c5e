"""Logs of cases for other programs: what they hold, how they are built, and that nobody is told by them."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.commands.cancel_case import CancelCase
from engine.mining.hiding import hidden_names, plain_names
from engine.mining.logs import LoggedCase
from engine.mining.ocel import write_ocel
from engine.mining.ocel_xml import write_ocel_xml
from engine.mining.xes import write_xes
from engine.policy.actor import system_actor
from engine.queries.mining_log import logged_cases
from tests.unit.engine.diagrams import diagram, end, path, script, start, user
from tests.unit.engine.world import CITY, World

ANN, BOB = 115_616_576_964_659_282, 115_616_576_964_659_283
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
XES = "{http://www.xes-standard.org/}"
TYPES = {"string", "date", "int", "float", "boolean", "id", "list", "container"}


@pytest.fixture
def office(world: World, tmp_path: Path) -> World:
    """One case that is done, one that waits, one that was cancelled."""
    parts = start(), user("write", "writer"), script("count", "n", "1"), user("check", "checker"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "write", "count", "check", "done")))
    done, _waits, cancelled = (world.start("test", key=key, subject=ANN, writer=ANN, checker=BOB) for key in "123")
    world.clock.forward(minutes=5)
    world.complete(ANN, next(row for row in world.tasks(ANN) if row.case_id == done))
    world.complete(BOB, world.tasks(BOB)[0])
    world.engine.run(CancelCase(cancelled, "salah"), system_actor(CITY))
    return world


def read_cases(world: World) -> list[LoggedCase]:
    return world.engine.read(lambda read, actor: list(logged_cases(read, actor, "test", *ALWAYS)), system_actor(CITY))


def as_xes(cases: list[LoggedCase]) -> Any:
    file = StringIO()
    counted = write_xes(file, "test", cases, hidden_names())
    tree = etree.fromstring(file.getvalue().encode())
    assert (counted.cases, counted.events) == (len(tree.findall(f"{XES}trace")), len(tree.findall(f".//{XES}event")))
    return tree


def as_ocel(cases: list[LoggedCase]) -> dict[str, Any]:
    file = StringIO()
    write_ocel(file, "test", lambda: cases, hidden_names())
    found: dict[str, Any] = json.loads(file.getvalue())
    return found


def values(event: Any) -> dict[str, str]:
    return {item.get("key"): item.get("value") for item in event}


def test_a_case_is_told_from_its_first_step_to_its_last(office: World) -> None:
    done, waits, cancelled = read_cases(office)

    assert [(event.element, event.transition.value) for event in done.events] == [
        ("begin", "complete"),
        ("write", "schedule"),
        ("write", "complete"),
        ("count", "complete"),
        ("check", "schedule"),
        ("check", "complete"),
        ("done", "complete"),
    ]
    assert [event.transition.value for event in waits.events] == ["complete", "schedule"]
    assert [event.transition.value for event in cancelled.events] == ["complete", "schedule", "pi_abort"]
    assert done.events[2].person == ANN


def test_a_log_in_xes_is_built_as_the_standard_says(office: World) -> None:
    tree = as_xes(read_cases(office))

    assert tree.tag == f"{XES}log"
    assert tree.get("xes.version") == "1849.2016"
    order = [etree.QName(child).localname for child in tree]
    wanted = ["extension", "global", "classifier", "string", "trace"]
    assert order == sorted(order, key=wanted.index)
    for event in tree.iter(f"{XES}event"):
        assert {etree.QName(child).localname for child in event} <= TYPES
        assert {"concept:name", "lifecycle:transition", "org:resource", "time:timestamp"} <= values(event).keys()
        assert datetime.fromisoformat(values(event)["time:timestamp"]).tzinfo is not None


def test_a_log_in_ocel_names_every_type_and_object_that_it_uses(office: World) -> None:
    log = as_ocel(read_cases(office))

    objects = {item["id"]: item for item in log["objects"]}
    of_objects = {item["name"]: {one["name"] for one in item["attributes"]} for item in log["objectTypes"]}
    of_events = {item["name"]: {one["name"] for one in item["attributes"]} for item in log["eventTypes"]}
    assert len(objects) == len(log["objects"])
    assert len({item["id"] for item in log["events"]}) == len(log["events"]) == 12
    assert all({one["name"] for one in item["attributes"]} <= of_objects[item["type"]] for item in log["objects"])
    assert all({one["name"] for one in item["attributes"]} <= of_events[item["type"]] for item in log["events"])
    named = [one["objectId"] for item in (*log["events"], *log["objects"]) for one in item["relationships"]]
    assert set(named) <= objects.keys()
    assert sum(item["type"] == "test" for item in log["objects"]) == 3


def test_a_log_in_ocel_is_the_same_in_xml_with_its_objects_in_front_of_its_events(office: World) -> None:
    file = StringIO()
    cases = read_cases(office)
    names = hidden_names(b"once")
    counted = write_ocel_xml(file, "test", lambda: cases, names)
    tree = etree.fromstring(file.getvalue().encode())
    in_json = StringIO()
    write_ocel(in_json, "test", lambda: cases, names)
    same = json.loads(in_json.getvalue())

    assert [child.tag for child in tree] == ["object-types", "event-types", "objects", "events"]
    for tag, key in (("object", "objects"), ("event", "events")):
        items = tree.findall(f"{key}/{tag}")
        assert [(item.get("id"), item.get("type")) for item in items] == [(one["id"], one["type"]) for one in same[key]]
        related = [[one.get("object-id") for one in item.iter("relationship")] for item in items]
        assert related == [[one["objectId"] for one in item["relationships"]] for item in same[key]]
        told = [[(one.get("name"), one.text) for one in item.iter("attribute")] for item in items]
        assert told == [[(one["name"], str(one["value"])) for one in item["attributes"]] for item in same[key]]
    assert counted.events == len(tree.findall("events/event")) == 12


def test_both_formats_hold_the_same_events(office: World) -> None:
    cases = read_cases(office)

    in_xes = sorted(
        (values(event)["alur:element"], values(event)["time:timestamp"]) for event in as_xes(cases).iter(f"{XES}event")
    )
    in_ocel = sorted((item["attributes"][0]["value"], item["time"]) for item in as_ocel(cases)["events"])

    assert in_xes == in_ocel


def test_nobody_is_told_by_his_number_and_two_logs_cannot_be_laid_side_by_side(office: World) -> None:
    cases = read_cases(office)

    texts = []
    for _ in range(2):
        file = StringIO()
        write_xes(file, "test", cases, hidden_names())
        write_ocel(file, "test", lambda: cases, hidden_names())
        texts.append(file.getvalue())

    numbers = {str(number) for case in cases for number in (case.id, ANN, BOB)}
    assert not any(number in text for number in numbers for text in texts)
    assert hidden_names(b"a")("case", 1) == hidden_names(b"a")("case", 1) != hidden_names(b"b")("case", 1)
    assert plain_names("case", 1) == "case-1"


def test_only_cases_that_began_in_the_time_are_told(office: World) -> None:
    late = datetime(2026, 10, 6, tzinfo=UTC)

    found = office.engine.read(
        lambda read, actor: list(logged_cases(read, actor, "test", late, ALWAYS[1])), system_actor(CITY)
    )

    assert found == []
