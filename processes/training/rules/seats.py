"""How far the seats and the money of a session reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from processes.training.rules.priority import Scored


@dataclass(frozen=True, slots=True)
class Seats:
    """What a session has to give, and what is taken.

    :param cost: of a seat, in rupiah.
    :param budget: the ceiling of the session (DPA); None if only the quota limits.
    :param taken: seats that people have already.
    """

    quota: int
    cost: Decimal
    budget: Decimal | None
    taken: int = 0

    @property
    def payable(self) -> int:
        """How many seats quota and budget allow together."""
        if self.budget is None or self.cost <= 0:
            return self.quota
        return min(self.quota, int(self.budget // self.cost))

    @property
    def free(self) -> int:
        """How many seats are left."""
        return max(0, self.payable - self.taken)


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate's place, from 1 on, and whether the seats reach as far."""

    place: int
    scored: Scored
    is_chosen: bool


def choose(ranked: Sequence[Scored], seats: Seats) -> tuple[Choice, ...]:
    """Return everybody's place; the first ones get the free seats, nobody gets a part of one."""
    return tuple(Choice(place, item, place <= seats.free) for place, item in enumerate(ranked, start=1))
