"""An event is drawn where it can happen, and what is thrown is caught; anything else is refused."""

import pytest

from tests.unit.engine.bpmn.drawings import around, association, edge, event, event_sub, found, inside, manual, sub
from tests.unit.engine.diagrams import end, flow, gateway, path, script, service, start, user

WAITED = ["message", "timer", "signal", "conditional"]
SERVICE = service("x", "known.service")
AT_EDGE = (end("over"), path("edge", "over"))


def risky(*last: str) -> str:
    """A sub-process `x` that ends well or badly."""
    choice = (gateway("exclusive", "ok", default="ok-well"), flow("ok", "well"), flow("ok", "badly", "a > 1"))
    return sub("x", start("in"), path("in", "ok"), *choice, end("well"), *last)


@pytest.mark.parametrize("trigger", WAITED)
@pytest.mark.parametrize("calm", [True, False])
def test_what_is_waited_for_may_happen_at_a_step_that_waits(trigger: str, calm: bool) -> None:
    assert found(*around(user("x")), edge("edge", "x", trigger, calm=calm), *AT_EDGE) == set()


@pytest.mark.parametrize("trigger", WAITED)
@pytest.mark.parametrize("host", [SERVICE, script("x", "y", "1")])
def test_what_is_waited_for_cannot_happen_at_a_step_that_does_not_wait(trigger: str, host: str) -> None:
    assert ("edge", "boundary_host") in found(*around(host), edge("edge", "x", trigger), *AT_EDGE)


@pytest.mark.parametrize("trigger", ["error", "escalation"])
def test_what_is_thrown_inside_is_caught_at_the_edge(trigger: str) -> None:
    drawn = (risky(event("endEvent", "badly", trigger)), edge("edge", "x", trigger), *AT_EDGE)

    assert found(*around(drawn[0]), *drawn[1:]) == set()


def test_a_service_may_report_an_error_of_any_code() -> None:
    assert found(*around(SERVICE), edge("edge", "x", "error"), *AT_EDGE) == set()


@pytest.mark.parametrize(("trigger", "host"), [("error", user("x")), ("escalation", SERVICE), ("cancel", user("x"))])
def test_what_cannot_come_out_of_a_step_is_not_caught_there(trigger: str, host: str) -> None:
    assert ("edge", "boundary_host") in found(*around(host), edge("edge", "x", trigger), *AT_EDGE)


@pytest.mark.parametrize("reference", ["worse", "nothing"])
def test_an_error_of_another_code_is_not_caught(reference: str) -> None:
    drawn = around(risky(event("endEvent", "badly", "error", _errorRef=reference)))

    problems = found(*drawn, edge("edge", "x", "error"), *AT_EDGE)

    codes = {"worse": "uncaught_error", "nothing": "error_reference"}
    assert {("edge", "never_thrown"), ("badly", codes[reference])} <= problems


def test_an_error_always_interrupts() -> None:
    drawn = around(risky(event("endEvent", "badly", "error")))

    assert ("edge", "always_interrupts") in found(*drawn, edge("edge", "x", "error", calm=True), *AT_EDGE)


def test_an_escalation_that_nobody_catches_is_only_a_warning() -> None:
    assert found(*around(event("intermediateThrowEvent", "x", "escalation"))) == {("x", "uncaught_escalation")}


def test_two_events_at_one_place_do_not_catch_the_same() -> None:
    drawn = (*around(SERVICE), edge("edge", "x", "error"), edge("again", "x", "error"), *AT_EDGE, path("again", "over"))

    assert ("again", "same_catch") in found(*drawn)


@pytest.mark.parametrize("trigger", WAITED)
@pytest.mark.parametrize("calm", [True, False])
def test_an_event_sub_process_begins_by_what_is_waited_for(trigger: str, calm: bool) -> None:
    assert found(*around(user("x")), event_sub("on", trigger, calm=calm)) == set()


def test_an_event_sub_process_catches_what_is_thrown_beside_it() -> None:
    thrown = (gateway("exclusive", "ok", default="ok-done"), event("endEvent", "bad", "error"))
    flows = (path("begin", "ok", "done"), flow("ok", "bad", "a > 1"))

    assert found(start(), *thrown, end(), *flows, event_sub("on", "error")) == set()
    assert ("on_start", "always_interrupts") in found(
        start(), *thrown, end(), *flows, event_sub("on", "error", calm=True)
    )


def test_an_event_sub_process_has_one_start_with_a_trigger_and_no_flows() -> None:
    plain = sub("on", *inside("on"), triggeredByEvent="true")

    assert ("on", "event_start") in found(*around(user("x")), plain)
    assert ("on", "apart_flow") in found(*around(user("x")), event_sub("on", "timer"), flow("x", "on"))


