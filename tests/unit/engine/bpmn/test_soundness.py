"""What would wait for ever, run twice, go round for ever or never be reached is found, and nothing else."""

import pytest

from engine.bpmn.markings import MOST_MARKINGS
from engine.bpmn.release import check_release
from tests.unit.engine.bpmn.drawings import (
    CATALOGUE,
    around,
    edge,
    event,
    event_sub,
    found,
    inside,
    instances,
    manual,
    sub,
    whole,
)
from tests.unit.engine.diagrams import end, flow, gateway, path, script, service, start, user


def fork(split: str, join: str, *more: str) -> tuple[str, ...]:
    """Two people's steps `x` and `y` between a split and a join."""
    free = split in ("exclusive", "inclusive")
    ways = (
        (flow("split", "x", "a > 1"), flow("split", "y", "a < 3")) if free else (path("split", "x"), path("split", "y"))
    )
    gateways = (gateway(split, "split"), gateway(join, "join"))
    return (start(), *gateways, user("x"), user("y"), user("after"), end(), path("begin", "split"), *ways,
            path("x", "join"), path("y", "join", "after", "done"), *more)  # fmt: skip


def errors(*parts: str, beside: str = "") -> set[tuple[str, str]]:
    """Return what `found` does without the warning that a gateway has no default flow."""
    return {item for item in found(*parts, beside=beside) if item[1] != "no_default"}


@pytest.mark.parametrize(
    ("split", "join"),
    [("parallel", "parallel"), ("parallel", "inclusive"), ("exclusive", "exclusive"), ("exclusive", "inclusive"),
     ("inclusive", "inclusive")],
)  # fmt: skip
def test_a_join_that_fits_its_split_is_sound(split: str, join: str) -> None:
    assert errors(*fork(split, join)) == set()


def test_a_parallel_join_behind_a_choice_never_completes() -> None:
    assert errors(*fork("exclusive", "parallel")) == {("join", "join_never_completes")}


def test_a_parallel_join_behind_an_inclusive_split_can_wait_for_ever() -> None:
    assert errors(*fork("inclusive", "parallel")) == {("join", "deadlock")}


@pytest.mark.parametrize("split", ["parallel", "inclusive"])
def test_parallel_ways_that_only_meet_run_twice_what_follows(split: str) -> None:
    assert errors(*fork(split, "exclusive")) == {("join", "missing_join")}


def test_parallel_ways_may_meet_at_an_end() -> None:
    drawn = (start(), gateway("parallel", "split"), user("x"), user("y"), gateway("exclusive", "meet"), end())

    assert found(*drawn, path("begin", "split", "x", "meet", "done"), path("split", "y", "meet")) == set()


def test_two_flows_out_of_a_step_are_a_split() -> None:
    drawn = (start(), user("x"), user("y"), user("z"), end(), path("begin", "x", "y"), path("x", "z"))

    joined = (gateway("parallel", "join"), path("y", "join", "done"), path("z", "join"))
    assert found(*drawn, *joined) == set()
    assert found(*drawn, user("after"), path("y", "after", "done"), path("z", "after")) == {("after", "missing_join")}


def test_conditions_out_of_a_step_may_all_be_false() -> None:
    drawn = (start(), user("x"), user("y"), end(), path("begin", "x"), path("y", "done"))

    assert found(*drawn, flow("x", "y", "a > 1")) == {("x", "no_default")}


def test_a_default_flow_beside_one_without_condition_is_never_taken() -> None:
    step = user("x").replace('id="x"', 'id="x" default="x-done"')

    assert ("x-done", "default_never") in found(
        start(), step, user("y"), end(), path("begin", "x", "y", "done"), flow("x", "done")
    )


def test_a_way_back_into_a_parallel_block_is_found() -> None:
    again = (gateway("exclusive", "again", default="again-done"), flow("again", "done"), flow("again", "x", "a > 1"))
    drawn = [part.replace('targetRef="done"', 'targetRef="again"') for part in fork("parallel", "parallel")]

    assert errors(*drawn, *again) == {("join", "deadlock")}


