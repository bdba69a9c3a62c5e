"""Where tokens have to do with each other: a move never leaves a case that waits for ever or runs twice."""

from datetime import timedelta

from tests.unit.engine.bpmn.relocation import move, said, why
from tests.unit.engine.bpmn.shapes import boundary, catch, handler, inside, text, throw, undone_by, user
from tests.unit.engine.bpmn.story import Story
from tests.unit.engine.diagrams import end, flow, gateway, path, script
from tests.unit.engine.diagrams import start as begin


def forked(*names: str, kind: str = "parallel") -> str:
    """Tasks beside each other."""
    ways = "".join(path("split", name, "join") for name in names)
    parts = (begin(), gateway("parallel", "split"), *map(user, names), gateway(kind, "join"), end())
    return text(*parts, path("begin", "split"), ways, path("join", "done"))


def in_turn(*names: str) -> str:
    """Tasks one after another."""
    return text(begin(), *map(user, names), end(), path("begin", *names, "done"))


def raced(*names: str) -> str:
    """Messages of which the first counts."""
    events = (catch(name, "message", "news", f'"{name}"') for name in names)
    ways = "".join(
        path("race", name, "first", "done") if not place else path("race", name, "first")
        for place, name in enumerate(names)
    )
    return text(
        begin(),
        gateway("eventBased", "race"),
        *events,
        gateway("exclusive", "first"),
        end(),
        path("begin", "race"),
        ways,
    )


def test_one_of_two_tasks_that_are_to_be_done_beside_each_other_would_wait_for_ever() -> None:
    moved = move(Story(in_turn("one", "two")), forked("one", "two"))

    assert why(moved) == ["impossible"]
    assert moved.reasons[0].target == "one"


def test_a_task_becomes_two_that_are_done_beside_each_other() -> None:
    story = Story(in_turn("one"))
    number = story.state.tokens[0].number

    moved = move(story, forked("legal", "money"), "one=legal,money")
    kept = next(token.element for token in story.state.tokens if token.number == number)
    story.complete("legal")
    story.complete("money")

    assert "split_into" in said(moved)
    assert kept == "legal"
    assert story.is_over


def test_a_task_does_not_become_two_that_never_stand_beside_each_other() -> None:
    moved = move(Story(in_turn("one")), in_turn("legal", "money"), "one=legal,money")

    assert why(moved) == ["impossible"]


def test_a_task_does_not_become_something_that_would_run_at_once() -> None:
    new = text(
        begin(), gateway("parallel", "split"), user("a"), script("b", "x", "1"), gateway("parallel", "join"), end()
    )
    new = new.replace(
        "</bpmn:process>",
        path("begin", "split")
        + path("split", "a", "join")
        + path("split", "b", "join")
        + path("join", "done")
        + "</bpmn:process>",
    )

    assert why(move(Story(in_turn("one")), new, "one=a,b")) == ["split"]


def test_two_tasks_become_one_and_the_case_goes_on_once() -> None:
    story = Story(forked("a", "b"))

    moved = move(story, in_turn("both"), "a=both", "b=both", "join=both")
    story.complete("both")

    assert said(moved).count("merged") == 1
    assert story.is_over


def test_what_hangs_on_a_task_that_becomes_part_of_another_ends_with_it() -> None:
    late = boundary("late", "b", "timer", said="P1D") + path("late", "over") + end("over")
    story = Story(forked("a", "b").replace("</bpmn:process>", f"{late}</bpmn:process>"))
    limit = boundary("late", "both", "timer", said="P9D")
    new = text(begin(), user("both"), limit, end(), path("begin", "both", "done"), path("late", "done"))

    move(story, new, "a=both", "b=both", "join=both")

    assert (story.asked, story.awaited) == (["both"], ["late"])
    assert story.due_after("late") == timedelta(days=9)


def test_two_tasks_of_which_one_is_done_become_one() -> None:
    story = Story(forked("a", "b"))
    story.complete("a")

    moved = move(story, in_turn("both", "after"), "a=both", "b=both", "join=both")
    story.complete("both")

    assert "merged" in said(moved)
    assert story.asked == ["after"]


def test_what_waits_at_a_join_waits_on_under_its_new_name() -> None:
    story = Story(forked("a", "b"))
    story.complete("a")

    moved = move(
        story,
        forked("a", "b").replace('"join"', '"meet"').replace("-join", "-meet").replace("join-", "meet-"),
        "join=meet",
    )
    story.complete("b")

    assert "moved" in said(moved)
    assert story.is_over


def test_what_waits_at_a_join_that_is_gone_stays() -> None:
    story = Story(forked("a", "b"))
    story.complete("a")

    assert why(move(story, in_turn("b"))) == ["join"]


