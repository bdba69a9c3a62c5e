"""Looks ahead at a design: makes the past match, simulates both designs, and tells how far the past is from it."""

from typing import Final

from engine.foresight.answer import Answer, answer_of
from engine.foresight.effort import Effort
from engine.foresight.fit import NO_FIT, Fit
from engine.foresight.fitting import fit
from engine.foresight.forecast import Demand, foresee
from engine.foresight.past import Past
from engine.foresight.question import Question
from engine.foresight.trust import check_past

#: Cases that are simulated at most, the last ones.
MOST: Final = 3_000
#: Of what may be spent, so much at most is for making the past match.
_FITTING: Final = 0.4


def look_ahead(past: Past, question: Question, effort: Effort | None = None) -> Answer:
    """Return what came out for a design: of the same past, question and seed always the same.

    :param effort: how much may be worked on it; the usual if None.
    :raise TookTooLong: even one year is too much, such as where cases go round in circles.
    """
    effort = effort if effort is not None else Effort()
    demand = past.demand(question.months, question.monthly).latest(MOST)
    found = _fit(past, question, demand, effort)
    inputs = past.inputs(question.supposed, found, question.chosen)
    before = past.inputs_before(question.supposed, found)
    forecast = foresee(
        before.model() if before is not None else None,
        inputs.model(),
        demand,
        seed=question.seed,
        most=question.years,
        is_enough=effort.is_enough,
        is_hopeless=effort.is_hopeless,
    )
    if forecast.before is None:
        return answer_of(past, inputs, forecast, None)
    check = check_past(past.lasted(demand.begun[0]), past.history.figures, forecast.before)
    return answer_of(past, inputs, forecast, check)


def _fit(past: Past, question: Question, demand: Demand, effort: Effort) -> Fit:
    before = past.inputs_before(question.supposed)
    if before is None or not question.is_fitted:
        return NO_FIT
    return fit(before, demand, question.seed, lambda: effort.is_enough(_FITTING), effort.is_hopeless)
