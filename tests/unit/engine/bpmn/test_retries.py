"""Whatever fails stays where it is, fails again as long as its cause is there, and goes on once that is gone."""

from typing import Any

import pytest

from engine.bpmn.run import CaseRun
from tests.unit.engine.bpmn.shapes import boundary, catch, each, end, event, looped, marked, text, user
from tests.unit.engine.bpmn.story import Story
from tests.unit.engine.diagrams import flow, gateway, path, script
from tests.unit.engine.diagrams import start as begin

AFTER = user("after") + end() + path("after", "done")
RECEIVE = '<bpmn:extensionElements><alur:message key="x" /></bpmn:extensionElements>'


def failing(activity: str, *beside: str) -> str:
    """A diagram in which `x` decides whether the element `a` fails."""
    return text(begin(), activity, *beside, AFTER, path("begin", "a", "after"))


def choosing() -> str:
    ways = path("begin", "a") + flow("a", "after", "x") + flow("a", "other")
    return text(begin(), gateway("exclusive", "a", default="a-other"), user("other"), AFTER, ways)


def leaving() -> str:
    return text(begin(), script("a", "y", "1"), AFTER, path("begin", "a"), flow("a", "after", "x"))


WAYS: dict[str, tuple[str, Any, Any]] = {
    "a choice": (choosing(), "?", True),
    "no way out": (leaving(), False, True),
    "a timer": (failing(catch("a", "timer", said="x")), 7, None),
    "a key": (
        failing(marked(event("receiveTask", "a").replace(" id=", ' messageRef="message_news" id='), RECEIVE)),
        "",
        None,
    ),
    "a number of rounds": (failing(marked(script("a", "y", "1"), each(times="x"))), "?", 2),
    "a list of items": (failing(marked(script("a", "y", "1"), each("x"))), "?", [1]),
    "enough of them": (failing(marked(script("a", "y", "1"), each("[1, 2]", until="x"))), "?", True),
    "another round": (failing(marked(script("a", "y", "1"), looped("x"))), "?", False),
    "a condition": (failing(catch("a", "conditional", said="x")), "?", True),
}


@pytest.mark.parametrize("way", [way for way, (_, _, right) in WAYS.items() if right is not None])
def test_it_goes_on_once_its_cause_is_gone(way: str) -> None:
    diagram, wrong, right = WAYS[way]
    story = Story(diagram, x=wrong)
    assert (story.failed, story.asked) == (["a"], [])

    story.retry("a")
    assert (story.failed, story.asked) == (["a"], [])
    story.change(x=right)
    story.retry("a")

    assert (story.failed, story.asked) == ([], ["after"])


@pytest.mark.parametrize(("way", "right"), [("a timer", "P1D"), ("a key", "k7")])
def test_what_waits_for_something_outside_waits_for_it_then(way: str, right: str) -> None:
    diagram, wrong, _ = WAYS[way]
    story = Story(diagram.replace(">x<", ">duration(x)<"), x=wrong)
    assert (story.failed, story.awaited) == (["a"], [])

    story.change(x=right)
    story.retry("a")

    assert (story.failed, story.awaited) == ([], ["a"])


def test_a_task_for_nobody_is_for_somebody_after_a_retry() -> None:
    story = Story(text(begin(), user("a").replace('assignee="1"', 'assignee="x"'), end(), path("begin", "a", "done")))
    assert (story.failed, story.asked) == (["a"], ["a"])

    story.change(x=7)
    story.retry("a")

    assert (story.failed, story.asked) == ([], ["a"])


def test_a_join_to_which_nothing_comes_any_more_says_so_again_and_again() -> None:
    parts = gateway("exclusive", "one", default="one-meet") + gateway("parallel", "meet") + user("never")
    ways = path("begin", "one", "meet", "after") + flow("one", "never", "false") + path("never", "meet")
    story = Story(text(begin(), parts, AFTER, ways))
    assert story.failed == ["meet"]

    story.retry("meet")

    assert (story.failed, len(story.state.tokens)) == (["meet"], 1)


def test_a_timer_at_a_task_that_cannot_be_set_anew_is_an_incident_and_the_task_stays() -> None:
    late = boundary("late", "ask", "timer", said="duration(x)") + end("out") + path("late", "out")
    story = Story(text(begin(), user("ask"), late, end(), path("begin", "ask", "done")), x="P1D")
    run = CaseRun(story.release, story.around, story.bytes)

    run.renew({"x": "never"}, [token.number for token in story.state.tokens if token.element == "ask"])

    outcome = run.outcome()
    assert ([item.element for item in outcome.incidents], len(outcome.tasks)) == (["late"], 1)
