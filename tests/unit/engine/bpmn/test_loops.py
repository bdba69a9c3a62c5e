"""Activities that run more than once: standard loops, and multi-instance one by one or all at once."""

from decimal import Decimal

import pytest

from engine.bpmn import pacing
from tests.unit.engine.bpmn.shapes import (
    boundary,
    call,
    each,
    end,
    event,
    inside,
    looped,
    marked,
    output,
    process,
    text,
    user,
)
from tests.unit.engine.bpmn.story import Story, number
from tests.unit.engine.diagrams import flow, gateway, path, script
from tests.unit.engine.diagrams import start as begin

NAMES = ["ani", "budi", "citra"]


def around(activity: str, *beside: str, name: str = "rate") -> str:
    return text(begin(), activity, *beside, user("after"), end(), path("begin", name, "after", "done"))


def rating(marker: str) -> str:
    return around(marked(user("rate", result="said"), marker))


def test_all_at_once_each_sees_its_own_item() -> None:
    story = Story(rating(each("names", item="who")), names=NAMES)

    assert story.asked == ["rate"] * 3
    assert [story.seen_at("rate", place) for place in range(3)] == [
        {"loopCounter": place + 1, "who": who} for place, who in enumerate(NAMES)
    ]


def test_what_they_give_stands_in_the_order_of_the_items() -> None:
    story = Story(rating(each("names", item="who", output="all", gives="who + said.n")), names=NAMES)

    story.complete("rate", 2, n="3")
    story.complete("rate", 0, n="1")
    story.complete("rate", 0, n="2")

    assert story.asked == ["after"]
    assert story.variables["all"] == ["ani1", "budi2", "citra3"]
    assert "said" not in story.variables


def test_one_by_one_the_next_begins_when_the_last_has_ended() -> None:
    story = Story(rating(each("names", item="who", one_by_one=True, output="all", gives="said.n")), names=NAMES)

    for answer in (1, 2, 3):
        assert story.asked == ["rate"]
        story.complete("rate", n=answer)

    assert story.variables["all"] == [1, 2, 3]


def test_an_empty_item_is_an_item() -> None:
    story = Story(rating(each("names", item="who", one_by_one=True, output="all", gives="who")), names=["a", None, "c"])

    for _ in range(3):
        story.complete("rate")

    assert story.variables["all"] == ["a", None, "c"]


def test_without_items_it_is_over_at_once() -> None:
    story = Story(rating(each("names", output="all", gives="1")), names=[])

    assert (story.asked, story.variables["all"]) == (["after"], [])


def test_a_number_of_instances_does_without_items() -> None:
    story = Story(rating(each(times="2 + 1")))

    assert story.asked == ["rate"] * 3


@pytest.mark.parametrize("one_by_one", [True, False])
def test_when_enough_have_said_so_the_others_are_taken_away(one_by_one: bool) -> None:
    enough = each("names", one_by_one=one_by_one, until="numberOfCompletedInstances >= 2", output="all", gives="said.n")
    story = Story(rating(enough), names=NAMES)

    story.complete("rate", n=1)
    story.complete("rate", n=2)

    assert (story.asked, story.variables["all"]) == (["after"], [1, 2, None])


def test_the_condition_sees_all_counters() -> None:
    counters = "numberOfInstances = 3 and numberOfActiveInstances = 1 and numberOfCompletedInstances = 2"
    story = Story(rating(each("names", until=f"{counters} and numberOfTerminatedInstances = 0")), names=NAMES)

    story.complete("rate")
    assert story.asked == ["rate", "rate"]
    story.complete("rate")

    assert story.asked == ["after"]


@pytest.mark.parametrize("one_by_one", [True, False])
def test_the_first_refusal_ends_the_rounds(one_by_one: bool) -> None:
    until = each("names", one_by_one=one_by_one, until="said.n = 0", output="all", gives="said.n")
    story = Story(rating(until), names=NAMES)

    story.complete("rate", n=number(1))
    assert "rate" in story.asked
    story.complete("rate", n=number(0))

    assert (story.asked, story.variables["all"]) == (["after"], [1, 0, None])


@pytest.mark.parametrize("until", ["count(all) = 2", "sum(all) >= 12", "all[1] = 5 and all[2] = 7", "loopCounter = 3"])
def test_the_condition_sees_what_the_rounds_gave_that_have_ended(until: str) -> None:
    story = Story(rating(each("names", until=until, output="all", gives="said.n")), names=NAMES, all=["before"])

    story.complete("rate", 0, n=number(5))
    assert story.asked == ["rate", "rate"]
    story.complete("rate", 1, n=number(7))

    assert (story.asked, story.variables["all"]) == (["after"], [5, None, 7])


