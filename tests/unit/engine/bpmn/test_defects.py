"""What stock SpiffWorkflow 3.2.0 does wrong in silence: the 20 defects of research/engine.md section 2, one test each.

Not here: 14 and 15 (its migrations and its call of services are not used: the state and the services are our own).
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.bpmn.run import CaseRun
from engine.bpmn.state import CaseState, Scope, Stand, Token, decode_state, encode_state
from engine.errors import Conflict, ElementFailed, ErrorThrown
from engine.records.packing import NotStorable
from tests.unit.engine.bpmn.shapes import (
    boundary,
    catch,
    each,
    end,
    inside,
    marked,
    start,
    text,
    throw,
    triggered,
    user,
)
from tests.unit.engine.bpmn.story import Around, Story, number
from tests.unit.engine.diagrams import flow, gateway, path, script, service
from tests.unit.engine.diagrams import start as begin

FORK = gateway("parallel", "fork") + gateway("parallel", "meet")


def revision(first: str, second: str, kind: str = "parallel") -> str:
    """Two activities side by side, again and again as long as `last.more` is true."""
    parts = gateway("exclusive", "in") + gateway(kind, "fork") + gateway(kind, "meet") + first + second + user("last")
    ways = path("begin", "in", "fork", "a", "meet", "last", "again") + path("fork", "b", "meet")
    back = (
        gateway("exclusive", "again", default="again-done") + flow("again", "in", "last.more") + flow("again", "done")
    )
    return text(begin(), parts, end(), ways, back)


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
def test_1_a_join_in_a_later_round_waits_for_all_of_that_round(kind: str) -> None:
    story = Story(revision(user("a"), user("b"), kind))

    for first, second in (("a", "b"), ("b", "a"), ("a", "b")):
        story.complete(first)
        assert story.asked == [second]
        story.complete(second)
        story.complete("last", more=True)


def test_2_no_branch_overwrites_what_another_has_written() -> None:
    branches = user("a", result="said") + script("set", "x", "2") + script("add", "list", "append(list, 2)") + user("b")
    branches += script("add_too", "list", "append(list, 3)")
    ways = path("begin", "fork", "a", "set", "add", "meet", "done") + path("fork", "b", "add_too", "meet")
    story = Story(text(begin(), FORK, branches, end(), ways), x=1, list=[1])

    story.complete("a")
    story.complete("b")

    assert story.variables["x"] == 2
    assert story.variables["list"] == [1, 2, 3]


def test_3_a_loop_of_any_length_never_ends_by_itself() -> None:
    story = Story(revision(user("a"), script("b", "y", "1")))

    for _ in range(1100):
        story.complete("a")
        story.complete("last", more=True)

    assert story.asked == ["a"]


def test_4_a_round_leaves_nothing_behind() -> None:
    story, sizes = Story(revision(user("a"), script("b", "y", "1"))), []

    for _ in range(300):
        story.complete("a")
        story.complete("last", more=True)
        sizes.append((len(story.state.tokens), len(story.state.scopes), len(story.bytes or b"") // 10))

    assert set(sizes[50:]) == {sizes[50]}


def test_5_a_quorum_sees_the_counters_and_ends_the_others() -> None:
    enough = each("[1, 2, 3, 4]", until="numberOfCompletedInstances / numberOfInstances >= 0.5")
    story = Story(text(begin(), marked(user("a"), enough), user("after"), path("begin", "a", "after")))

    story.complete("a", 3)
    story.complete("a", 0)

    assert story.asked == ["after"]


def test_6_results_stand_in_the_order_of_the_items() -> None:
    panel = marked(user("a", result="said"), each('["a", "b", "c"]', output="all", gives="said.n"))
    story = Story(text(begin(), panel, user("after"), path("begin", "a", "after")))

    for place, answer in ((2, "C"), (1, "B"), (0, "A")):
        story.complete("a", place, n=answer)

    assert story.variables["all"] == ["A", "B", "C"]


def test_7_an_empty_item_and_an_output_that_exists_stop_no_sequence() -> None:
    panel = marked(user("a"), each("[null, null]", one_by_one=True, item="who", output="all", gives="who"))
    story = Story(text(begin(), panel, user("after"), path("begin", "a", "after")), all=["old"])

    story.complete("a")
    story.complete("a")

    assert (story.asked, story.variables["all"]) == (["after"], [None, None])


def test_8_two_timers_behind_one_gateway_have_their_own_due_times() -> None:
    events = catch("hour", "timer", said="PT1H") + catch("second", "timer", said="PT1S")
    ways = path("begin", "race", "hour", "done") + path("race", "second", "done")
    story = Story(text(begin(), gateway("eventBased", "race"), events, end(), ways))

    assert story.due_after("hour") == timedelta(hours=1)
    assert story.due_after("second") == timedelta(seconds=1)


@pytest.mark.parametrize("x", [True, False])
def test_9_an_event_behind_two_gateways_is_caught_from_both(x: bool) -> None:
    parts = (
        gateway("exclusive", "which", default="which-g2") + gateway("eventBased", "g1") + gateway("eventBased", "g2")
    )
    ways = (
        path("begin", "which")
        + flow("which", "g1", "x")
        + flow("which", "g2")
        + path("g1", "told", "done")
        + path("g2", "told")
    )
    late = catch("late", "timer", said="P1D") + path("g1", "late", "done") + path("g2", "late")
    story = Story(text(begin(), parts, catch("told", "message", "news"), late, end(), ways), x=x)

    story.hear("told")

    assert story.is_over


def test_10_nobody_changes_a_value_that_another_holds() -> None:
    branches = (
        script("a", "mine", "append(list, 2)") + script("b", "yours", "append(list, 3)") + script("c", "list", "[]")
    )
    ways = path("begin", "fork", "a", "meet", "c", "ask") + path("fork", "b", "meet")
    story = Story(text(begin(), FORK, branches, user("ask"), ways), list=[1])

    assert (story.variables["mine"], story.variables["yours"], story.variables["list"]) == ([1, 2], [1, 3], [])


def test_11_the_order_of_names_means_nothing() -> None:
    scopes = (Scope(0, "test", variables={"b": 1, "a": 2}), Scope(1, "sub", 0, 5, {"z": 1, "y": 2}))
    state = CaseState(scopes, (Token(5, "sub", 0, Stand.HOLDS),), 9)

    assert decode_state(encode_state(state)) == state


@pytest.mark.parametrize("name", ["typename", "data", "token", "__class__", "rounds"])
def test_12_no_name_is_reserved_in_the_data_of_a_case(name: str) -> None:
    values: dict[str, Any] = {name: {name: "x"}}
    story = Story(text(begin(), user("a"), end(), path("begin", "a", "done")), **values)

    story.complete("a", **values)

    assert story.variables == {**values, "a": values}


def test_13_values_keep_their_types() -> None:
    values: dict[str, Any] = {
        "money": Decimal("1234567890.12"),
        "day": date(2026, 10, 5),
        "instant": datetime(2026, 10, 5, 1, 2, 3, 4, tzinfo=UTC),
        "span": timedelta(days=1, microseconds=7),
        "bytes": b"\x00",
        "keys": {1: "one"},
    }
    story = Story(text(begin(), user("a"), user("b"), path("begin", "a", "b")), **values)

    story.complete("a", **values)

    assert story.variables == {**values, "a": values}


def test_13_what_cannot_be_kept_is_refused_at_once() -> None:
    with pytest.raises(NotStorable):
        Story(text(begin(), user("a"), path("begin", "a")), x=0.1)


def test_16_a_task_is_completed_once_and_only_when_it_waits() -> None:
    story = Story(text(begin(), user("a"), user("b"), path("begin", "a", "b")))
    token = story.state.tokens[0].number
    story.complete("a")

    for number_ in (token, 10_000):
        with pytest.raises(Conflict):
            CaseRun(story.release, story.around, story.bytes).complete(number_, {})


def test_17_cases_of_one_release_do_not_change_it() -> None:
    helps = triggered("help", start("rings", "message", "news"), user("mend"), path("rings", "mend"))
    story = Story(text(begin(), user("a"), path("begin", "a"), helps))
    story.hear("rings")

    other = CaseRun(story.release, story.around, None).outcome()

    assert [task.element for task in other.tasks] == ["a"]


def test_18_a_data_object_deep_inside_is_read() -> None:
    data = '<bpmn:dataObject id="o" />'
    reference = '<bpmn:dataObjectReference id="r" dataObjectRef="o" />'
    deep = inside("two", begin("in2"), reference, user("a"), path("in2", "a"))

    story = Story(text(begin(), data, inside("one", begin("in1"), deep, path("in1", "two")), path("begin", "one")))

    assert story.asked == ["a"]


def test_19_a_condition_wakes_whatever_in_the_case_made_it_true() -> None:
    waiting = catch("full", "conditional", said="x > 3") + user("then")
    sub = inside("sub", begin("in"), user("a", result="said"), script("set", "x", "said.n"), path("in", "a", "set"))
    ways = path("begin", "fork", "full", "then") + path("fork", "sub")
    story = Story(text(begin(), gateway("parallel", "fork"), waiting, sub, ways), x=1)

    story.complete("a", n=4)

    assert story.asked == ["then"]


def test_20_what_fails_stays_and_says_so_until_it_succeeds() -> None:
    around = Around(services={"pay": ElementFailed("no money")})
    caught = boundary("oops", "pay", "error") + user("mend") + path("oops", "mend")
    parts = user("a") + service("pay", "pay", "paid") + throw("news", "signal", "alarm")
    story = Story(text(begin(), parts, caught, end(), path("begin", "a", "pay", "news", "done")), around)
    story.complete("a", n=1)
    assert (story.failed, story.variables["a"]) == (["pay"], {"n": 1})

    around.services["pay"] = 7
    story.retry("pay")

    assert (story.is_over, story.variables["paid"]) == (True, 7)


def test_20_an_error_of_the_process_is_no_failure() -> None:
    around = Around(services={"pay": ErrorThrown("late")})
    caught = boundary("oops", "pay", "error", "late") + user("mend") + path("oops", "mend")
    story = Story(text(begin(), service("pay", "pay", "paid"), caught, end(), path("begin", "pay", "done")), around)

    assert (story.failed, story.asked) == ([], ["mend"])
    assert number(1) not in story.variables.values()