def test_a_loop_on_which_a_person_decides_is_sound() -> None:
    again = (gateway("exclusive", "again", default="again-done"), flow("again", "done"))
    loop = (gateway("exclusive", "round"), path("begin", "round", "x", "again"), flow("again", "round", "a > 1"))

    assert found(start(), user("x"), end(), *again, *loop) == set()


@pytest.mark.parametrize("step", [script("x", "n", "n + 1"), service("x", "known.service"), sub("x", *inside("x"))])
def test_a_loop_on_which_nobody_is_asked_is_endless(step: str) -> None:
    again = (gateway("exclusive", "again", default="again-done"), flow("again", "done"), flow("again", "x", "a > 1"))

    assert {code for _, code in found(start(), step, end(), *again, path("begin", "x", "again"))} == {"endless_loop"}


@pytest.mark.parametrize(
    "step", [user("x"), sub("x", *inside("x", "y", user("y"))), event("intermediateCatchEvent", "x", "timer")]
)
def test_a_loop_may_go_through_whatever_waits(step: str) -> None:
    again = (gateway("exclusive", "again", default="again-done"), flow("again", "done"), flow("again", "x", "a > 1"))

    assert found(start(), step, end(), *again, path("begin", "x", "again")) == set()


def test_a_fork_one_branch_of_which_waits_is_no_endless_loop() -> None:
    drawn = [part.replace('targetRef="done"', 'targetRef="again"') for part in fork("parallel", "parallel")]
    drawn = [
        part.replace('sourceRef="begin" targetRef="split"', 'sourceRef="begin" targetRef="round"') for part in drawn
    ]
    back = (gateway("exclusive", "round"), path("round", "split"), flow("again", "round", "a > 1"))
    again = (gateway("exclusive", "again", default="again-done"), flow("again", "done"))
    automatic = [script("x", "n", "1") if '"x" name' in part else part for part in drawn]

    assert found(*automatic, *back, *again) == set()


def test_a_loop_without_a_way_out_never_ends() -> None:
    drawn = (start(), gateway("parallel", "split"), user("x"), gateway("exclusive", "round"), user("y"), end())

    problems = found(*drawn, path("begin", "split", "x", "done"), path("split", "round", "y", "round"))

    assert problems == {("round", "never_ends")}


def test_a_timer_around_it_ends_what_would_go_on_for_ever() -> None:
    drawn = (start(), gateway("exclusive", "round"), user("y"), gateway("exclusive", "which", default="which-round"))
    ways = (path("begin", "round", "y", "which"), flow("which", "round"), flow("which", "done", "a > 1"), end())

    assert found(*drawn, *ways, event_sub("on", "timer")) == set()


def test_what_stands_behind_a_sub_process_that_only_fails_is_never_reached() -> None:
    failing = sub("x", start("in"), event("endEvent", "bad", "error"), path("in", "bad"))

    problems = found(*around(failing), edge("edge", "x", "error"), user("help"), path("edge", "help"), end("over"),
                     path("help", "over"))  # fmt: skip

    assert problems == {("done", "never_reached")}


def test_a_reminder_runs_beside_the_step_and_may_come_twice() -> None:
    calm = (edge("edge", "x", "timer", calm=True), user("help"), end("over"), path("edge", "help", "over"))
    again = (gateway("exclusive", "again", default="again-done"), flow("again", "done"), flow("again", "x", "a > 1"))

    assert found(start(), user("x"), end(), *again, path("begin", "x", "again"), *calm) == set()


def test_a_reminder_that_comes_back_to_the_main_way_runs_it_twice() -> None:
    calm = (edge("edge", "x", "timer", calm=True), user("after"), path("edge", "after"))

    problems = found(start(), user("x"), end(), *calm, path("begin", "x", "after", "done"))

    assert problems == {("after", "missing_join")}


