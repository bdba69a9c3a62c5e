"""The deploy-time check: what would be ignored or mis-run is refused, all of it in one pass, with the way out."""

from pathlib import Path

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.model import Kind
from engine.bpmn.release import check_release, compile_release
from engine.bpmn.vocabulary import FLOW_NODES
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
        "complexGateway",
        "task",
        "adHocSubProcess",
        "callChoreography",
        "subChoreography",
        "dataStoreReference",
    ],
)
def test_an_element_that_is_not_executed_is_refused(tag: str) -> None:
    assert ("x", "not_executed") in codes(*around(f'<bpmn:{tag} id="x" />'))


def test_what_stands_at_a_refused_element_is_not_refused_as_well() -> None:
    parts = (start(), user("before"), "<bpmn:task id='x' />", user("after"), end())

    assert codes(*parts, path("begin", "before", "x", "after", "done")) == {("x", "not_executed")}


@pytest.mark.parametrize("kind", ["compensate", "error", "escalation", "cancel", "terminate", "own"])
def test_an_event_that_would_be_ignored_is_refused(kind: str) -> None:
    event = f'<bpmn:intermediateCatchEvent id="x"><bpmn:{kind}EventDefinition /></bpmn:intermediateCatchEvent>'

    assert ("x", "not_executed") in codes(*around(event))


@pytest.mark.parametrize(
    "tag",
    [
        "manualTask",
        "subProcess",
        "transaction",
        "callActivity",
        "sendTask",
        "receiveTask",
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
    ],
)
def test_an_element_that_is_executed_is_told_only_what_it_lacks(tag: str) -> None:
    assert not {("x", "not_executed"), ("x", "unreachable")} & codes(*around(f'<bpmn:{tag} id="x" name="X" />'))


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
    found = codes(start(), user("x"), end(), flow("begin", "x", "a > 1"), path("x", "done"))

    assert ("begin-x", "ignored_condition") in found


@pytest.mark.parametrize("kind", ["parallel", "eventBased"])
def test_a_gateway_that_does_not_choose_has_no_conditions(kind: str) -> None:
    parts = (start(), gateway(kind, "g"), catch("x", "1"), catch("y", "1"), end(), path("begin", "g", "x", "done"))

    assert ("g-y", "ignored_condition") in codes(*parts, flow("g", "y", "a > 1"), path("y", "done"))


def test_a_choice_without_a_default_is_a_warning() -> None:
    parts = (start(), gateway("exclusive", "g"), user("x"), end(), path("begin", "g"), path("x", "done"))

    found = check_release(
        {"a.bpmn": text(*parts, flow("g", "x", "a > 1"), flow("g", "done", "a < 2")).encode()}, CATALOGUE
    )

    assert [(item.element, item.code, item.severity) for item in found] == [("g", "no_default", "warning")]
    assert compile_release({"a.bpmn": text(*around(user("x"))).encode()}, CATALOGUE).process == "test"


def test_a_flow_stays_in_its_sub_process() -> None:
    inner = '<bpmn:subProcess id="s" name="s">' + "".join((start("in"), user("y"), end("out"), path("in", "y", "out")))

    for source, target in (("x", "y"), ("y", "done")):
        found = codes(
            *around(user("x"), "x"), inner + "</bpmn:subProcess>", path("x", "s", "done"), flow(source, target)
        )
        assert (f"{source}-{target}", "flow_leaves") in found


def test_a_sub_process_may_have_no_start_and_no_end_but_not_one_of_them() -> None:
    def drawn(*parts: str) -> set[tuple[str, str]]:
        return codes(*around(f'<bpmn:subProcess id="x" name="x">{"".join(parts)}</bpmn:subProcess>'))

    assert drawn(user("a"), user("b"), user("c"), path("a", "b")) == set()
    assert drawn(start("in"), user("a"), path("in", "a")) == {("x", "no_end"), ("a", "dead_end")}
    assert drawn(user("a"), end("out"), path("a", "out")) == set()
    assert drawn(start("in"), start("more"), end("out"), path("in", "out"), path("more", "out")) == {("x", "one_start")}
    assert drawn() == {("x", "empty")}


def test_nothing_leads_into_a_start() -> None:
    assert ("begin", "start_incoming") in codes(
        start(), user("x"), end(), path("begin", "x", "begin"), path("x", "done")
    )


def test_a_choice_needs_a_condition_on_every_flow_but_the_default() -> None:
    found = codes(
        start(), gateway("exclusive", "g"), user("x"), end(), path("begin", "g", "x", "done"), flow("g", "done")
    )

    assert ("g-x", "no_condition") in found


def test_what_is_never_reached_and_what_leads_nowhere_is_said() -> None:
    found = codes(start(), user("x"), user("island"), end(), path("begin", "x", "done"))

    assert {("island", "unreachable"), ("island", "dead_end")} <= found


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
    parts = (start(), user("x", ""), service("y", "no.such"), "<bpmn:task id='z' />", end())

    found = check_release({"a.bpmn": text(*parts, path("begin", "x", "y", "done")).encode()}, CATALOGUE)

    assert {item.element for item in found} >= {"x", "y", "z"}
    assert all(item.message("id") and item.message("en") for item in found)


def test_a_broken_decision_table_is_named(tmp_path: Path) -> None:
    files = {"a.bpmn": text(*around(user("x"))).encode(), "b.dmn": b"<not-dmn/>"}

    assert [(item.element, item.code) for item in check_release(files, CATALOGUE)] == [("b.dmn", "dmn_unreadable")]


def test_no_flow_leads_into_a_boundary_event_or_out_of_an_end() -> None:
    parts = (*around(user("x")), boundary_timer("late", "x", "PT1H"), path("late", "done"))

    assert ("late", "boundary_incoming") in codes(*parts, path("x", "late"))
    assert ("done", "end_goes_on") in codes(*parts, path("done", "x"))


def test_a_flow_joins_two_elements() -> None:
    assert ("x-nowhere", "dangling_flow") in codes(*around(user("x")), flow("x", "nowhere"))


def test_a_step_of_people_and_services_has_a_name() -> None:
    assert ("x", "no_name") in codes(*around(user("x").replace('name="x"', "")))
    assert ("x", "no_name") in codes(*around(service("x", "known.service").replace('name="x"', "")))


def test_a_script_and_a_rule_say_where_their_result_goes() -> None:
    assert ("x", "no_result") in codes(*around(script("x", "", "1")))
    assert ("x", "no_result") in codes(*around('<bpmn:businessRuleTask id="x" name="x" />'))


def test_only_the_start_of_an_event_sub_process_can_interrupt_nothing() -> None:
    parts = around(user("x"))

    assert ("begin", "start_interrupts_nothing") in codes(
        parts[0].replace('id="begin"', 'id="begin" isInterrupting="false"'), *parts[1:]
    )


def test_a_process_of_too_many_elements_is_refused_without_looking_any_further() -> None:
    many = [user(f"u{number}") for number in range(500)]

    assert codes(start(), *many, end(), path("begin", *(f"u{number}" for number in range(500)), "done")) == {
        ("test", "too_many_nodes")
    }


def test_what_the_words_allow_is_what_the_model_executes() -> None:
    assert set(FLOW_NODES) == {kind.value for kind in Kind} - {Kind.EVENT_SUB_PROCESS.value}


def test_a_process_of_too_many_flows_is_refused_without_looking_any_further() -> None:
    flows = "".join(f'<bpmn:sequenceFlow id="f{n}" sourceRef="x" targetRef="done" />' for n in range(2_001))

    assert codes(start(), user("x"), end(), path("begin", "x"), flows) == {("test", "too_many_nodes")}
