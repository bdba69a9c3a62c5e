"""Finds the rules of a column of plain values (``"A"``, ``1, 2``, ``-``) at once, not by testing one after another."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from engine.feel import tree
from engine.feel.compiling import FUNCTION_NAMES
from engine.feel.grammar import parse_unary_tests

_PLAIN = frozenset({str, Decimal, bool})


class ColumnIndex:
    """Which rules, as bits of a number, let a value of a column pass.

    :param cells: for each rule its values; None for any.
    """

    __slots__ = ("_any", "_by_value")

    def __init__(self, cells: Iterable[tuple[object, ...] | None]) -> None:
        rules = list(enumerate(cells))
        self._any = sum(1 << place for place, values in rules if values is None)
        self._by_value: dict[tuple[type, object], int] = {}
        for place, values in rules:
            for value in values or ():
                # A boolean is no number, though Python says that True is 1: the type belongs to the key.
                key = type(value), value
                self._by_value[key] = self._by_value.get(key, self._any) | 1 << place

    def passing(self, value: object) -> int | None:
        """Return the rules that a value passes; None when the cells themselves must be asked."""
        return self._by_value.get((type(value), value), self._any) if type(value) in _PLAIN else None


def index_of(texts: Sequence[str], names: frozenset[str]) -> ColumnIndex | None:
    """Return the index of a column; None when a cell holds more than plain values.

    :raise FeelSyntaxError: when a cell cannot be read.
    """
    cells: list[tuple[object, ...] | None] = []
    for text in texts:
        values = None if text in ("", "-") else _values(text, names)
        if values == ():
            return None
        cells.append(values)
    return ColumnIndex(cells) if any(cells) else None


def _values(text: str, names: frozenset[str]) -> tuple[object, ...]:
    tests = parse_unary_tests(text, names, FUNCTION_NAMES, {}, strict=False)
    literals = [one.value for one in tests.alternatives if isinstance(one, tree.Literal) and type(one.value) in _PLAIN]
    return () if tests.negated or len(literals) != len(tests.alternatives) else tuple(literals)
