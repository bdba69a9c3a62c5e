"""Timers, conditions and what waits at an activity: when they happen, how often, and what they leave."""

from datetime import date, timedelta

import pytest

from engine.bpmn.notes import LEFT
from engine.bpmn.run import CaseRun
from tests.unit.engine.bpmn.shapes import boundary, catch, each, end, inside, start, text, triggered, user
from tests.unit.engine.bpmn.story import Story, number
from tests.unit.engine.diagrams import flow, gateway, path, script
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


@pytest.mark.parametrize("said", ["x > 3", "said.n > 3", "date(x) > date(y)", "null"])
def test_a_condition_about_what_is_not_there_yet_is_not_yet(said: str) -> None:
    fork = gateway("parallel", "fork") + user("ask", result="said") + catch("full", "conditional", said=said)
    ways = path("begin", "fork", "ask", "done") + path("fork", "full", "then", "done")

    story = Story(text(begin(), fork, user("then"), end(), ways))
    story.complete("ask", n=number(1))

    assert (story.failed, story.awaited) == ([], ["full"])


def test_a_condition_hears_of_a_variable_that_comes_later() -> None:
    first = start("when", "conditional", said="x > 1", interrupting=False)
    full = triggered("more", first, user("care"), end("over"), path("when", "care", "over"))
    steps = user("ask") + script("set", "x", "2") + user("then") + path("begin", "ask", "set", "then", "done")
    story = Story(text(begin(), steps, full, end()))

    story.complete("ask")

    assert (story.failed, story.asked) == ([], ["care", "then"])


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


def test_a_condition_that_holds_for_a_moment_only_has_happened() -> None:
    fork = gateway("parallel", "fork") + catch("full", "conditional", said="x > 3") + user("then") + user("ask")
    moment = script("up", "x", "5") + script("down", "x", "0") + end()
    ways = path("begin", "fork", "full", "then") + path("fork", "ask", "up", "down", "done")
    story = Story(text(begin(), fork, moment, ways), x=0)

    story.complete("ask")

    assert (story.asked, story.variables["x"]) == (["then"], 0)


def test_what_a_condition_lets_happen_takes_nothing_back_from_the_others() -> None:
    fork = (
        gateway("parallel", "fork")
        + user("ask", result="x")
        + script("reset", "x", "{n: 0}")
        + user("one")
        + user("two")
    )
    both = catch("first", "conditional", said="x.n > 3") + catch("second", "conditional", said="x.n > 3") + end()
    ways = path("begin", "fork", "ask", "done") + path("fork", "first", "reset", "one") + path("fork", "second", "two")
    story = Story(text(begin(), fork, both, ways), x={"n": 1})

    story.complete("ask", n=4)

    assert story.asked == ["one", "two"]


def test_each_round_waits_for_its_own_condition() -> None:
    content = begin("in") + catch("full", "conditional", said="x.n > i") + user("deep") + end("out")
    sub = inside("sub", each("[1, 5]", item="i"), content, path("in", "full", "deep", "out"))
    ways = path("begin", "fork", "sub") + path("fork", "ask")
    story = Story(text(begin(), gateway("parallel", "fork"), sub, user("ask", result="x"), ways), x={"n": 0})

    story.complete("ask", n=3)

    assert (story.asked, story.awaited) == (["deep"], ["full"])


def test_a_cycle_without_a_number_never_ends() -> None:
    often = boundary("often", "ask", "timer", said="R/PT2H", interrupting=False) + end("out") + path("often", "out")
    story = Story(text(begin(), user("ask"), often, end(), path("begin", "ask", "done")))
    states = set()

    for _ in range(3):
        story.around.now += timedelta(hours=2)
        story.fire("often")
        states.add(tuple((token.element, token.notes.get(LEFT)) for token in story.state.tokens))

    assert (len(states), story.awaited) == (1, ["often"])


def test_what_fails_after_another_failure_is_a_new_incident() -> None:
    parts = user("ask").replace('assignee="1"', 'assignee="nobody"') + user("one") + end()
    story = Story(text(begin(), parts, path("begin", "ask") + path("one", "done") + flow("ask", "one", "ask.a")))
    run = CaseRun(story.release, story.around, story.bytes)

    run.complete(story.state.tokens[0].number, {"a": False})

    outcome = run.outcome()
    assert [item.element for item in outcome.incidents] == ["ask"]
    assert outcome.closed.incidents == (story.state.tokens[0].number,)


def test_a_changed_variable_lets_a_condition_happen() -> None:
    fork = gateway("parallel", "fork") + user("ask") + catch("full", "conditional", said="x > 3") + user("then")
    story = Story(text(begin(), fork, path("begin", "fork", "ask"), path("fork", "full", "then")), x=0)
    run = CaseRun(story.release, story.around, story.bytes)

    run.renew({"x": 4}, ())

    assert [task.element for task in run.outcome().tasks] == ["then"]


def test_a_task_is_due_when_a_timer_around_it_takes_it_away() -> None:
    content = begin("in") + user("ask") + end("out") + path("in", "ask", "out")
    late = boundary("late", "sub", "timer", said="P3D") + user("help") + path("late", "help")
    sub = inside("sub", each("[1, 2]"), content)
    story = Story(text(begin(), sub, late, end(), path("begin", "sub", "done")))
    run = CaseRun(story.release, story.around, None)

    tasks = run.outcome().tasks

    assert {task.due for task in tasks} == {date(2026, 10, 8)}
    assert {CaseRun(story.release, story.around, story.bytes).taken_away_at(task.token) for task in tasks} == {
        story.around.now + timedelta(days=3)
    }


def test_of_several_timers_that_take_a_task_away_the_first_counts() -> None:
    own = triggered("over", start("soon", "timer", said="P1D"), user("help"), path("soon", "help"))
    late = boundary("late", "ask", "timer", said="P3D") + end("out") + path("late", "out")
    story = Story(text(begin(), user("ask"), late, own, end(), path("begin", "ask", "done")))
    token = story.state.tokens[-2].number

    due = CaseRun(story.release, story.around, story.bytes).taken_away_at(token)

    assert due == story.around.now + timedelta(days=1)
