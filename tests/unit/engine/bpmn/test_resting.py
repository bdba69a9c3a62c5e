"""Rounds in which nothing happens but waiting stay the bytes they were stored as, and hear all that concerns them."""

import pytest

from engine.bpmn.outcome import Outcome
from engine.bpmn.resting import HEAP, Resting, take_apart
from engine.bpmn.run import CaseRun
from engine.bpmn.state import Scope, decode_state, encode_state, load_state, rouse
from engine.errors import ElementFailed
from engine.records.packing import Unreadable, pack
from tests.unit.engine.bpmn.shapes import boundary, catch, each, end, inside, marked, text, throw, user
from tests.unit.engine.bpmn.story import Story
from tests.unit.engine.diagrams import gateway, path, service
from tests.unit.engine.diagrams import start as begin

NAMES = ["ani", "budi", "citra", "dewi"]


def rating(*beside: str, until: str = "") -> str:
    rate = marked(user("rate", result="said"), each("names", item="who", output="all", gives="said.n", until=until))
    return text(begin(), rate, *beside, user("after"), end(), path("begin", "rate", "after", "done"))


def rounds_of(content: str, *beside: str, inner: str, then: str = "join") -> str:
    """A looped sub-process, and beside it a branch of its own."""
    sub = inside("rate", each("names", item="who"), begin("in"), content, end("out"), inner)
    fork, join = gateway("parallel", "fork"), gateway("parallel", "join")
    ways = path("begin", "fork", "rate", "join", "done") + path("fork", "other", then)
    return text(begin(), fork, sub, user("other"), join, end(), ways, *beside)


def resting(story: Story) -> dict[int, Resting]:
    heaps = load_state(story.bytes or b"").heaps
    return {item.scope: item for heap in heaps for item in take_apart(heap)}


def acted(story: Story, element: str) -> Outcome:
    """Return what it changes when an event of that name happens."""
    run = CaseRun(story.release, story.around, story.bytes)
    run.wake(next(token.number for token in story.state.tokens if token.element == element))
    return run.outcome()


def test_what_a_step_does_not_touch_stays_as_it_was_stored() -> None:
    story = Story(rating(), names=NAMES)
    before = resting(story)

    story.complete("rate", 1, n=2)

    assert len(before) == 4
    assert resting(story) == {scope: item for scope, item in before.items() if scope != list(before)[1]}


def test_a_step_looks_into_one_heap_only() -> None:
    story = Story(rating(), names=[f"p{place}" for place in range(3 * HEAP)])
    before = load_state(story.bytes or b"").heaps

    story.complete("rate", HEAP + 1, n=2)

    after = load_state(story.bytes or b"").heaps
    assert (len(before), len(after)) == (3, 3)
    assert all(heap in after for heap in (before[0], before[2]))


def test_what_many_gave_is_put_away_and_stands_in_the_order_of_the_items() -> None:
    people = 2 * HEAP + 5
    story = Story(rating(), names=[f"p{place}" for place in range(people)])

    for place in reversed(range(people)):
        story.complete("rate", place, n=place)

    assert story.variables["all"] == list(range(people))


def test_one_by_one_each_gets_its_item_and_their_answers_stand_in_order() -> None:
    people = [f"p{place}" for place in range(2 * HEAP + 5)]
    once = each("names", one_by_one=True, item="who", output="all", gives="who + said.n")
    story = Story(
        text(begin(), marked(user("rate", result="said"), once), end(), path("begin", "rate", "done")), names=people
    )
    answers = iter("abcdefgh" * 10)

    while not story.is_over:
        story.complete("rate", n=next(answers))

    assert story.variables["all"] == [who + said for who, said in zip(people, "abcdefgh" * 10, strict=False)]


def test_nothing_is_lost_by_resting() -> None:
    story = Story(rating(), names=NAMES)

    assert load_state(story.bytes or b"").tokens != story.state.tokens
    assert decode_state(encode_state(story.state)) == story.state


