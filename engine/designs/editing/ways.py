"""Finds ways for lines that run through nothing: with right angles, and at most three of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise, product
from math import inf
from typing import Final

from engine.designs.editing.geometry import Box, Point

#: How far a way keeps from what it passes; where that is too narrow, the second is tried.
CLEARANCES: Final = (10.0, 2.0)
_TOUCH = 1.0  # a line so far inside of a shape still runs along its edge

_LOOKED_AT = 30

Span = tuple[float, float]
Way = list[Point]


@dataclass(frozen=True, slots=True)
class _Door:
    """A place at which a way leaves a rectangle, straight out of the midst of a side.

    :param sign: in which direction along the axis it goes.
    """

    point: Point
    axis: int
    sign: int


def crosses(points: Sequence[Point], box: Box) -> bool:
    """Say whether a line runs through a rectangle, and not only along its edge."""
    left, top, right, foot = box.x + _TOUCH, box.y + _TOUCH, box.right - _TOUCH, box.bottom - _TOUCH
    return any(
        max(one[0], two[0]) > left
        and min(one[0], two[0]) < right
        and max(one[1], two[1]) > top
        and min(one[1], two[1]) < foot
        for one, two in pairwise(points)
    )


def free_way(
    source: Box, target: Box, others: Iterable[Box], region: Box | None = None, lines: Sequence[Way] = ()
) -> Way:
    """Return a way between two rectangles past all others; empty where there is none with three angles.

    Of several it is one with as few angles as can be, then one that lies on no other line, then the shortest.

    :param region: what it does not leave.
    :param lines: those that are drawn already.
    """
    shapes = list(others)
    for clearance in CLEARANCES:
        found = ways_past(source, target, shapes, clearance, region)
        if found:
            return _best(found, lines)
    return []


def ways_past(
    source: Box, target: Box, others: Sequence[Box], clearance: float, region: Box | None = None
) -> list[Way]:
    """Return ways with at most three angles that keep so far from all other rectangles; none only if there is none."""
    room = _Room(
        [(source.x, source.y, source.right, source.bottom), (target.x, target.y, target.right, target.bottom)]
        + [(box.x - clearance, box.y - clearance, box.right + clearance, box.bottom + clearance) for box in others],
        region.wider(-clearance, -clearance) if region is not None else Box(-inf, -inf, inf, inf),
    )
    stops = [_stops(room, (source, target), axis) for axis in (0, 1)]
    return [way for one, two in product(_doors(source), _doors(target)) for way in _ways(room, one, two, stops)]


@dataclass(frozen=True, slots=True)
class _Room:
    """Where ways may run: inside of a region, and outside of what is in the way.

    :param walls: left, top, right, and foot of each.
    """

    walls: list[tuple[float, float, float, float]]
    region: Box

    def span(self, axis: int, at: Point) -> Span:
        """Return how far one can go both ways along an axis from a point; an empty stretch inside of a wall."""
        along, across = at[axis], at[1 - axis]
        low, high = self.bounds(axis)
        inner = self.bounds(1 - axis)
        if not (low <= along <= high and inner[0] <= across <= inner[1]):
            return inf, -inf
        for wall in self.walls:
            if not wall[1 - axis] < across < wall[3 - axis]:
                continue
            begin, end = wall[axis], wall[axis + 2]
            if begin < along < end:
                return inf, -inf
            if end <= along:
                low = max(low, end)
            else:
                high = min(high, begin)
        return low, high

    def bounds(self, axis: int) -> Span:
        """Return from where to where the region reaches along an axis."""
        if self.region.width == inf:
            return -inf, inf
        return (self.region.x, self.region.right) if axis == 0 else (self.region.y, self.region.bottom)


def _doors(box: Box) -> list[_Door]:
    x, y = box.center
    return [
        _Door((box.right, y), 0, 1),
        _Door((x, box.bottom), 1, 1),
        _Door((x, box.y), 1, -1),
        _Door((box.x, y), 0, -1),
    ]


def _stops(room: _Room, ends: Iterable[Box], axis: int) -> list[float]:
    """Return where a way may need to turn: any other turn can be moved to one of these places and meets no wall."""
    places = {place for wall in room.walls for place in (wall[axis], wall[axis + 2])}
    for box in ends:
        start, end = (box.x, box.right) if axis == 0 else (box.y, box.bottom)
        places |= {start - CLEARANCES[0], end + CLEARANCES[0], box.center[axis]}
    low, high = room.bounds(axis)
    places |= {place for place in (low, high) if abs(place) != inf}
    return sorted(place for place in places if low <= place <= high)


def _ways(room: _Room, one: _Door, two: _Door, stops: Sequence[Sequence[float]]) -> Iterator[Way]:
    """Yield the ways from one door to another with the fewest angles."""
    if one.axis == two.axis:
        yield from _ways_across(room, one, two, stops[one.axis])
        return
    corner = _at(one.axis, two.point[one.axis], one.point[1 - one.axis])
    axis, first, last = one.axis, _reach(room, one), _reach(room, two)
    if first[0] <= corner[axis] <= first[1] and last[0] <= corner[1 - axis] <= last[1]:
        yield [one.point, corner, two.point]
        return
    turns = [place for place in stops[axis] if first[0] <= place <= first[1]]
    rows = [place for place in stops[1 - axis] if last[0] <= place <= last[1]]
    down = {place: room.span(1 - axis, _at(axis, place, one.point[1 - axis])) for place in turns}
    over = {row: room.span(axis, _at(axis, two.point[axis], row)) for row in rows}
    for place, row in product(turns, rows):
        if down[place][0] <= row <= down[place][1] and over[row][0] <= place <= over[row][1]:
            inner = (_at(axis, place, one.point[1 - axis]), _at(axis, place, row), _at(axis, two.point[axis], row))
            yield [one.point, *inner, two.point]


def _ways_across(room: _Room, one: _Door, two: _Door, stops: Sequence[float]) -> Iterator[Way]:
    """Yield the ways between two doors on the same axis: straight on, or with a piece across."""
    axis, (first, last) = one.axis, (_reach(room, one), _reach(room, two))
    start, end = one.point, two.point
    if start[1 - axis] == end[1 - axis] and first[0] <= end[axis] <= first[1] and last[0] <= start[axis] <= last[1]:
        yield [start, end]
        return
    for place in stops:
        if not (first[0] <= place <= first[1] and last[0] <= place <= last[1]):
            continue
        low, high = room.span(1 - axis, _at(axis, place, start[1 - axis]))
        if low <= end[1 - axis] <= high:
            yield [start, _at(axis, place, start[1 - axis]), _at(axis, place, end[1 - axis]), end]


def _reach(room: _Room, door: _Door) -> Span:
    """Return how far a way can go straight out of a door; it goes some way in any case."""
    low, high = room.span(door.axis, door.point)
    place = door.point[door.axis]
    least = place + door.sign * _TOUCH
    return (max(low, least), high) if door.sign > 0 else (low, min(high, least))


def _at(axis: int, along: float, across: float) -> Point:
    return (along, across) if axis == 0 else (across, along)


def _best(found: Sequence[Way], lines: Sequence[Way]) -> Way:
    """Return the way with the fewest angles and on no other line; of many only the shortest are looked at."""
    fewest = min(map(len, found))
    short = nsmallest(_LOOKED_AT, (way for way in found if len(way) == fewest), key=_length)
    return next((way for way in short if not _lies_on_any(way, lines)), short[0])


def _lies_on_any(way: Way, lines: Iterable[Way]) -> bool:
    """Say whether a piece of a way would be drawn upon a piece of another line."""
    return any(_lie_on(piece, other) for line in lines for piece in pairwise(way) for other in pairwise(line))


def _lie_on(piece: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    for axis in (0, 1):
        (start, end), (begin, stop) = (sorted(point[axis] for point in pair) for pair in (piece, other))
        across = {point[1 - axis] for pair in (piece, other) for point in pair}
        if max(across) - min(across) < _TOUCH and min(end, stop) - max(start, begin) > _TOUCH:
            return True
    return False


def _length(way: Sequence[Point]) -> float:
    return sum(abs(one[0] - two[0]) + abs(one[1] - two[1]) for one, two in pairwise(way))
