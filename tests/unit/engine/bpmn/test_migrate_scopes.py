"""Where tokens stand after a move that puts sub-processes around them, or takes some away."""

from datetime import timedelta

import pytest

from engine.bpmn.migrate import Verdict
from engine.bpmn.state import Stand
from tests.unit.engine.bpmn.relocation import move, said, why
from tests.unit.engine.bpmn.shapes import (
    boundary,
    call,
    each,
    handler,
    inside,
    looped,
    marked,
    process,
    start,
    text,
    throw,
    triggered,
    undone_by,
    user,
)
from tests.unit.engine.bpmn.story import Story
from tests.unit.engine.diagrams import end, flow, gateway, path
from tests.unit.engine.diagrams import start as begin

ONE = text(begin(), user("one"), user("two"), end(), path("begin", "one", "two", "done"))


def part(name: str, *content: str, steps: tuple[str, ...] = ("one",), beside: str = "") -> str:
    """A sub-process through which a way leads along some steps."""
    return inside(
        name, begin(f"{name}_in"), *content, end(f"{name}_out"), beside, path(f"{name}_in", *steps, f"{name}_out")
    )


def in_part(*more: str, name: str = "part") -> str:
    """The first task inside a sub-process, the second behind that."""
    return text(begin(), part(name, user("one")), user("two"), end(), path("begin", name, "two", "done"), *more)


def in_two(*more: str) -> str:
    """The first task inside a sub-process that is inside another."""
    outer = part("outer", part("part", user("one")), steps=("part",))
    return text(begin(), outer, user("two"), end(), path("begin", "outer", "two", "done"), *more)


def test_a_sub_process_is_put_around_a_task_that_waits() -> None:
    story = Story(ONE)

    moved = move(story, in_part())
    story.complete("one")

    assert (moved.verdict, said(moved)) == (Verdict.MAPPED, ["put_around"])
    assert story.asked == ["two"]
    story.complete("two")
    assert story.is_over and "part" in story.passed


def test_a_sub_process_is_taken_away_from_around_a_task() -> None:
    story = Story(in_part())

    moved = move(story, ONE)
    story.complete("one")

    assert said(moved) == ["taken_away"]
    assert story.asked == ["two"]
    assert [scope.number for scope in story.state.scopes] == [0]


def test_several_levels_are_put_around_and_taken_away() -> None:
    story = Story(ONE)

    there = move(story, in_two())
    levels = len(story.state.scopes)
    back = move(story, ONE)

    assert (said(there), levels) == (["put_around", "put_around"], 3)
    assert [item.element for item in there.remarks] == ["outer", "part"]
    assert (said(back), story.asked, len(story.state.scopes)) == (["taken_away", "taken_away"], ["one"], 1)


def test_a_task_goes_from_one_sub_process_into_another() -> None:
    story = Story(in_part())

    moved = move(story, in_part(name="stage"))
    story.complete("one")

    assert said(moved) == ["put_around", "taken_away"]
    assert story.asked == ["two"]


def test_events_of_a_new_sub_process_wait_and_count_from_the_move() -> None:
    late = boundary("late", "part", "timer", said="P3D") + user("help") + path("late", "help", "done")
    story = Story(ONE)
    story.around.now += timedelta(days=9)

    moved = move(story, in_part(late))

    assert said(moved) == ["put_around", "event_added"]
    assert story.due_after("late") == timedelta(days=3)
    assert moved.outcome is not None and moved.outcome.tasks[0].due is not None
    story.fire("late")
    assert story.asked == ["help"]


def test_an_event_sub_process_inside_a_new_sub_process_listens() -> None:
    rings = triggered("watch", start("rings", "message", "news", '"k"', interrupting=False), user("help"), end("over"),
                      path("rings", "help", "over"))  # fmt: skip
    story = Story(ONE)
    new = text(
        begin(), part("part", user("one"), beside=rings), user("two"), end(), path("begin", "part", "two", "done")
    )

    move(story, new)
    story.hear("rings")

    assert story.asked == ["help", "one"]
    story.complete("one")
    assert story.asked == ["help"]  # the sub-process goes on


