"""Where something new goes in a drawing: room is made for it, and the flow into which it is put keeps its way."""

from dataclasses import dataclass

from engine.designs.editing.diagram import Diagram
from engine.designs.editing.drawing import Drawing, drawing_of
from engine.designs.editing.geometry import NEAR, Box, Point, box_at, is_rightward, is_square

GAP = 50.0
_SIZES = {"Event": (36.0, 36.0), "Gateway": (46.0, 46.0)}
_TASK = (110.0, 76.0)
SUB_PROCESS = (350.0, 140.0)


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a flow, with the room made.

    :param box: where the new element stands.
    :param before: the way of the flow to it.
    :param behind: the way of the flow from it.
    """

    box: Box
    before: list[Point]
    behind: list[Point]


def size_of(tag: str) -> tuple[float, float]:
    """Return how wide and high an element is drawn."""
    if tag in ("subProcess", "transaction"):
        return SUB_PROCESS
    return next((size for end, size in _SIZES.items() if tag.endswith(end)), _TASK)


def place_on(diagram: Diagram, flow: str, size: tuple[float, float], lane: str = "") -> Place | None:
    """Make room on a flow and return the place; None in a diagram without a drawing.

    It is put on the first piece of the flow that goes to the right, in the lane that is asked for if there is one;
    else right behind the source.
    """
    drawing = drawing_of(diagram)
    points = drawing.points(flow)
    found = diagram.flow(flow)
    source, target = (drawing.box(found.get(end, "")) for end in ("sourceRef", "targetRef"))
    if source is None or target is None or len(points) < 2:
        return None
    piece = _piece(points, drawing.box(lane) if lane else None)
    width = size[0] + GAP
    if piece is not None:
        return _on_piece(drawing, flow, piece, size)
    drawing.make_room("x", source.right, width)
    box = box_at((source.right + GAP + size[0] / 2, source.center[1]), *size)
    behind = _left_again(drawing.points(flow), source, box)
    return Place(box, [(source.right, source.center[1]), (box.x, box.center[1])], behind)


def join_ways(before: list[Point], behind: list[Point], left: Box, source: Box | None) -> list[Point]:
    """Return the way of a flow past an element that is taken away; empty if there is no plain one.

    :param left: where the element stood.
    :param source: from where the flow comes.
    """
    if len(before) < 2 or len(behind) < 2:
        return []
    is_straight_on = abs(behind[0][1] - left.center[1]) <= NEAR and behind[0][0] >= left.right - NEAR
    joined = [*before[:-1], *behind[1:]]
    if not is_straight_on and source is not None and len(before) == 2:
        joined = _left_again(behind, left, source)
    return joined if is_square(joined) and len(joined) > 1 else []


def row_below(drawing: Drawing, bottom: float, height: float) -> float:
    """Make room for a row below a place and return the height of its midst."""
    drawing.make_room("y", bottom, height)
    return bottom + height / 2


def _piece(points: list[Point], lane: Box | None) -> int | None:
    pieces = [place for place in range(len(points) - 1) if is_rightward(points[place], points[place + 1])]
    inside = [place for place in pieces if lane is not None and lane.y <= points[place][1] <= lane.bottom]
    return next(iter(inside or pieces), None) if inside or lane is None else None


def _on_piece(drawing: Drawing, flow: str, piece: int, size: tuple[float, float]) -> Place:
    x, y = drawing.points(flow)[piece]
    drawing.make_room("x", x, size[0] + GAP)
    points = drawing.points(flow)
    box = box_at((x + GAP + size[0] / 2, y), *size)
    if not is_rightward(points[piece], points[piece + 1]):  # drawn anew, for it could not be kept straight
        return Place(box, [], [])
    return Place(box, [*points[: piece + 1], (box.x, y)], [(box.right, y), *points[piece + 1 :]])


def _left_again(points: list[Point], before: Box, now: Box) -> list[Point]:
    """Return a way that leaves another element at the same side; what is in line with its beginning goes along."""
    x = points[0][0]
    is_upright = len(points) > 1 and abs(points[1][0] - x) <= NEAR
    if not is_upright or abs(x - before.center[0]) > NEAR:
        return []
    if now.y - NEAR <= points[1][1] <= now.bottom + NEAR:
        return []
    leaves = now.y if points[1][1] < now.y else now.bottom
    middle = now.center[0]
    first = next((place for place, point in enumerate(points) if abs(point[0] - x) > NEAR), len(points))
    return [(middle, leaves), *((middle, point[1]) for point in points[1:first]), *points[first:]]
