"""What a listed difference consists of, and the questions that most of them ask."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from tests.differential.comparing import Difference
from tests.differential.tree import Node, Slot, literal
from tests.differential.values import Tagged

Predicate = Callable[[Difference], bool]


@dataclass(frozen=True, slots=True)
class Listed:
    """A difference that the standard explains.

    :param name: what feelin does.
    :param rules: the operators and functions it is about; none for any.
    :param because: what the standard says; numbers of paragraphs and tables are those of DMN 1.5.
    :param example: an expression that shows it, its parts in backticks.
    """

    name: str
    rules: tuple[str, ...]
    because: str
    example: str
    applies: Predicate

    @property
    def node(self) -> Node:
        """The example."""
        *texts, last = self.example.split("`")
        slots = tuple(Slot(literal(text)) for text in texts[1::2])
        return Node(self.rules[0] if self.rules else "", (*texts[::2], last), slots)

    def explains(self, found: Difference) -> bool:
        """Return whether a found difference is this one."""
        return (not self.rules or found.rule in self.rules) and self.applies(found)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The listed differences of one part of the language; ``of`` adds one."""

    entries: list[Listed] = field(default_factory=list[Listed])

    def of(self, *rules: str, because: str, example: str) -> Callable[[Predicate], Predicate]:
        """List the decorated function, which says whether a difference is this one, under its docstring."""

        def add(applies: Predicate) -> Predicate:
            self.entries.append(Listed(applies.__doc__ or "", rules, because, example, applies))
            return applies

        return add


def kind(value: object) -> str:
    """Return the kind of a value: its tag, else its Python type."""
    return value.kind if isinstance(value, Tagged) else type(value).__name__


def kinds(found: Difference) -> list[str]:
    """Return the kinds of our values of an operation's parts."""
    return [kind(value) for value in found.arguments]


def has_null(found: Difference) -> bool:
    """Return whether one of the parts is null."""
    return None in found.arguments


def error(found: Difference) -> str:
    """Return the words with which feelin gave up; empty when it did not."""
    return str(found.theirs.value) if isinstance(found.theirs, Tagged) and found.theirs.kind == "error" else ""


def no_number(found: Difference) -> bool:
    """Return whether feelin gave infinity or no number."""
    return isinstance(found.theirs, Tagged) and found.theirs.kind == "other" and found.theirs.value != "deep"


def number(value: object) -> Decimal:
    """Return a number, or how many seconds or months."""
    return Decimal(str(value.value if isinstance(value, Tagged) else value))
