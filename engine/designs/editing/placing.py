"""Where something new goes in a drawing: room is made for it, and the flow into which it is put keeps its way."""

from dataclasses import dataclass

from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.diagram import CONTAINERS, B, Diagram, local, parent_of
from engine.designs.editing.drawing import Drawing, drawing_of
from engine.designs.editing.geometry import NEAR, Axis, Box, Point, box_at, is_rightward, is_square
from engine.designs.trees import Node

GAP = 50.0
_SIZES = {"Event": (36.0, 36.0), "Gateway": (46.0, 46.0), "dataObjectReference": (36.0, 50.0)}
_AIR = 10.0  # between what is put in and what is around it or beside it
_TRIES = 12
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


def free_row(diagram: Diagram, container: Node, size: tuple[float, float], lane: str = "") -> Box | None:
    """Make room for a row at the foot of a lane, a sub-process or the process, and return a place at its left.

    :param lane: in which it is; without it, in a process, the last one.
    """
    drawing = drawing_of(diagram)
    around = frame_of(diagram, container, lane)
    if around is None:
        boxes = drawing.boxes().values()
        if drawing.plane is None:
            return None
        left, foot = min((box.x for box in boxes), default=0.0), max((box.bottom for box in boxes), default=0.0)
        return Box(left + GAP, foot + GAP, *size)
    drawing.make_room("y", around.bottom - 0.5, size[1] + 2 * _AIR)
    return Box(around.x + GAP, around.bottom + _AIR - 0.5, *size)


def frame_of(diagram: Diagram, container: Node, lane: str = "") -> Box | None:
    """Return what is drawn around what stands in a process or sub-process."""
    drawing = drawing_of(diagram)
    if local(container) != "process":
        return drawing.box(container.get("id", ""))
    lanes = [box for one in diagram.lanes() if (box := drawing.box(one.get("id", ""))) is not None]
    chosen = drawing.box(lane) if lane else max(lanes, key=lambda box: box.bottom, default=None)
    pools = [one.get("id", "") for one in diagram.root.iter("{*}participant")
             if one.get("processRef") == container.get("id")]  # fmt: skip
    return chosen or (drawing.box(pools[0]) if pools else None)


def settle(diagram: Diagram, node: Node) -> None:
    """Make room until an element stands on nothing else, and inside of what is around it."""
    drawing, name = drawing_of(diagram), node.get("id", "")
    for _try in range(_TRIES):
        box = drawing.box(name)
        if box is None or not (_fit(diagram, node, box) or _part(diagram, node, box)):
            return


def _fit(diagram: Diagram, node: Node, box: Box) -> bool:
    """Let what is around an element grow if that stands out of it, and say whether it did."""
    lane = diagram.lane_of(node.get("id", "")) if local(parent_of(node)) == "process" else None
    container = parent_of(node)
    around = frame_of(diagram, container, lane.get("id", "") if lane is not None else "")
    if around is None or not (container.tag and local(container) in CONTAINERS):
        return False
    drawing = drawing_of(diagram)
    if box.y < around.y:
        carry(diagram, node, "y", around.y + _AIR - box.y)
    elif box.y >= around.bottom - 1:
        room = box.height + 2 * _AIR
        drawing.make_room("y", around.bottom - 0.5, room)
        now = drawing.box(node.get("id", "")) or box
        carry(diagram, node, "y", around.bottom + _AIR - now.y)
    elif box.bottom > around.bottom:
        drawing.make_room("y", around.bottom - 0.5, box.bottom + _AIR - around.bottom)
    elif box.right > around.right:
        drawing.make_room("x", around.right - 0.5, box.right + _AIR - around.right)
    else:
        return False
    return True


def _part(diagram: Diagram, node: Node, box: Box) -> bool:
    """Move an element off another on which it stands, or the other off it, and say whether there was one."""
    drawing, boxes, nodes = drawing_of(diagram), drawing_of(diagram).boxes(), diagram.by_id()
    own = belonging(diagram, node)
    outside = {one.get("id", "") for one in node.iterancestors()}
    beside = [other for name, other in boxes.items()
              if name not in own | outside and name in nodes and local(nodes[name]) in _SOLID]  # fmt: skip
    met = next((other for other in beside if other.meets(box)), None)
    if met is None:
        return False
    if met.y > box.y:
        drawing.make_room("y", met.y, box.bottom + _AIR - met.y)
    elif met.y < box.y - 1:
        drawing.make_room("y", box.y, met.bottom + _AIR - box.y)
    else:
        carry(diagram, node, "y", met.bottom + _AIR - box.y)
    return True


def belonging(diagram: Diagram, node: Node) -> set[str]:
    """Return the ids of what goes wherever an element goes: itself, what is in it, and the events at its edge."""
    parts = (node, *diagram.attached(node.get("id", "")), *node.iterdescendants())
    return {one.get("id", "") for one in parts} - {""}


def carry(diagram: Diagram, node: Node, axis: Axis, by: float) -> None:
    """Move an element with all that belongs to it; what leads to it and from it is drawn anew."""
    drawing, names = drawing_of(diagram), belonging(diagram, node)
    drawing.put_down(drawing.lift(names), (by, 0.0) if axis == "x" else (0.0, by))
    draw_flows_again(diagram, names)


def draw_flows_again(diagram: Diagram, names: set[str]) -> None:
    """Draw anew every line between some elements and the rest."""
    drawing = drawing_of(diagram)
    for line in diagram.root.iter(*LINES):
        if sum(end in names for end in diagram.ends_of(line)) == 1:
            drawing.draw_again(line.get("id", ""))


LINES = tuple(f"{B}{tag}" for tag in ("sequenceFlow", "association", "dataInputAssociation", "dataOutputAssociation"))
_SOLID = (frozenset(FLOW_NODES) | {"textAnnotation", "dataObjectReference"}) - {"boundaryEvent"}


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
