"""Where tokens part and meet: conditions, inclusive and parallel gateways, event gateways, links."""

from datetime import timedelta

from tests.unit.engine.bpmn.shapes import boundary, catch, end, inside, name_of, start, text, throw, triggered, user
from tests.unit.engine.bpmn.story import Around, Story
from tests.unit.engine.diagrams import flow, gateway, path
from tests.unit.engine.diagrams import start as begin


def inclusive(*, back: str = "") -> str:
    """Three branches, of which those are taken that `a`, `b` and neither of both choose."""
    ways = flow("or", "one", "a") + flow("or", "two", "b") + flow("or", "three")
    branches = user("one") + user("two") + user("three") + gateway("inclusive", "meet")
    joined = path("one", "meet") + path("two", "meet") + path("three", "meet")
    return text(
        begin(),
        gateway("inclusive", "or", default="or-three"),
        branches,
        ways,
        joined,
        back or path("meet", "last", "done"),
        user("last"),
        end(),
        path("begin", "or"),
    )


def test_an_inclusive_join_waits_for_the_branches_that_were_taken() -> None:
    story = Story(inclusive(), a=True, b=True)
    assert story.asked == ["one", "two"]

    story.complete("two")
    assert story.asked == ["one"]
    story.complete("one")

    assert story.asked == ["last"]


def test_what_came_by_an_event_at_a_task_does_not_stand_for_the_task() -> None:
    remind = boundary("remind", "write", "timer", said="PT1H", interrupting=False) + user("note")
    ways = path("begin", "write", "meet", "last", "done") + path("remind", "note", "meet")
    story = Story(text(begin(), user("write"), remind, gateway("inclusive", "meet"), user("last"), end(), ways))

    story.fire("remind")
    story.complete("note")
    assert story.asked == ["write"]
    story.complete("write")

    assert story.asked == ["last"]


def test_an_inclusive_gateway_takes_the_default_flow_when_no_condition_holds() -> None:
    story = Story(inclusive(), a=False, b=False)

    assert story.asked == ["three"]
    story.complete("three")
    assert story.asked == ["last"]


def test_an_inclusive_join_works_in_every_round_of_a_revision_loop() -> None:
    again = (
        gateway("exclusive", "again", default="again-done")
        + path("meet", "last", "again")
        + flow("again", "or", "last.more")
        + flow("again", "done")
    )
    story = Story(inclusive(back=again), a=True, b=True)

    for first, second in (("one", "two"), ("two", "one"), ("one", "two")):
        story.complete(first)
        assert story.asked == [second]
        story.complete(second)
        story.complete("last", more=True)

    assert story.asked == ["one", "two"]


def test_an_inclusive_join_goes_on_when_the_token_it_waits_for_is_taken_away() -> None:
    gone = boundary("late", "two", "timer", said="P1D") + end("out") + path("late", "out")
    story = Story(inclusive().replace("</bpmn:process>", gone + "</bpmn:process>"), a=True, b=True)

    story.complete("one")
    story.fire("late")

    assert story.asked == ["last"]


def test_a_parallel_join_works_in_every_round_of_a_revision_loop() -> None:
    parts = (
        gateway("exclusive", "in")
        + gateway("parallel", "fork")
        + user("one")
        + user("two")
        + gateway("parallel", "meet")
    )
    ways = (
        path("begin", "in", "fork", "one", "meet", "last", "again")
        + path("fork", "two", "meet")
        + flow("again", "in", "last.more")
        + flow("again", "done")
    )
    parts += user("last") + gateway("exclusive", "again", default="again-done") + end()
    story = Story(text(begin(), parts, ways))

    for first, second in (("one", "two"), ("two", "one")):
        story.complete(first)
        assert story.asked == [second]
        story.complete(second)
        story.complete("last", more=True)

    assert story.asked == ["one", "two"]


def test_a_join_that_nothing_can_complete_stops_the_case() -> None:
    parts = gateway("exclusive", "which", default="which-two") + user("one") + user("two") + gateway("parallel", "meet")
    ways = (
        path("begin", "which")
        + flow("which", "one", "x")
        + flow("which", "two")
        + path("one", "meet", "done")
        + path("two", "meet")
    )
    story = Story(text(begin(), parts, end(), ways), x=True)

    story.complete("one")
    assert (story.failed, story.is_over) == (["meet"], False)
    story.retry("meet")

    assert (story.failed, story.is_over) == (["meet"], False)


def test_conditions_out_of_an_activity_take_every_flow_that_holds() -> None:
    task = user("ask").replace("<bpmn:userTask", '<bpmn:userTask default="ask-three"')
    ways = flow("ask", "one", "ask.a") + flow("ask", "two", "ask.b") + flow("ask", "three")
    diagram = text(begin(), task, user("one"), user("two"), user("three"), path("begin", "ask"), ways)

    for answers, asked in (({"a": True, "b": True}, ["one", "two"]), ({"a": False, "b": False}, ["three"])):
        story = Story(diagram)
        story.complete("ask", **answers)
        assert story.asked == asked


