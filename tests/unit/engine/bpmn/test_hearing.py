"""Who hears after whom in a diagram, told from the drawing alone; a receive task of `news` is enough for that."""

from pathlib import Path

import pytest

from engine.bpmn.hearing import find_hearing
from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from tests.unit.engine.bpmn.drawings import around, call, edge, event, event_sub, inside, instances, process, sub, whole
from tests.unit.engine.bpmn.story import Around, Story
from tests.unit.engine.diagrams import catch, end, flow, gateway, path, start, user


def before(*parts: str, beside: str = "") -> dict[str, set[str]]:
    """Return whose messages each catching event does not take again."""
    outline, _ = read_outline(read_xml(whole(*parts, beside=beside).encode(), "a.bpmn"), "a.bpmn")
    assert outline is not None
    return {name: set(names) for name, names in find_hearing(outline).before.items()}


def hears(name: str) -> str:
    """An event that waits for `news`."""
    return catch(name, '"k"', name)


def forked(*branches: str) -> tuple[str, ...]:
    """A fork with several branches that meet again."""
    split = gateway("parallel", "split"), gateway("parallel", "join")
    return (*split, *(path("split", name, "join") for name in branches))


def receive(name: str, *inner: str) -> str:
    """A receive task for `news`."""
    return event("receiveTask", name, "message", messageRef="message_news").replace(
        "</bpmn:rec", f"{''.join(inner)}</bpmn:rec"
    )


@pytest.mark.parametrize("name", ["periodic_evaluation", "unit_evaluation"])
def test_an_appraisal_keeps_nothing_in_mind(name: str) -> None:
    content = Path(f"processes/appraisal/{name}.bpmn").read_bytes()

    outline, _ = read_outline(read_xml(content, name), name)

    assert outline is not None
    assert find_hearing(outline).before == {}


def test_an_event_in_a_loop_comes_after_itself() -> None:
    ways = path("begin", "again", "hear", "enough", "done"), flow("enough", "again", "x = 1")

    found = before(start(), gateway("exclusive", "again"), hears("hear"), gateway("exclusive", "enough"), end(), *ways)

    assert found == {"hear": {"hear"}}


def test_the_second_of_two_events_on_one_way_comes_after_the_first() -> None:
    assert before(start(), hears("one"), hears("two"), end(), path("begin", "one", "two", "done")) == {"two": {"one"}}


def test_events_on_two_branches_know_nothing_of_each_other() -> None:
    ways = path("begin", "split"), path("join", "done")

    assert before(start(), *forked("one", "two"), hears("one"), hears("two"), end(), *ways) == {}


def test_on_branches_in_a_loop_each_comes_after_itself_only() -> None:
    back = path("begin", "again", "split"), path("join", "enough", "done"), flow("enough", "again", "x = 1")
    ways = gateway("exclusive", "again"), gateway("exclusive", "enough"), *back

    found = before(start(), *forked("one", "two"), hears("one"), hears("two"), end(), *ways)

    assert found == {"one": {"one"}, "two": {"two"}}


def test_what_follows_a_join_comes_after_what_is_on_its_branches() -> None:
    ways = path("begin", "split"), path("join", "three", "done")

    found = before(start(), *forked("one", "two"), hears("one"), hears("two"), hears("three"), end(), *ways)

    assert found == {"three": {"one", "two"}}


@pytest.mark.parametrize(("sequential", "expected"), [(True, {"hear": {"hear"}}), (False, {})])
def test_a_round_comes_after_the_one_before_and_not_after_the_one_beside_it(
    *, sequential: bool, expected: dict[str, set[str]]
) -> None:
    marker = instances("<bpmn:loopCardinality>3</bpmn:loopCardinality>", sequential=sequential)

    found = before(*around(sub("part", *inside("in", "hear", hears("hear")), marker), "part"))

    assert found == expected


def test_a_called_process_comes_after_itself_where_it_is_called_twice_in_a_row() -> None:
    called = process("other", start("o_in"), hears("hear"), end("o_out"), path("o_in", "hear", "o_out"))
    calls = call("first", "other"), call("second", "other")

    in_a_row = before(start(), *calls, end(), path("begin", "first", "second", "done"), beside=called)
    both = before(
        start(), *calls, *forked("first", "second"), end(), path("begin", "split"), path("join", "done"), beside=called
    )

    assert (in_a_row, both) == ({"hear": {"hear"}}, {})


def test_an_event_at_an_edge_comes_before_what_follows_it() -> None:
    parts = start(), user("write", "1"), edge("told", "write", "message"), hears("hear"), end(), end("late_end")

    found = before(*parts, path("begin", "write", "done"), path("told", "hear", "late_end"))

    assert found == {"hear": {"told"}}


def test_what_stands_in_an_event_sub_process_comes_after_its_start() -> None:
    inner = event_sub("beside", "message", calm=True).replace("beside_end", "hear", 0)
    inner = inner.replace(
        "</bpmn:subProcess>", hears("hear") + end("over") + path("hear", "over") + "</bpmn:subProcess>"
    )
    inner = inner.replace('targetRef="beside_end"', 'targetRef="hear"')

    found = before(*around(user("x", "1")), inner)

    assert found["hear"] == {"beside_start", "hear"}


def test_an_arm_of_a_race_in_a_loop_waits_for_the_next_message() -> None:
    doors = gateway("exclusive", "again"), '<bpmn:eventBasedGateway id="race" />', gateway("exclusive", "meet")
    arms = hears("hear"), event("intermediateCatchEvent", "late", "timer")
    ways = path("begin", "again", "race", "hear", "meet", "read", "again"), path("race", "late", "meet")

    story = Story(whole(start(), *doors, *arms, user("read", "1"), *ways), Around(earlier={("news", "k"): {"n": 1}}))
    assert story.asked == ["read"]
    story.complete("read")

    assert (story.asked, story.awaited) == ([], ["hear", "late"])


def test_a_receive_task_that_is_repeated_waits_for_one_message_a_round() -> None:
    marker = instances("<bpmn:loopCardinality>2</bpmn:loopCardinality>", sequential=True)
    task = receive("x", marker)

    story = Story(whole(*around(task)), Around(earlier={("news", "1"): {"n": 1}}))
    assert (story.passed.count("x"), story.awaited) == (1, ["x"])
    story.hear("x", n=2)

    assert story.is_over


def test_rounds_beside_each_other_all_hear_what_was_sent_before() -> None:
    marker = instances("<bpmn:loopCardinality>3</bpmn:loopCardinality>")
    again = gateway("exclusive", "again"), gateway("exclusive", "enough", default="enough-done")
    part = sub("part", *inside("in", "hear", hears("hear")), marker)
    ways = path("begin", "again", "part", "read", "enough", "done"), flow("enough", "again", "read.more")
    around_it = Around(earlier={("news", "k"): {"n": 1}})

    story = Story(whole(start(), *again, part, user("read", "1"), end(), *ways), around_it)
    story.complete("read", more=True)

    assert story.passed.count("hear") == 3
    assert story.awaited == ["hear"] * 3


def test_a_round_after_one_that_has_heard_a_message_waits_for_the_next() -> None:
    marker = instances("<bpmn:loopCardinality>2</bpmn:loopCardinality>", sequential=True)
    part = sub("part", *inside("in", "hear", hears("hear")), marker)

    story = Story(whole(*around(part, "part")), Around(earlier={("news", "k"): {"n": 1}}))

    assert (story.passed.count("hear"), story.awaited) == (1, ["hear"])
