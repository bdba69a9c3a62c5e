"""What an operator does to a case by hand: a failed element passed over, a token moved, a variable mended."""

from typing import Any

import pytest

from engine.bpmn.run import CaseRun
from engine.bpmn.standing import WaitingJoin, standing_in
from engine.bpmn.state import Stand
from engine.errors import Conflict, ElementFailed, OperationRefused
from tests.unit.engine.bpmn.shapes import boundary, each, end, event, inside, marked, text, user
from tests.unit.engine.bpmn.story import Around, Story, number
from tests.unit.engine.diagrams import flow, gateway, path, script, service, start, throw


def skip(story: Story, element: str, result: Any = None) -> None:
    story._act(lambda run: run.skip(token(story, element), result))


def move(story: Story, element: str, target: str) -> None:
    story._act(lambda run: run.move(token(story, element), target))


def change(story: Story, at: str | None = None, *, goes_on: bool = True, **values: Any) -> None:
    story._act(lambda run: run.change(token(story, at) if at else None, values, goes_on=goes_on))


def token(story: Story, element: str) -> int:
    return next(item.number for item in story.state.tokens if item.element == element)


def joins(story: Story) -> tuple[WaitingJoin, ...]:
    return CaseRun(story.release, story.around, story.bytes).waiting_joins()


def refused(story: Story, element: str, target: str) -> str:
    with pytest.raises(OperationRefused) as caught:
        move(story, element, target)
    return caught.value.why


def after(*parts: str, first: str) -> str:
    """A diagram in which an element that fails comes before a task."""
    return text(start(), *parts, user("look"), end(), path("begin", first, "look", "done"))


def two_ways() -> str:
    """Two tasks beside each other, which meet before a third."""
    ways = path("begin", "fork", "one", "join", "last", "done") + path("fork", "two", "join")
    forks = gateway("parallel", "fork"), gateway("parallel", "join")
    return text(start(), *forks, user("one"), user("two"), user("last"), end(), ways)


TOO_MANY = "for i in 1..(if n = null then 30000 else 1) return i"  # items for one value, if nobody says how many


@pytest.mark.parametrize(
    "part",
    [service("work", "gone", "made"), script("work", "made", TOO_MANY), throw("work", "null", "{}")],
    ids=["service", "script", "message"],
)
def test_a_failed_element_is_passed_over_and_the_case_goes_on(part: str) -> None:
    story = Story(after(part, first="work"))
    assert story.failed == ["work"]

    skip(story, "work", number(7))

    assert (story.asked, story.failed, story.done) == (["look"], [], ["work"])


def test_what_is_passed_over_gives_what_the_operator_says() -> None:
    story = Story(after(service("work", "gone", "made"), first="work"))

    skip(story, "work", {"score": number(80)})

    assert story.variables == {"made": {"score": number(80)}}


def test_what_is_passed_over_without_a_result_gives_null() -> None:
    story = Story(after(service("work", "gone", "made"), first="work"), made=number(1))

    skip(story, "work")

    assert story.variables == {"made": None}


def test_a_service_is_not_called_again_when_the_way_out_of_it_fails() -> None:
    ways = path("begin", "work") + flow("work", "look", "made > 5") + path("look", "done")
    around = Around(services={"counts": number(1)})
    story = Story(text(start(), service("work", "counts", "made"), user("look"), end(), ways), around)
    assert story.failed == ["work"]

    change(story, made=number(9))
    skip(story, "work")

    assert (story.asked, around.called) == (["look"], ["counts"])


def test_passing_over_what_has_not_failed_is_refused() -> None:
    story = Story(two_ways())

    with pytest.raises(OperationRefused, match="not_failed"):
        skip(story, "one")


def test_a_task_that_names_nobody_is_not_passed_over() -> None:
    nobody = user("write").replace('assignee="1"', 'assignee="nobody"')
    story = Story(after(nobody, first="write"))

    with pytest.raises(OperationRefused, match="not_automatic"):
        skip(story, "write")


