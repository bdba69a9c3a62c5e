"""A case that waits is carried to another release of its process, or it is said why it cannot be."""

from datetime import timedelta

from engine.bpmn.migrate import Verdict
from tests.unit.engine.bpmn.relocation import move, said, why
from tests.unit.engine.bpmn.shapes import boundary, catch, inside, marked, start, text, triggered, user
from tests.unit.engine.bpmn.shapes import each as rounds
from tests.unit.engine.bpmn.story import Story
from tests.unit.engine.diagrams import end, flow, gateway, path
from tests.unit.engine.diagrams import start as begin

ONE = text(begin(), user("one"), end(), path("begin", "one", "done"))


def in_turn(*names: str) -> str:
    """Tasks one after another."""
    return text(begin(), *map(user, names), end(), path("begin", *names, "done"))


def test_where_nothing_differs_the_state_stays_as_it_is() -> None:
    story = Story(ONE)

    moved = move(story, ONE.replace('id="done"', 'id="done" name="Selesai"'))

    assert (moved.verdict, moved.outcome) == (Verdict.SAME, None)


def test_what_comes_later_may_differ() -> None:
    story = Story(in_turn("one", "two"))

    moved = move(story, in_turn("one", "three", "four"))
    story.complete("one")

    assert moved.verdict is Verdict.SAME
    assert story.asked == ["three"]


def test_a_token_goes_to_what_stands_for_its_element() -> None:
    story = Story(ONE)
    before = story.state.tokens[0].number

    moved = move(story, in_turn("first", "second"), "one=first")

    assert moved.verdict is Verdict.MAPPED
    assert [(token.number, token.element) for token in story.state.tokens] == [(before, "first")]


def test_a_token_whose_element_is_gone_stays() -> None:
    moved = move(Story(ONE), in_turn("other"))

    assert why(moved) == ["gone"]
    assert moved.reasons[0].element == "one"


def test_a_task_does_not_become_an_event() -> None:
    moved = move(Story(ONE), text(begin(), catch("one", "message", "news"), end(), path("begin", "one", "done")))

    assert why(moved) == ["kind"]


def test_a_timer_does_not_become_a_message() -> None:
    waits = text(begin(), catch("one", "timer", said="P1D"), end(), path("begin", "one", "done"))
    hears = text(begin(), catch("one", "message", "news"), end(), path("begin", "one", "done"))

    assert why(move(Story(waits), hears)) == ["trigger"]


def test_a_timer_keeps_its_instant_while_its_definition_stays() -> None:
    waits = text(begin(), catch("one", "timer", said="P2D"), end(), path("begin", "one", "done"))
    story = Story(waits)
    story.around.now += timedelta(days=1)

    move(story, waits.replace('"one"', '"other"'), "one=other")

    assert story.due_after("other") == timedelta(days=1)


def test_a_timer_with_another_definition_begins_anew_and_that_is_said() -> None:
    waits = text(begin(), catch("one", "timer", said="P2D"), end(), path("begin", "one", "done"))
    story = Story(waits)
    story.around.now += timedelta(days=1)

    moved = move(story, waits.replace("P2D", "P5D"))

    assert said(moved) == ["at.timer", "timer_restarted"]
    assert story.due_after("one") == timedelta(days=5)


SIX = '<alur:calendar name="six_days" />'


def test_a_timer_that_counts_by_another_calendar_begins_anew() -> None:
    timer = catch("one", "timer", said="P2D")
    waits = text(begin(), timer, end(), path("begin", "one", "done"))
    story = Story(waits)
    story.around.now += timedelta(days=1)
    head, rest = timer.split(">", 1)

    moved = move(story, waits.replace(timer, f"{head}><bpmn:extensionElements>{SIX}</bpmn:extensionElements>{rest}"))

    assert said(moved) == ["at.timer", "timer_restarted"]
    assert story.due_after("one") == timedelta(days=2)


def test_a_task_that_counts_by_another_calendar_is_due_otherwise_and_has_no_timer() -> None:
    moved = move(Story(ONE), ONE.replace("<alur:assignment", f"{SIX}<alur:assignment"))

    assert said(moved) == ["at.due"]


