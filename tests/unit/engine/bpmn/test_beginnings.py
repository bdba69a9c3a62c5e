"""The start events of a process: which may begin a case, what may be said at them, and what the check follows."""

import pytest

from tests.unit.engine.bpmn.drawings import call, edge, event, event_sub, found, process, sub
from tests.unit.engine.diagrams import end, flow, gateway, path, start, user

MESSAGE = '<bpmn:messageEventDefinition messageRef="message_news" />'


def begins(inner: str = MESSAGE, said: str = "", name: str = "told") -> str:
    """A start event of any kind."""
    extension = f"<bpmn:extensionElements>{said}</bpmn:extensionElements>" if said else ""
    return f'<bpmn:startEvent id="{name}">{extension}{inner}</bpmn:startEvent>'


def alone(begin: str, name: str = "told") -> set[tuple[str, str]]:
    """The problems of a process that begins with one event."""
    return found(begin, user("x"), end(), path(name, "x", "done"))


@pytest.mark.parametrize("kind", ["timer", "signal"])
def test_a_time_or_a_signal_may_begin_a_case(kind: str) -> None:
    assert alone(event("startEvent", "told", kind)) == set()


def test_a_message_begins_a_case_without_a_key() -> None:
    assert alone(begins()) == set()
    assert alone(begins(said='<alur:message key="topic" />')) == {("told", "start_key")}


@pytest.mark.parametrize("kind", ["conditional", "error", "escalation", "compensate"])
def test_nothing_else_begins_a_case(kind: str) -> None:
    assert ("told", "start_trigger") in alone(event("startEvent", "told", kind))


def test_a_cycle_may_begin_cases_again_and_again() -> None:
    cycle = "<bpmn:timerEventDefinition><bpmn:timeCycle>R/P7D</bpmn:timeCycle></bpmn:timerEventDefinition>"

    assert alone(begins(cycle)) == set()


@pytest.mark.parametrize(
    ("when", "codes"), [("limits.first", {"start_time"}), ("P1M", {"timer_value"}), ("today()", set())]
)
def test_a_time_that_only_a_case_could_tell_begins_none(when: str, codes: set[str]) -> None:
    date = f"<bpmn:timerEventDefinition><bpmn:timeDate>{when}</bpmn:timeDate></bpmn:timerEventDefinition>"

    assert {code for _, code in alone(begins(date))} == codes


def test_a_process_has_one_plain_start_at_most_and_as_many_others_as_it_likes() -> None:
    steps = user("x"), user("y"), end(), path("told", "x", "done"), path("begin", "y", "done")
    signal = event("startEvent", "rings", "signal")

    assert found(start(), begins(), signal, *steps, path("rings", "x")) == set()
    assert ("test", "one_start") in found(start(), start("more"), begins(), *steps, path("more", "x"))


def test_a_called_process_begins_where_it_is_called() -> None:
    other = process("other", begins(name="in"), user("y"), end("out"), path("in", "y", "out"))

    problems = found(start(), call("x", "other"), end(), path("begin", "x", "done"), beside=other)

    assert ("in", "start_trigger") in problems


def test_what_each_start_leads_to_is_followed_by_itself() -> None:
    joined = gateway("parallel", "join"), user("x"), user("y"), end()
    ways = path("begin", "x", "join", "done"), path("told", "y", "join")

    assert ("join", "join_never_completes") in found(start(), begins(), *joined, *ways)


def test_a_title_and_a_subject_are_read_only_where_a_case_begins_by_itself() -> None:
    words = '<alur:case subject="1" title="news.what" />'

    assert alone(begins(said=words)) == set()
    assert alone(begins("", words)) == {("told", "case_words")}
    inside = sub("s", begins("", words, "in"), end("out"), path("in", "out"))
    assert ("in", "case_words") in found(start(), inside, end(), path("begin", "s", "done"))


def test_a_title_that_does_not_compile_is_named() -> None:
    assert ("told", "expression") in alone(begins(said='<alur:case title="1 +" />'))


def test_event_sub_processes_and_edges_still_need_their_keys() -> None:
    keyless = edge("e", "x", "message").replace('<alur:message key="1" />', "<alur:message />")
    inner = event_sub("on", "message").replace('<alur:message key="1" />', "<alur:message />")
    drawn = start(), user("x"), keyless, inner, end(), path("begin", "x", "done"), flow("e", "done")

    assert {("e", "message_reference"), ("on_start", "message_reference")} <= found(*drawn)
