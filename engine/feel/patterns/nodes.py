"""What a pattern is made of."""

from collections.abc import Callable
from dataclasses import dataclass

Chars = Callable[[str], bool]
"""Says whether a character belongs to a class."""


@dataclass(frozen=True, slots=True)
class Char:
    """One character, as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any character of a class; ``work`` counts the parts that have to be asked."""

    chars: Chars
    work: int = 1


@dataclass(frozen=True, slots=True)
class LineStart:
    """``^``; of every line, if ``multiline``."""

    multiline: bool


@dataclass(frozen=True, slots=True)
class LineEnd:
    """``$``; of every line, if ``multiline``."""

    multiline: bool


@dataclass(frozen=True, slots=True)
class Group:
    """``(…)``, whose text is kept by its number from 1; ``(?:…)`` has number 0."""

    number: int
    inner: "Node"


@dataclass(frozen=True, slots=True)
class Again:
    """The text of an earlier group once more; ``folded`` without regard to capitals."""

    number: int
    folded: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """Something at least and at most so many times; ``most`` of None is without limit, ``lazy`` prefers fewer."""

    inner: "Node"
    least: int
    most: int | None
    lazy: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One thing after the other."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first that fits."""

    branches: tuple["Node", ...]


Node = Char | OneOf | LineStart | LineEnd | Group | Again | Repeat | Sequence | Choice
