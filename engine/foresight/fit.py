"""What is simulated other than supposed, so that the release in force comes out as it was measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from engine.foresight.model import Pool


@dataclass(frozen=True, slots=True)
class Fit:
    """What was made to match.

    :param shares: of the working time of the people of a role, by lane, where it is not the supposed one.
    :param rests: which part of how long a step lies is no waiting for somebody who is busy, by its measured id.
    :param too_busy: the lanes whose people would not get done what they did get done, even with all their time.
    """

    shares: Mapping[str, float] = field(default_factory=dict)
    rests: Mapping[str, float] = field(default_factory=dict)
    too_busy: frozenset[str] = frozenset()

    def pool(self, lane: str, pool: Pool) -> Pool:
        """Return the people of a role with the share of their time that fits."""
        return replace(pool, share=self.shares.get(lane, pool.share))

    def rest(self, element: str) -> float:
        """Return which part of lying about is simulated at a step."""
        return self.rests.get(element, 1.0)


NO_FIT: Final = Fit()
