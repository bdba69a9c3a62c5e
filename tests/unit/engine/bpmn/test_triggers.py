"""What a token waits for on its way can happen: event gateways, links, cycles, conditions."""

import pytest

from engine.bpmn.release import check_release
from tests.unit.engine.bpmn.drawings import CATALOGUE, around, edge, event, found, sub, whole
from tests.unit.engine.diagrams import end, flow, gateway, path, start, user


def race(*targets: str) -> tuple[str, ...]:
    """An event gateway before the elements `a` and `b`."""
    return (start(), gateway("eventBased", "g"), *targets, end(), path("begin", "g", "a", "done"))


A, B = event("intermediateCatchEvent", "a", "message"), event("intermediateCatchEvent", "b", "timer")


def test_events_and_receive_tasks_race_behind_an_event_gateway() -> None:
    receive = (
        '<bpmn:receiveTask id="b" messageRef="message_news"><bpmn:extensionElements><alur:message key="2" />'
        "</bpmn:extensionElements></bpmn:receiveTask>"
    )

    for second in (B, receive):
        assert found(*race(A, second), path("g", "b", "done")) == set()


def test_a_race_needs_two_events() -> None:
    assert ("g", "event_gateway") in found(*race(A))


@pytest.mark.parametrize("second", [user("b"), event("intermediateThrowEvent", "b", "signal")])
def test_what_does_not_wait_for_an_event_cannot_race(second: str) -> None:
    assert ("b", "event_gateway_target") in found(*race(A, second), path("g", "b", "done"))


def test_an_event_behind_a_gateway_has_no_other_way_in() -> None:
    drawn = race(A, B, user("more"))

    assert ("b", "event_gateway_target") in found(*drawn, path("g", "b", "done"), path("a", "more", "b"))


def test_a_condition_behind_an_event_gateway_is_refused() -> None:
    assert ("g-b", "ignored_condition") in found(*race(A, B), flow("g", "b", "a > 1"), path("b", "done"))


def links(throws: str, catches: str) -> tuple[str, ...]:
    return (
        start(),
        event("intermediateThrowEvent", "go", "link", _name=throws),
        event("intermediateCatchEvent", "come", "link", _name=catches),
        user("x"),
        end(),
        path("begin", "go"),
        path("come", "x", "done"),
    )


def test_links_of_one_name_are_a_pair() -> None:
    assert found(*links("next", "next")) == set()
    assert {("go", "link_pair"), ("come", "link_pair")} <= found(*links("next", "then"))


def test_a_link_has_no_flow_on_its_open_side_and_one_place_to_come_to() -> None:
    twin = event("intermediateCatchEvent", "twin", "link", _name="next")

    assert ("go", "link_flow") in found(*links("next", "next"), flow("go", "x"))
    assert ("twin", "link_twice") in found(*links("next", "next"), twin, path("twin", "done"))


def test_a_link_does_not_lead_into_a_sub_process() -> None:
    inner = sub("s", event("intermediateCatchEvent", "come", "link", _name="next"), user("y"), path("come", "y"))
    throw = event("intermediateThrowEvent", "go", "link", _name="next")
    choice = (gateway("exclusive", "which", default="which-s"), flow("which", "s"), flow("which", "go", "a > 1"))

    problems = found(start(), throw, inner, end(), *choice, path("begin", "which"), path("s", "done"))

    assert {("go", "link_pair"), ("come", "link_pair")} <= problems


def cycle(text: str, *, calm: bool) -> set[tuple[str, str]]:
    drawn = edge("edge", "x", "timer", calm=calm).replace("timeDuration", "timeCycle").replace("PT1H", text)
    return found(*around(user("x")), drawn, end("over"), path("edge", "over"))


def test_a_cycle_stands_where_it_may_come_again_or_comes_once() -> None:
    assert cycle("R3/P1D", calm=True) == cycle("R/PT8H", calm=True) == cycle("R1/P1D", calm=False) == set()
    assert cycle("R3/P1D", calm=False) == {("edge", "cycle")}