def test_a_join_that_waits_for_a_reminder_can_wait_for_ever() -> None:
    calm = (edge("edge", "x", "timer", calm=True), gateway("parallel", "join"), path("edge", "join"))

    assert found(start(), user("x"), end(), *calm, path("begin", "x", "join", "done")) == {("join", "deadlock")}


def test_a_deadline_takes_the_token_and_so_breaks_a_parallel_join() -> None:
    late = (edge("edge", "x", "timer"), end("over"), path("edge", "over"))

    assert errors(*fork("parallel", "parallel", *late)) == {("join", "deadlock")}
    assert errors(*fork("parallel", "inclusive", *late)) == set()


def test_a_terminate_end_takes_the_others_with_it() -> None:
    late = (edge("edge", "x", "timer"), end("over", "<bpmn:terminateEventDefinition />"), path("edge", "over"))

    assert errors(*fork("parallel", "parallel", *late)) == set()


def test_the_first_event_behind_a_gateway_takes_all() -> None:
    events = (event("intermediateCatchEvent", "a", "message"), event("intermediateCatchEvent", "b", "timer"))
    drawn = (
        start(),
        gateway("eventBased", "g"),
        *events,
        end(),
        path("begin", "g", "a", "join"),
        path("g", "b", "join"),
    )

    assert found(*drawn, gateway("exclusive", "join"), path("join", "done")) == set()
    assert found(*drawn, gateway("parallel", "join"), path("join", "done")) == {("join", "join_never_completes")}


def test_each_sub_process_is_looked_at_by_itself() -> None:
    inner = [part.replace('id="begin"', 'id="in"').replace('"begin"', '"in"') for part in fork("exclusive", "parallel")]
    renamed = [part.replace('id="done"', 'id="out"').replace('"done"', '"out"') for part in inner]

    problems = errors(start(), sub("s", *renamed), end(), path("begin", "s", "done"))

    assert problems == {("join", "join_never_completes")}


def wide(branches: int) -> tuple[str, ...]:
    """Many parallel loops: more possibilities than anybody can look at."""
    loops = [
        (user(f"u{n}"), user(f"v{n}"), gateway("exclusive", f"m{n}"), gateway("exclusive", f"x{n}", default=f"x{n}-j"),
         path("s", f"m{n}", f"u{n}", f"v{n}", f"x{n}"), flow(f"x{n}", "j"), flow(f"x{n}", f"m{n}", "a > 1"))
        for n in range(branches)
    ]  # fmt: skip
    parts = [part for loop in loops for part in loop]
    return (start(), gateway("parallel", "s"), gateway("parallel", "j"), end(), path("begin", "s"), *parts,
            path("j", "done"))  # fmt: skip


def test_too_many_possibilities_are_a_warning_and_no_verdict() -> None:
    assert found(*wide(20)) == {("test", "not_decided")}
    assert found(*wide(3)) == set()


def test_ten_parallel_branches_of_one_step_are_decided() -> None:
    branches = [part for n in range(10) for part in (user(f"u{n}"), path("s", f"u{n}", "j"))]

    drawn = (start(), gateway("parallel", "s"), gateway("parallel", "j"), end(), path("begin", "s"), path("j", "done"))

    assert found(*drawn, *branches) == set()
    assert MOST_MARKINGS > 2**10


LOOP = (
    "<bpmn:standardLoopCharacteristics{}><bpmn:loopCondition>a &gt; 1</bpmn:loopCondition>"
    "</bpmn:standardLoopCharacteristics>"
)


@pytest.mark.parametrize(
    "step",
    [script("x", "n", "n + 1").replace("<bpmn:script>", "{}<bpmn:script>"), sub("x", "{}", *inside("x")),
     service("x", "known.service").replace("</bpmn:serviceTask>", "{}</bpmn:serviceTask>")],
)  # fmt: skip
def test_a_loop_marker_without_a_limit_on_what_never_waits_is_endless(step: str) -> None:
    without, limited = LOOP.format(""), LOOP.format(' loopMaximum="9"')

    assert found(*around(step.format(without))) == {("x", "endless_loop")}
    assert found(*around(step.format(limited))) == set()


