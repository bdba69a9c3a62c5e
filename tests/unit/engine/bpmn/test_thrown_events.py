"""Signals, errors and escalations: who hears them, and what they interrupt."""

import pytest

from engine.errors import ElementFailed, ErrorThrown
from tests.unit.engine.bpmn.shapes import (
    boundary,
    call,
    catch,
    each,
    end,
    inside,
    marked,
    process,
    start,
    text,
    throw,
    triggered,
    user,
)
from tests.unit.engine.bpmn.story import Around, Story, number
from tests.unit.engine.diagrams import flow, gateway, path, script, service
from tests.unit.engine.diagrams import start as begin

SAID = '<bpmn:extensionElements><alur:escalation result="which" /></bpmn:extensionElements>'


def sub_that_throws(trigger: str, code: str, edge: str, *, ends: bool = True) -> Story:
    """A sub-process that throws, with events at its edge, each of which leads to a task of its own."""
    thrower = end("bad", trigger, code) if ends else throw("bad", trigger, code) + user("on") + path("bad", "on")
    content = begin("in") + thrower + path("in", "bad")
    names = [part.split('"')[0] for part in edge.split('<bpmn:boundaryEvent id="')[1:]]
    after = "".join(user(f"after_{name}") + path(name, f"after_{name}") for name in names)
    return Story(text(begin(), inside("sub", content), edge, after, end(), path("begin", "sub", "done")))


def test_an_error_is_caught_by_its_code() -> None:
    story = sub_that_throws(
        "error", "late", boundary("a", "sub", "error", "lost") + boundary("b", "sub", "error", "late")
    )

    assert story.asked == ["after_b"]


def test_an_event_that_names_no_code_catches_what_nobody_else_names() -> None:
    story = sub_that_throws("error", "late", boundary("a", "sub", "error") + boundary("b", "sub", "error", "lost"))

    assert story.asked == ["after_a"]


def test_an_error_that_nothing_catches_stops_the_case() -> None:
    story = sub_that_throws("error", "late", boundary("b", "sub", "error", "lost"))

    assert (story.failed, story.is_over) == (["bad"], False)
    story.retry("bad")
    assert story.failed == ["bad"]


def test_an_error_goes_outwards_until_something_catches_it() -> None:
    deep = inside("deep", begin("in2"), end("bad", "error", "late"), path("in2", "bad"))
    content = begin("in") + deep + user("beside") + path("in", "deep")
    edge = boundary("oops", "sub", "error", "late") + user("mend") + path("oops", "mend")
    story = Story(text(begin(), inside("sub", content), edge, end(), path("begin", "sub", "done")))

    assert (story.asked, len(story.state.scopes)) == (["mend"], 1)


def test_an_escalation_at_the_edge_ends_the_sub_process_or_goes_on_beside() -> None:
    hard = sub_that_throws("escalation", "late", boundary("a", "sub", "escalation", "late"), ends=False)
    soft = sub_that_throws(
        "escalation", "late", boundary("a", "sub", "escalation", "late", interrupting=False), ends=False
    )

    assert hard.asked == ["after_a"]
    assert soft.asked == ["after_a", "on"]


def test_an_escalation_says_which_one_it_was_to_whoever_asks() -> None:
    named = boundary("a", "sub", "escalation", "late", interrupting=False)
    asks = named.replace("<bpmn:escalation", f"{SAID}<bpmn:escalation")

    assert sub_that_throws("escalation", "late", asks, ends=False).variables == {"which": {"code": "late"}}
    assert sub_that_throws("escalation", "late", named, ends=False).variables == {}


def test_an_escalation_that_nobody_hears_stops_nothing() -> None:
    story = sub_that_throws("escalation", "late", "")

    assert story.is_over


def test_a_signal_wakes_all_who_wait_for_its_name() -> None:
    fork = gateway("parallel", "fork") + user("ask") + throw("ring", "signal", "alarm", said="{n: 1}")
    waiting = (
        catch("one", "signal", "alarm", result="r1")
        + catch("two", "signal", "alarm")
        + catch("three", "signal", "calm")
    )
    ends = end("e1") + end("e2") + end("e3") + end("e4")
    ways = (
        path("begin", "fork", "ask", "ring", "e1")
        + path("fork", "one", "e2")
        + path("fork", "two", "e3")
        + path("fork", "three", "e4")
    )
    story = Story(text(begin(), fork, waiting, ends, ways))
    assert story.awaited == ["one", "three", "two"]

    story.complete("ask")

    assert story.awaited == ["three"]
    assert story.variables["r1"] == {"n": number(1)}


def test_a_signal_end_event_throws_its_signal() -> None:
    fork = gateway("parallel", "fork") + catch("one", "signal", "alarm") + end("ring", "signal", "alarm") + end()
    story = Story(text(begin(), fork, path("begin", "fork", "one", "done"), path("fork", "ring")))

    assert story.is_over
    assert [sent.message for sent in story.sent] == ["alarm"]


