"""The names and types around an expression of a DMN file, and the compiling of FEEL within them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from engine.dmn.indexing import ColumnIndex, index_of
from engine.dmn.kinds import Kind
from engine.dmn.problems import Problem
from engine.dmn.types import Fault, Types
from engine.feel import Expression, FeelSyntaxError, TypeName, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.compiling import FUNCTION_NAMES

_Words = TypeVar("_Words", Expression, UnaryTests)


@dataclass(frozen=True)
class Scope:
    """The names and types around an expression.

    :param element: name of what the expression belongs to, for messages; :param owner: its id.
    :param names: what may be read; ``spelled`` are more names that paths may hold, which text alone would take apart.
    :param free: gathers the names that expressions read and that ``names`` has not.
    :param problems: gathers what is wrong with the expressions.
    :param case: names of input data that are read from the case without being required, and hold symbols.
    :param is_open: whether any name may be in the frame, as inside a filter, where an item's entries are names.
    """

    owner: str
    element: str
    types: Types
    shapes: Mapping[str, TypeName]
    names: frozenset[str]
    spelled: frozenset[str]
    free: set[str] = field(default_factory=set[str])
    problems: list[Problem] = field(default_factory=list[Problem])
    is_open: bool = False
    case: frozenset[str] = frozenset()

    def inside(self, *names: str) -> "Scope":
        """Return the scope with more names."""
        return replace(self, names=self.names.union(names))

    def inside_item(self) -> "Scope":
        """Return the scope inside a filter."""
        return replace(self.inside("item"), is_open=True)

    def expression(self, text: str) -> Expression:
        """Return a compiled expression, in which what can only be null is null, as the standard says.

        :raise FeelSyntaxError: when it is none.
        """
        return self._within(text, partial(compile_expression, types=self.shapes, strict=False, members=self.spelled))

    def tests(self, text: str) -> UnaryTests:
        """Return compiled unary tests, which are as lenient. :raise FeelSyntaxError: when they are none."""
        return self._within(text, partial(compile_unary_tests, types=self.shapes, strict=False, members=self.spelled))

    def check_expression(self, text: str) -> None:
        """Compile an expression strictly. :raise FeelSyntaxError: when a part of it can mean nothing, or only null."""
        compile_expression(text, self._readable, self.shapes, members=self.spelled)

    def check_tests(self, text: str) -> None:
        """Compile unary tests as strictly. :raise FeelSyntaxError: as for expressions."""
        compile_unary_tests(text, self._readable, self.shapes, members=self.spelled)

    def index(self, texts: Sequence[str]) -> ColumnIndex | None:
        """Return the index of a column of plain values; None when a cell holds more than these."""
        return index_of(texts, self.names | self.spelled)

    @property
    def _readable(self) -> frozenset[str]:
        """What may be read by its name alone: a part of a context only where it may be the item's."""
        return self.names | self.case | (self.spelled if self.is_open else frozenset())

    def _within(self, text: str, compiled: Callable[[str, frozenset[str]], _Words]) -> _Words:
        names = self._readable
        words = compiled(text, names)
        missing = words.names - names
        if missing and self.is_open:
            return compiled(text, names | missing.difference(FUNCTION_NAMES))
        self.free.update(missing)
        return words

    def kind(self, ref: str) -> Kind | None:
        """Return a type; None for any value."""
        return self.types.kind(ref) if ref else None

    def declared(self, ref: str) -> Kind | None:
        """Return a type; None for any value, and with a problem when there is none of that name."""
        self.problems.extend(self.type_problems(ref, self.owner))
        return self.kind(ref)

    def type_problems(self, ref: str, element: str) -> Iterator[Problem]:
        """Yield what is wrong with a type that an element names."""
        return (type_problem(fault, element, self.owner) for fault in self.types.faults(ref))

    def report(self, element: str, code: str, cause: FeelSyntaxError | None = None, **params: str) -> None:
        """Gather what is wrong with an expression."""
        self.problems.append(Problem(element or self.owner, code, {"decision": self.owner, **params}, cause))

    def allowed(self, ref: str) -> str:
        """Return what a type allows, as unary tests; empty for anything."""
        return self.types.allowed(ref)


def type_problem(fault: Fault, element: str, decision: str) -> Problem:
    """Return what is wrong with a type as a mistake of what uses it."""
    params = {"decision": decision, "found": fault.name, **({"text": fault.text} if fault.text else {})}
    return Problem(element, fault.code, params, fault.cause)
