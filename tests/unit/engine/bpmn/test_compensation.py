"""Undoing: handlers of what has completed, the last first; inside sub-processes, rounds and transactions."""

from engine.errors import ErrorThrown
from tests.unit.engine.bpmn.shapes import (
    boundary,
    call,
    each,
    end,
    handler,
    inside,
    marked,
    process,
    start,
    text,
    throw,
    triggered,
    undone_by,
    user,
)  # fmt: skip
from tests.unit.engine.bpmn.story import Around, Story
from tests.unit.engine.diagrams import gateway, path, script, service
from tests.unit.engine.diagrams import start as begin


def undoable(name: str) -> str:
    """A task, and a person's task that undoes it."""
    return script(name, name, "1") + undone_by(name, f"un{name}") + handler(user(f"un{name}"))


def test_what_was_done_is_undone_the_last_first() -> None:
    parts = undoable("a") + undoable("b") + throw("undo", "compensate") + end()
    story = Story(text(begin(), parts, path("begin", "a", "b", "undo", "done")))

    assert story.asked == ["unb"]
    story.complete("unb")
    assert story.asked == ["una"]
    story.complete("una")

    assert story.is_over
    assert story.done == ["a", "b", "unb", "una", "undo", "done"]


def test_one_activity_can_be_undone_alone_and_only_once() -> None:
    parts = undoable("a") + undoable("b") + throw("undo", "compensate", "a") + end("all", "compensate")
    story = Story(text(begin(), parts, path("begin", "a", "b", "undo", "all")))

    story.complete("una")
    assert story.asked == ["unb"]
    story.complete("unb")

    assert story.is_over


def test_what_was_never_done_is_not_undone() -> None:
    parts = (
        undoable("a") + user("late") + undoable("b") + gateway("parallel", "fork") + end("undo", "compensate") + end()
    )
    story = Story(text(begin(), parts, path("begin", "a", "fork", "undo"), path("fork", "late", "b", "done")))

    assert story.asked == ["late", "una"]


def test_a_sub_process_is_undone_part_by_part() -> None:
    content = begin("in") + undoable("a") + undoable("b") + end("out") + path("in", "a", "b", "out")
    story = Story(
        text(
            begin(),
            inside("sub", content),
            throw("undo", "compensate", "sub"),
            end(),
            path("begin", "sub", "undo", "done"),
        )
    )

    assert story.asked == ["unb"]
    story.complete("unb")
    story.complete("una")

    assert (story.is_over, story.done) == (True, ["a", "b", "out", "sub", "unb", "una", "undo", "done"])


def test_the_handler_of_a_sub_process_stands_for_all_that_is_inside() -> None:
    content = begin("in") + undoable("a") + end("out") + path("in", "a", "out")
    outer = inside("sub", content) + undone_by("sub", "unsub") + handler(user("unsub"))
    story = Story(text(begin(), outer, throw("undo", "compensate"), end(), path("begin", "sub", "undo", "done")))

    assert story.asked == ["unsub"]
    story.complete("unsub")
    assert story.is_over


def test_a_compensation_event_sub_process_decides_what_is_undone_inside() -> None:
    own = triggered(
        "fix",
        start("undoing", "compensate"),
        user("first"),
        throw("una_now", "compensate", "a"),
        path("undoing", "first", "una_now"),
    )
    content = begin("in") + undoable("a") + undoable("b") + end("out") + path("in", "a", "b", "out") + own
    story = Story(
        text(
            begin(),
            inside("sub", content),
            throw("undo", "compensate", "sub"),
            end(),
            path("begin", "sub", "undo", "done"),
        )
    )

    story.complete("first")
    assert story.asked == ["una"]
    story.complete("una")

    assert story.is_over
    assert "unb" not in story.passed


def test_it_goes_down_through_sub_processes_in_sub_processes() -> None:
    deep = inside("deep", begin("in2"), undoable("a"), end("out2"), path("in2", "a", "out2"))
    content = begin("in") + deep + undoable("b") + end("out") + path("in", "deep", "b", "out")
    story = Story(
        text(
            begin(),
            inside("sub", content),
            user("wait"),
            end("undo", "compensate"),
            path("begin", "sub", "wait", "undo"),
        )
    )

    story.complete("wait")
    assert story.asked == ["unb"]
    story.complete("unb")
    story.complete("una")

    assert story.is_over


