"""What an expression may know and spend besides its data."""

from dataclasses import dataclass
from datetime import datetime

from engine.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Budget:
    """What one evaluation may spend; the defaults end the worst expression in well under a second."""

    steps: int = 200_000
    """Work: operations inside loops, items looked at by built-ins and comparisons."""
    allocation: int = 2_000_000
    """List items, context entries and characters made, in all."""
    nesting: int = 60
    """Levels of lists and contexts inside each other."""
    result: int = 20_000
    """Items and entries of the result."""
    text: int = 10_000_000
    """Characters of the texts in the result: a list may hold one long text many times."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression may know besides its data.

    :param now: the present instant, aware, in the city's zone.
    :param calendar: the working days of the city or unit; without it, their built-ins give null.
    :raise ValueError: when ``now`` has no zone.
    """

    now: datetime
    calendar: WorkCalendar | None = None
    budget: Budget = Budget()

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("the present instant needs a zone: without it, today is undefined")