@pytest.mark.parametrize(
    "text",
    [
        "R3/2026-10-05T08:00:00+07:00/P1D",
        "R/working days after(today(), 1)",
        'R5/date and time(working days after(today(), 2), time("08:00:00"))',
        "R3/limits.step",
    ],
)
def test_a_cycle_may_have_a_start_or_ask_an_expression(text: str) -> None:
    assert cycle(text, calm=True) == set()
    assert cycle(text, calm=False) == {("edge", "cycle")}


def test_an_expression_of_a_cycle_is_looked_at_as_any_other() -> None:
    assert cycle("R/working days after(today(", calm=True) == {("edge", "expression")}
    assert cycle('R/"every day"', calm=True) == {("edge", "constant_value")}


@pytest.mark.parametrize(
    "text",
    ["", "every day", "0 0 * * *", "R0/P1D", "R3/P1M", "R3/", "R3/PT0S", "R-1/P1D", "R3/2026-10-05/P1D", "R3/P1D/P1D"],
)
def test_a_cycle_that_is_none_is_refused(text: str) -> None:
    assert ("edge", "timer_value") in cycle(text, calm=True)


def test_a_signal_has_a_name() -> None:
    assert ("x", "signal_reference") in found(
        *around(event("intermediateThrowEvent", "x", "signal", _signalRef="none"))
    )


def test_a_conditional_event_says_its_condition_in_feel() -> None:
    waiting = event("intermediateCatchEvent", "x", "conditional")

    assert found(*around(waiting)) == set()
    assert ("x", "no_condition") in found(*around(waiting.replace("x &gt; 1", "")))
    assert ("x", "expression") in found(*around(waiting.replace("x &gt; 1", "x &gt;")))


@pytest.mark.parametrize("drawn", ["away.link", "away#link"])
def test_no_drawn_flow_is_mistaken_for_that_of_a_link(drawn: str) -> None:
    pair = (
        event("intermediateThrowEvent", "away", "link", _name="n"),
        event("intermediateCatchEvent", "back", "link", _name="n"),
    )
    flow = f'<bpmn:sequenceFlow id="{drawn}" sourceRef="away" targetRef="x" />'

    problems = found(start(), *pair, user("x"), end(), path("begin", "away"), path("back", "x", "done"), flow)

    assert ("away", "link_flow") in problems or (drawn, "bad_id") in problems


@pytest.mark.parametrize("length", [120, 121])
def test_the_name_of_a_message_fits_where_it_is_kept(length: int) -> None:
    waiting = around(event("intermediateCatchEvent", "x", "message"))
    drawn = whole(*waiting).replace('name="news"', f'name="{"n" * length}"')

    codes = {item.code for item in check_release({"a.bpmn": drawn.encode()}, CATALOGUE)}

    assert codes == ({"long_name"} if length > 120 else set())


@pytest.mark.parametrize("condition", ["1 &gt; 2", 'today() &gt; date("2026-10-06")', "true", "now() != null"])
def test_a_condition_that_names_no_variable_is_never_looked_at_again(condition: str) -> None:
    waiting = event("intermediateCatchEvent", "x", "conditional").replace("x &gt; 1", condition)

    assert found(*around(waiting)) == {("x", "condition_asleep")}


def test_a_condition_that_also_asks_for_the_time_is_a_warning() -> None:
    waiting = event("intermediateCatchEvent", "x", "conditional").replace("x &gt; 1", "x &gt; 1 and today() &gt; day")

    assert found(*around(waiting)) == {("x", "condition_time")}
    assert found(*around(event("intermediateCatchEvent", "x", "conditional"))) == set()


@pytest.mark.parametrize("time", ["-PT1H", "p14d", "P", "PT", "2026-W40-1", "P1M", "R3/P1D", "P1D12H"])
def test_a_misspelt_time_is_said_to_be_one(time: str) -> None:
    waiting = event("intermediateCatchEvent", "x", "timer").replace("PT1H", time)

    assert found(*around(waiting)) == {("x", "timer_value")}


@pytest.mark.parametrize("name", ["p", "p1", "PTSP_deadline", "RM_due", "r1", "2 * p1", "P1D_limit"])
def test_a_variable_whose_name_begins_like_a_time_is_a_variable(name: str) -> None:
    waiting = event("intermediateCatchEvent", "x", "timer").replace("PT1H", name)

    assert found(*around(waiting)) == set()