def test_a_single_round_does_not_rest() -> None:
    assert resting(Story(rating(), names=["ani"])) == {}


def test_who_is_enough_takes_the_tasks_of_those_that_rest() -> None:
    story = Story(rating(until="numberOfCompletedInstances > 0"), names=NAMES)
    asked = [token.number for token in story.state.tokens if token.element == "rate" and token.scope != 0]
    run = CaseRun(story.release, story.around, story.bytes)

    run.complete(asked[0], {"n": 1})

    assert run.outcome().closed.tasks == tuple(asked)


def test_a_timer_around_all_takes_the_tasks_of_those_that_rest() -> None:
    late = boundary("late", "rate", "timer", said="P1D") + user("help") + end("out") + path("late", "help", "out")
    story = Story(rating(late), names=NAMES)
    asked = {token.number for token in story.state.tokens if token.element == "rate" and token.scope != 0}

    outcome = acted(story, "late")

    assert set(outcome.closed.tasks) == asked
    assert load_state(outcome.state or b"").heaps == ()


def test_a_timer_inside_a_round_leaves_the_others_at_rest() -> None:
    late = boundary("late", "deep", "timer", said="P1D") + end("over") + path("late", "over")
    story = Story(rounds_of(user("deep") + late, inner=path("in", "deep", "out")), names=NAMES)

    story.fire("late", 2)

    assert (story.asked, story.awaited, len(resting(story))) == (["deep"] * 3 + ["other"], ["late"] * 3, 3)


def test_a_signal_reaches_every_round() -> None:
    heard = rounds_of(
        catch("heard", "signal", "alarm"),
        throw("loud", "signal", "alarm"),
        path("loud", "join"),
        inner=path("in", "heard", "out"),
        then="loud",
    )
    story = Story(heard, names=NAMES)

    story.complete("other")

    assert story.is_over


def test_a_condition_about_a_variable_of_the_case_is_seen_in_every_round() -> None:
    content = catch("heard", "conditional", said="stop = true")
    story = Story(rounds_of(content, inner=path("in", "heard", "out")), names=NAMES, stop=False)

    story.change(stop=True)
    story.complete("other")

    assert story.is_over


def test_a_round_with_an_incident_does_not_rest_and_is_tried_again() -> None:
    content = user("deep") + service("calc", "calc")
    story = Story(rounds_of(content, inner=path("in", "deep", "calc", "out")), names=NAMES)
    story.around.services["calc"] = ElementFailed("no")

    story.complete("deep", 1)
    assert (story.failed, len(resting(story))) == (["calc"], 3)
    story.around.services["calc"] = {}
    story.retry("calc")

    assert story.asked == ["deep"] * 3 + ["other"]


def test_a_variable_that_is_changed_by_hand_is_seen_where_a_round_rested() -> None:
    story = Story(rating(), names=NAMES)

    story.change(names=[])

    assert decode_state(story.bytes or b"").variables["names"] == []
    assert [story.seen_at("rate", place)["who"] for place in range(4)] == NAMES


def test_a_case_that_was_stored_before_rounds_rested_goes_on() -> None:
    story = Story(rating(), names=NAMES)
    apart = decode_state(story.bytes or b"")
    scopes = [[*_place(scope), scope.variables, scope.is_closed, scope.round][:7] for scope in apart.scopes]
    tokens = [[token.number, token.element, token.scope, token.stand.value, token.notes] for token in apart.tokens]
    story.bytes = pack([apart.last_number, scopes, tokens])

    story.complete("rate", 0, n=1)

    assert (story.asked, len(resting(story))) == (["rate"] * 3, 3)


def _place(scope: Scope) -> list[object]:
    return [scope.number, scope.container, scope.parent, scope.host]


def test_damaged_bytes_of_a_round_are_unreadable() -> None:
    item = next(iter(resting(Story(rating(), names=NAMES)).values()))

    with pytest.raises(Unreadable):
        rouse(item.content[:-3])
