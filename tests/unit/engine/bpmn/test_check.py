"""The deploy-time check: what would be ignored or mis-run is refused, all of it in one pass, with the way out."""

from pathlib import Path

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from tests.unit.engine.diagrams import (
    boundary_timer,
    catch,
    end,
    flow,
    gateway,
    path,
    script,
    service,
    start,
    text,
    user,
)

CATALOGUE = Catalogue(frozenset({"known.service"}), frozenset({"any"}))


def codes(*parts: str) -> set[tuple[str, str]]:
    """Return the problems of a diagram as (element, code)."""
    files = {"test.bpmn": text(*parts).encode()}
    return {(item.element, item.code) for item in check_release(files, CATALOGUE)}


def around(middle: str, name: str = "x") -> tuple[str, ...]:
    """A diagram with one element between start and end."""
    return (start(), middle, end(), path("begin", name, "done"))


def test_a_clean_diagram_has_no_problem() -> None:
    assert codes(*around(user("x"))) == set()


@pytest.mark.parametrize(
    "tag",
    [
        "subProcess",
        "callActivity",
        "inclusiveGateway",
        "complexGateway",
        "eventBasedGateway",
        "sendTask",
        "receiveTask",
        "task",
        "transaction",
        "adHocSubProcess",
    ],
)
def test_an_element_that_is_not_executed_is_refused(tag: str) -> None:
    assert ("x", "not_executed") in codes(*around(f'<bpmn:{tag} id="x" />'))


@pytest.mark.parametrize("kind", ["signal", "link", "compensate", "conditional", "error", "escalation", "cancel"])
def test_an_event_that_would_be_ignored_is_refused(kind: str) -> None:
    event = f'<bpmn:intermediateCatchEvent id="x"><bpmn:{kind}EventDefinition /></bpmn:intermediateCatchEvent>'

    assert ("x", "not_executed") in codes(*around(event))


def test_a_loop_or_multi_instance_marker_is_refused() -> None:
    task = user("x").replace("</bpmn:userTask>", "<bpmn:multiInstanceLoopCharacteristics /></bpmn:userTask>")

    assert ("x", "loop_marker") in codes(*around(task))


def test_unknown_names_are_said_with_those_that_exist() -> None:
    found = check_release({"test.bpmn": text(*around(service("x", "no.such"))).encode()}, CATALOGUE)

    assert [item.code for item in found] == ["unknown_service"]
    assert "known.service" in found[0].message("id")


def test_a_task_needs_exactly_one_way_to_find_its_person() -> None:
    assert ("x", "assignment") in codes(*around(user("x", "")))
    assert ("x", "assignment") in codes(*around(user("x", "person", candidate='"clerks"')))


def test_an_expression_that_does_not_compile_is_refused_wherever_it_stands() -> None:
    found = codes(
        start(),
        script("sum", "total", "1 +"),
        gateway("exclusive", "which", default="which-done"),
        user("x", "[person"),
        end(),
        path("begin", "sum", "which"),
        flow("which", "x", "a >"),
        path("x", "done"),
        flow("which", "done"),
    )

    assert {("sum", "expression"), ("which-x", "expression"), ("x", "expression")} <= found


def test_a_condition_that_would_be_ignored_is_refused() -> None:
    found = codes(start(), user("x"), end(), path("begin", "x"), flow("x", "done", "a > 1"))

    assert ("x-done", "ignored_condition") in found


def test_a_choice_needs_a_condition_on_every_flow_but_the_default() -> None:
    found = codes(
        start(), gateway("exclusive", "g"), user("x"), end(), path("begin", "g", "x", "done"), flow("g", "done")
    )

    assert ("g-x", "no_condition") in found


def test_what_is_never_reached_and_what_leads_nowhere_is_said() -> None:
    found = codes(start(), user("x"), user("island"), end(), path("begin", "x", "done"))

    assert {("island", "unreachable"), ("island", "dead_end")} <= found


def test_two_flows_out_of_a_task_need_a_gateway() -> None:
    found = codes(start(), user("x"), user("y"), end(), path("begin", "x", "y", "done"), flow("x", "done"))

    assert ("x", "implicit_split") in found


def test_a_boundary_event_belongs_on_a_persons_task() -> None:
    parts = (start(), script("x", "y", "1"), boundary_timer("late", "x", "PT1H"), end())

    assert ("late", "boundary_host") in codes(*parts, path("begin", "x", "done"), flow("late", "done"))


@pytest.mark.parametrize("when", ["", "R3/PT1H", "every day", "P1M", "P1Y2M", "PT"])
def test_a_timer_that_says_no_time_is_refused(when: str) -> None:
    parts = (start(), user("x"), boundary_timer("late", "x", when), end())

    found = codes(*parts, path("begin", "x", "done"), flow("late", "done"))

    assert {code for element, code in found if element == "late"} & {"timer_value", "expression"}


def test_a_message_needs_its_name_and_key() -> None:
    assert ("x", "message_reference") in codes(*around(catch("x", "")))


def test_a_loop_on_which_nobody_waits_is_refused() -> None:
    found = codes(
        start(),
        gateway("exclusive", "again", default="again-done"),
        script("x", "n", "n + 1"),
        end(),
        path("begin", "again"),
        flow("again", "x", "n < 5"),
        path("x", "again"),
        flow("again", "done"),
    )

    assert "endless_loop" in {code for _, code in found}


def test_a_script_of_another_language_is_refused() -> None:
    task = script("x", "y", "1").replace('<bpmn:scriptTask id="x"', '<bpmn:scriptTask id="x" scriptFormat="python"')

    assert ("x", "script_format") in codes(*around(task))


def test_there_is_one_executable_process_with_one_start_and_an_end() -> None:
    two = text(*around(user("x"))).replace(
        "</bpmn:definitions>", '<bpmn:process id="other" isExecutable="true" /></bpmn:definitions>'
    )

    assert [item.code for item in check_release({"a.bpmn": two.encode()}, CATALOGUE)] == ["one_process"]
    assert {("test", "one_start"), ("test", "no_end")} <= codes(user("x"))


def test_all_problems_come_in_one_pass_in_both_languages() -> None:
    parts = (start(), user("x", ""), service("y", "no.such"), "<bpmn:sendTask id='z' />", end())

    found = check_release({"a.bpmn": text(*parts, path("begin", "x", "y", "done")).encode()}, CATALOGUE)

    assert {item.element for item in found} >= {"x", "y", "z"}
    assert all(item.message("id") and item.message("en") for item in found)


def test_a_broken_decision_table_is_named(tmp_path: Path) -> None:
    files = {"a.bpmn": text(*around(user("x"))).encode(), "b.dmn": b"<not-dmn/>"}

    assert [(item.element, item.code) for item in check_release(files, CATALOGUE)] == [("b.dmn", "dmn_unreadable")]
