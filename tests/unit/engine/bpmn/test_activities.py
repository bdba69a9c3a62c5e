"""Rounds and called processes say all that they need, and nothing that would be ignored."""

import pytest

from tests.unit.engine.bpmn.drawings import (
    around,
    association,
    call,
    edge,
    event,
    found,
    inside,
    instances,
    manual,
    process,
    sub,
)
from tests.unit.engine.diagrams import path, start, user

STANDARD = "standardLoopCharacteristics"
COUNT = "<bpmn:loopCardinality>3</bpmn:loopCardinality>"
UNTIL = "<bpmn:loopCondition>a &gt; 1</bpmn:loopCondition>"


@pytest.mark.parametrize(
    "marker",
    [
        instances(COUNT),
        instances(collection="people", item="person"),
        instances(collection="people", item="person", output="marks", gives="x", sequential=True),
        instances("<bpmn:completionCondition>a &gt; 1</bpmn:completionCondition>", collection="people"),
        f"<bpmn:{STANDARD}>{UNTIL}</bpmn:{STANDARD}>",
        f'<bpmn:{STANDARD} loopMaximum="3" testBefore="true" />',
    ],
)
def test_a_loop_that_says_what_it_needs_passes(marker: str) -> None:
    assert found(*around(manual("x", marker))) == set()


@pytest.mark.parametrize(
    "marker",
    [
        instances(),
        instances(COUNT, collection="people"),
        instances(COUNT, item="person"),
        instances(collection="people", output="marks"),
        instances(collection="people", gives="x"),
        f"<bpmn:{STANDARD} />",
    ],
)
def test_a_loop_that_says_too_little_or_too_much_is_refused(marker: str) -> None:
    assert ("x", "loop") in found(*around(manual("x", marker)))


@pytest.mark.parametrize(
    "marker",
    [
        instances(collection="people["),
        instances(collection="people", output="marks", gives="1 +"),
        instances(COUNT.replace("3", "3 +")),
        f"<bpmn:{STANDARD}>{UNTIL.replace('1', '')}</bpmn:{STANDARD}>",
    ],
)
def test_the_expressions_of_a_loop_compile(marker: str) -> None:
    assert ("x", "expression") in found(*around(manual("x", marker)))


def test_two_markers_on_one_step_are_refused() -> None:
    assert ("x", "said_twice") in found(
        *around(manual("x", instances(COUNT), f"<bpmn:{STANDARD}>{UNTIL}</bpmn:{STANDARD}>"))
    )


OTHER = process("other", *inside("other", "y", manual("y")))
GIVES = '<alur:input name="a" value="b" /><alur:output name="c" value="d" />'


def test_a_process_of_the_same_file_is_called() -> None:
    assert found(*around(call("x", "other", GIVES)), beside=OTHER) == set()


@pytest.mark.parametrize("called", ["", "nowhere", "test", "x"])
def test_a_process_that_cannot_be_called_is_refused(called: str) -> None:
    problems = found(*around(call("x", called)), beside=OTHER)

    assert {("x", "unknown_process"), ("x", "call_circle")} & problems


def test_calls_do_not_go_in_a_circle() -> None:
    again = process("other", *inside("other", "s", sub("s", *inside("s", "y", call("y", "other")))))

    assert ("y", "call_circle") in found(*around(call("x", "other")), beside=again)


def test_what_is_handed_over_to_a_called_process_compiles() -> None:
    problems = found(*around(call("x", "other", GIVES.replace('"b"', '"b +"'))), beside=OTHER)

    assert problems == {("x", "expression")}


def test_a_called_process_is_checked_like_any_other() -> None:
    assert ("other", "one_start") in found(*around(call("x", "other")), beside=process("other", manual("y")))


def test_a_note_at_a_compensation_event_is_no_handler() -> None:
    step = (start(), user("x"), edge("regret", "x", "compensate"), manual("undo", isForCompensation="true"))
    way = (event("endEvent", "done", "compensate"), path("begin", "x", "done"), association("regret", "undo"))
    note = '<bpmn:textAnnotation id="note"><bpmn:text>Mengapa</bpmn:text></bpmn:textAnnotation>'

    assert found(*step, *way, note, association("regret", "note")) == set()
