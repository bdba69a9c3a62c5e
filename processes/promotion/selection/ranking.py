"""The arithmetic of an open selection for a high leadership post (PermenPANRB 15/2019): weights in bounds, ranking."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from processes.people.city import ParameterSet

_WHOLE = Decimal(100)


class Stage(StrEnum):
    """What a candidate is scored on."""

    RECORD = "record"
    ASSESSMENT = "assessment"
    PAPER = "paper"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with the final value, unrounded, and the place; those with the same value share a place."""

    candidate: str
    value: Decimal
    place: int


class WeightsRefused(ValueError):
    """Weights of a selection that the regulation does not allow.

    :ivar stage: the stage whose weight lies outside its bounds; None if the weights do not make 100 together.
    """

    def __init__(self, stage: Stage | None, detail: str) -> None:
        """Keep which weight it was."""
        super().__init__(detail)
        self.stage = stage


def check_weights(weights: Mapping[Stage, Decimal], rules: ParameterSet) -> None:
    """Do nothing if the weights, in percent, are allowed; they are fixed before names are seen.

    :raise WeightsRefused: one lies outside the bounds of `promotion.selection`, or they do not make 100.
    """
    for stage in Stage:
        low, high = rules.values[f"least.{stage}"], rules.values[f"most.{stage}"]
        if not low <= weights.get(stage, Decimal(0)) <= high:
            raise WeightsRefused(stage, f"The weight of {stage} must lie between {low} and {high}.")
    if sum(weights.values(), Decimal(0)) != _WHOLE:
        raise WeightsRefused(None, f"The weights make {sum(weights.values(), Decimal(0))}, not 100.")


def mean_score(scores: Collection[Decimal]) -> Decimal:
    """Return what a panel gives: the mean of its members' scores, unrounded."""
    return sum(scores, Decimal(0)) / len(scores)


def compose(scores: Mapping[Stage, Decimal], weights: Mapping[Stage, Decimal]) -> Decimal:
    """Return the final value of a candidate from the scores of all stages, unrounded."""
    return sum((scores[stage] * weights[stage] for stage in Stage), Decimal(0)) / _WHOLE


def rank(values: Iterable[tuple[str, Decimal]]) -> tuple[Ranked, ...]:
    """Return the candidates by their values, the best first; the same value is the same place."""
    ordered = sorted(values, key=lambda item: -item[1])
    return tuple(Ranked(name, value, 1 + sum(other > value for _, other in ordered)) for name, value in ordered)


def name_best(ranked: Iterable[Ranked], scores: Mapping[str, Mapping[Stage, Decimal]], most: int) -> tuple[str, ...]:
    """Return who is named to the appointing authority, the best first: as many as the regulation says.

    Where a shared place brings more, the interview decides between its holders, then record, assessment and paper.
    Those who are equal in all of it are all named: nobody is left out by chance.
    """
    first = sorted(
        (item for item in ranked if item.place <= most),
        key=lambda item: (-item.value, *(-scores[item.candidate][stage] for stage in _TIE_BREAKS)),
    )
    keys = [(item.value, *(scores[item.candidate][stage] for stage in _TIE_BREAKS)) for item in first]
    return tuple(item.candidate for place, item in enumerate(first) if place < most or keys[place] == keys[most - 1])


#: What decides between holders of a shared place, the heaviest stage first.
_TIE_BREAKS: Final = (Stage.INTERVIEW, Stage.RECORD, Stage.ASSESSMENT, Stage.PAPER)
