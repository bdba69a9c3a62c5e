"""Numbers drawn by chance that depend on nothing but their names, so that two designs meet the same chances."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log
from statistics import NormalDist
from typing import Final, Protocol
from zlib import crc32

from engine.mining.spread import edges

_MASK: Final = (1 << 64) - 1
_STEP: Final = 0x9E3779B97F4A7C15
_NORMAL: Final = NormalDist()
_NINETY: Final = _NORMAL.inv_cdf(0.9)
_UNIT: Final = 2.0**-53
_LEAST: Final = 1e-12


def key_of(name: str) -> int:
    """Return the number that stands for a name among the names of a drawn number; the same in every run."""
    return crc32(name.encode())


def uniform(*names: int) -> float:
    """Return a number between 0 and 1, without 1: the same for the same names, and as good as unrelated for others."""
    state = 0
    for name in names:  # SplitMix64 (Steele, Lea and Flood 2014), taking in one name a round
        state = (state + name + _STEP) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        state ^= state >> 31
    return (state >> 11) * _UNIT


class Durations(Protocol):
    """How long something takes."""

    def at(self, share: float) -> float:
        """Return the minutes of working time that a share of the durations does not exceed."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """It always takes equally long."""

    minutes: float

    def at(self, share: float) -> float:  # it is always the same
        """Return the minutes."""
        return self.minutes


@dataclass(frozen=True, slots=True)
class Assumed:
    """What somebody supposes: half take no longer than the median, nine of ten no longer than the second number.

    In between and beyond it is a log-normal distribution, as durations of office work mostly are.
    """

    median: float
    ninety: float

    def at(self, share: float) -> float:
        """Return the minutes that a share of the durations does not exceed."""
        if self.median <= 0:
            return 0.0
        width = log(max(self.ninety, self.median) / self.median) / _NINETY
        return self.median * exp(width * _NORMAL.inv_cdf(min(max(share, _LEAST), 1 - _LEAST)))


class Measured:
    """What was measured, as the figures of a process keep it."""

    def __init__(self, spread: Mapping[int, int]) -> None:
        """Take measured durations over.

        :param spread: how many lie in each bin; not empty.
        """
        counted = sorted((number, count) for number, count in spread.items() if count)
        self._edges = [edges(number) for number, _ in counted]
        total = sum(count for _, count in counted)
        self._ends = [end / total for end in accumulate(count for _, count in counted)]

    def at(self, share: float) -> float:
        """Return the minutes that a share of the durations does not exceed; even within a bin."""
        place = min(bisect_left(self._ends, share), len(self._ends) - 1)
        low, high = self._edges[place]
        before = self._ends[place - 1] if place else 0.0
        return low + (high - low) * min((share - before) / (self._ends[place] - before), 1.0)
