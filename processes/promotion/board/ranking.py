"""The arithmetic of the board: weights in bounds, a value from performance and competency alone, shared places."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from processes.people.city import ParameterSet

WHOLE = Decimal(100)
#: How many are proposed to the appointing authority.
PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """What the ranking weighs, in percent."""

    performance: Decimal
    competency: Decimal

    @classmethod
    def of_performance(cls, percent: Decimal) -> "Weights":
        """Return the weights of which performance has so much: there is nothing else but competency."""
        return cls(percent, WHOLE - percent)


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody's place; those with the same value share one."""

    person: int
    value: Decimal
    place: int
    is_shared: bool


def bounds_of(rules: ParameterSet, city_rules: ParameterSet | None) -> tuple[Decimal, Decimal]:
    """Return the least and the most that performance may weigh.

    What a city's plugin demands at least is not undercut by numbers that were imported later.
    """
    least = rules.values["performance.least"]
    if city_rules is not None:
        least = max(least, city_rules.values["performance.least"])
    return least, rules.values["performance.most"]


def performance_of(predicates: Iterable[str], points: Mapping[str, Decimal]) -> Decimal:
    """Return the mean of the points of some years' predicates, unrounded."""
    found = [points[f"predicate.{predicate}"] for predicate in predicates]
    return sum(found, Decimal(0)) / len(found)


def value_of(performance: Decimal, competency: Decimal, weights: Weights) -> Decimal:
    """Return the value of a candidate, unrounded."""
    return (performance * weights.performance + competency * weights.competency) / WHOLE


def rank(values: Mapping[int, Decimal]) -> tuple[Placed, ...]:
    """Return the candidates by their values, the best first; behind a shared place the next ones are left out."""
    times = Counter(values.values())
    places: dict[Decimal, int] = {}
    before = 0
    for value in sorted(times, reverse=True):
        places[value] = before + 1
        before += times[value]
    found = (Placed(person, value, places[value], times[value] > 1) for person, value in values.items())
    return tuple(sorted(found, key=lambda item: (item.place, item.person)))


def proposed(places: Iterable[Placed]) -> tuple[Placed, ...]:
    """Return whom the board proposes: the first three places, with everybody who shares one of them."""
    return tuple(item for item in places if item.place <= PROPOSED)
