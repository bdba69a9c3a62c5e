"""Where things stand in a drawing, as plain values: rectangles, points, and lines with right angles."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

Axis = Literal["x", "y"]
Point = tuple[float, float]
NEAR: Final = 1.5  # two coordinates so close are one: drawing tools round
MARGIN: Final = 20.0  # between a step and a line that passes it


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a drawing; `y` grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """The point in its midst."""
        return self.x + self.width / 2, self.y + self.height / 2

    def start(self, axis: Axis) -> float:
        """Return where it begins on an axis."""
        return self.x if axis == "x" else self.y

    def end(self, axis: Axis) -> float:
        """Return where it ends on an axis."""
        return self.right if axis == "x" else self.bottom

    def moved(self, axis: Axis, by: float) -> "Box":
        """Return it somewhere else."""
        return replace(self, x=self.x + by) if axis == "x" else replace(self, y=self.y + by)

    def grown(self, axis: Axis, by: float) -> "Box":
        """Return it with more room inside."""
        return replace(self, width=self.width + by) if axis == "x" else replace(self, height=self.height + by)

    def wider(self, sides: float, ends: float) -> "Box":
        """Return it with so much more on the left and right, and above and below."""
        return Box(self.x - sides, self.y - ends, self.width + 2 * sides, self.height + 2 * ends)

    def meets(self, other: "Box") -> bool:
        """Say whether the two cover a place in common."""
        is_beside = self.right <= other.x or other.right <= self.x
        return not (is_beside or self.bottom <= other.y or other.bottom <= self.y)

    def holds(self, point: Point) -> bool:
        """Say whether a point lies in it."""
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom


def box_at(center: Point, width: float, height: float) -> Box:
    """Return the rectangle around a point."""
    return Box(center[0] - width / 2, center[1] - height / 2, width, height)


def route(source: Box, target: Box) -> list[Point]:
    """Return a line with right angles from one rectangle to another, without regard to what lies between."""
    (sx, sy), (tx, ty) = source.center, target.center
    if target.x >= source.right + MARGIN:
        if abs(sy - ty) <= NEAR:
            return [(source.right, sy), (target.x, sy)]
        middle = (source.right + target.x) / 2
        return [(source.right, sy), (middle, sy), (middle, ty), (target.x, ty)]
    if target.y >= source.bottom + MARGIN or source.y >= target.bottom + MARGIN:
        return _across(source, target)
    below = max(source.bottom, target.bottom) + MARGIN
    return [(sx, source.bottom), (sx, below), (tx, below), (tx, target.bottom)]


def route_down(source: Box, target: Box) -> list[Point]:
    """Return a line that leaves an event below: it stands at the lower edge of its activity."""
    (sx, _), (tx, ty) = source.center, target.center
    below = source.bottom + MARGIN
    if ty > below and target.x > sx:
        return [(sx, source.bottom), (sx, ty), (target.x, ty)]
    if target.bottom < below:
        return [(sx, source.bottom), (sx, below), (tx, below), (tx, target.bottom)]
    side = target.right + MARGIN if tx < sx else target.x - MARGIN
    edge = target.right if tx < sx else target.x
    return [(sx, source.bottom), (sx, below), (side, below), (side, ty), (edge, ty)]


def _across(source: Box, target: Box) -> list[Point]:
    """Return a line to what stands above or below, not further to the right."""
    (sx, _), (tx, _) = source.center, target.center
    leaves, enters = (source.bottom, target.y) if target.y > source.y else (source.y, target.bottom)
    if abs(sx - tx) <= NEAR:
        return [(sx, leaves), (sx, enters)]
    middle = (leaves + enters) / 2
    return [(sx, leaves), (sx, middle), (tx, middle), (tx, enters)]


def is_square(points: list[Point]) -> bool:
    """Say whether a line goes along the axes only."""
    pairs = pairwise(points)
    return all(abs(one[0] - two[0]) <= NEAR or abs(one[1] - two[1]) <= NEAR for one, two in pairs)


def is_rightward(one: Point, two: Point) -> bool:
    """Say whether a piece of a line goes straight to the right."""
    return abs(one[1] - two[1]) <= NEAR and two[0] > one[0] + NEAR
