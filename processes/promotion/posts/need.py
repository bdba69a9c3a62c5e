"""How many people a post needs: workload by hours a year, made heavier or lighter by its area (dossier 4.5).

The national formula is the workload divided by the effective hours of one person a year (PermenPANRB 1/2020). That an
area makes duties heavier by named factors is a rule of Alur for what cities ask: a weight of 0.10 adds a tenth.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

#: Weights beyond these are slips: no area halves a duty, none more than doubles it.
LOWEST_FACTOR: Final = Decimal("-0.5")
HIGHEST_FACTOR: Final = Decimal(1)
#: More holders of one post are a slip: a city's largest schools and hospitals have some hundred.
MOST_HOLDERS: Final = 2000
_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Duty:
    """What the holders of a post do in a year: so many products, each of so many hours."""

    number: int
    duty: str
    product: str
    volume: Decimal
    hours: Decimal

    @property
    def workload(self) -> Decimal:
        """The hours of the duty in a year."""
        return self.volume * self.hours


@dataclass(frozen=True, slots=True)
class AreaFactor:
    """Something of the area that adds a share to the workload, or takes one away, and why."""

    name: str
    weight: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Need:
    """How many people a post needs, and how that came about.

    :param effective_hours: of one person in a year.
    :param approved: what the city has decided on; None as long as it has not.
    """

    duties: tuple[Duty, ...]
    factors: tuple[AreaFactor, ...]
    effective_hours: Decimal
    approved: int | None = None
    decree: str | None = None

    @property
    def workload(self) -> Decimal:
        """The hours of all duties in a year."""
        return sum((duty.workload for duty in self.duties), Decimal(0))

    @property
    def weight(self) -> Decimal:
        """What all factors of the area add, as a share of the workload."""
        return sum((factor.weight for factor in self.factors), Decimal(0))

    @property
    def weighted(self) -> Decimal:
        """The hours with the factors of the area; never less than none."""
        return max(Decimal(0), self.workload * (_ONE + self.weight))

    @property
    def exact(self) -> Decimal:
        """How many people the workload asks for, unrounded."""
        return self.weighted / self.effective_hours

    @property
    def computed(self) -> int | None:
        """How many whole people the workload asks for; None as long as no duty is recorded."""
        return int(self.exact.quantize(_ONE, ROUND_HALF_UP)) if self.duties else None

    @property
    def people(self) -> int | None:
        """How many the post needs: what was decided, else what the workload asks for; None while neither is known."""
        return self.approved if self.approved is not None else self.computed


def gap_of(need: int | None, holders: int) -> int | None:
    """Return how many people are missing; below zero are too many, None is not known."""
    return None if need is None else need - holders


def total_need(needs: Iterable[tuple[int | None, int]]) -> tuple[int, int]:
    """Return the need of several posts with the gap; a post whose need is not known counts as many as it has.

    :param needs: need and holders of each post.
    """
    pairs = [(holders if need is None else need, holders) for need, holders in needs]
    return sum(need for need, _ in pairs), sum(need - holders for need, holders in pairs)
