"""How the predicates of a unit spread, as bars beside the most that the guide gives."""

from dataclasses import dataclass

from processes.appraisal.queries.team import UnitSpread
from processes.appraisal.rules.distribution import GUIDE
from processes.people.city import Predicate
from webapp.appraisal.wording import in_words


@dataclass(frozen=True, slots=True)
class Bar:
    """One predicate of a unit, as `layout/explain.html` draws it."""

    label: str
    count: int
    limit: int | None


def bars_of(unit: UnitSpread) -> tuple[Bar, ...]:
    """Return how many people of a unit have each predicate, with the most that the guide gives once it is read."""
    limits, counts = _limits(unit), unit.spread.counts
    return tuple(Bar(in_words(item), counts.get(item, 0), limits.get(item)) for item in Predicate)


def _limits(unit: UnitSpread) -> dict[Predicate, int]:
    found = unit.spread
    is_read = found.coverage is not None and found.coverage.is_enough
    rules = GUIDE[found.org] if found.org is not None and is_read else ()
    # Only a rule about one predicate is an upper limit; those about several ask for a least number.
    most = [(getattr(rule, "predicate", None), rule.percent) for rule in rules]
    return {predicate: percent * unit.total // 100 for predicate, percent in most if predicate is not None}