def test_one_round_is_passed_over_and_the_others_stay() -> None:
    marker = each("[1, 2]", item="x", output="all", gives="made")
    story = Story(after(marked(service("each", "gone", "made"), marker), first="each"))
    assert story.failed == ["each", "each"]

    for result in (5, 6):
        story._act(lambda run, made=result: run.skip(story._failed()[0].number, number(made)))

    assert (story.asked, story.variables["all"]) == (["look"], [number(5), number(6)])


def test_a_token_moves_and_what_hangs_on_its_task_ends() -> None:
    late = boundary("late", "one", "timer", said="P1D") + user("help")
    ways = path("begin", "one", "two", "done") + path("late", "help", "done")
    story = Story(text(start(), user("one"), late, user("two"), end(), ways))
    assert (story.asked, story.awaited) == (["one"], ["late"])

    move(story, "one", "two")

    assert (story.asked, story.awaited, story.done) == (["two"], [], [])


def test_a_moved_token_runs_on_as_far_as_nobody_is_needed() -> None:
    ways = path("begin", "one", "set", "two", "done")
    story = Story(text(start(), user("one"), script("set", "x", "41 + 1"), user("two"), end(), ways))

    move(story, "one", "set")

    assert (story.asked, story.variables) == (["two"], {"x": number(42)})


def test_a_token_that_moves_to_the_end_ends_the_case() -> None:
    story = Story(two_ways())

    move(story, "one", "done")
    move(story, "two", "done")

    assert story.is_over


def test_a_token_that_moves_into_a_join_waits_there_for_the_others() -> None:
    story = Story(two_ways())

    move(story, "one", "join")

    assert (story.asked, joins(story)) == (["two"], (WaitingJoin("join", ("two",)),))
    story.complete("two")
    assert story.asked == ["last"]


def test_both_tokens_moved_into_a_join_open_it() -> None:
    story = Story(two_ways())

    move(story, "two", "join")
    move(story, "one", "join")

    assert story.asked == ["last"]


def test_a_token_moved_past_a_join_leaves_the_other_stranded_there_with_an_incident() -> None:
    story = Story(two_ways())
    move(story, "one", "last")

    story.complete("two")
    assert story.asked == ["last"]
    story.complete("last")

    assert story.failed == ["join"]


def test_what_is_stranded_at_a_join_moves_on() -> None:
    story = Story(two_ways())
    move(story, "one", "done")
    story.complete("two")
    assert story.failed == ["join"]

    move(story, "join", "last")

    assert (story.asked, story.failed, joins(story)) == (["last"], [], ())


def test_a_token_leaves_the_sub_process_in_which_it_goes_on() -> None:
    deep = inside("sub", start("in"), user("deep"), end("out"), path("in", "deep", "out"))
    story = Story(text(start(), deep, user("look"), end(), path("begin", "sub", "look", "done")))

    move(story, "sub", "look")

    assert (story.asked, len(story.state.scopes)) == (["look"], 1)


def test_what_waits_behind_an_event_gateway_moves_as_one() -> None:
    waits = event("intermediateCatchEvent", "a", "timer", said="P1D")
    waits += event("intermediateCatchEvent", "b", "timer", said="P2D")
    ways = path("begin", "which", "a", "look", "done") + path("which", "b", "look")
    story = Story(text(start(), gateway("eventBased", "which"), waits, user("look"), end(), ways))
    assert story.awaited == ["a", "b"]

    move(story, "a", "look")

    assert (story.asked, story.awaited) == (["look"], [])


def test_a_token_stays_in_the_scope_in_which_it_stands() -> None:
    deep = inside("sub", start("in"), user("deep"), end("out"), path("in", "deep", "out"))
    story = Story(text(start(), deep, user("look"), end(), path("begin", "sub", "look", "done")))

    assert refused(story, "deep", "look") == "other_scope"
    assert refused(story, "sub", "deep") == "other_scope"


