"""Event sub-processes: what starts them, what they interrupt, and what they throw on."""

from tests.unit.engine.bpmn.shapes import boundary, end, inside, name_of, start, text, throw, triggered, user
from tests.unit.engine.bpmn.story import Story
from tests.unit.engine.diagrams import gateway, path, script
from tests.unit.engine.diagrams import start as begin

MAIN = begin() + user("main") + end() + path("begin", "main", "done")


def handling(name: str, first: str, *, ends: str = "") -> str:
    """An event sub-process in which a person is asked."""
    last, task = ends or end(f"{name}_end"), f"{name}_task"
    return triggered(name, first, user(task), last, path(name_of(first), task, name_of(last)))


def test_it_waits_as_long_as_its_scope_goes_on() -> None:
    story = Story(text(MAIN, handling("help", start("rings", "message", "news"))))
    assert story.awaited == ["rings"]

    story.complete("main")

    assert story.is_over


def test_one_that_interrupts_ends_everything_else_in_its_scope() -> None:
    story = Story(text(MAIN, handling("help", start("rings", "message", "news", result="call"))))

    story.hear("rings", why="fire")

    assert (story.asked, story.awaited) == (["help_task"], [])
    assert story.variables["call"] == {"why": "fire"}
    story.complete("help_task")
    assert story.is_over
    assert "main" not in story.passed


def test_one_that_interrupts_nothing_runs_beside_and_can_be_started_again() -> None:
    rings = start("rings", "message", "news", interrupting=False)
    story = Story(text(MAIN, handling("help", rings)))

    story.hear("rings")
    story.hear("rings")
    story.complete("main")

    assert story.asked == ["help_task", "help_task"]
    story.complete("help_task")
    story.complete("help_task")
    assert story.is_over


def test_a_timer_cycle_starts_it_as_often_as_it_says() -> None:
    story = Story(text(MAIN, handling("help", start("often", "timer", said="R2/P1D", interrupting=False))))

    story.fire("often")
    assert story.awaited == ["often"]
    story.fire("often")

    assert (story.awaited, story.asked) == ([], ["help_task", "help_task", "main"])


def test_inside_a_sub_process_it_ends_that_one_only() -> None:
    content = (
        begin("in")
        + user("deep")
        + end("out")
        + path("in", "deep", "out")
        + handling("help", start("rings", "message", "news"))
    )
    fork = gateway("parallel", "fork") + inside("sub", content) + user("other") + end("d1") + end("d2")
    story = Story(text(begin(), fork, path("begin", "fork", "sub", "d1"), path("fork", "other", "d2")))

    story.hear("rings")
    assert story.asked == ["help_task", "other"]
    story.complete("help_task")

    assert story.asked == ["other"]
    assert "d1" in story.passed


def test_an_error_starts_it_before_the_edge_of_the_sub_process_is_asked() -> None:
    content = (
        begin("in") + end("bad", "error", "late") + path("in", "bad") + handling("help", start("oops", "error", "late"))
    )
    edge = boundary("edge", "sub", "error", "late") + end("after") + path("edge", "after")
    story = Story(text(begin(), inside("sub", content), edge, end(), path("begin", "sub", "done")))

    assert story.asked == ["help_task"]
    story.complete("help_task")
    assert story.passed[-1] == "done"


def test_what_it_throws_itself_goes_to_whoever_is_around() -> None:
    again = handling("help", start("oops", "error", "late"), ends=end("worse", "error", "late"))
    content = begin("in") + end("bad", "error", "late") + path("in", "bad") + again
    edge = boundary("edge", "sub", "error", "late") + user("mend") + end("after") + path("edge", "mend", "after")
    story = Story(text(begin(), inside("sub", content), edge, end(), path("begin", "sub", "done")))

    story.complete("help_task")

    assert story.asked == ["mend"]


def test_a_signal_thrown_in_its_scope_starts_it() -> None:
    main = begin() + throw("ring", "signal", "alarm") + user("main") + end() + path("begin", "ring", "main", "done")
    beside = handling("help", start("rings", "signal", "alarm", interrupting=False))
    story = Story(text(main, beside))

    assert story.asked == ["help_task", "main"]
    assert [(sent.message, sent.is_signal) for sent in story.sent] == [("alarm", True)]


def test_of_two_that_hear_a_signal_the_one_that_interrupts_is_left() -> None:
    main = begin() + throw("ring", "signal", "alarm") + user("main") + end() + path("begin", "ring", "main", "done")
    beside = handling("soft", start("s", "signal", "alarm", interrupting=False)) + handling(
        "hard", start("h", "signal", "alarm")
    )
    story = Story(text(main, beside))

    assert story.asked == ["hard_task"]


def test_a_condition_that_becomes_true_starts_it() -> None:
    main = begin() + user("main", result="x") + script("raise", "level", "x.n") + user("later") + end()
    main += path("begin", "main", "raise", "later", "done")
    story = Story(text(main, handling("help", start("high", "conditional", said="level > 3"))), level=1)

    story.complete("main", n=5)

    assert story.asked == ["help_task"]