def test_each_round_is_undone_with_its_own_item() -> None:
    sub = inside("sub", each("names", item="who"), begin("in"), undoable("a"), end("out"), path("in", "a", "out"))
    story = Story(
        text(begin(), sub, throw("undo", "compensate"), end(), path("begin", "sub", "undo", "done")), names=["x", "y"]
    )

    assert story.seen_around("una")["who"] == "y"
    story.complete("una")
    assert story.seen_around("una")["who"] == "x"
    story.complete("una")
    assert story.is_over


def test_a_looped_task_is_undone_once_for_each_round() -> None:
    looped = marked(script("a", "a", "who"), each("names", item="who")) + undone_by("a", "una") + handler(user("una"))
    story = Story(
        text(begin(), looped, throw("undo", "compensate", "a"), end(), path("begin", "a", "undo", "done")),
        names=["x", "y"],
    )

    story.complete("una")
    story.complete("una")

    assert story.is_over


def test_a_called_process_is_undone_with_the_variables_it_had() -> None:
    called = process(
        "pay",
        begin("in"),
        script("a", "paid", "sum"),
        undone_by("a", "una"),
        handler(script("una", "back", "paid * 2")),
        end("out"),
        path("in", "a", "out"),
    )
    diagram = text(
        begin(),
        call("ask", "pay", sum="x"),
        throw("undo", "compensate"),
        end(),
        path("begin", "ask", "undo", "done"),
        beside=called,
    )
    story = Story(diagram, x=3)

    assert story.is_over
    assert story.done == ["a", "out", "ask", "una", "undo", "done"]
    assert story.variables == {"x": 3}


def test_a_cancelled_transaction_undoes_what_it_has_done_and_goes_on_at_its_event() -> None:
    content = begin("in") + undoable("a") + gateway("parallel", "fork") + user("other") + end("no", "cancel")
    content += path("in", "a", "fork", "no") + path("fork", "other")
    edge = boundary("gone", "deal", "cancel") + user("tell") + path("gone", "tell")
    story = Story(text(begin(), inside("deal", content, tag="transaction"), edge, end(), path("begin", "deal", "done")))

    assert story.asked == ["una"]
    story.complete("una")

    assert (story.asked, len(story.state.scopes)) == (["tell"], 1)


def test_a_transaction_can_be_cancelled_from_deep_inside() -> None:
    deep = inside("deep", begin("in2"), end("no", "cancel"), path("in2", "no"))
    content = begin("in") + undoable("a") + deep + end("out") + path("in", "a", "deep", "out")
    edge = boundary("gone", "deal", "cancel") + user("tell") + path("gone", "tell")
    story = Story(text(begin(), inside("deal", content, tag="transaction"), edge, end(), path("begin", "deal", "done")))

    story.complete("una")

    assert story.asked == ["tell"]


def test_a_cancellation_that_nothing_catches_stops_the_case() -> None:
    content = begin("in") + end("no", "cancel") + path("in", "no")
    story = Story(text(begin(), inside("deal", content, tag="transaction"), end(), path("begin", "deal", "done")))

    assert story.failed == ["no"]


def test_a_transaction_that_ends_well_can_be_undone_later() -> None:
    deal = inside("deal", begin("in"), undoable("a"), end("out"), path("in", "a", "out"), tag="transaction")
    story = Story(text(begin(), deal, end("undo", "compensate"), path("begin", "deal", "undo")))

    story.complete("una")

    assert story.is_over


def test_an_event_sub_process_undoes_what_is_around_it() -> None:
    helps = triggered("help", start("rings", "message", "news"), end("undo", "compensate", "a"), path("rings", "undo"))
    story = Story(text(begin(), undoable("a"), user("wait"), end(), helps, path("begin", "a", "wait", "done")))

    story.hear("rings")
    assert story.asked == ["una"]
    story.complete("una")

    assert story.is_over


def test_a_handler_that_waits_for_a_message_lets_the_compensation_go_on() -> None:
    receive = (
        '<bpmn:receiveTask id="una" isForCompensation="true" messageRef="message_news"><bpmn:extensionElements>'
        '<alur:message key="&quot;k&quot;" /></bpmn:extensionElements></bpmn:receiveTask>'
    )
    parts = script("a", "a", "1") + undone_by("a", "una") + receive + throw("undo", "compensate") + user("after")
    story = Story(text(begin(), parts, path("begin", "a", "undo", "after")))

    story.hear("una")

    assert story.asked == ["after"]