def test_a_token_for_which_no_flow_is_open_stays_where_it_is() -> None:
    story = Story(text(begin(), user("ask"), user("one"), path("begin", "ask"), flow("ask", "one", "ask.a")))

    story.complete("ask", a=False)

    assert (story.failed, story.is_over) == (["ask"], False)


def test_a_flow_without_condition_out_of_an_activity_is_always_taken() -> None:
    parts = user("ask") + user("one") + user("two") + path("begin", "ask", "two") + flow("ask", "one", "ask.a")
    story = Story(text(begin(), parts))

    story.complete("ask", a=False)

    assert story.asked == ["two"]


def racing(*events: str) -> str:
    names = [name_of(event) for event in events]
    tasks = "".join(
        user(f"after_{name}") + end(f"end_{name}") + path("race", name, f"after_{name}", f"end_{name}")
        for name in names
    )
    return text(begin(), gateway("eventBased", "race"), *events, tasks, path("begin", "race"))


def test_each_timer_behind_an_event_gateway_has_its_own_due_time() -> None:
    story = Story(racing(catch("slow", "timer", said="P2D"), catch("quick", "timer", said="PT1H")))

    assert (story.due_after("slow"), story.due_after("quick")) == (timedelta(days=2), timedelta(hours=1))
    story.fire("quick")

    assert (story.asked, story.awaited) == (["after_quick"], [])


def test_the_first_event_behind_a_gateway_takes_all() -> None:
    story = Story(
        racing(
            catch("told", "message", "news", result="said"),
            catch("rung", "signal", "alarm"),
            catch("late", "timer", said="P1D"),
        )
    )

    story.hear("told", n=5)

    assert (story.asked, story.awaited, story.variables["said"]) == (["after_told"], [], {"n": 5})


def test_a_message_that_was_sent_before_wins_the_race_at_once() -> None:
    around = Around(earlier={("news", "k"): {"n": 1}})
    story = Story(racing(catch("late", "timer", said="P1D"), catch("told", "message", "news", result="said")), around)

    assert (story.asked, story.awaited) == (["after_told"], [])


def test_one_catch_event_may_stand_behind_two_gateways() -> None:
    parts = (
        gateway("exclusive", "which", default="which-g2") + gateway("eventBased", "g1") + gateway("eventBased", "g2")
    )
    events = (
        catch("told", "message", "news") + catch("t1", "timer", said="P1D") + catch("t2", "timer", said="P2D") + end()
    )
    ways = (
        path("begin", "which")
        + flow("which", "g1", "x")
        + flow("which", "g2")
        + path("g1", "told", "done")
        + path("g1", "t1", "done")
    )
    diagram = text(begin(), parts, events, ways, path("g2", "told"), path("g2", "t2", "done"))

    for x, other in ((True, "t1"), (False, "t2")):
        story = Story(diagram, x=x)
        assert story.awaited == sorted(["told", other])
        story.hear("told")
        assert story.is_over


def test_two_races_at_once_do_not_know_of_each_other() -> None:
    fork = gateway("parallel", "fork") + gateway("eventBased", "g1") + gateway("eventBased", "g2")
    events = "".join(catch(name, "timer", said="P1D") for name in ("a1", "a2", "b1", "b2")) + end()
    ways = (
        path("begin", "fork", "g1", "a1", "done")
        + path("g1", "a2", "done")
        + path("fork", "g2", "b1", "done")
        + path("g2", "b2", "done")
    )
    story = Story(text(begin(), fork, events, ways))

    story.fire("a2")

    assert story.awaited == ["b1", "b2"]


def test_a_link_goes_on_at_its_other_end() -> None:
    parts = throw("away", "link", "far") + catch("here", "link", "far") + user("ask") + end()
    story = Story(text(begin(), parts, path("begin", "away"), path("here", "ask", "done")))

    assert (story.asked, story.done) == (["ask"], ["away", "here"])


def test_several_links_may_lead_to_one_end() -> None:
    parts = (
        gateway("parallel", "fork")
        + throw("a", "link", "far")
        + throw("b", "link", "far")
        + catch("here", "link", "far")
        + user("ask")
        + end()
    )
    story = Story(text(begin(), parts, path("begin", "fork", "a"), path("fork", "b"), path("here", "ask", "done")))

    assert story.asked == ["ask", "ask"]


def test_what_waits_at_a_join_goes_with_its_scope() -> None:
    content = (
        begin("in") + gateway("parallel", "fork") + user("one") + user("two") + gateway("parallel", "meet") + end("out")
    )
    content += (
        path("in", "fork", "one", "meet", "out")
        + path("fork", "two", "meet")
        + triggered("help", start("rings", "message", "news"), user("mend"), path("rings", "mend"))
    )
    story = Story(text(begin(), inside("sub", content), end(), path("begin", "sub", "done")))

    story.complete("one")
    story.hear("rings")
    story.complete("mend")

    assert story.is_over
