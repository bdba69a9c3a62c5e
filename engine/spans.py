"""Kinds of values that FEEL has and Python has not; cases, messages and the journal keep them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class MonthDuration:
    """A years-and-months duration, in months; negative counts back."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """The values from start to end; an end of None is open without limit."""

    start: object
    end: object
    start_included: bool = True
    end_included: bool = True
