"""How durations are spread, kept in a few dozen numbers however many there are: each step is about nine per cent."""

from collections import Counter
from collections.abc import Mapping
from math import log2
from typing import Final

STEPS_PER_DOUBLING: Final = 8

#: How many durations lie in each bin.
Spread = Counter[int]


def bin_of(minutes: int) -> int:
    """Return the bin of a duration: 0 for less than a minute, then eight for each doubling."""
    return 0 if minutes < 1 else 1 + int(log2(minutes) * STEPS_PER_DOUBLING)


def quantile(spread: Mapping[int, int], share: float) -> float | None:
    """Return the minutes that a share of the durations does not exceed, within half a bin; None if there are none.

    :param share: 0.5 for the median, 0.9 for what nine of ten keep to.
    """
    total = sum(spread.values())
    wanted, seen = share * total, 0
    for number in sorted(spread):
        count = spread[number]
        if count and seen + count >= wanted:
            low, high = edges(number)
            return low + (high - low) * max(wanted - seen, 0) / count
        seen += count
    return None


def edges(number: int) -> tuple[float, float]:
    """Return where a bin begins and ends, in minutes."""
    if number == 0:
        return 0.0, 1.0
    return float(2 ** ((number - 1) / STEPS_PER_DOUBLING)), float(2 ** (number / STEPS_PER_DOUBLING))