def test_a_loop_marker_on_what_waits_needs_no_limit() -> None:
    asking = sub("x", LOOP.format(""), *inside("x", "y", user("y")))

    assert found(*around(asking)) == set()


def test_a_step_that_may_be_skipped_is_no_wait_on_a_loop() -> None:
    asks_first = user("x").replace("</bpmn:userTask>", LOOP.format(' testBefore="true"') + "</bpmn:userTask>")
    again = (gateway("exclusive", "again", default="again-done"), flow("again", "done"), flow("again", "x", "a > 1"))

    assert ("again", "endless_loop") in found(start(), asks_first, end(), *again, path("begin", "x", "again"))


def test_a_sentence_names_the_steps_that_are_missing() -> None:
    diagram = whole(*fork("exclusive", "parallel")).replace('id="x" name="x"', 'id="x" name="Setujui"')

    texts = [item.texts["id"] for item in check_release({"a.bpmn": diagram.encode()}, CATALOGUE)]

    assert any("tugas pengguna 'Setujui'" in text for text in texts)


def test_many_containers_share_the_bound() -> None:
    parts = [sub(f"part{n}", *inside(f"part{n}", f"step{n}", user(f"step{n}"))) for n in range(9)]
    way = path("j", *(f"part{n}" for n in range(9)), "done")

    assert found(*[part.replace(path("j", "done"), way) for part in wide(20)], *parts) == {("test", "not_decided")}


def test_a_step_whose_only_way_out_has_a_condition_still_comes_to_the_join() -> None:
    drawn = (start(), gateway("parallel", "split"), gateway("parallel", "join"), user("x"), user("y"), end())
    ways = path("begin", "split", "x") + path("split", "y", "join", "done") + flow("x", "join", "a > 1")

    assert found(*drawn, ways) == {("x", "no_default")}  # not a deadlock: without it the case stops at the step


def test_what_a_deadline_starts_may_still_run_when_the_next_round_starts_it_again() -> None:
    drawn = (start(), gateway("exclusive", "round"), user("x"), user("y"), user("z"), gateway("inclusive", "join"))
    late = (edge("edge", "y", "timer"), user("help"), end("over"), path("edge", "help", "over"))
    again = (
        gateway("exclusive", "again", default="again-done"),
        flow("again", "done"),
        flow("again", "round", "a > 1"),
    )
    ways = path("begin", "round", "x", "z", "join", "ask", "again") + flow("x", "y", "a > 1") + path("y", "join")

    assert found(*drawn, user("ask"), end(), *late, *again, ways) == {("help", "missing_join")}


AGAIN = (gateway("exclusive", "again", default="again-done"), flow("again", "done"), flow("again", "meet", "a > 1"))