def test_what_waited_at_a_sub_process_ends_with_it() -> None:
    late = boundary("late", "part", "timer", said="P3D") + user("help") + path("late", "help", "done")
    story = Story(in_part(late))

    moved = move(story, ONE)

    assert said(moved) == ["taken_away", "event_dropped"]
    assert story.awaited == []
    assert moved.outcome is not None and moved.outcome.tasks[0].due is None


def test_a_reminder_that_has_come_does_not_come_again_at_the_sub_process() -> None:
    def asking(where: str, *parts: str) -> str:
        rung = boundary("rung", where, "timer", said="P1D", interrupting=False)
        return text(begin(), *parts, rung, user("help"), end("over"), user("two"), end(), path("rung", "help", "over"),
                    path("begin", parts[0].split('id="')[1].split('"')[0], "two", "done"))  # fmt: skip

    story = Story(asking("one", user("one")))
    story.fire("rung")

    move(story, asking("part", part("part", user("one"))))

    assert (story.asked, story.awaited) == (["help", "one"], [])


def test_branches_go_into_a_sub_process_together_with_what_waits_at_their_join() -> None:
    steps = gateway("parallel", "split") + gateway("parallel", "join") + user("a") + user("b")
    ways = path("split", "a", "join") + path("split", "b", "join")
    story = Story(text(begin(), steps, ways, end(), path("begin", "split"), path("join", "done")))
    story.complete("a")
    within = inside("part", begin("in"), steps, ways, end("out"), path("in", "split"), path("join", "out"))

    move(story, text(begin(), within, end(), path("begin", "part", "done")))
    story.complete("b")

    assert story.is_over


def test_one_of_two_branches_is_put_into_a_sub_process() -> None:
    steps = gateway("parallel", "split") + gateway("parallel", "join") + user("b")
    ways = path("split", "b", "join") + path("begin", "split") + path("join", "done")
    story = Story(text(begin(), steps, user("one"), path("split", "one", "join"), ways, end()))

    move(story, text(begin(), steps, part("part", user("one")), path("split", "part", "join"), ways, end()))
    story.complete("one")
    story.complete("b")

    assert story.is_over


def test_a_task_joins_the_sub_process_that_runs_beside_it() -> None:
    fork = gateway("parallel", "split") + gateway("parallel", "join")
    beside, way = path("split", "b", "join"), path("begin", "split", "part", "join", "done")
    story = Story(text(begin(), fork, user("b"), part("part", user("one")), end(), way, beside))
    inner = path("in", "split", "one", "join", "out")
    within = inside("part", begin("in"), fork, user("b"), user("one"), end("out"), inner, beside)

    moved = move(story, text(begin(), within, end(), path("begin", "part", "done")))

    assert moved.verdict is Verdict.MAPPED
    assert len({token.scope for token in story.state.tokens if token.stand is Stand.ASKS}) == 1
    story.complete("b")
    story.complete("one")
    assert story.is_over


def test_rounds_go_into_a_sub_process_with_their_task() -> None:
    panel = marked(user("one"), each("[1, 2]", item="turn", output="all", gives="one.n + turn"))
    story = Story(text(begin(), panel, end(), path("begin", "one", "done")))

    move(story, text(begin(), part("part", panel), end(), path("begin", "part", "done")))
    story.complete("one", n=1)
    story.complete("one", n=1)

    assert story.is_over and story.variables["all"] == [2, 3]


@pytest.mark.parametrize("marker", [looped("false", "3"), each("[1, 2]")])
def test_a_round_cannot_begin_midway(marker: str) -> None:
    again = inside("part", marker, begin("in"), user("one"), end("out"), path("in", "one", "out"))
    deeper = inside("stage", marker, begin("on"), part("part", user("one")), end("off"), path("on", "part", "off"))

    assert why(move(Story(ONE), text(begin(), again, end(), path("begin", "part", "done")))) == ["rounds"]
    assert why(move(Story(ONE), text(begin(), deeper, end(), path("begin", "stage", "done")))) == ["rounds"]


