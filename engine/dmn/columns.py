"""The columns and rows of a decision table, compiled."""

import re
from collections.abc import Sequence
from typing import Protocol

from engine.dmn.boxes import DecisionTable, Input, Output, Rule
from engine.dmn.conversion import converted
from engine.dmn.hearing import Hearing
from engine.dmn.indexing import ColumnIndex
from engine.dmn.kinds import Kind
from engine.dmn.showing import shown
from engine.feel import Expression, FeelSyntaxError, Frame, UnaryTests
from engine.feel.errors import Note

Tests = Sequence[tuple[int, UnaryTests, str]]
"""Tests with the place of their column and what messages call them."""

_NEGATED = re.compile(r"\s*not\s*\(")


class Words(Protocol):
    """What compiles the cells of a table: it knows the names and types around it."""

    def expression(self, text: str) -> Expression:
        """Return a compiled expression. :raise FeelSyntaxError: when it is none."""
        ...

    def tests(self, text: str) -> UnaryTests:
        """Return compiled unary tests. :raise FeelSyntaxError: when they are none."""
        ...

    def index(self, texts: Sequence[str]) -> ColumnIndex | None:
        """Return the index of a column of plain values, else None. :raise FeelSyntaxError: when a cell is no test."""
        ...

    def kind(self, ref: str) -> Kind | None:
        """Return a type; None for any value."""
        ...

    def allowed(self, ref: str) -> str:
        """Return what a type allows, as unary tests; empty for anything."""
        ...


class InputColumn:
    """An input column: its expression, its type, and what its values must pass."""

    def __init__(self, column: Input, words: Words) -> None:
        self._title, self._kind = column.title, words.kind(column.type_ref)
        self.expression = words.expression(column.expression)
        self._allowed = words.tests(column.allowed) if column.allowed else None

    def value(self, frame: Frame, hearing: Hearing) -> object:
        """Return what the expression gives."""
        return converted(_given(self.expression, self._title, frame, hearing), self._kind, self._title, frame)

    def allows(self, value: object, frame: Frame, hearing: Hearing) -> bool:
        """Return whether the column allows a value, and note it if not."""
        return self._allowed is None or _passes(self._allowed, value, self._title, frame, hearing)


class OutputColumn:
    """An output column: its name, its type, what it allows and in which order of importance, and its default."""

    def __init__(self, column: Output, words: Words) -> None:
        self.name, self._title, self._kind = column.name, column.title, words.kind(column.type_ref)
        self._allowed = words.tests(column.allowed) if column.allowed else None
        order = column.allowed or words.allowed(column.type_ref or column.ranked_by)
        self._order = _listed(order, words)
        self._default = words.expression(column.default) if column.default else None

    def accept(self, value: object, frame: Frame, hearing: Hearing) -> object:
        """Return a result as the column has it; one that it does not allow is null."""
        value = converted(value, self._kind, self._title, frame)
        is_allowed = self._allowed is None or _passes(self._allowed, value, self._title, frame, hearing)
        return value if is_allowed else None

    def default(self, frame: Frame, hearing: Hearing) -> object:
        """Return the value when no rule applies."""
        if self._default is None:
            return None
        return self.accept(_given(self._default, self._title, frame, hearing), frame, hearing)

    def order(self, frame: Frame, hearing: Hearing) -> list[object]:
        """Return the allowed values, the most important first."""
        if self._order is None:
            return []
        values = _given(self._order, self._title, frame, hearing)
        return values if isinstance(values, list) else []


class Row:
    """A rule: its tests by the place of their input, those that let everything pass left out, and its results.

    ``others`` are the tests of columns that have no index.
    """

    def __init__(self, rule: Rule, table: DecisionTable, words: Words, indexed: set[int]) -> None:
        self.id = rule.id
        self.tests = [
            (place, words.tests(text), f"{rule.id}, {column.title}")
            for place, (column, text) in enumerate(zip(table.inputs, rule.tests, strict=True))
            if text not in ("", "-")
        ]
        self.others = [test for test in self.tests if test[0] not in indexed]
        self._results = [
            (words.expression(text or "null"), f"{rule.id}, {column.title}")
            for column, text in zip(table.outputs, rule.results, strict=True)
        ]

    @staticmethod
    def missed(tests: Tests, values: tuple[object, ...], frame: Frame, hearing: Hearing) -> int | None:
        """Return the place of the first input that does not pass its test; None when all pass."""
        for place, test, where in tests:
            if test.passes_in(frame, values[place]) is not True:
                hearing.place(test.source, where, None)
                return place
        return None

    def give(self, columns: list[OutputColumn], frame: Frame, hearing: Hearing) -> list[object]:
        """Return the results in column order."""
        return [
            column.accept(_given(result, where, frame, hearing), frame, hearing)
            for column, (result, where) in zip(columns, self._results, strict=True)
        ]


def _listed(order: str, words: Words) -> Expression | None:
    """Return allowed values as a list; None for what is none (``-``, ``not("A")``, ``? > 5``), which ranks nothing."""
    try:
        return words.expression(f"[{order}]") if order and not _NEGATED.match(order) else None
    except FeelSyntaxError:
        return None


def _given(expression: Expression, where: str, frame: Frame, hearing: Hearing) -> object:
    outer = hearing.set_aside()
    value = expression.value_in(frame)
    hearing.place(expression.source, where, outer)
    return value


def _passes(allowed: UnaryTests, value: object, title: str, frame: Frame, hearing: Hearing) -> bool:
    truth = hearing.within(allowed.source, title, lambda: allowed.passes_in(frame, value))
    if truth is not True:
        params = {"value": shown(value)[:80], "allowed": allowed.source[:80]}
        hearing.notes.append(Note("not_allowed", params, 1, 1, title))
    return truth is True