def test_an_event_that_waits_for_another_key_listens_under_that() -> None:
    hears = text(begin(), catch("one", "message", "news", '"a"'), end(), path("begin", "one", "done"))
    story = Story(hears)

    moved = move(story, hears.replace('"a"', '"b"'))

    assert moved.outcome is not None
    assert [item.key for item in moved.outcome.subscriptions] == ["b"]
    assert "event_restarted" in said(moved)


def test_an_event_that_only_the_new_release_has_at_a_task_begins_to_wait() -> None:
    late = boundary("late", "one", "timer", said="P3D")
    story = Story(ONE)

    moved = move(
        story,
        text(
            begin(), user("one"), late, user("help"), end(), path("begin", "one", "done"), path("late", "help", "done")
        ),
    )

    assert said(moved) == ["event_added"]
    assert story.awaited == ["late"]
    story.fire("late")
    assert story.asked == ["help"]


def test_an_event_that_is_gone_waits_no_more() -> None:
    late = boundary("late", "one", "timer", said="P3D")
    story = Story(text(begin(), user("one"), late, end(), path("begin", "one", "done"), path("late", "done")))

    moved = move(story, ONE)

    assert said(moved) == ["event_dropped"]
    assert story.awaited == []


def test_an_event_that_has_happened_does_not_wait_again() -> None:
    late = boundary("late", "one", "timer", said="P3D", interrupting=False)
    old = text(
        begin(),
        user("one"),
        late,
        user("help"),
        end(),
        end("over"),
        path("begin", "one", "done"),
        path("late", "help", "over"),
    )
    story = Story(old)
    story.fire("late")

    moved = move(
        story,
        old.replace('"help"', '"aid"').replace("help-over", "aid-over").replace("late-help", "late-aid"),
        "help=aid",
    )

    assert moved.verdict is Verdict.MAPPED
    assert (story.asked, story.awaited) == (["aid", "one"], [])


def test_an_event_sub_process_of_the_new_release_listens() -> None:
    rings = triggered(
        "watch",
        start("rings", "message", "news", '"k"', interrupting=False),
        user("help"),
        end("over"),
        path("rings", "help", "over"),
    )
    story = Story(ONE)

    move(story, text(begin(), user("one"), end(), path("begin", "one", "done"), rings))
    story.hear("rings")

    assert story.asked == ["help", "one"]


def test_what_goes_on_in_a_sub_process_goes_with_it() -> None:
    within = inside("part", begin("in"), user("one"), end("out"), path("in", "one", "out"))
    old = text(begin(), within, end(), path("begin", "part", "done"))
    story = Story(old)

    moved = move(story, old.replace('"part"', '"stage"'), "part=stage")
    story.complete("one")

    assert said(moved) == ["moved"]
    assert story.is_over


def test_rounds_that_run_go_on_and_end_together() -> None:
    panel = marked(user("one"), rounds("[1, 2, 3]", item="turn", output="all", gives="one.n + turn"))
    old = text(begin(), panel, end(), path("begin", "one", "done"))
    story = Story(old)
    story.complete("one", n=10)

    move(
        story,
        old.replace('id="one"', 'id="panel"')
        .replace("-one", "-panel")
        .replace("one-", "panel-")
        .replace('Ref="one"', 'Ref="panel"'),
        "one=panel",
    )
    story.complete("panel", n=20)
    story.complete("panel", n=30)

    assert story.variables["all"] == [11, 22, 33]


def test_rounds_of_another_kind_stay() -> None:
    panel = marked(user("one"), rounds("[1, 2, 3]", item="turn"))
    old = text(begin(), panel, end(), path("begin", "one", "done"))

    assert why(move(Story(old), ONE)) == ["loop"]
    assert why(move(Story(old), old.replace('"turn"', '"place"'))) == ["loop"]


def test_a_failed_step_can_be_tried_again_as_the_new_release_has_it() -> None:
    parts = begin() + gateway("exclusive", "which") + end() + flow("begin", "which")
    story = Story(text(parts, flow("which", "done", "x = 1")))
    assert story.failed == ["which"]

    moved = move(story, text(parts, flow("which", "done", "x = null")))
    story.retry("which")

    assert moved.verdict is Verdict.SAME
    assert story.is_over
