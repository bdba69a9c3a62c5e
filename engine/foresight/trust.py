"""How far the simulated past is from the measured one: whether what is said of the future may be relied on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from engine.foresight.forecast import Outcome, Range, range_of
from engine.mining.figures import Figures
from engine.mining.spread import quantile

#: A gap of at most so much is close: measured durations themselves are known to within nine per cent.
CLOSE: Final = 0.1
#: Beyond this gap nothing that is foreseen may be relied on.
BOUND: Final = 0.25
#: Of fewer cases that have ended nothing can be said.
LEAST_CASES: Final = 10
#: Minutes that make no difference to anybody.
_NOTHING: Final = 30.0


class Trust(StrEnum):
    """What a look ahead is worth."""

    UNKNOWN = "unknown"
    """Too few cases have ended to compare with."""
    CLOSE = "close"
    """The past comes out as it was."""
    NEAR = "near"
    """It comes out somewhat other than it was."""
    FAR = "far"
    """It does not come out as it was."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A measured duration and the simulated one, in minutes of working time."""

    measured: float
    simulated: float

    @property
    def share(self) -> float:
        """By which share of the measured one the simulated one is longer; less than 0 if it is shorter."""
        difference = self.simulated - self.measured
        return difference / max(self.measured, _NOTHING) if abs(difference) > _NOTHING else 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """The past, measured and simulated.

    :param cases: how many cases have ended, of those that began in the months looked at.
    :param measured: how long they took; None if they are too few.
    :param simulated: how long the simulated cases took that ended in the same time.
    :param steps: how long half of the tasks took, by element.
    """

    cases: int
    measured: Range | None
    simulated: Range | None
    steps: Mapping[str, Gap] = field(default_factory=dict)

    @property
    def gap(self) -> Gap | None:
        """The larger gap: of what half of the cases keep to, or of what nine of ten do."""
        if self.measured is None or self.simulated is None:
            return None
        halves = Gap(self.measured.middle, self.simulated.middle)
        return max(halves, Gap(self.measured.high, self.simulated.high), key=lambda gap: abs(gap.share))

    @property
    def off(self) -> Mapping[str, Gap]:
        """The steps whose gap is beyond the bound."""
        return {name: gap for name, gap in self.steps.items() if abs(gap.share) > BOUND}

    @property
    def is_of_nine_tenths(self) -> bool:
        """The larger gap is that of what nine of ten cases keep to."""
        return self.gap is not None and self.measured is not None and self.gap.measured != self.measured.middle

    @property
    def trust(self) -> Trust:
        """What what is foreseen is worth."""
        if self.gap is None:
            return Trust.FAR if self.measured is not None else Trust.UNKNOWN
        size = abs(self.gap.share)
        return Trust.CLOSE if size <= CLOSE else Trust.NEAR if size <= BOUND else Trust.FAR


def check_past(lasted: Sequence[float], figures: Mapping[str, Figures], before: Outcome) -> Check:
    """Return how far a simulated past is from the measured one.

    :param lasted: how long the cases took that have ended.
    """
    halves = {name: quantile(figures[name].working, 0.5) for name in before.steps if name in figures}
    return Check(
        len(lasted),
        range_of(lasted) if len(lasted) >= LEAST_CASES else None,
        before.closed,
        {name: Gap(half, before.steps[name].stays.middle) for name, half in halves.items() if half is not None},
    )