def test_a_called_process_and_an_event_sub_process_are_not_entered_from_outside() -> None:
    called = process("called", begin("in"), user("one"), end("out"), path("in", "one", "out"))
    watch = triggered(
        "watch", start("rings", "message", "news", '"k"'), user("one"), end("over"), path("rings", "one", "over")
    )

    calls = text(begin(), call("part", "called"), end(), path("begin", "part", "done"), beside=called)
    assert why(move(Story(ONE), calls)) == ["scope"]
    assert why(move(Story(ONE), text(begin(), user("two"), end(), path("begin", "two", "done"), watch))) == ["scope"]


def test_tokens_of_one_sub_process_do_not_part() -> None:
    fork = gateway("parallel", "split") + gateway("parallel", "join")
    both = path("split", "one", "join") + path("split", "b", "join")
    within = inside(
        "part", begin("in"), fork, user("one"), user("b"), both, end("out"), path("in", "split"), path("join", "out")
    )
    story = Story(text(begin(), within, end(), path("begin", "part", "done")))
    ways = path("begin", "split", "one", "join") + path("split", "part", "join", "done")

    moved = move(story, text(begin(), fork, user("one"), part("part", user("b"), steps=("b",)), end(), ways))

    assert why(moved) == ["parted"]


def test_what_was_done_in_a_sub_process_keeps_it_around_the_rest() -> None:
    steps = user("first") + undone_by("first", "undo") + handler(user("undo"))
    old = inside("part", begin("in"), steps, user("one"), end("out"), path("in", "first", "one", "out"))
    back = throw("back", "compensate") + end()
    story = Story(text(begin(), old, back, path("begin", "part", "back", "done")))
    story.complete("first")

    moved = move(story, text(begin(), steps, user("one"), back, path("begin", "first", "one", "back", "done")))

    assert why(moved) == ["undoing"]


def test_what_was_done_before_a_sub_process_began_could_not_be_undone_from_inside() -> None:
    steps = user("first") + undone_by("first", "undo") + handler(user("undo"))
    back = throw("back", "compensate") + end()
    story = Story(text(begin(), steps, user("one"), back, path("begin", "first", "one", "back", "done")))
    story.complete("first")
    within = inside("part", begin("in"), steps, user("one"), end("out"), path("in", "first", "one", "out"))

    moved = move(story, text(begin(), within, back, path("begin", "part", "back", "done")))

    assert why(moved) == ["undoing"]


def test_a_case_stays_where_none_could_stand_in_such_a_sub_process() -> None:
    fork = gateway("parallel", "split") + gateway("parallel", "join")
    both = path("split", "one", "join") + path("split", "b", "join")
    within = inside(
        "part", begin("in"), fork, user("one"), user("b"), both, end("out"), path("in", "split"), path("join", "out")
    )

    moved = move(Story(ONE), text(begin(), within, user("two"), end(), path("begin", "part", "two", "done")))

    assert why(moved) == ["impossible"]
    assert moved.reasons[0].element == "part"


def test_a_task_becomes_two_inside_a_new_sub_process() -> None:
    fork = gateway("parallel", "split") + gateway("parallel", "join")
    both = path("split", "a", "join") + path("split", "b", "join")
    within = inside(
        "part", begin("in"), fork, user("a"), user("b"), both, end("out"), path("in", "split"), path("join", "out")
    )
    story = Story(ONE)

    move(story, text(begin(), within, user("two"), end(), path("begin", "part", "two", "done")), "one=a,b")
    story.complete("a")
    story.complete("b")

    assert story.asked == ["two"]


def test_a_failed_step_goes_into_a_sub_process_and_is_tried_again_there() -> None:
    which = gateway("exclusive", "which")
    story = Story(text(begin(), which, end(), path("begin", "which"), flow("which", "done", "x = 1")))
    within = inside("part", begin("in"), which, end("out"), path("in", "which"), flow("which", "out", "x = null"))

    move(story, text(begin(), within, end(), path("begin", "part", "done")))
    story.retry("which")

    assert story.is_over
