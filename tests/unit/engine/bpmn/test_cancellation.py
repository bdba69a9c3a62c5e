"""Transactions that are cancelled: what of them is undone, in which rounds, and what may still interfere."""

import pytest

from engine.errors import ErrorThrown
from tests.unit.engine.bpmn.shapes import (
    boundary,
    each,
    end,
    handler,
    inside,
    looped,
    start,
    text,
    throw,
    triggered,
    undone_by,
    user,
)
from tests.unit.engine.bpmn.story import Around, Story
from tests.unit.engine.diagrams import flow, gateway, path, script, service
from tests.unit.engine.diagrams import start as begin

EDGE = boundary("gone", "deal", "cancel") + user("tell") + path("gone", "tell")


def undoable(name: str) -> str:
    """A task, and a person's task that undoes it."""
    return script(name, name, "1") + undone_by(name, f"un{name}") + handler(user(f"un{name}"))


def dealing(*content: str, beside: str = "") -> str:
    """A transaction with a cancel event."""
    deal = inside("deal", *content, tag="transaction")
    return text(begin(), deal, EDGE, beside, end(), path("begin", "deal", "done"))


def asking(marker: str, cancels: str) -> str:
    """A looped transaction in which a person does something that can be undone, and may cancel after that."""
    done = user("ask", result="said") + undone_by("ask", "unask") + handler(user("unask"))
    ways = path("in", "ask", "which", "out") + flow("which", "no", cancels)
    return dealing(
        marker,
        begin("in"),
        done,
        gateway("exclusive", "which", default="which-out"),
        end("no", "cancel"),
        end("out"),
        ways,
    )


def undo_all(story: Story) -> list[object]:
    """Undo what is asked for, one after another; return the items that were in sight."""
    seen = []
    while story.asked == ["unask"]:
        seen.append(story.seen_around("unask").get("who"))
        story.complete("unask")
    return seen


def test_all_rounds_are_undone_those_that_have_ended_and_those_that_have_not() -> None:
    content = begin("in") + user("ask") + undone_by("ask", "unask") + handler(user("unask")) + user("sure")
    diagram = dealing(
        each('["a", "b", "c"]', item="who"), content, end("no", "cancel"), path("in", "ask", "sure", "no")
    )
    story = Story(diagram)
    story.complete("ask", 0)
    story.complete("ask", 1)

    story.complete("sure", 0)

    assert undo_all(story) == ["c", "a"]
    assert (story.asked, len(story.state.scopes)) == (["tell"], 1)


@pytest.mark.parametrize("one_by_one", [True, False])
def test_each_round_is_undone_with_what_it_saw(one_by_one: bool) -> None:
    story = Story(asking(each('["a", "b"]', item="who", one_by_one=one_by_one), "said.stop"))
    story.complete("ask", stop=False)

    story.complete("ask", stop=True)

    assert undo_all(story) == ["b", "a"]
    assert story.asked == ["tell"]


def test_all_rounds_of_a_standard_loop_are_undone() -> None:
    story = Story(asking(looped("true"), "said.stop"))

    for stop in (False, False, True):
        story.complete("ask", stop=stop)

    assert len(undo_all(story)) == 3
    assert story.asked == ["tell"]


def test_what_was_done_in_a_part_that_still_goes_on_is_undone_too() -> None:
    deep = inside("deep", begin("in2"), undoable("b"), user("wait"), end("out2"), path("in2", "b", "wait", "out2"))
    fork = gateway("parallel", "fork") + deep + user("sure") + end("no", "cancel")
    story = Story(dealing(begin("in"), fork, path("in", "fork", "deep"), path("fork", "sure", "no")))

    story.complete("sure")

    assert story.asked == ["unb"]
    story.complete("unb")
    assert story.asked == ["tell"]


def test_a_compensation_that_is_under_way_begins_anew_where_it_was() -> None:
    parts = undoable("a") + undoable("b") + throw("undo", "compensate") + user("sure") + end("no", "cancel")
    ways = path("in", "a", "b", "fork", "undo") + path("fork", "sure", "no")
    story = Story(dealing(begin("in"), gateway("parallel", "fork"), parts, ways))
    assert story.asked == ["sure", "unb"]

    story.complete("sure")

    for task in ("unb", "una"):
        assert story.asked == [task]
        story.complete(task)
    assert story.asked == ["tell"]


def test_nothing_at_a_transaction_interrupts_its_undoing() -> None:
    late = boundary("late", "deal", "timer", said="P1D") + user("help") + path("late", "help")
    story = Story(dealing(begin("in"), undoable("a"), end("no", "cancel"), path("in", "a", "no"), beside=late))

    assert (story.asked, story.awaited) == (["una"], [])


def test_an_error_while_it_is_undone_is_for_the_event_at_the_transaction() -> None:
    around = Around(services={"refund": ErrorThrown("late")})
    done = script("a", "a", "1") + undone_by("a", "una") + handler(service("una", "refund"))
    own = triggered("help", start("oops", "error", "late"), user("mend"), path("oops", "mend"))
    edge = boundary("hazard", "deal", "error", "late") + user("repair") + path("hazard", "repair")
    content = begin("in") + done + end("no", "cancel") + path("in", "a", "no") + own
    story = Story(dealing(content, beside=edge), around)

    assert (story.asked, len(story.state.scopes)) == (["repair"], 1)


def test_what_was_done_by_an_element_that_only_cannot_leave_is_undone_too() -> None:
    done = script("a", "a", "1") + undone_by("a", "una") + handler(user("una")) + user("never")
    fork = gateway("parallel", "fork") + user("sure") + end("no", "cancel")
    ways = path("in", "fork", "a") + flow("a", "never", "false") + path("fork", "sure", "no")
    story = Story(dealing(begin("in"), fork, done, ways))
    assert story.failed == ["a"]

    story.complete("sure")

    assert (story.asked, story.failed) == (["una"], [])
