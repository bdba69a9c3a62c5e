"""Cuts what an input column can be into regions on which each cell is either true throughout or false throughout.

The borders are the constants of the cells; each region has an example, and a cell is true on a region when it is true
of the example. So the analysis means exactly what the table means when it runs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from engine.dmn.showing import shown
from engine.feel import Environment, FeelError, Frame, MonthDuration, Range, UnaryTests, tree
from engine.feel.comparison import compare
from engine.feel.compiling import FUNCTION_NAMES, new_compiler
from engine.feel.errors import NoValue
from engine.feel.grammar import parse_unary_tests
from engine.feel.run import Run
from engine.feel.values import kind_of

_ENVIRONMENT = Environment(datetime(2000, 1, 1, tzinfo=UTC))
_CONVERSIONS = frozenset({"date", "time", "date and time", "duration", "years and months duration", "number", "string"})
_ORDERING = (tree.RangeOf, tree.OpenTest)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Region:
    """Some values of a column that no cell tells apart.

    :param example: one of them; ``label`` says which they are: ``> 90``, ``"A"``.
    :param is_other: whether they are the texts that no cell names, of a column that does not list what it allows.
    """

    example: object
    label: str
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell's constants are: None when it looks at more than constants, so that nobody can say beforehand."""

    points: tuple[object, ...] | None
    is_ordering: bool = False


def read_cell(source: str, names: frozenset[str]) -> Cell:
    """Return the constants that a cell compares with."""
    node = parse_unary_tests(source, names, FUNCTION_NAMES, {}, strict=False)
    found: list[object] = []
    for alternative in node.alternatives:
        operand = alternative.operand if isinstance(alternative, tree.OpenTest) else alternative
        if isinstance(operand, tree.AnyValue):
            continue
        try:
            found += _points(_constant(operand, source, names))
        except (NoValue, FeelError):
            return Cell(None)
    is_ordering = any(isinstance(alternative, _ORDERING) for alternative in node.alternatives)
    return Cell(tuple(found), is_ordering or any(isinstance(point, Range) for point in found))


def can_cut(type_name: str) -> bool:
    """Return whether values of a type lie in an order, or are few enough to list."""
    return type_name in ("", "Any", "boolean") or type_name in _STEPS


def cut(cells: Iterable[Cell], allowed: UnaryTests | None, type_name: str) -> list[Region]:
    """Return the regions of a column.

    :param allowed: what the column allows; what it does not is no region.
    :param type_name: the FEEL name of the column's type; empty when it is not known.
    :raise NoValue: when some of the constants cannot be compared with others.
    """
    known = [cell for cell in cells if cell.points is not None]
    points = [point for cell in known for point in cell.points or ()]
    is_ordered = any(cell.is_ordering for cell in known) or type_name == "number"
    regions = [region for kind in _kinds(points, type_name) for region in _of_kind(kind, points, is_ordered)]
    if any(point is None for point in points):
        regions.append(Region(None, "null"))
    return [region for region in regions if allowed is None or passes(allowed, region.example)]


def true_on(test: UnaryTests, cell: Cell, regions: list[Region]) -> frozenset[int]:
    """Return the places of the regions on which a cell is true.

    Between two constants of its own a cell does not change, so it is asked once for all the regions there.
    """
    own = {(type(point), point) for point in cell.points or ()}
    found: set[int] = set()
    truth: bool | None = None
    for place, region in enumerate(regions):
        is_own = (type(region.example), region.example) in own
        if truth is None or is_own or kind_of(region.example) != kind_of(regions[place - 1].example):
            truth = passes(test, region.example)
        if truth:
            found.add(place)
        if is_own:
            truth = None
    return frozenset(found)


def passes(test: UnaryTests, value: object) -> bool:
    """Return whether a value passes a test that looks at nothing else."""
    frame = Frame.open({}, _ENVIRONMENT)
    return test.passes_in(frame, value) is True


def _kinds(points: list[object], type_name: str) -> list[str]:
    found = dict.fromkeys(kind_of(point) for point in points if point is not None)
    return [type_name] if type_name and type_name != "Any" else list(found) or ["Any"]


