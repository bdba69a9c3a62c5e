"""What a training changed in figures: the quarters before and after it, and how other units fared meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from processes.people.city import Period

#: Year and quarter.
Quarter = tuple[int, int]
#: So many units are named to compare with; the mean says the rest.
MOST_NAMED: Final = 5
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit to compare with: its name and its figure in the same two quarters."""

    name: str
    before: Decimal
    after: Decimal


def before_and_after(
    known: Iterable[Quarter], first_day: date, last_day: date
) -> tuple[Quarter | None, Quarter | None]:
    """Return the last known quarter that was over before a training, and the newest that began after it.

    The quarter of the training itself is neither.
    """
    quarters = sorted(known)
    before = [item for item in quarters if Period.quarter(*item).end < first_day]
    after = [item for item in quarters if Period.quarter(*item).start > last_day]
    return (before[-1] if before else None), (after[-1] if after else None)


def nearest(units: Iterable[Compared], before: Decimal) -> tuple[Compared, ...]:
    """Return the units that began nearest to a figure, by name where two are as near."""
    return tuple(sorted(units, key=lambda one: (abs(one.before - before), one.name))[:MOST_NAMED])


def in_words(units: Iterable[Compared], before: Decimal) -> str:
    """Return units to compare with as a sentence; empty where there are none."""
    found = tuple(units)
    if not found:
        return ""
    named = "; ".join(f"{one.name} {_shown(one.before)} ke {_shown(one.after)}" for one in nearest(found, before))
    means = [_mean(one.before for one in found), _mean(one.after for one in found)]
    return f"{named}. Rata-rata {len(found)} unit: {_shown(means[0])} ke {_shown(means[1])}."


def compared(
    names: Mapping[int, str], figures: Mapping[int, Mapping[Quarter, Decimal]], before: Quarter, after: Quarter
) -> tuple[Compared, ...]:
    """Return the units of which a figure is known in both quarters."""
    return tuple(
        Compared(names[unit], known[before], known[after])
        for unit, known in figures.items()
        if before in known and after in known
    )


def _mean(values: Iterable[Decimal]) -> Decimal:
    found = list(values)
    return sum(found, Decimal(0)) / len(found)


def _shown(value: Decimal) -> str:
    text = f"{value.quantize(_CENT).normalize():f}"
    return text.replace(".", ",")
