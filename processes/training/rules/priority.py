"""Who goes to a training first: the gap in competency, the gap in performance, and the hours that are missing.

The score is Alur's own (PP 11/2017 Ps 203 and 206 ask for the analyses and for 20 JP a year, and leave the order to the
city): `0.5 x gap/4 + 0.3 x performance gap/100 + 0.2 x missing hours/20`, with the weights as dated parameters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

#: The widest gap between two levels from 1 to 5.
_WIDEST_GAP: Final = Decimal(4)
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts, and the hours (JP) that somebody should have in a year (PP 11/2017 Ps 203(4))."""

    competency: Decimal
    performance: Decimal
    hours: Decimal
    yearly_hours: Decimal

    @classmethod
    def of(cls, values: Mapping[str, Decimal]) -> "Weights":
        """Return the weights of a parameter set."""
        return cls(values["competency"], values["performance"], values["hours"], values["yearly_hours"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who waits for a seat.

    :param id: of the nomination.
    :param gap: missing levels in what the course teaches, 0 to 4.
    :param performance_gap: what the last result lacks to its target, in percent.
    :param hours: JP of this year so far.
    :param last_trained: when the last training ended; None for never.
    """

    id: int
    gap: int
    performance_gap: Decimal
    hours: int
    last_trained: date | None


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with the score and its three parts, unrounded."""

    candidate: Candidate
    competency: Decimal
    performance: Decimal
    hours: Decimal

    @property
    def score(self) -> Decimal:
        """The sum of the parts, 0 to 1."""
        return self.competency + self.performance + self.hours


def priority(candidate: Candidate, weights: Weights) -> Scored:
    """Return the score of a candidate with its parts; gaps beyond the scale count as its end."""
    gap = min(Decimal(max(0, candidate.gap)), _WIDEST_GAP) / _WIDEST_GAP
    behind = min(max(Decimal(0), candidate.performance_gap), _HUNDRED) / _HUNDRED
    missing = max(Decimal(0), weights.yearly_hours - candidate.hours) / weights.yearly_hours
    return Scored(candidate, weights.competency * gap, weights.performance * behind, weights.hours * missing)


def rank(candidates: Iterable[Candidate], weights: Weights, seed: str) -> tuple[Scored, ...]:
    """Return the candidates, who goes first first.

    At the same score it is who has fewer hours, then whose last training is longer ago, then the lot: it is drawn from
    the seed and the nomination's number, so that everybody can draw it again from what was logged.
    """
    return tuple(sorted((priority(item, weights) for item in candidates), key=lambda item: _place(item, seed)))


def _place(item: Scored, seed: str) -> tuple[Decimal, int, date, bytes]:
    one = item.candidate
    lot = sha256(f"{seed}:{one.id}".encode()).digest()
    return -item.score, one.hours, one.last_trained or date.min, lot
