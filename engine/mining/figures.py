"""The figures of one element in one month, which add up over cases, months and releases."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from engine.mining.spread import Spread
from engine.records.packing import pack, unpack

#: Of so many different people it is known that they are different; more are not told apart from so many.
MOST_PEOPLE: Final = 5
#: Figures that are plain sums, each a column of its own.
SUMS: Final = (
    "entered",
    "left_count",
    "withdrawn",
    "returned",
    "failed",
    "on_time",
    "late",
    "working_minutes",
    "wall_minutes",
)


class Place(NamedTuple):
    """What figures are about.

    :param element: an element of the diagram, or a flow.
    :param month: its first day, in the city.
    """

    process: str
    release_id: int
    element: str
    month: date


@dataclass(slots=True)
class Figures:
    """What happened at one place.

    :param entered: how often a task was opened there.
    :param left_count: how often it was done, or the flow went on from there.
    :param withdrawn: how often the task was taken away before anybody did it.
    :param returned: how often a case came there that had left it before.
    :param failed: how often an incident came up.
    :param on_time: how many were done by their due date, where that is known; `late` those that were not.
    :param working_minutes: the sum of all stays, in working time; `wall_minutes` by day and night.
    :param working: how the stays are spread, in working minutes; `wall` by day and night.
    :param queued: how long tasks of a group's queue waited until somebody took them; `handled` from then on.
    :param people: some of those whom the cases are about whose stays are counted, at most `MOST_PEOPLE`.
    :param doers: some of those who did the task, at most `MOST_PEOPLE`.
    """

    entered: int = 0
    left_count: int = 0
    withdrawn: int = 0
    returned: int = 0
    failed: int = 0
    on_time: int = 0
    late: int = 0
    working_minutes: int = 0
    wall_minutes: int = 0
    working: Spread = field(default_factory=Counter[int])
    wall: Spread = field(default_factory=Counter[int])
    queued: Spread = field(default_factory=Counter[int])
    handled: Spread = field(default_factory=Counter[int])
    people: frozenset[int] = frozenset()
    doers: frozenset[int] = frozenset()

    def add(self, other: "Figures") -> None:
        """Take the figures of the same element in with these."""
        for name in SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in _SPREADS:
            getattr(self, name).update(getattr(other, name))
        self.people = few_of(self.people | other.people)
        self.doers = few_of(self.doers | other.doers)


_SPREADS: Final = ("working", "wall", "queued", "handled")


def few_of(people: Iterable[int]) -> frozenset[int]:
    """Return as many of some people as are told apart."""
    return frozenset(sorted(people)[:MOST_PEOPLE])


def people_told_of(figures: Figures, *, is_human: bool) -> int:
    """Return of how many people, at most `MOST_PEOPLE`, it tells how long cases lie at an element.

    At a task they lie as long as whoever does it takes: so many did it or are who the cases are about, the fewer.
    """
    return min(len(figures.people), len(figures.doers)) if is_human else len(figures.people)


def sums_of(figures: Figures) -> dict[str, int]:
    """Return the plain sums by name."""
    return {name: getattr(figures, name) for name in SUMS}


def pack_spreads(figures: Figures) -> bytes:
    """Return what is no plain sum as stored bytes."""
    spreads = [sorted(getattr(figures, name).items()) for name in _SPREADS]
    people = sorted(figures.people), sorted(figures.doers)
    return pack([[[list(pair) for pair in spread] for spread in spreads], *people])


def read_figures(sums: Mapping[str, int], content: bytes) -> Figures:
    """Return stored figures.

    :raise Unreadable: the bytes are damaged.
    """
    stored: Any = unpack(content)
    spreads, people, *doers = stored
    figures = Figures(people=frozenset(people), doers=frozenset(*doers))  # earlier versions kept no doers
    for name in SUMS:
        setattr(figures, name, sums[name])
    for name, pairs in zip(_SPREADS, spreads, strict=True):
        setattr(figures, name, Counter(dict(pairs)))
    return figures