def test_no_sub_process_begins_by_a_trigger_and_no_case_by_an_error() -> None:
    drawn = sub("x", event("startEvent", "in", "message"), end("out"), path("in", "out"))

    assert ("in", "start_trigger") in found(*around(drawn))
    assert ("begin", "start_trigger") in found(
        event("startEvent", "begin", "error"), user("x"), end(), path("begin", "x", "done")
    )


def transaction(*last: str) -> str:
    return risky(*last).replace("subProcess", "transaction")


def test_a_transaction_is_cancelled_by_its_cancel_end() -> None:
    ends = transaction(event("endEvent", "badly", "cancel"))

    assert found(*around(ends), edge("edge", "x", "cancel"), *AT_EDGE) == set()
    assert ("badly", "cancel_uncaught") in found(*around(ends))
    assert ("edge", "never_thrown") in found(*around(transaction(end("badly"))), edge("edge", "x", "cancel"), *AT_EDGE)


def test_a_transaction_that_can_be_cancelled_may_be_repeated() -> None:
    marker = '<bpmn:standardLoopCharacteristics loopMaximum="2" />'
    once = transaction(event("endEvent", "badly", "cancel"))
    looped = once.replace("</bpmn:transaction>", f"{marker}</bpmn:transaction>")

    assert found(*around(looped), edge("edge", "x", "cancel"), *AT_EDGE) == set()
    repeated = sub("s", marker, *around(once), edge("edge", "x", "cancel"), *AT_EDGE)
    assert found(start("b"), repeated, end("d"), path("b", "s", "d")) == set()


def test_a_cancel_end_outside_a_transaction_is_refused() -> None:
    assert ("badly", "cancel_outside") in found(*around(risky(event("endEvent", "badly", "cancel"))))


UNDO = manual("undo", isForCompensation="true")


def test_a_step_is_undone_by_the_handler_to_which_a_line_leads() -> None:
    drawn = (*around(user("x")), edge("edge", "x", "compensate"), UNDO)

    assert found(*drawn, association("edge", "undo")) == set()
    assert {("edge", "compensation_handler"), ("undo", "handler_alone")} <= found(*drawn)


def test_a_handler_is_marked_and_runs_outside_the_flow() -> None:
    line = association("edge", "undo")
    drawn = (*around(user("x")), edge("edge", "x", "compensate"), line)

    assert ("edge", "compensation_handler") in found(*drawn, manual("undo"))
    assert ("undo", "apart_flow") in found(*drawn, UNDO, flow("undo", "done"))
    assert ("edge", "compensation_flow") in found(*drawn, UNDO, flow("edge", "done"))


def test_what_is_compensated_stands_in_the_same_place() -> None:
    drawn = (start(), user("x"), end(), edge("edge", "x", "compensate"), UNDO, association("edge", "undo"))
    path_ = path("begin", "x", "back", "done")

    assert found(*drawn, event("intermediateThrowEvent", "back", "compensate", _activityRef="x"), path_) == set()
    assert ("back", "compensation_activity") in found(
        *drawn, event("intermediateThrowEvent", "back", "compensate", _activityRef="nowhere"), path_
    )


def test_a_process_has_no_compensation_of_its_own() -> None:
    assert ("on_start", "compensation_start") in found(*around(user("x")), event_sub("on", "compensate"))
    inner = sub("x", *inside("x", "y", user("y")), event_sub("on", "compensate"))
    back = event("intermediateThrowEvent", "back", "compensate")
    assert found(start(), inner, back, end(), path("begin", "x", "back", "done")) == set()


def test_a_compensation_that_undoes_nothing_is_told() -> None:
    assert found(*around(event("intermediateThrowEvent", "x", "compensate"))) == {("x", "nothing_undone")}


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_of_two_events_behind_a_gateway_that_wait_for_the_same_one_would_never_happen(kind: str) -> None:
    events = (event("intermediateCatchEvent", "a", kind), event("intermediateCatchEvent", "b", kind))
    ways = path("begin", "g", "a", "done") + path("g", "b", "done")

    assert found(start(), gateway("eventBased", "g"), *events, end(), ways) == {("b", "same_catch")}


def test_two_edges_may_hear_the_same_unless_both_end_the_step() -> None:
    def twice(*, calm: bool) -> set[tuple[str, str]]:
        edges = (edge("one", "x", "message", calm=calm), edge("two", "x", "message"))
        return found(*around(user("x")), *edges, end("over"), path("one", "over"), path("two", "over"))

    assert twice(calm=True) == set()
    assert twice(calm=False) == {("two", "same_catch")}
