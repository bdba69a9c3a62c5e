"""Looks ahead at a design: makes the past match, simulates both designs, and tells how far the past is from it."""

from collections.abc import Callable
from typing import Final

from engine.foresight.fit import NO_FIT, Fit
from engine.foresight.fitting import fit
from engine.foresight.forecast import Demand, Forecast, foresee
from engine.foresight.inputs import Inputs
from engine.foresight.trust import Check, check_past
from webapp.studio.foresight.asking import Asked
from webapp.studio.foresight.reading import Basis

#: Cases that are simulated at most, the last ones, so that a page is there before its reader leaves.
MOST: Final = 3_000
#: Of the time that there is, so much at most is for making the past match.
_FITTING: Final = 0.4


def look_ahead(
    basis: Basis, asked: Asked, *, is_enough: Callable[[float], bool], is_hopeless: Callable[[], bool]
) -> tuple[Inputs, Forecast, Check | None]:
    """Return what a design was simulated with, what came out, and how far the past comes out as it was.

    :param is_enough: says whether a share of the time that there is has gone by.
    :raise TookTooLong: `is_hopeless` said so inside a run.
    """
    demand = basis.demand(asked.months, asked.monthly).latest(MOST)
    found = _fit(basis, asked, demand, lambda: is_enough(_FITTING), is_hopeless)
    inputs, before = basis.inputs(asked.supposed, found, asked.chosen), basis.inputs_before(asked.supposed, found)
    forecast = foresee(
        before.model() if before is not None else None,
        inputs.model(),
        demand,
        seed=asked.seed,
        most=asked.years,
        is_enough=lambda: is_enough(1.0),
        is_hopeless=is_hopeless,
    )
    if forecast.before is None:
        return inputs, forecast, None
    return inputs, forecast, check_past(basis.lasted(demand.begun[0]), basis.history.figures, forecast.before)


def _fit(
    basis: Basis, asked: Asked, demand: Demand, is_enough: Callable[[], bool], is_hopeless: Callable[[], bool]
) -> Fit:
    before = basis.inputs_before(asked.supposed)
    if before is None or not asked.is_fitted:
        return NO_FIT
    return fit(before, demand, asked.seed, is_enough, is_hopeless)
