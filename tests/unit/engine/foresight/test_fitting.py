"""The past made to match: a share that nobody told is found again, and how far the past is off is told."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from engine.bpmn.model import Outline
from engine.calendar import WorkCalendar
from engine.foresight.axis import WorkAxis
from engine.foresight.fit import NO_FIT, Fit
from engine.foresight.fitting import fit
from engine.foresight.forecast import Demand, Outcome, Range, foresee
from engine.foresight.inputs import Inputs, Supposed
from engine.foresight.model import Pool
from engine.foresight.simulating import simulate
from engine.foresight.trust import LEAST_CASES, Trust, check_past
from engine.mining.figures import Figures
from engine.mining.office import OfficeTime
from engine.mining.spread import bin_of
from tests.unit.engine.foresight.small_processes import line

AXIS = WorkAxis(OfficeTime(WorkCalendar("test", frozenset(), 5), UTC), date(2026, 1, 5), 600)
BEGUN = [datetime(2026, 1, 5, 1, tzinfo=UTC) + timedelta(hours=12 * number) for number in range(300)]
DEMAND = Demand(AXIS, BEGUN, 107)
EFFORT = {"work": 90.0}


def desk() -> Outline:
    """Return one task in a lane."""
    drawn = line("work")
    elements = {name: replace(one, lane="desk" if one.is_human else None) for name, one in drawn.elements.items()}
    return replace(drawn, elements=elements)


def inputs(figures: dict[str, Figures], pool: Pool, stays: tuple[float, float] = (200, 400)) -> Inputs:
    supposed = Supposed(stays={"work": stays}, efforts=EFFORT, pools={"desk": pool})
    return Inputs(desk(), figures, desk(), supposed, AXIS)


def spread(minutes: list[float]) -> Counter[int]:
    return Counter(bin_of(int(one)) for one in minutes)


def seen(pool: Pool) -> dict[str, Figures]:
    """Return what would have been measured of people with so much time."""
    stays = simulate(inputs({}, pool).model(), DEMAND.arrivals(3), AXIS.length, 3).steps["work"].stays
    return {"work": Figures(working=spread(stays))}


def found(pool: Pool, figures: dict[str, Figures]) -> Fit:
    return fit(inputs(figures, pool), DEMAND, 1, lambda: False, lambda: False)


def test_the_time_that_people_really_had_is_found_again() -> None:
    figures = seen(Pool(1, 0.6))

    fitted = found(Pool(1, 0.1), figures)

    assert fitted.shares["desk"] == pytest.approx(0.6, rel=0.1)
    assert not fitted.too_busy


def test_the_past_comes_out_as_measured_with_what_was_fitted() -> None:
    figures = seen(Pool(1, 0.6))
    fitted = replace(inputs(figures, Pool(1, 0.1)), fit=found(Pool(1, 0.1), figures)).model()

    ahead = foresee(fitted, fitted, DEMAND, seed=5, most=2, is_enough=lambda: False, is_hopeless=lambda: False)

    assert ahead.before is not None
    assert abs(check_past([], figures, ahead.before).steps["work"].share) < 0.1


def test_people_with_time_enough_are_left_with_what_was_supposed() -> None:
    fitted = found(Pool(2, 0.9), seen(Pool(1, 0.6)))

    assert not fitted.shares
    assert fitted.rests["work"] <= 1.0


def test_people_who_could_never_have_done_it_are_named() -> None:
    fitted = found(Pool(1, 0.5), {"work": Figures(working=spread([10.0] * 50))})  # of ninety minutes of work

    assert fitted.too_busy == {"desk"}
    assert fitted.shares == {"desk": 1.0}


def test_nobody_is_too_busy_to_wait_no_longer_than_until_a_task_was_taken() -> None:
    stays = [900.0] * 50
    claimed = Figures(working=spread(stays), queued=spread([5.0] * 50), handled=spread([895.0] * 50))

    apart, together = (found(Pool(1, 0.3), {"work": one}) for one in (claimed, Figures(working=spread(stays))))

    assert apart.shares["desk"] > together.shares["desk"]


def test_without_known_people_nothing_is_fitted() -> None:
    assert found(Pool(), seen(Pool(1, 0.6))) == NO_FIT


def outcome(middle: float) -> Outcome:
    return Outcome(None, 0, {}, {}, Range(middle / 2, middle, 2 * middle))


@pytest.mark.parametrize(
    ("simulated", "trust"), [(1050, Trust.CLOSE), (1200, Trust.NEAR), (1400, Trust.FAR), (700, Trust.FAR)]
)
def test_how_far_the_past_is_off_says_what_the_future_is_worth(simulated: float, trust: Trust) -> None:
    lasted = [500.0, *[1000.0] * (LEAST_CASES - 2), 2000.0]

    check = check_past(lasted, {}, outcome(simulated))

    assert check.measured is not None
    assert check.measured.middle == 1000
    assert check_past([500.0, *[1000.0] * 7, *[2000.0] * 2], {}, outcome(simulated)).trust is trust


def test_of_few_cases_nothing_is_said() -> None:
    assert check_past([1.0] * (LEAST_CASES - 1), {}, outcome(1)).trust is Trust.UNKNOWN


def test_cases_that_ended_and_do_not_in_the_simulation_are_no_good_sign() -> None:
    assert check_past([1.0] * LEAST_CASES, {}, Outcome(None, 5, {}, {})).trust is Trust.FAR
