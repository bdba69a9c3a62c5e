"""The simulation against what is known exactly: queues with one and several servers, and cases worked out by hand."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from math import factorial, log, sqrt
from statistics import fmean, stdev

import pytest

from engine.bpmn.model import Element, EventUse, Kind, Loop, LoopKind, Outline, Trigger
from engine.foresight.chance import Fixed, uniform
from engine.foresight.model import Model, Pool, Step
from engine.foresight.recording import Record
from engine.foresight.simulating import simulate
from tests.unit.engine.foresight.small_processes import Exponential, element, line, outline, timer_at

CASES = 1_500
RUNS = 12
FOREVER = 1e12
NOW = Fixed(0)


def poisson(mean: float, seed: int, cases: int = CASES) -> list[float]:
    """Return arrivals without memory."""
    found, now = list[float](), 0.0
    for number in range(cases):
        now -= mean * log(1 - uniform(seed, number, 77))
        found.append(now)
    return found


def queue_model(service: float, servers: int, *tasks: str, **more: object) -> Model:
    """Return a line of tasks, each with people of its own."""
    steps = {name: Step(NOW, Exponential(service), name) for name in tasks}
    return Model(line(*tasks), steps, pools={name: Pool(servers) for name in tasks})


def erlang_waiting(rate: float, service: float, servers: int) -> float:
    """Return the mean time in the queue of M/M/c by the formula of Erlang."""
    load = rate * service
    last = load**servers / factorial(servers) * servers / (servers - load)
    busy = last / (sum(load**number / factorial(number) for number in range(servers)) + last)
    return busy * service / (servers - load)


def interval(values: Iterable[float]) -> tuple[float, float]:
    """Return the mean with four standard errors: a correct simulation misses that once in ten thousand times."""
    found = list(values)
    return fmean(found), 4 * stdev(found) / sqrt(len(found))


def run(model: Model, arrivals: list[float], seed: int = 1) -> Record:
    return simulate(model, arrivals, FOREVER, seed)


@pytest.mark.parametrize(("servers", "mean"), [(1, 20.0), (3, 6.0)])
def test_people_who_take_one_task_at_a_time_make_others_wait_as_erlang_says(servers: int, mean: float) -> None:
    model = queue_model(10.0, servers, "work")

    runs = [run(model, poisson(mean, seed), seed) for seed in range(RUNS)]

    waited, error = interval(fmean(one.steps["work"].queued) for one in runs)
    expected = erlang_waiting(1 / mean, 10.0, servers)
    assert abs(waited - expected) < error
    assert error < expected / 4  # the interval is narrow enough to say something


def test_each_queue_of_a_line_behaves_as_if_it_stood_alone() -> None:
    model = queue_model(10.0, 1, "first", "second")  # Burke 1956

    runs = [run(model, poisson(20.0, seed), seed) for seed in range(RUNS)]

    for name in ("first", "second"):
        waited, error = interval(fmean(one.steps[name].queued) for one in runs)
        assert abs(waited - erlang_waiting(1 / 20, 10.0, 1)) < error


def test_work_of_equal_length_makes_others_wait_half_as_long() -> None:
    model = Model(line("work"), {"work": Step(NOW, Fixed(10), "desk")}, pools={"desk": Pool(1)})

    runs = [run(model, poisson(20.0, seed), seed) for seed in range(RUNS)]

    waited, error = interval(fmean(one.steps["work"].queued) for one in runs)
    assert abs(waited - erlang_waiting(1 / 20, 10.0, 1) / 2) < error < 1.5  # Pollaczek and Khinchine 1930


def test_what_is_urgent_waits_less_and_the_rest_more_by_the_formula_of_cobham() -> None:
    both = outline(
        [
            element("begin", Kind.START),
            element("which", Kind.EXCLUSIVE_GATEWAY),
            element("plain", Kind.USER_TASK),
            element("urgent", Kind.USER_TASK),
        ],
        "begin > which > plain",
        "which > urgent",
        conditions=True,
    )
    steps = {"plain": Step(NOW, Exponential(10), "desk"), "urgent": Step(NOW, Exponential(10), "desk", priority=90)}
    model = Model(both, steps, pools={"desk": Pool(1)})

    runs = [run(model, poisson(20.0, seed), seed) for seed in range(RUNS)]

    residual, each = 5.0, 0.25  # of the work in hand, and the load of either kind
    for name, expected in (("urgent", residual / (1 - each)), ("plain", residual / (1 - each) / (1 - 2 * each))):
        waited, error = interval(fmean(one.steps[name].queued) for one in runs)
        assert abs(waited - expected) < error < expected / 2


def test_cases_that_come_three_at_a_time_wait_as_the_formula_for_batches_says() -> None:
    model = queue_model(10.0, 1, "work")

    runs = [
        run(model, [minute for minute in poisson(60.0, seed, CASES // 3) for _ in range(3)], seed)
        for seed in range(RUNS)
    ]

    waited, error = interval(fmean(one.steps["work"].queued) for one in runs)
    assert abs(waited - 10.0 * ((1 + 3) / (2 * (1 - 0.5)) - 1)) < error < 10


def test_who_is_away_half_of_the_time_needs_twice_as_long() -> None:
    model = Model(line("work"), {"work": Step(NOW, Fixed(10), "desk")}, pools={"desk": Pool(1, away=0.5)})

    assert run(model, [0.0, 5.0]).lasted == {0: 20.0, 1: 35.0}


def test_a_tenth_of_a_persons_time_serves_as_ten_times_the_work() -> None:
    model = replace(queue_model(1.0, 1, "work"), pools={"work": Pool(1, share=0.1)})

    runs = [run(model, poisson(20.0, seed), seed) for seed in range(RUNS)]

    waited, error = interval(fmean(one.steps["work"].queued) for one in runs)
    assert abs(waited - erlang_waiting(1 / 20, 10.0, 1)) < error


def test_three_cases_at_one_desk_go_as_by_hand() -> None:
    model = Model(line("work"), {"work": Step(Fixed(5), Fixed(10), "desk")}, pools={"desk": Pool(1)})

    record = run(model, [0.0, 2.0, 30.0])

    assert record.lasted == {0: 15.0, 1: 23.0, 2: 15.0}  # ready 5, 7, 35; done 15, 25, 45
    assert record.steps["work"].queued == [0.0, 8.0, 0.0]
    assert record.busy["desk"] == 30.0


def test_of_the_waiting_tasks_the_most_urgent_one_is_next() -> None:
    both = outline(
        [element("begin", Kind.START), element("plain", Kind.USER_TASK), element("urgent", Kind.USER_TASK)],
        "begin > plain",
        "begin > urgent",
    )
    steps = {"plain": Step(NOW, Fixed(10), "desk"), "urgent": Step(Fixed(1), Fixed(10), "desk", priority=90)}

    record = run(Model(both, steps, pools={"desk": Pool(1)}), [0.0, 0.5])

    assert sorted(record.steps["urgent"].queued) == [9.0, 18.5]  # both before the second plain one
    assert sorted(record.steps["plain"].queued) == [0.0, 29.5]


def gateway(kind: Kind) -> Outline:
    """Return two tasks between two gateways."""
    return outline(
        [
            element("begin", Kind.START),
            element("split", kind),
            element("a", Kind.USER_TASK),
            element("b", Kind.USER_TASK),
            element("join", kind),
            element("end", Kind.END),
        ],
        "begin > split > a > join > end",
        "split > b > join",
        conditions=kind is not Kind.PARALLEL_GATEWAY,
    )


def test_a_parallel_join_waits_for_the_longest() -> None:
    steps = {"a": Step(Exponential(10)), "b": Step(Exponential(20))}
    model = Model(gateway(Kind.PARALLEL_GATEWAY), steps)

    runs = [run(model, [0.0] * 1000, seed) for seed in range(RUNS)]

    lasted, error = interval(fmean(one.lasted.values()) for one in runs)
    assert abs(lasted - (10 + 20 - 1 / (1 / 10 + 1 / 20))) < error < 1.5


def test_a_choice_goes_each_way_as_often_as_its_share() -> None:
    model = Model(
        gateway(Kind.EXCLUSIVE_GATEWAY), {"a": Step(NOW), "b": Step(NOW)}, shares={"split_a": 0.3, "split_b": 0.7}
    )

    record = run(model, [0.0] * 4000)

    assert len(record.lasted) == 4000
    assert abs(len(record.steps["a"].stays) / 4000 - 0.3) < 4 * sqrt(0.21 / 4000)


@pytest.mark.parametrize(("shares", "lasts"), [((1.0, 1.0), 20.0), ((1.0, 0.0), 10.0), ((0.0, 1.0), 20.0)])
def test_an_inclusive_join_waits_for_what_was_begun_and_nothing_else(shares: tuple[float, float], lasts: float) -> None:
    model = Model(
        gateway(Kind.INCLUSIVE_GATEWAY),
        {"a": Step(Fixed(10)), "b": Step(Fixed(20))},
        shares={"split_a": shares[0], "split_b": shares[1]},
    )

    record = run(model, [0.0, 5.0])

    assert list(record.lasted.values()) == [lasts, lasts]


def with_timer(*, is_interrupting: bool) -> Outline:
    return outline(
        [
            element("begin", Kind.START),
            element("work", Kind.USER_TASK),
            timer_at("late", "work", is_interrupting=is_interrupting),
            element("remind", Kind.USER_TASK),
            element("end", Kind.END),
        ],
        "begin > work > end",
        "late > remind > end",
    )


@pytest.mark.parametrize(("is_interrupting", "lasts", "done"), [(True, 110.0, 0), (False, 300.0, 1)])
def test_a_timer_at_the_edge_races_with_the_task(is_interrupting: bool, lasts: float, done: int) -> None:  # a parameter
    model = Model(
        with_timer(is_interrupting=is_interrupting),
        {"work": Step(Fixed(300)), "remind": Step(Fixed(10))},
        {"late": lambda now, _: now + 100},
    )

    record = run(model, [7.0])

    assert record.lasted == {0: lasts}
    assert len(record.steps["work"].stays) == done
    assert len(record.steps["remind"].stays) == 1


def test_whoever_worked_on_what_is_withdrawn_is_free_for_the_next_task() -> None:
    model = Model(
        with_timer(is_interrupting=True),
        {"work": Step(NOW, Fixed(300), "desk"), "remind": Step(NOW, Fixed(10), "desk")},
        {"late": lambda now, _: now + 100},
        pools={"desk": Pool(1)},
    )

    record = run(model, [0.0])

    assert record.lasted == {0: 110.0}
    assert record.busy["desk"] == 110.0


def test_a_timer_comes_as_often_as_nobody_was_seen_to_do_the_task() -> None:
    model = Model(
        with_timer(is_interrupting=True),
        {"work": Step(Fixed(10)), "remind": Step(NOW)},
        {"late": lambda now, _: now + 100},
        shares={"late": 0.25},
    )

    record = run(model, [0.0] * 4000)

    assert abs(record.happened["late"] / 4000 - 0.25) < 4 * sqrt(0.1875 / 4000)
    assert set(record.lasted.values()) == {10.0, 100.0}


def test_of_racing_events_the_first_one_decides() -> None:
    raced = outline(
        [
            element("begin", Kind.START),
            element("race", Kind.EVENT_GATEWAY),
            element("answer", Kind.CATCH, trigger=Trigger.MESSAGE),
            element("patience", Kind.CATCH, trigger=Trigger.TIMER),
            element("after", Kind.USER_TASK),
        ],
        "begin > race > answer",
        "race > patience > after",
    )
    model = Model(
        raced, {"after": Step(Fixed(1))}, {"answer": lambda now, _: now + 50, "patience": lambda now, _: now + 30}
    )

    assert run(model, [0.0]).lasted == {0: 31.0}
    assert run(replace(model, shares={"race_answer": 1.0}), [0.0]).lasted == {0: 30.0}  # no later than the timer


def inside(inner: list[Element], *ways: str, loop: Loop | None = None) -> Outline:
    """Return a sub-process between a start and an end, with what may be at its edge."""
    return outline(
        [
            element("begin", Kind.START),
            element("sub", Kind.SUB_PROCESS, loop=loop),
            element("after", Kind.USER_TASK),
            element("inner_begin", Kind.START, "sub"),
            element("work", Kind.USER_TASK, "sub"),
            *inner,
        ],
        "begin > sub > after",
        "inner_begin > work",
        *ways,
    )


@pytest.mark.parametrize(("kind", "lasts"), [(LoopKind.PARALLEL, 11.0), (LoopKind.SEQUENTIAL, 31.0)])
def test_rounds_run_beside_or_behind_each_other(kind: LoopKind, lasts: float) -> None:
    model = Model(
        inside([], loop=Loop(kind)), {"work": Step(Fixed(10)), "after": Step(Fixed(1))}, instances={"sub": 3.0}
    )

    record = run(model, [0.0])

    assert record.lasted == {0: lasts}
    assert len(record.steps["work"].stays) == 3


def test_an_error_inside_leaves_by_the_edge() -> None:
    failing = element("fails", Kind.END, "sub", trigger=Trigger.ERROR, event=EventUse("stopped"))
    edge = element("caught", Kind.BOUNDARY, trigger=Trigger.ERROR, attached_to="sub", event=EventUse("stopped"))
    outer = element("mended", Kind.USER_TASK)
    model = Model(
        inside([failing, edge, outer], "work > fails", "caught > mended"),
        {"work": Step(Fixed(10)), "after": Step(Fixed(1)), "mended": Step(Fixed(100))},
    )

    record = run(model, [0.0])

    assert record.lasted == {0: 110.0}
    assert not record.steps["after"].stays


def test_terminating_ends_everything_beside_it() -> None:
    both = outline(
        [
            element("begin", Kind.START),
            element("long", Kind.USER_TASK),
            element("short", Kind.USER_TASK),
            element("stop", Kind.END, trigger=Trigger.TERMINATE),
        ],
        "begin > long",
        "begin > short > stop",
    )

    record = run(Model(both, {"long": Step(Fixed(100)), "short": Step(Fixed(10))}), [0.0])

    assert record.lasted == {0: 10.0}


def test_a_circle_without_an_end_is_left_and_counted() -> None:
    circle = outline([element("begin", Kind.START), element("again", Kind.SERVICE_TASK)], "begin > again > again")

    record = run(Model(circle, {}), [0.0, 1.0])

    assert record.unfinished == 2


def test_the_same_seed_gives_the_same_and_another_one_does_not() -> None:
    model = queue_model(10.0, 2, "work")
    arrivals = poisson(7.0, 1, 200)

    first, again, other = (run(model, arrivals, seed) for seed in (1, 1, 2))

    assert first == again
    assert first.lasted != other.lasted


def test_two_designs_meet_the_same_chances() -> None:
    short = Model(line("work"), {"work": Step(Exponential(10))})
    longer = Model(line("check", "work"), {"check": Step(Fixed(7)), "work": Step(Exponential(10))})

    before, after = (run(model, [0.0] * 200) for model in (short, longer))

    assert all(after.lasted[number] == pytest.approx(before.lasted[number] + 7) for number in range(200))


def test_drawn_numbers_are_even_and_unrelated() -> None:
    drawn = [uniform(3, number, 5) for number in range(10_000)]

    mean, error = interval(drawn)
    together = fmean((a - 0.5) * (b - 0.5) for a, b in pairwise(drawn))
    assert abs(mean - 0.5) < error
    assert abs(together) < 4 / 12 / sqrt(10_000)
