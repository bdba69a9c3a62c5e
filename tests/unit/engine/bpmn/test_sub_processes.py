"""Sub-processes and called processes: what goes on inside, what ends them, and which variables they see."""

from engine.errors import ErrorThrown
from tests.unit.engine.bpmn.shapes import boundary, call, end, event, inside, output, process, text, throw, user
from tests.unit.engine.bpmn.story import Around, Story, number
from tests.unit.engine.diagrams import flow, gateway, path, script, service
from tests.unit.engine.diagrams import start as begin


def with_inside(*content: str, beside: str = "") -> str:
    return text(begin(), inside("sub", *content), beside, end(), path("begin", "sub", "done"))


def test_a_sub_process_goes_on_when_everything_inside_has_ended() -> None:
    both = path("in", "one", "out_one") + path("in", "two", "out_two")
    story = Story(with_inside(begin("in"), user("one"), user("two"), end("out_one"), end("out_two"), both))

    story.complete("one")
    assert story.asked == ["two"]
    story.complete("two")

    assert story.done == ["one", "out_one", "two", "out_two", "sub", "done"]
    assert story.is_over


def test_a_sub_process_writes_the_variables_of_the_case() -> None:
    story = Story(with_inside(begin("in"), script("set", "x", "x + 1"), end("out"), path("in", "set", "out")), x=1)

    assert story.variables == {"x": number(2)}


def test_an_activity_to_which_nothing_leads_begins_with_its_sub_process() -> None:
    story = Story(with_inside(user("one"), user("two")))

    assert story.asked == ["one", "two"]


def test_an_event_at_a_sub_process_takes_away_all_that_is_inside() -> None:
    inner = inside("inner", begin("in2"), user("deep"), end("out2"), path("in2", "deep", "out2"))
    content = begin("in") + gateway("parallel", "fork") + user("one") + inner + end("o1") + end("o2")
    content += path("in", "fork", "one", "o1") + path("fork", "inner", "o2")
    late = boundary("late", "sub", "timer", said="P1D") + user("help") + end("after") + path("late", "help", "after")
    story = Story(with_inside(content, beside=late))
    assert (story.asked, story.awaited) == (["deep", "one"], ["late"])

    story.fire("late")

    assert (story.asked, story.awaited, len(story.state.scopes)) == (["help"], [], 1)


def test_an_event_that_interrupts_nothing_leaves_a_sub_process_where_it_is() -> None:
    late = boundary("late", "sub", "timer", said="P1D", interrupting=False) + user("help") + end("after")
    content = begin("in") + user("one") + end("out") + path("in", "one", "out")
    story = Story(with_inside(content, beside=late + path("late", "help", "after")))

    story.fire("late")
    story.complete("one")

    assert story.asked == ["help"]
    assert "done" in story.passed


def test_terminate_ends_its_own_sub_process_and_no_more() -> None:
    content = (
        begin("in") + gateway("parallel", "fork") + user("one") + user("two") + end("o1") + end("stop", "terminate")
    )
    content += path("in", "fork", "one", "o1") + path("fork", "two", "stop")
    around = gateway("parallel", "split") + inside("sub", content) + user("other") + end("d1") + end("d2")
    story = Story(text(begin(), around, path("begin", "split", "sub", "d1"), path("split", "other", "d2")))

    story.complete("two")

    assert story.asked == ["other"]
    assert story.passed[-2:] == ["sub", "d1"]


def test_terminate_ends_the_whole_case_where_it_stands_in_the_process() -> None:
    fork = (
        gateway("parallel", "fork") + inside("sub", user("deep")) + user("two") + end("o1") + end("stop", "terminate")
    )
    story = Story(text(begin(), fork, path("begin", "fork", "sub", "o1"), path("fork", "two", "stop")))

    story.complete("two")

    assert story.is_over


def test_a_called_process_sees_what_it_is_given_and_gives_what_is_asked() -> None:
    called = process(
        "sum", begin("in"), script("add", "y", "a + 1"), user("show"), end("out"), path("in", "add", "show", "out")
    )
    diagram = text(
        begin(), call("ask", "sum", output("z", "y * 10"), a="x"), end(), path("begin", "ask", "done"), beside=called
    )
    story = Story(diagram, x=1)

    assert story.seen_at("show") == {"a": 1, "y": number(2)}
    story.complete("show")

    assert story.variables == {"x": 1, "z": number(20)}
    assert story.is_over


def test_the_error_of_a_called_process_is_caught_at_the_call() -> None:
    called = process("sum", begin("in"), end("bad", "error", "late"), path("in", "bad"))
    caught = boundary("oops", "ask", "error", "late") + user("mend") + end("after") + path("oops", "mend", "after")
    story = Story(text(begin(), call("ask", "sum"), caught, end(), path("begin", "ask", "done"), beside=called))

    assert story.asked == ["mend"]
    assert len(story.state.scopes) == 1


def test_a_call_whose_input_fails_is_tried_again_as_if_nothing_had_been() -> None:
    called = process("sum", begin("in"), user("show"), end("out"), path("in", "show", "out"))
    late = boundary("late", "ask", "timer", said="P1D") + end("after") + path("late", "after")
    asks = call("ask", "sum", person="1 +")
    story = Story(text(begin(), asks, late, end(), path("begin", "ask", "done"), beside=called))

    story.retry("ask")

    assert (story.failed, story.awaited) == (["ask"], ["late"])


def test_an_error_of_a_service_ends_the_sub_process_at_whose_edge_it_is_caught() -> None:
    around = Around(services={"rate": ErrorThrown("late", reason="closed")})
    content = begin("in") + service("rate", "rate", "r") + end("out") + path("in", "rate", "out")
    caught = boundary("oops", "sub", "error", "late", result="why") + user("mend") + end("after")
    story = Story(with_inside(content, beside=caught + path("oops", "mend", "after")), around)

    assert story.asked == ["mend"]
    assert story.variables["why"] == {"reason": "closed"}


def test_what_an_element_has_done_is_not_done_again_when_only_its_way_out_failed() -> None:
    around = Around(services={"pay": 1})
    ways = flow("pay", "one", "x > 1") + flow("pay", "two", "x > 5")
    story = Story(
        text(begin(), service("pay", "pay", "r"), user("one"), user("two"), end(), path("begin", "pay"), ways),
        around,
        x=1,
    )
    assert story.failed == ["pay"]

    story.retry("pay")

    assert (story.failed, around.called) == (["pay"], ["pay"])


def test_the_start_event_that_has_happened_is_the_one_that_begins() -> None:
    starts = begin() + event("startEvent", "told", "message", "news")
    story = Story(
        text(starts, user("plain"), user("asked"), end(), path("begin", "plain"), path("told", "asked", "done")),
        start="told",
    )

    assert story.asked == ["asked"]


def test_a_case_without_variables_is_stored_like_any_other() -> None:
    story = Story(
        text(
            begin(),
            event("intermediateCatchEvent", "wait", "timer", said="P1D"),
            throw("nothing", ""),
            end(),
            path("begin", "wait", "nothing", "done"),
        )
    )

    story.fire("wait")

    assert story.is_over