def looping(step: str, *more: str, back: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    """The problems of a loop over `x`, and perhaps more steps."""
    way = path("begin", "meet", "x", *back, "again")
    return errors(start(), gateway("exclusive", "meet"), step, *more, end(), *AGAIN, way)


@pytest.mark.parametrize("time", ["PT0S", 'duration("PT0S")', "P0D"])
def test_a_time_of_no_length_is_no_wait(time: str) -> None:
    assert looping(event("intermediateCatchEvent", "x", "timer").replace("PT1H", time)) == {("again", "endless_loop")}


def test_a_day_that_is_over_is_no_wait_any_more() -> None:
    def drawn(day: str) -> str:
        return event("intermediateCatchEvent", "x", "timer").replace("timeDuration", "timeDate").replace("PT1H", day)

    assert looping(drawn("2026-10-05")) == {("again", "endless_loop")}
    assert looping(drawn("working days after(today(), 1)")) == set()
    assert looping(drawn("deadline")) == set()


def test_a_limit_of_no_length_that_leads_back_to_its_step_is_endless() -> None:
    limit = edge("edge", "x", "timer").replace("PT1H", "PT0S")

    assert {code for _, code in looping(user("x"), limit, path("edge", "meet"))} == {"endless_loop"}


def test_a_condition_that_nothing_on_the_loop_undoes_is_no_wait() -> None:
    waits = event("intermediateCatchEvent", "x", "conditional")

    assert looping(waits) == {("again", "endless_loop")}
    assert looping(waits, script("put", "x", "5"), back=("put",)) == {("again", "endless_loop")}
    assert looping(waits, script("put", "x", "0"), back=("put",)) == set()
    assert looping(waits, script("put", "x", "x - 1"), back=("put",)) == set()


def test_a_condition_that_leads_back_to_its_step_must_be_undone_on_the_way() -> None:
    changed = edge("edge", "x", "conditional")

    assert {code for _, code in looping(user("x"), changed, path("edge", "meet"))} == {"endless_loop"}
    assert looping(user("x"), changed, script("put", "x", "0"), path("edge", "put", "meet")) == set()


@pytest.mark.parametrize("rounds", ['collection="[]"', "0"])
def test_rounds_over_nothing_are_no_wait(rounds: str) -> None:
    said = instances(collection="[]") if "=" in rounds else instances("<bpmn:loopCardinality>0</bpmn:loopCardinality>")

    assert ("again", "endless_loop") in looping(manual("x", said))


def many(count: int, *apart: str) -> tuple[str, ...]:
    """A split of conditions, of which some lead to steps that end by themselves and the others to one parallel join."""
    names = [f"u{n}" for n in range(count)]
    ways = [flow("split", name, f"c{n} = 1") + path(name, "join") for n, name in enumerate(names)]
    others = [user(name) + flow("split", name, f"{name} = 1") + path(name, "done") for name in apart]
    steps = [user(name) for name in names]
    return (start(), gateway("inclusive", "split"), gateway("parallel", "join"), end(), path("begin", "split"), *steps,
            *ways, *others, path("join", "done"))  # fmt: skip


def test_many_conditions_of_which_few_meet_are_decided() -> None:
    assert ("join", "deadlock") in errors(*many(2, *(f"v{n}" for n in range(12))))


def test_more_conditions_that_meet_than_can_be_tried_are_not_decided() -> None:
    assert ("test", "not_decided") in errors(*many(10))
    assert ("test", "not_decided") not in errors(*many(6))


@pytest.mark.parametrize("last", ["terminate", "error"])
def test_the_first_of_two_branches_may_end_all_behind_a_merge_as_without_one(last: str) -> None:
    kind = "" if last == "terminate" else ' errorRef="broken"'
    over = end("over", f"<bpmn:{last}EventDefinition{kind} />")
    drawn = (start("in"), gateway("parallel", "split"), user("a"), user("b"), over)

    merged = sub("x", *drawn, gateway("exclusive", "meet"), path("in", "split", "a", "meet", "over"),
                 path("split", "b", "meet"))  # fmt: skip
    direct = sub("x", *drawn, path("in", "split", "a", "over"), path("split", "b", "over"))

    caught = (edge("edge", "x", "error"), end("bad"), path("edge", "bad")) if last == "error" else ()
    verdicts = [errors(*around(part), *caught) for part in (merged, direct)]
    assert verdicts[0] == verdicts[1] == ({("done", "never_reached")} if last == "error" else set())


def test_a_sub_process_that_always_fails_needs_no_way_out_but_that_of_its_error() -> None:
    failing = sub("x", start("in"), user("a"), event("endEvent", "bad", "error"), path("in", "a", "bad"))
    mended = (edge("edge", "x", "error"), user("help"), end("over"), path("edge", "help", "over"))

    assert found(start(), failing, *mended, path("begin", "x")) == set()
    assert found(start(), sub("x", *inside("x", "a", user("a"))), end(), path("begin", "x")) >= {("x", "dead_end")}