def test_an_error_while_something_is_undone_is_not_caught_where_it_was_done() -> None:
    around = Around(services={"refund": ErrorThrown("late")})
    failing = script("a", "a", "1") + undone_by("a", "una") + handler(service("una", "refund"))
    content = begin("in") + failing + end("out") + path("in", "a", "out")
    edge = boundary("oops", "sub", "error", "late") + user("mend") + path("oops", "mend")
    parts = inside("sub", content) + edge + throw("undo", "compensate") + end()
    story = Story(text(begin(), parts, path("begin", "sub", "undo", "done")), around)

    assert (story.failed, story.asked) == (["una"], [])


def test_a_cancelled_transaction_ends_all_its_rounds() -> None:
    content = begin("in") + user("ask") + end("no", "cancel") + path("in", "ask", "no")
    edge = boundary("gone", "deal", "cancel") + user("tell") + path("gone", "tell")
    deal = inside("deal", each("[1, 2]"), content, tag="transaction")
    story = Story(text(begin(), deal, edge, end(), path("begin", "deal", "done")))

    story.complete("ask")

    assert (story.asked, len(story.state.scopes)) == (["tell"], 1)


def test_the_handler_of_a_called_process_sees_and_sets_what_its_caller_does() -> None:
    called = process("pay", begin("in"), script("a", "paid", "sum"), end("out"), path("in", "a", "out"))
    undone = undone_by("ask", "una") + handler(script("una", "back", "x * 2"))
    parts = call("ask", "pay", sum="x + 1") + undone + throw("undo", "compensate") + user("after")
    story = Story(text(begin(), parts, path("begin", "ask", "undo", "after"), beside=called), x=3)

    assert story.variables == {"x": 3, "back": 6}


def test_the_handler_of_a_process_that_is_called_for_each_item_sees_the_item() -> None:
    called = process("pay", begin("in"), script("a", "paid", "sum"), end("out"), path("in", "a", "out"))
    looped = marked(call("ask", "pay", sum="who"), each('["x", "y"]', item="who"))
    parts = looped + undone_by("ask", "una") + handler(user("una")) + throw("undo", "compensate") + user("after")
    story = Story(text(begin(), parts, path("begin", "ask", "undo", "after"), beside=called))

    for who in ("y", "x"):
        assert story.seen_around("una")["who"] == who
        story.complete("una")

    assert story.asked == ["after"]


def test_a_called_process_undoes_what_it_has_done_itself() -> None:
    content = begin("in") + undoable("a") + throw("undo", "compensate") + end("out") + path("in", "a", "undo", "out")
    diagram = text(begin(), call("ask", "pay"), end(), path("begin", "ask", "done"), beside=process("pay", content))
    story = Story(diagram)

    story.complete("una")

    assert story.is_over


def test_what_a_handler_has_done_is_not_undone() -> None:
    inner = begin("in") + undoable("b") + end("out") + path("in", "b", "out")
    undoing = handler(inside("una", inner))
    parts = (
        script("a", "a", "1")
        + undone_by("a", "una")
        + undoing
        + throw("undo", "compensate")
        + throw("all", "compensate")
    )
    story = Story(text(begin(), parts, user("after"), path("begin", "a", "undo", "all", "after")))

    assert story.asked == ["after"]


def test_an_error_while_something_is_undone_is_not_caught_inside_where_it_was_done() -> None:
    around = Around(services={"refund": ErrorThrown("late")})
    failing = script("a", "a", "1") + undone_by("a", "una") + handler(service("una", "refund"))
    own = triggered("help", start("oops", "error", "late"), user("mend"), path("oops", "mend"))
    content = begin("in") + failing + end("out") + path("in", "a", "out") + own
    parts = inside("sub", content) + throw("undo", "compensate") + end()
    story = Story(text(begin(), parts, path("begin", "sub", "undo", "done")), around)

    assert (story.failed, story.asked) == (["una"], [])


def test_an_activity_that_is_undone_is_not_passed_again() -> None:
    sub = inside("sub", begin("in"), undoable("a"), end("out"), path("in", "a", "out"))
    story = Story(text(begin(), sub, throw("undo", "compensate"), end(), path("begin", "sub", "undo", "done")))

    story.complete("una")

    assert story.done == ["a", "out", "sub", "una", "undo", "done"]
