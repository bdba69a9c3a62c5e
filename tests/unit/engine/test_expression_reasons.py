"""Where an expression gave nothing that a step needs, the operator reads which, where in it, why, and the way out."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from engine.bpmn.reasons import Reason
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.operations import case_standing, moments_of
from engine.queries.reasons import reasons_of
from tests.unit.engine.bpmn.shapes import each, marked
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, flow, gateway, path, script, start, user
from tests.unit.engine.world import CITY, World

ANN = 11


def begun(world: World, folder: Path, *parts: str, last: str = "step", **variables: Any) -> int:
    """Begin a case with elements in front of the last task, and return its id."""
    ways = path("begin", last, "look", "done")
    world.deploy(diagram(folder, start(), *parts, user("look", "11"), end(), ways))
    return world.start("test", **variables)


def reasons(world: World, case_id: int) -> tuple[Reason, ...]:
    """Return why the first failed step of a case failed."""

    def read_them(read: Connection, actor: Actor) -> tuple[Reason, ...]:
        incident = view_case(read, actor, case_id).incidents[0]
        standing = case_standing(read, actor, case_id)
        seen = moments_of(read, standing.case)[incident.token]
        return reasons_of(read, world.directory, standing, incident, seen)

    return world.engine.read(read_them, system_actor(CITY))


@pytest.mark.parametrize(
    ("step", "expression", "column"),
    [
        (user("step", "boss.number"), "boss.number", 1),
        (user("step", "", candidate="boss.group"), "boss.group", 1),
        (user("step", "11", due="date(day)"), "date(day)", 1),
        (user("step", "11", priority="1 + ann / 0"), "1 + ann / 0", 9),
        (catch("step", "boss.key"), "boss.key", 1),
        (marked(user("step", "11"), each("people.all", item="one")), "people.all", 1),
    ],
    ids=["assignee", "group", "due date", "priority", "correlation key", "instances"],
)
def test_what_gave_nothing_is_named_with_place_and_way_out_in_both_languages(
    world: World, tmp_path: Path, step: str, expression: str, column: int
) -> None:
    (reason,) = reasons(world, begun(world, tmp_path, step, ann=ANN, day="2026-02-30"))

    assert reason.expression == expression
    assert reason.texts[0]["id"].startswith(f"Baris 1, kolom {column}: ")
    assert reason.texts[0]["en"].startswith(f"Line 1, column {column}: ")


def test_a_timer_without_a_time_says_why(world: World, tmp_path: Path) -> None:
    parts = user("step", "11"), boundary_timer("late", "step", "boss.limit"), end("over"), path("late", "over")

    (reason,) = reasons(world, begun(world, tmp_path, *parts))

    assert reason.expression == "boss.limit"
    assert "'boss'" in reason.texts[0]["id"]


def test_a_choice_without_a_true_condition_names_the_conditions_that_gave_nothing(world: World, tmp_path: Path) -> None:
    ways = path("begin", "step"), flow("step", "done", "score > limit"), flow("step", "over", "score > 90")
    world.deploy(diagram(tmp_path, start(), gateway("exclusive", "step"), *ways, end(), end("over")))

    (reason,) = reasons(world, world.start("test", score=80))

    assert reason.expression == "score > limit"
    assert "'limit'" in reason.texts[0]["en"]


def test_data_that_is_itself_null_is_told_apart_from_a_mistake_in_the_expression(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path, user("step", "boss.number"), boss={"number": None})

    assert reasons(world, case_id) == (Reason("boss.number"),)


def test_a_budget_that_was_exceeded_is_said_in_both_languages(world: World, tmp_path: Path) -> None:
    case_id = begun(world, tmp_path, script("step", "x", "count(for i in 1..1000000 return ann)"), ann=ANN)

    (reason,) = reasons(world, case_id)
    assert "terlalu banyak langkah" in reason.texts[0]["id"]
    assert "too many steps" in reason.texts[0]["en"]


@pytest.mark.parametrize(
    "feel",
    [
        "function(n) n + ann",
        "abs",
        "[1, function() ann]",
        "{a: {b: count}}",
        "date(ann + 12000, 1, 1)",
        "time(10, 0, ann / 10000000)",
    ],
)
def test_what_no_case_can_keep_is_an_incident_and_not_a_value(world: World, tmp_path: Path, feel: str) -> None:
    case_id = begun(world, tmp_path, script("step", "x", feel), ann=ANN)

    view = world.engine.read(view_case, system_actor(CITY), case_id)
    assert [incident.element for incident in view.incidents] == ["step"]
    assert "cannot be kept" in view.incidents[0].text


@pytest.mark.parametrize(
    "feel",
    ["for i in 1..15000 return text", "string join(for i in 1..5 return text)", "[[text, text], {a: text, b: text}]"],
)
def test_a_result_of_endless_text_is_an_incident_before_it_is_written(world: World, tmp_path: Path, feel: str) -> None:
    case_id = begun(world, tmp_path, script("step", "x", feel), text="x" * 2_500_000)

    view = world.engine.read(view_case, system_actor(CITY), case_id)
    assert [incident.element for incident in view.incidents] == ["step"]
    assert view.case.status.is_running