def test_what_was_put_away_is_seen_by_a_condition_that_names_it() -> None:
    until = each("many", until="count(all) = 68", output="all", gives="loopCounter")
    story = Story(rating(until), many=[number(value) for value in range(70)])

    for _ in range(68):
        story.complete("rate")

    assert (story.asked, story.variables["all"][66:]) == (["after"], [67, 68, None, None])


def test_a_condition_that_fails_leaves_its_round_to_be_tried_again() -> None:
    enough = each("names", until='if x = 1 then "?" else count(all) = 2', output="all", gives="said.n")
    story = Story(rating(enough), names=NAMES, x=1)
    story.complete("rate", n=number(4))
    assert story.failed == ["rate"]

    story.change(x=2)
    story.retry("rate")
    story.complete("rate", n=number(6))

    assert (story.failed, story.asked, story.variables["all"]) == ([], ["after"], [4, 6, None])


def test_the_condition_is_asked_after_each_even_if_several_end_at_once() -> None:
    each_one = each("names", until="numberOfCompletedInstances = 1", output="all", gives="x")
    story = Story(around(marked(script("rate", "x", '"x"'), each_one)), names=NAMES)

    assert story.variables["all"] == ["x", None, None]


def test_the_condition_that_fails_is_asked_again_and_nothing_runs_twice() -> None:
    story = Story(rating(each("names", one_by_one=True, until='if x = 1 then "?" else true')), names=NAMES, x=1)

    story.complete("rate")
    assert (story.failed, story.asked) == (["rate"], [])
    story.retry("rate")

    assert (story.failed, story.asked) == (["rate"], [])


def test_a_standard_loop_goes_round_as_long_as_its_condition_holds() -> None:
    story = Story(rating(looped("said.again")))

    story.complete("rate", again=True)
    assert story.asked == ["rate"]
    story.complete("rate", again=False)

    assert story.asked == ["after"]


def test_a_standard_loop_may_ask_before_its_first_round() -> None:
    story = Story(rating(looped("false", before=True)))

    assert story.asked == ["after"]


def test_a_standard_loop_ends_after_its_most_rounds() -> None:
    story = Story(rating(looped(most="2")))

    story.complete("rate")
    story.complete("rate")

    assert story.asked == ["after"]


def test_a_looped_sub_process_keeps_the_variables_of_its_rounds_apart() -> None:
    content = begin("in") + user("deep", result="said") + script("calc", "sum", "said.n + who") + end("out")
    sub = inside(
        "rate", each("base", item="who", output="all", gives="sum"), content, path("in", "deep", "calc", "out")
    )
    story = Story(around(sub), base=[10, 20])

    story.complete("deep", 1, n=2)
    story.complete("deep", 0, n=1)

    assert story.variables["all"] == [number(11), number(22)]


def test_a_called_process_runs_for_each_item() -> None:
    called = process("square", begin("in"), script("calc", "y", "x * x"), end("out"), path("in", "calc", "out"))
    activity = marked(call("rate", "square", output("y", "y"), x="n"), each("base", item="n", output="all", gives="y"))
    diagram = text(begin(), activity, end(), path("begin", "rate", "done"), beside=called)

    assert Story(diagram, base=[2, 3]).variables["all"] == [number(4), number(9)]


def test_an_event_at_a_looped_activity_ends_all_rounds() -> None:
    late = boundary("late", "rate", "timer", said="P1D") + user("help") + end("out") + path("late", "help", "out")
    story = Story(around(marked(user("rate"), each("names")), late), names=NAMES)
    assert (story.asked, story.awaited) == (["rate"] * 3, ["late"])

    story.fire("late")

    assert (story.asked, story.awaited, len(story.state.scopes)) == (["help"], [], 1)


def test_loops_in_loops_keep_their_counters_apart() -> None:
    inner = marked(user("deep"), each("b", item="y"))
    sub = inside("rate", each("a", item="x"), begin("in"), inner, end("out"), path("in", "deep", "out"))
    story = Story(around(sub), a=[1, 2], b=[3, 4])

    assert story.asked == ["deep"] * 4
    for _ in range(4):
        story.complete("deep")

    assert story.asked == ["after"]


