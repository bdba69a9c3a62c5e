"""Results that stayed excellent: quarters of *Sangat Baik* one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from processes.people.city import Predicate

EXCELLENT: Final = "recognition.excellent_results"


@dataclass(frozen=True, slots=True, order=True)
class Excellence:
    """The predicate of a quarter that is locked."""

    year: int
    quarter: int
    predicate: Predicate

    @property
    def number(self) -> int:
        """Quarters counted through the years, so that neighbours differ by one."""
        return self.year * 4 + self.quarter


def is_excellent(quarters: Sequence[Excellence], numbers: Mapping[str, Decimal]) -> bool:
    """Say whether the last `quarters` quarters follow each other and are all *Sangat Baik*."""
    wanted = int(numbers["quarters"])
    last = sorted(quarters)[-wanted:]
    if len(last) < wanted or last[-1].number - last[0].number != wanted - 1:
        return False
    return all(one.predicate is Predicate.SANGAT_BAIK for one in last)