def _of_kind(kind: str, points: list[object], is_ordered: bool) -> Iterator[Region]:
    own = [point for point in points if point is not None and kind_of(point) == kind]
    if kind == "boolean":
        yield from (Region(True, "true"), Region(False, "false"))
    elif not own or kind not in _STEPS:
        yield Region(own[0] if own else _ANYTHING.get(kind, Decimal(0)), "-")
    elif kind == "string" and not is_ordered:
        yield from _enumerated([str(point) for point in own])
    else:
        yield from _ordered(_sorted(own), kind)


def _enumerated(texts: list[str]) -> Iterator[Region]:
    known = list(dict.fromkeys(texts))
    yield from (Region(text, shown(text)) for text in known)
    other = next(text for text in ("lain", *(f"lain {place}" for place in range(len(known) + 1))) if text not in known)
    yield Region(other, f"not({', '.join(map(shown, known))})", is_other=True)


def _ordered(points: list[Any], kind: str) -> Iterator[Region]:
    below, between, above = _STEPS[kind]
    first = below(points[0])
    if first is not None:
        yield Region(first, f"< {shown(points[0])}")
    for place, point in enumerate(points):
        yield Region(point, shown(point))
        after = points[place + 1] if place + 1 < len(points) else None
        middle = above(point) if after is None else between(point, after)
        if middle is not None:
            label = f"> {shown(point)}" if after is None else f"({shown(point)}..{shown(after)})"
            yield Region(middle, label)


def _sorted(points: list[object]) -> list[Any]:
    run = Run({}, _ENVIRONMENT)
    ordered = sorted(points, key=cmp_to_key(lambda a, b: -1 if compare("<", a, b, run) else int(a != b)))
    return [point for place, point in enumerate(ordered) if place == 0 or point != ordered[place - 1]]


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


def _number_between(a: Decimal, b: Decimal) -> Decimal:
    whole = a.to_integral_value(rounding="ROUND_FLOOR") + 1
    return whole if whole < b else (a + b) / 2


def _text_between(a: str, b: str) -> str | None:
    return next((text for text in (f"{a}a", f"{a} ", f"{a}\x01") if text < b), None)


def _date_step(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def _time_step(moment: time, step: timedelta) -> time | None:
    day = datetime(2000, 1, 1)  # noqa: DTZ001 - only to count with a time of day, whose zone is put back
    moved = datetime.combine(day, moment.replace(tzinfo=None)) + step
    return moved.time().replace(tzinfo=moment.tzinfo) if moved.date() == day.date() else None


def _before(middle: Any, end: Any) -> Any:
    return middle if middle is not None and middle < end else None


_COUNTABLE = frozenset({Decimal, str, bool, date, time, datetime, timedelta, MonthDuration})
_ANYTHING = {"number": Decimal(0), "string": "", "boolean": True}
_STEPS: dict[str, tuple[Any, Any, Any]] = {
    "number": (lambda a: a - 1, _number_between, lambda a: a + 1),
    "string": (lambda a: "" if a else None, _text_between, lambda a: f"{a}a"),
    "date": (
        lambda a: _date_step(a, -1),
        lambda a, b: _before(_date_step(a, 1), b),
        lambda a: _date_step(a, 1),
    ),
    "time": (
        lambda a: _time_step(a, -_MICROSECOND),
        lambda a, b: _before(_time_step(a, _MICROSECOND), b),
        lambda a: _time_step(a, _MICROSECOND),
    ),
    "date and time": (lambda a: a - _MICROSECOND, lambda a, b: _before(a + (b - a) / 2, b), lambda a: a + _MICROSECOND),
    "days and time duration": (lambda a: a - timedelta(1), lambda a, b: a + (b - a) / 2, lambda a: a + timedelta(1)),
    "years and months duration": (
        lambda a: MonthDuration(a.months - 1),
        lambda a, b: _before(MonthDuration(a.months + 1), b),
        lambda a: MonthDuration(a.months + 1),
    ),
}
