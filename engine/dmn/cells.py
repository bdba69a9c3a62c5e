"""Reads the constants that the cells of a decision table compare with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.feel import Environment, FeelError, Frame, MonthDuration, Range, tree
from engine.feel.compiling import FUNCTION_NAMES, new_compiler
from engine.feel.errors import NoValue
from engine.feel.grammar import parse_unary_tests
from engine.feel.values import kind_of

_ENVIRONMENT = Environment(datetime(2000, 1, 1, tzinfo=UTC))
_CONVERSIONS = frozenset({"date", "time", "date and time", "duration", "years and months duration", "number", "string"})
_TESTED = tree.TestedValue
_COUNTABLE = frozenset({Decimal, str, bool, date, time, datetime, timedelta, MonthDuration})


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell's constants are: None when it looks at more than constants, so that nobody can say beforehand."""

    points: tuple[object, ...] | None
    is_ordering: bool = False

    @property
    def is_clear(self) -> bool:
        """Say whether it looks at nothing but constants."""
        return self.points is not None


def read_cell(source: str, names: frozenset[str]) -> Cell:
    """Return the constants that a cell compares with."""
    node = parse_unary_tests(source, names, FUNCTION_NAMES, {}, strict=False)
    try:
        points = tuple(_compared(node, source, names))
    except (NoValue, FeelError):
        return Cell(None)
    return Cell(points, _orders(node))


def _compared(node: tree.Node, source: str, names: frozenset[str]) -> Iterator[object]:
    """Yield the constants that ``?`` is compared with. :raise NoValue: when something else is asked of it."""
    if isinstance(node, tree.Tests):
        parts: Iterable[tree.Node] = node.alternatives
    elif isinstance(node, tree.Logic):
        parts = node.operands
    elif isinstance(node, tree.Call) and isinstance(node.callee, tree.Name) and node.callee.name == "not":
        parts = [value for _, value in node.arguments]
    else:
        for operand in _operands(node):
            yield from _points(_constant(operand, source, names))
        return
    for part in parts:
        yield from _compared(part, source, names)


def _operands(node: tree.Node) -> tuple[tree.Node, ...]:
    """Return what one test compares ``?`` with: as written in a cell, or with ``?`` in its place."""
    if isinstance(node, tree.AnyValue):
        return ()
    if isinstance(node, tree.OpenTest):
        return (node.operand,)
    if isinstance(node, tree.Comparison) and _TESTED in (type(node.left), type(node.right)):
        return (node.left if type(node.right) is _TESTED else node.right,)
    if isinstance(node, tree.Between) and type(node.value) is _TESTED:
        return node.low, node.high
    if isinstance(node, tree.In) and type(node.value) is _TESTED:
        return tuple(operand for test in node.tests.alternatives for operand in _operands(test))
    return (node,)


def _orders(node: object) -> bool:
    """Return whether a part of a test depends on which value is greater."""
    if isinstance(node, tree.RangeOf | tree.Between):
        return True
    if isinstance(node, tree.OpenTest | tree.Comparison) and node.operator not in ("=", "!="):
        return True
    if isinstance(node, tuple):
        return any(_orders(item) for item in node)
    return is_dataclass(node) and any(_orders(getattr(node, field.name)) for field in fields(node))


def _points(value: object) -> list[object]:
    if isinstance(value, list):
        return [point for item in value for point in _points(item)]
    if isinstance(value, Range):
        return [end for end in (value.start, value.end) if end is not None]
    if value is not None and type(value) not in _COUNTABLE:
        raise NoValue("operand", kind=kind_of(value), operator="?")
    return [value]


def _constant(node: tree.Node, source: str, names: frozenset[str]) -> object:
    if _looks_elsewhere(node):
        raise NoValue("unknown_name")
    compiler = new_compiler(source, names, strict=False)
    closure = compiler.compile(node)
    if compiler.free:
        raise NoValue("unknown_name")
    return closure(Frame.open({}, _ENVIRONMENT))


def _looks_elsewhere(node: object) -> bool:
    """Return whether a part of an expression reads a name, or calls what is more than a conversion."""
    if isinstance(node, tree.Call) and isinstance(node.callee, tree.Name) and node.callee.name in _CONVERSIONS:
        return _looks_elsewhere(tuple(value for _, value in node.arguments))
    if isinstance(node, tree.TestedValue | tree.Name | tree.FunctionOf):
        return True
    if isinstance(node, tuple):
        return any(_looks_elsewhere(item) for item in node)
    return is_dataclass(node) and any(_looks_elsewhere(getattr(node, field.name)) for field in fields(node))