def test_a_signal_at_the_edge_of_a_sub_process_ends_it_with_what_waits_inside() -> None:
    content = (
        begin("in")
        + catch("inner", "signal", "alarm")
        + user("heard")
        + end("out")
        + path("in", "inner", "heard", "out")
    )
    fork = (
        gateway("parallel", "fork")
        + inside("sub", content)
        + user("ask")
        + throw("ring", "signal", "alarm")
        + end("e1")
        + end("e2")
    )
    edge = boundary("edge", "sub", "signal", "alarm") + user("mend") + path("edge", "mend")
    story = Story(text(begin(), fork, edge, path("begin", "fork", "sub", "e1"), path("fork", "ask", "ring", "e2")))

    story.complete("ask")

    assert story.asked == ["mend"]


@pytest.mark.parametrize("thrown", ["endEvent", "sendTask"])
def test_a_message_is_sent_with_its_key_and_what_it_carries(thrown: str) -> None:
    event = end("say", "message", "news", said='"k7"') if thrown == "endEvent" else SEND
    ways = path("begin", "say") if thrown == "endEvent" else path("begin", "say", "done")
    story = Story(text(begin(), event, "" if thrown == "endEvent" else end(), ways))

    assert [(sent.message, sent.key) for sent in story.sent] == [("news", "k7")]
    assert story.is_over


SEND = (
    '<bpmn:sendTask id="say" name="say" messageRef="message_news"><bpmn:extensionElements>'
    '<alur:message key="&quot;k7&quot;" /></bpmn:extensionElements></bpmn:sendTask>'
)


def test_a_message_event_at_the_edge_hears_only_what_comes_while_it_waits() -> None:
    around = Around(earlier={("news", "k"): {"n": 1}})
    edge = boundary("told", "ask", "message", "news", interrupting=False) + user("note") + path("told", "note")
    story = Story(text(begin(), user("ask"), edge, end(), path("begin", "ask", "done")), around)
    assert story.asked == ["ask"]

    story.hear("told")
    story.hear("told")

    assert story.asked == ["ask", "note", "note"]


def test_a_catching_event_takes_a_message_that_was_sent_before() -> None:
    around = Around(earlier={("news", "k"): {"n": 1}})
    story = Story(
        text(begin(), catch("told", "message", "news", result="said"), end(), path("begin", "told", "done")), around
    )

    assert (story.is_over, story.variables["said"]) == (True, {"n": 1})


def test_an_escalation_starts_an_event_sub_process_beside_its_scope() -> None:
    helps = triggered("help", start("up", "escalation", "late", interrupting=False), user("boss"), path("up", "boss"))
    content = begin("in") + throw("call", "escalation", "late") + user("on") + path("in", "call", "on") + helps
    story = Story(text(begin(), inside("sub", content), end(), path("begin", "sub", "done")))

    assert story.asked == ["boss", "on"]


def test_an_activity_that_its_own_error_ends_is_not_passed() -> None:
    around = Around(services={"pay": ErrorThrown("late")})
    parts = service("pay", "pay") + boundary("oops", "pay", "error", "late") + user("mend") + end()
    story = Story(text(begin(), parts, path("begin", "pay", "done"), path("oops", "mend")), around)

    assert (story.asked, story.passed) == (["mend"], ["begin", "oops"])


def test_an_error_that_carries_what_cannot_be_kept_stops_only_its_element() -> None:
    around = Around(services={"pay": ErrorThrown("late", amount=0.5)})
    parts = user("ask") + service("pay", "pay") + boundary("oops", "pay", "error", "late") + user("mend") + end()
    story = Story(text(begin(), parts, path("begin", "ask", "pay", "done"), path("oops", "mend")), around)

    story.complete("ask")

    assert (story.failed, "ask" in story.variables) == (["pay"], True)


def test_what_fails_technically_is_no_error_that_the_diagram_could_catch() -> None:
    around = Around(services={"pay": ElementFailed("no network")})
    content = begin("in") + script("calc", "x", "x") + service("pay", "pay") + path("in", "pay") + path("in", "calc")
    sub = inside("sub", content, user("never"), flow("calc", "never", "x"))
    edge = boundary("oops", "sub", "error") + user("mend") + path("oops", "mend")
    story = Story(text(begin(), sub, edge, end(), path("begin", "sub", "done")), around, x="no condition")

    assert (story.asked, story.failed) == ([], ["calc", "pay"])


def test_an_error_of_one_instance_ends_all_of_them() -> None:
    around = Around(services={"pay": ErrorThrown("late")})
    parts = (
        marked(service("pay", "pay"), each("[1, 2]")) + boundary("oops", "pay", "error", "late") + user("mend") + end()
    )
    story = Story(text(begin(), parts, path("begin", "pay", "done"), path("oops", "mend")), around)

    assert (story.asked, len(story.state.scopes)) == (["mend"], 1)


def test_an_escalation_reaches_the_caller_of_each_instance() -> None:
    content = begin("in") + throw("up", "escalation", "late") + user("on") + path("in", "up", "on")
    edge = boundary("told", "ask", "escalation", "late", interrupting=False) + user("boss") + path("told", "boss")
    asking = marked(call("ask", "pay"), each("[1, 2]"))
    story = Story(text(begin(), asking, edge, end(), path("begin", "ask", "done"), beside=process("pay", content)))

    assert story.asked == ["boss", "boss", "on", "on"]
