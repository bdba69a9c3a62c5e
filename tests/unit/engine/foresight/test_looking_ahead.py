"""What a look ahead begins with and what it says: measured figures, timers, working time, and two designs compared."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from engine.bpmn.model import Kind, Loop, LoopKind, Timer, Trigger
from engine.calendar import WorkCalendar
from engine.foresight.axis import WorkAxis
from engine.foresight.chance import Assumed, Fixed, Measured
from engine.foresight.forecast import Demand, Forecast, foresee
from engine.foresight.inputs import Inputs, Origin, Supposed
from engine.foresight.model import Model, Pool, Step
from engine.foresight.simulating import GLANCE, TookTooLong, simulate
from engine.foresight.timing import delay_of
from engine.mining.figures import Figures
from engine.mining.office import OfficeTime
from engine.mining.spread import bin_of, quantile
from tests.unit.engine.foresight.small_processes import element, line, outline

DAY = 450
OFFICE = OfficeTime(WorkCalendar("test", frozenset({date(2026, 1, 7)}), 5), UTC)
AXIS = WorkAxis(OFFICE, date(2026, 1, 5), 200)  # Monday, Tuesday, Thursday (Wednesday is a holiday), Friday, ...


def measured(minutes: list[int]) -> Figures:
    return Figures(working=Counter(bin_of(one) for one in minutes))


def ahead(before: Model | None, after: Model, *, is_hopeless: Callable[[], bool] = lambda: False) -> Forecast:
    begun = [datetime(2026, 1, 5, 1, tzinfo=UTC) + timedelta(days=number) for number in range(100)]
    demand = Demand(AXIS, begun, 70)
    return foresee(before, after, demand, seed=1, most=5, is_enough=lambda: False, is_hopeless=is_hopeless)


@pytest.mark.parametrize(
    ("expression", "minute"),
    [
        ("working days after(today(), 2)", 3 * DAY),  # the end of Thursday
        ("P7D", 4 * DAY + 30),  # a week later there were four working days
        ('@"PT8H"', DAY),  # in the evening
        ("R3/P1D", DAY + 30),
        ("training.impact_on", None),
        (None, None),
    ],
)
def test_a_timer_comes_when_its_expression_says_so(expression: str | None, minute: float | None) -> None:
    delay = delay_of(expression, AXIS)

    assert (delay(30.0, 0.5) if delay is not None else None) == minute


@pytest.mark.parametrize(("week", "minute"), [(None, 6 * DAY), ("five_days", 6 * DAY), ("six_days", 5 * DAY)])
def test_working_days_are_counted_in_the_week_that_an_element_names(week: str | None, minute: float) -> None:
    expression = "working days after(today(), 5)"
    task = replace(element("work", Kind.USER_TASK), due=expression, calendar=week)
    timer = element("wait", Kind.CATCH, trigger=Trigger.TIMER, timer=Timer("timeDate", expression), calendar=week)
    drawn = outline([element("begin", Kind.START), task, timer, element("end", Kind.END)], "begin > work > wait > end")

    model = Inputs(drawn, {}, None, Supposed(), AXIS).model()

    due = model.steps["work"].due
    assert due is not None
    assert [due(30.0, 0.5), model.delays["wait"](30.0, 0.5)] == [minute, minute]


def test_working_time_leaves_out_nights_weekends_and_holidays() -> None:
    friday_evening, wednesday = datetime(2026, 1, 9, 20, tzinfo=UTC), datetime(2026, 1, 7, 10, tzinfo=UTC)

    assert AXIS.minute_of(friday_evening) == 4 * DAY
    assert AXIS.minute_of(wednesday) == 2 * DAY
    assert AXIS.instant_of(2 * DAY + 30) == datetime(2026, 1, 8, 8, 0, tzinfo=UTC)
    assert AXIS.end_of(date(2026, 1, 6)) == 2 * DAY


def test_work_that_is_begun_before_a_holiday_goes_on_behind_it() -> None:
    model = Model(line("work"), {"work": Step(Fixed(0), Fixed(120), "desk")}, pools={"desk": Pool(1)})
    begun = AXIS.minute_of(datetime(2026, 1, 6, 14, tzinfo=UTC))  # an hour before Tuesday ends

    record = simulate(model, [begun, begun], AXIS.length, 1)

    ended = [AXIS.instant_of(begun + record.lasted[number]) for number in (0, 1)]
    assert ended == [datetime(2026, 1, 8, 8, 30, tzinfo=UTC), datetime(2026, 1, 8, 10, 30, tzinfo=UTC)]


def test_measured_and_supposed_durations_keep_their_quantiles() -> None:
    minutes = [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120]
    spread = Counter(bin_of(one) for one in minutes)

    drawn = Measured(spread)

    assert [drawn.at(share) for share in (0.5, 0.9)] == pytest.approx([quantile(spread, 0.5), quantile(spread, 0.9)])
    assert [Assumed(100, 300).at(share) for share in (0.5, 0.9)] == pytest.approx([100, 300])


def choice() -> Inputs:
    """Return a choice of which one way was measured three times of four, between tasks of which one was."""
    drawn = outline(
        [
            element("begin", Kind.START),
            element("which", Kind.EXCLUSIVE_GATEWAY),
            element("a", Kind.USER_TASK, form="f"),
            element("b", Kind.USER_TASK, loop=Loop(LoopKind.PARALLEL)),
        ],
        "begin > which > a",
        "which > b",
        conditions=True,
    )
    figures = {
        "which_a": Figures(left_count=30),
        "which_b": Figures(left_count=10),
        "a": measured([100] * 9 + [1000]),
        "b": Figures(entered=25),
    }
    return Inputs(drawn, figures, drawn, Supposed(), AXIS)


def test_what_was_measured_is_taken_as_it_was() -> None:
    inputs = choice()
    elements = inputs.outline.elements

    assert inputs.shares_of(elements["which"]) == ({"which_a": 0.75, "which_b": 0.25}, Origin.MEASURED)
    assert inputs.instances_of(elements["b"]) == (2.5, Origin.MEASURED)
    assert [inputs.origin(elements[name]) for name in "ab"] == [Origin.MEASURED, Origin.SUPPOSED]
    assert inputs.stays_of(elements["b"]) == inputs.stays_of(elements["a"])  # the most similar one


def test_a_new_way_makes_its_choice_a_supposition() -> None:
    known = choice()
    wider = outline(
        [*known.outline.elements.values(), element("c", Kind.USER_TASK)],
        "begin > which > a",
        "which > b",
        "which > c",
        conditions=True,
    )

    shares, origin = Inputs(wider, known.figures, known.outline, Supposed(), AXIS).shares_of(wider.elements["which"])

    assert origin is Origin.SUPPOSED
    assert shares == pytest.approx({"which_a": 0.5, "which_b": 1 / 6, "which_c": 1 / 3})


def test_a_design_without_a_check_is_faster_by_the_check_in_every_year() -> None:
    steps = {"check": Step(Fixed(200)), "work": Step(Assumed(300, 900))}
    long, short = Model(line("check", "work"), steps), Model(line("work"), {"work": steps["work"]})

    found = ahead(long, short)

    assert found.change is not None
    assert (found.change.low, found.change.high) == pytest.approx((-200, -200))
    assert (found.years, found.cases, found.after.unfinished) == (5, 100, 0)
    assert found.after.slowest == "work"


def test_people_who_have_too_little_time_are_seen() -> None:
    model = Model(line("work"), {"work": Step(Fixed(0), Fixed(450), "desk")}, pools={"desk": Pool(1)})

    found = ahead(None, model)

    assert found.before is None
    assert found.after.loads["desk"].middle > 1  # a hundred days of work in seventy
    assert found.after.steps["work"].waiting > 1


def test_rounds_of_an_activity_are_counted_as_well() -> None:
    looks = count(1)
    rounds = element("work", Kind.SERVICE_TASK, loop=Loop(LoopKind.PARALLEL))
    drawn = outline([element("begin", Kind.START), rounds], "begin > work")
    model = Model(drawn, {}, instances={"work": 200.0})

    simulate(model, [0.0], 100.0, 1, lambda: next(looks) < 0)

    assert next(looks) - 1 == (200 + 3) // GLANCE  # the case, its start and the activity are the other three


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(TookTooLong):
        ahead(None, Model(line("work"), {"work": Step(Fixed(1))}), is_hopeless=lambda: True)
