"""What is asked of a look ahead: all that its answer depends on, besides the diagrams and what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.foresight.inputs import Supposed


@dataclass(frozen=True, slots=True)
class Question:
    """What is simulated.

    :param months: how far back cases are looked at.
    :param years: how often they are run again, at most.
    :param seed: the same one meets the same chances.
    :param monthly: how many cases begin in a month, where none ever has.
    :param chosen: which step of the release in force new steps are; None for one that is really new.
    :param is_fitted: the share of their time that people have is made to match what was measured.
    """

    months: int
    years: int
    seed: int
    monthly: int
    supposed: Supposed
    chosen: Mapping[str, str | None]
    is_fitted: bool