def test_what_begins_by_itself_or_is_no_flow_of_the_case_is_no_place_to_move_to() -> None:
    late = boundary("late", "one", "timer", said="P1D")
    story = Story(text(start(), user("one"), late, end(), path("begin", "one", "done") + path("late", "done")))

    assert refused(story, "one", "begin") == "begins_by_itself"
    assert refused(story, "one", "late") == "begins_by_itself"
    assert refused(story, "one", "nowhere") == "unknown_element"
    assert refused(story, "late", "done") == "only_listens"


def test_one_instance_of_a_repeated_task_is_not_moved_but_the_whole_is() -> None:
    many = marked(user("one"), each(times="2"))
    story = Story(text(start(), many, user("two"), end(), path("begin", "one", "two", "done")))
    outer, inner, _ = (item.number for item in story.state.tokens)

    with pytest.raises(OperationRefused, match="in_a_round"):
        story._act(lambda run: run.move(inner, "two"))
    story._act(lambda run: run.move(outer, "two"))

    assert story.asked == ["two"]


def test_a_token_that_is_gone_is_a_conflict() -> None:
    story = Story(two_ways())

    with pytest.raises(Conflict):
        story._act(lambda run: run.move(99, "last"))


def test_a_place_to_move_to_is_offered_exactly_when_moving_there_is_allowed() -> None:
    deep = inside("sub", start("in"), user("deep"), end("out"), path("in", "deep", "out"))
    late = boundary("late", "sub", "timer", said="P1D")
    ways = path("begin", "sub", "look", "done") + path("late", "look")
    story = Story(text(start(), deep, late, user("look"), end(), ways))
    assert story.bytes is not None

    offered = {item.element: item.targets for item in standing_in(story.release, story.bytes)}

    assert offered == {"sub": ("sub", "look", "done"), "late": (), "deep": ("deep", "out")}


def test_a_mended_variable_lets_another_try_succeed() -> None:
    ways = (
        path("begin", "which") + flow("which", "look", "x > 5") + flow("which", "done", "x < 5") + path("look", "done")
    )
    story = Story(text(start(), gateway("exclusive", "which"), user("look"), end(), ways), x=number(5))
    assert story.failed == ["which"]

    change(story, x=number(6))
    story.retry("which")

    assert (story.asked, story.failed) == (["look"], [])


def test_a_variable_is_mended_in_the_scope_that_holds_it_and_a_new_one_where_it_is_asked_for() -> None:
    asked = marked(user("each"), each("[1, 2]", item="x"))
    story = Story(text(start(), asked, end(), path("begin", "each", "done")), rate=number(1))
    values = {"x": number(9), "rate": number(2), "new": True}

    inner = story._at("each", Stand.ASKS)[0].number
    story._act(lambda run: run.change(inner, values, goes_on=True))

    assert story.variables == {"rate": number(2)}
    assert {name: story.seen_at("each")[name] for name in ("x", "new")} == {"x": number(9), "new": True}
    assert story.seen_at("each", 1)["x"] == number(2)


@pytest.mark.parametrize(("goes_on", "asked"), [(True, ["look"]), (False, [])])
def test_a_condition_that_a_mended_variable_makes_true_happens_unless_the_case_is_held(
    goes_on: bool, asked: list[str]
) -> None:
    waits = event("intermediateCatchEvent", "ready", "conditional", said="x > 5")
    story = Story(text(start(), waits, user("look"), end(), path("begin", "ready", "look", "done")), x=number(1))

    change(story, x=number(6), goes_on=goes_on)

    assert story.asked == asked


def test_passing_over_opens_the_incident_anew_when_no_way_out_is_taken() -> None:
    ways = path("begin", "work") + flow("work", "look", "made > 5") + path("look", "done")
    story = Story(text(start(), service("work", "gone", "made"), user("look"), end(), ways))
    run = CaseRun(story.release, story.around, story.bytes)

    run.skip(token(story, "work"), number(1))

    outcome = run.outcome()
    assert outcome.closed.incidents == (token(story, "work"),)
    assert ["No condition" in item.text for item in outcome.incidents] == [True]
    assert ElementFailed.code == outcome.incidents[0].code
