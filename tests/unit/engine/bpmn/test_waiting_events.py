"""Timers, conditions and what waits at an activity: when they happen, how often, and what they leave."""

from datetime import timedelta

from tests.unit.engine.bpmn.shapes import boundary, catch, end, text, user
from tests.unit.engine.bpmn.story import Story, number
from tests.unit.engine.diagrams import gateway, path, script
from tests.unit.engine.diagrams import start as begin


def test_a_cycle_at_a_task_comes_as_often_as_it_says() -> None:
    often = boundary("often", "ask", "timer", said="R3/PT2H", interrupting=False) + user("note") + path("often", "note")
    story = Story(text(begin(), user("ask"), often, end(), path("begin", "ask", "done")))

    for _ in range(3):
        assert story.due_after("often") == timedelta(hours=2)
        story.around.now += timedelta(hours=2)
        story.fire("often")

    assert (story.asked, story.awaited) == (["ask", "note", "note", "note"], [])


def test_a_cycle_makes_up_for_nothing_that_was_missed() -> None:
    often = boundary("often", "ask", "timer", said="R/PT1S", interrupting=False) + end("out") + path("often", "out")
    story = Story(text(begin(), user("ask"), often, end(), path("begin", "ask", "done")))

    story.around.now += timedelta(days=3650, seconds=0.5)
    story.fire("often")

    assert story.due_after("often") == timedelta(seconds=0.5)


def test_what_waits_at_a_task_goes_with_it() -> None:
    events = (
        boundary("t", "ask", "timer", said="P1D")
        + boundary("m", "ask", "message", "news")
        + boundary("s", "ask", "signal", "alarm")
    )
    ways = "".join(end(f"end_{name}") + path(name, f"end_{name}") for name in "tms")
    story = Story(text(begin(), user("ask"), events, ways, end(), path("begin", "ask", "done")))
    assert story.awaited == ["m", "s", "t"]

    story.complete("ask")

    assert story.is_over


def test_a_condition_that_holds_already_is_not_waited_for() -> None:
    story = Story(text(begin(), catch("full", "conditional", said="x > 3"), end(), path("begin", "full", "done")), x=5)

    assert story.is_over


def test_a_condition_is_looked_at_whenever_the_case_moves() -> None:
    fork = (
        gateway("parallel", "fork")
        + user("ask", result="x")
        + catch("full", "conditional", said="x.n > 3")
        + user("then")
        + end()
    )
    story = Story(text(begin(), fork, path("begin", "fork", "ask", "done"), path("fork", "full", "then")), x={"n": 1})
    assert (story.asked, story.awaited) == (["ask"], ["full"])

    story.complete("ask", n=4)

    assert story.asked == ["then"]


def test_a_condition_at_a_task_happens_each_time_it_becomes_true() -> None:
    again = gateway("exclusive", "in") + user("ask", result="x") + path("begin", "in", "ask", "in")
    watching = gateway("parallel", "fork") + user("long")
    high = (
        boundary("high", "long", "conditional", said="x.n > 3", interrupting=False)
        + script("count", "times", "times + 1")
        + end("out")
    )
    ways = path("begin", "fork", "in", "ask", "in") + path("fork", "long") + path("high", "count", "out")
    story = Story(
        text(begin(), watching, high, again.replace(path("begin", "in", "ask", "in"), ""), ways), x={"n": 1}, times=0
    )

    for value in (5, 6, 1, 7):
        story.complete("ask", n=value)

    assert story.variables["times"] == number(2)


def test_a_condition_that_cannot_be_decided_waits_with_an_incident() -> None:
    fork = gateway("parallel", "fork") + user("ask") + catch("full", "conditional", said='"yes"') + end()
    story = Story(text(begin(), fork, path("begin", "fork", "ask", "done"), path("fork", "full", "done")))

    assert (story.asked, story.failed) == (["ask"], ["full"])
    story.complete("ask")
    story.retry("full")

    assert story.failed == ["full"]


def test_a_failed_timer_at_a_task_is_tried_again_alone() -> None:
    late = boundary("late", "ask", "timer", said="nonsense") + end("out") + path("late", "out")
    story = Story(text(begin(), user("ask"), late, end(), path("begin", "ask", "done")))
    assert (story.asked, story.failed) == (["ask"], ["late"])

    story.retry("late")

    assert (story.asked, story.failed) == (["ask"], ["late"])


def test_a_receive_task_whose_key_fails_keeps_its_events_when_tried_again() -> None:
    receive = (
        '<bpmn:receiveTask id="told" messageRef="message_news"><bpmn:extensionElements><alur:message key="key" />'
        "</bpmn:extensionElements></bpmn:receiveTask>"
    )
    late = boundary("late", "told", "timer", said="P1D") + end("out") + path("late", "out")
    story = Story(text(begin(), receive, late, end(), path("begin", "told", "done")))
    assert story.failed == ["told"]

    story.retry("told")

    assert (story.failed, story.awaited) == (["told"], ["late"])
