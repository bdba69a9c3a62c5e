"""Cuts what an input column can be into regions on which each cell is either true throughout or false throughout.

The borders are the constants of the cells; each region has an example, and a cell is true on a region when it is true
of the example. So the analysis means exactly what the table means when it runs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from engine.dmn.cells import Cell
from engine.dmn.neighbours import NEIGHBOURS
from engine.dmn.showing import shown
from engine.feel import Environment, Frame, UnaryTests
from engine.feel.comparison import compare
from engine.feel.run import Run
from engine.feel.values import kind_of

_ENVIRONMENT = Environment(datetime(2000, 1, 1, tzinfo=UTC))
_ANYTHING = {"number": Decimal(0), "string": "", "boolean": True}


@dataclass(frozen=True, slots=True)
class Region:
    """Some values of a column that no cell tells apart.

    :param example: one of them; ``label`` says which they are: ``> 90``, ``"A"``.
    :param is_other: whether they are the texts that no cell names, of a column that does not list what it allows.
    """

    example: object
    label: str
    is_other: bool = False


def can_cut(type_name: str) -> bool:
    """Return whether values of a type lie in an order, or are few enough to list."""
    return type_name in ("", "Any", "boolean") or type_name in NEIGHBOURS


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
    elif not own or kind not in NEIGHBOURS:
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
    below, between, above = NEIGHBOURS[kind]
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