def test_a_join_that_waits_for_one_more_would_wait_for_ever() -> None:
    story = Story(forked("a", "b"))
    story.complete("a")

    assert why(move(story, forked("a", "b", "c"))) == ["impossible"]


def test_a_join_of_another_kind_does_not_take_over_what_waits() -> None:
    story = Story(forked("a", "b"))
    story.complete("a")

    assert why(move(story, forked("a", "b", kind="inclusive"))) == ["join"]


def test_a_branch_that_is_removed_before_anybody_came_to_it_does_not_matter() -> None:
    story = Story(in_turn("first", "a"))

    move(
        story,
        forked("x", "y")
        .replace('"begin-split"', '"first-split"')
        .replace('sourceRef="begin"', 'sourceRef="first"')
        .replace("</bpmn:process>", user("first") + flow("begin", "first") + "</bpmn:process>"),
    )
    story.complete("first")

    assert story.asked == ["x", "y"]


def test_events_of_a_race_stay_together_and_a_new_one_joins_them() -> None:
    story = Story(raced("told", "asked"))

    moved = move(story, raced("told", "called"))
    story.hear("called")

    assert sorted(said(moved)) == ["event_added", "event_dropped"]
    assert story.is_over


def test_an_event_may_begin_to_race() -> None:
    alone = text(begin(), catch("told", "message", "news", '"told"'), end(), path("begin", "told", "done"))
    story = Story(alone)

    move(story, raced("told", "called"))

    assert story.awaited == ["called", "told"]
    story.hear("told")
    assert story.is_over


def test_events_of_a_race_do_not_part() -> None:
    events = catch("told", "message", "news", '"t"') + catch("asked", "message", "news", '"a"')
    parted = text(begin(), events, end(), path("begin", "told", "asked", "done"))

    assert why(move(Story(raced("told", "asked")), parted)) == ["race"]


def compensated(*, undo: bool) -> str:
    """Something that is done, a task, and an event that undoes it."""
    undoing = undone_by("book", "cancel") + handler(user("cancel")) if undo else ""
    parts = (begin(), script("book", "x", "1"), undoing, user("one"), throw("back", "compensate"), end())
    return text(*parts, path("begin", "book", "one", "back", "done"))


def test_what_was_done_can_still_be_undone_after_a_move() -> None:
    story = Story(compensated(undo=True))

    move(
        story,
        compensated(undo=True).replace("book", "reserve").replace("cancel", "release"),
        "book=reserve",
        "book_undo=reserve_undo",
        "cancel=release",
    )
    story.complete("one")

    assert story.asked == ["release"]


def test_a_case_stays_if_what_it_has_done_could_not_be_undone_any_more() -> None:
    assert why(move(Story(compensated(undo=True)), compensated(undo=False))) == ["undoing"]


def reads(expression: str) -> str:
    """A task, and a script behind it."""
    return text(begin(), user("one"), script("later", "y", expression), end(), path("begin", "one", "later", "done"))


def test_a_case_stays_if_the_way_ahead_reads_what_it_does_not_have() -> None:
    moved = move(Story(reads("x + 1"), x=1), reads("price * 2"))

    assert why(moved) == ["variable"]
    assert (moved.reasons[0].element, moved.reasons[0].target) == ("later", "price")


def test_a_variable_that_the_old_release_missed_as_well_is_no_reason() -> None:
    assert why(move(Story(reads("price + 1")), reads("price * 2"))) == []


def test_a_case_can_be_given_what_the_way_ahead_reads() -> None:
    story = Story(reads("x + 1"), x=20)

    moved = move(story, reads("price * 2"), price="x + 1")
    story.complete("one")

    assert (why(moved), said(moved)) == ([], ["given"])
    assert story.is_over


def test_a_value_that_cannot_be_computed_leaves_the_case_where_it_is() -> None:
    late = boundary("late", "one", "timer", said='date("x")')
    new = text(begin(), user("one"), late, end(), path("begin", "one", "done"), path("late", "done"))

    assert why(move(Story(in_turn("one")), new)) == ["cannot_begin"]


def test_a_sub_process_keeps_its_tokens_together() -> None:
    def drawn(*names: str) -> str:
        ways = "".join(path("fork", name, "meet") for name in names)
        parts = (begin("in"), gateway("parallel", "fork"), *map(user, names), gateway("parallel", "meet"), end("out"))
        return text(
            begin(),
            inside("part", *parts, path("in", "fork"), ways, path("meet", "out")),
            end(),
            path("begin", "part", "done"),
        )

    story = Story(drawn("a", "b"))
    story.complete("a")

    assert why(move(story, drawn("a", "b", "c"))) == ["impossible"]