def test_a_message_can_be_awaited_once_for_each_item() -> None:
    news = event("receiveTask", "rate").replace(' id="rate"', ' id="rate" messageRef="message_news"')
    keyed = marked(
        news, '<bpmn:extensionElements><alur:message key="who" /></bpmn:extensionElements>' + each("names", item="who")
    )
    story = Story(around(keyed), names=["a", "b"])

    assert story.awaited == ["rate", "rate"]
    story.hear("rate")
    story.hear("rate")

    assert story.asked == ["after"]


@pytest.mark.parametrize("one_by_one", [True, False])
def test_the_most_instances_that_need_nobody_run_in_one_go(one_by_one: bool) -> None:
    activity = marked(script("rate", "x", "who"), each("for i in 1..10000 return i", one_by_one=one_by_one, item="who"))

    story = Story(around(activity))

    assert (story.failed, story.asked) == ([], ["after"])


def test_a_loop_that_needs_nobody_and_never_ends_is_stopped() -> None:
    story = Story(around(marked(script("rate", "x", "1"), looped("true"))))

    assert story.failed == ["rate"]


@pytest.mark.parametrize("times", ["true", "-1", "1.5", '"2"', "null", "10001", "n"])
def test_what_is_no_number_of_instances_waits_with_an_incident(times: str) -> None:
    story = Story(rating(each(times=times)), n=Decimal("Infinity"))

    assert (story.failed, story.asked) == (["rate"], [])


def test_no_instances_at_all_are_over_at_once() -> None:
    story = Story(rating(each(times="0", output="all", gives="1")))

    assert (story.asked, story.variables["all"], story.done) == (["after"], [], ["rate"])


def test_a_round_that_sets_its_counter_keeps_its_place() -> None:
    one = marked(script("rate", "loopCounter", "9"), each("names", item="who", output="all", gives="who"))

    assert Story(around(one), names=NAMES).variables["all"] == NAMES


def test_an_item_that_has_the_name_of_the_counter_does_not_mix_up_the_results() -> None:
    story = Story(rating(each("[3, 1]", item="loopCounter", output="all", gives="loopCounter")))

    story.complete("rate")
    story.complete("rate")

    assert story.variables["all"] == [3, 1]


def test_a_standard_loop_counts_its_rounds_and_writes_into_the_case() -> None:
    story = Story(around(marked(script("rate", "log", "append(log, loopCounter)"), looped(most="3"))), log=[])

    assert story.variables == {"log": [1, 2, 3]}


def test_a_looped_activity_is_passed_once_for_each_round() -> None:
    story = Story(rating(each("names")), names=NAMES)

    for _ in NAMES:
        story.complete("rate")
    story.complete("after")

    assert story.done == ["rate", "rate", "rate", "after", "done"]


def test_too_much_at_once_is_one_incident_and_goes_on_with_a_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MOST_STEPS", 40)
    content = begin("in") + script("calc", "y", "x * 2") + end("out") + path("in", "calc", "out")
    story = Story(around(inside("rate", each(times="20", output="all", gives="y"), content)), x=3)

    for _ in range(3):
        assert len(story.failed) == 1
        story.retry(story.failed[0])

    assert (story.failed, story.asked, story.variables["all"]) == ([], ["after"], [6] * 20)


TWELVE = [f"q{place}" for place in range(12)]


def many_scripts(marker: str) -> str:
    """A sub-process of twelve scripts in rounds."""
    content = begin("in") + "".join(script(name, "y", "i") for name in TWELVE) + end("out")
    return inside("rate", marker, content + path("in", *TWELVE, "out"))


def test_much_work_in_rounds_is_no_loop() -> None:
    rounds = each("xs", item="i", one_by_one=True, output="all", gives="y")

    story = Story(around(many_scripts(rounds)), xs=[number(value) for value in range(2_000)])

    assert (story.failed, story.asked, len(story.variables["all"])) == ([], ["after"], 2_000)


@pytest.mark.parametrize("items", ["[1, 2, 3]", "for i in 1..30 return i"])
def test_a_loop_around_rounds_is_a_loop(items: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MAX_STEPS", 200)
    inner = inside(
        "deep", each(items, item="j"), begin("a") + script("calc", "z", "j") + end("b"), path("a", "calc", "b")
    )
    rounds = inside("rate", each("[1, 2]", item="i"), begin("in") + inner + end("out"), path("in", "deep", "out"))
    ring = gateway("exclusive", "ring") + gateway("exclusive", "way", default="way-ring")
    ways = path("begin", "ring", "rate", "way", "ring") + flow("way", "done", "x = 0")

    story = Story(text(begin(), ring, rounds, end(), ways), x=1)

    assert len(story.failed) == 1
    assert len(story.passed) < 1_000
