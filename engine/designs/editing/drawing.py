"""The drawing of a diagram: shapes and lines by what they stand for, and room made and taken between them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import isfinite

from lxml import etree

from engine.designs.editing.diagram import B, Diagram, local, parent_of
from engine.designs.editing.geometry import Axis, Box, Point, is_square, route, route_down
from engine.designs.tidying import BPMNDI, DC, DI
from engine.designs.trees import Node

_SHAPE, _EDGE, _LABEL = (f"{{{BPMNDI}}}{name}" for name in ("BPMNShape", "BPMNEdge", "BPMNLabel"))
_PLANE = f"{{{BPMNDI}}}BPMNPlane"
_BOUNDS, _POINT = f"{{{DC}}}Bounds", f"{{{DI}}}waypoint"
#: What stands around other things, and grows with them.
AROUND = frozenset({"participant", "lane", "subProcess", "transaction", "group"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing of a diagram, changed in place; without one nothing happens.

    :param plane: on which the process is drawn; None for a diagram without a drawing.
    """

    diagram: Diagram
    plane: Node | None

    def shape(self, identifier: str) -> Node | None:
        """Return the shape of an element."""
        return next((node for node in self._parts(_SHAPE) if node.get("bpmnElement") == identifier), None)

    def edge(self, identifier: str) -> Node | None:
        """Return the line of a flow or an association."""
        return next((node for node in self._parts(_EDGE) if node.get("bpmnElement") == identifier), None)

    def box(self, identifier: str) -> Box | None:
        """Return where an element stands."""
        shape = self.shape(identifier)
        return _box(shape) if shape is not None else None

    def boxes(self) -> dict[str, Box]:
        """Return where everything stands, by the ids of what is drawn."""
        found = ((shape.get("bpmnElement", ""), _box(shape)) for shape in self._parts(_SHAPE))
        return {name: box for name, box in found if box is not None}

    def around_all(self) -> Box | None:
        """Return the rectangle around everything that is drawn; None where nothing is."""
        boxes = list(self.boxes().values())
        places = [point for edge in self._parts(_EDGE) for point in _points(edge)]
        places += [(box.x, box.y) for box in boxes] + [(box.right, box.bottom) for box in boxes]
        if not boxes:
            return None
        left, top = (min(place[axis] for place in places) for axis in (0, 1))
        right, foot = (max(place[axis] for place in places) for axis in (0, 1))
        return Box(left, top, right - left, foot - top)

    def points(self, identifier: str) -> list[Point]:
        """Return the points of a line."""
        edge = self.edge(identifier)
        return _points(edge) if edge is not None else []

    def ways(self) -> dict[str, list[Point]]:
        """Return the points of all lines, by the ids of what is drawn."""
        return {edge.get("bpmnElement", ""): _points(edge) for edge in self._parts(_EDGE)}

    def draw(self, identifier: str, box: Box, **marks: str) -> None:
        """Draw an element that is new."""
        if self.plane is None:
            return
        name = self.diagram.new_id(f"{identifier}_di")
        shape = etree.Element(_SHAPE, {"id": name, "bpmnElement": identifier, **marks})
        _set_box(shape, box)
        shapes = list(self._parts(_SHAPE))
        self.plane.insert(self.plane.index(shapes[-1]) + 1 if shapes else 0, shape)

    def label(self, identifier: str, box: Box) -> None:
        """Put the name of an element beside it."""
        shape = self.shape(identifier)
        if shape is not None and shape.find(_LABEL) is None:
            _set_box(etree.SubElement(shape, _LABEL), box)

    def place(self, identifier: str, box: Box) -> None:
        """Draw an element in another place, its label where it was beside it."""
        shape = self.shape(identifier)
        before = _box(shape) if shape is not None else None
        if shape is None or before is None:
            return
        _set_box(shape, box)
        for label in _labels(shape):
            _shift(label, "x", box.x - before.x)
            _shift(label, "y", box.y - before.y)

    def draw_line(self, identifier: str, points: list[Point]) -> None:
        """Draw a flow, new or along another way; its label goes with its beginning."""
        if self.plane is None or len(points) < 2:
            return
        edge = self.edge(identifier)
        if edge is None:
            name = self.diagram.new_id(f"{identifier}_di")
            edge = etree.SubElement(self.plane, _EDGE, {"id": name, "bpmnElement": identifier})
        for (x, y), (new_x, new_y) in zip(_points(edge)[:1], points[:1], strict=False):
            for label in _labels(edge):
                _shift(label, "x", new_x - x)
                _shift(label, "y", new_y - y)
        _set_points(edge, points)

    def draw_again(self, identifier: str) -> None:
        """Draw a flow along the plain way between its ends."""
        flow = self.diagram.find(identifier)
        names = self.diagram.ends_of(flow) if flow is not None else ("", "")
        ends = [self.box(name) for name in names]
        if ends[0] is not None and ends[1] is not None:
            source = self.diagram.find(names[0])
            is_at_edge = source is not None and local(source) == "boundaryEvent"
            self.draw_line(identifier, (route_down if is_at_edge else route)(ends[0], ends[1]))

    def erase(self, identifier: str) -> None:
        """Take an element or a flow out of the drawing, a sub-process with the plane that it has of its own."""
        for part in (self.shape(identifier), self.edge(identifier), *map(parent_of, self.planes_of({identifier}))):
            if part is not None:
                parent_of(part).remove(part)

    def planes_of(self, names: Collection[str]) -> list[Node]:
        """Return the planes on which only what is in one of some sub-processes is drawn."""
        return [plane for plane in self.diagram.root.iter(_PLANE)
                if plane is not self.plane and plane.get("bpmnElement") in names]  # fmt: skip

    def lift(self, names: Collection[str]) -> list[Node]:
        """Take shapes and lines out of the drawing, and return them, to be put down elsewhere."""
        found = [part for part in (*self._parts(_SHAPE), *self._parts(_EDGE)) if part.get("bpmnElement") in names]
        for part in found:
            parent_of(part).remove(part)
        return found

    def put_down(self, parts: Iterable[Node], by: Point) -> None:
        """Draw what was lifted or copied, so far from where it stood."""
        if self.plane is None:
            return
        for part in parts:
            for place in part.iter(_BOUNDS, _POINT):
                _shift(place, "x", by[0])
                _shift(place, "y", by[1])
            shapes = list(self._parts(_SHAPE))
            is_shape = part.tag == _SHAPE
            self.plane.insert(self.plane.index(shapes[-1]) + 1 if is_shape and shapes else len(self.plane), part)

    def make_room(self, axis: Axis, at: float, size: float) -> None:
        """Move everything that begins at or behind a place, and let what stands around the place grow."""
        boxes, around = self.boxes(), self.around()
        moved = self._behind(axis, at)
        grown = {name for name in around - moved if boxes[name].start(axis) < at < boxes[name].end(axis)}
        moved |= self._at_far_edge(axis, at, grown)
        self._move((moved, grown), axis, at, size)
        for name in grown:
            self.place(name, boxes[name].grown(axis, size))

    def take_room(self, axis: Axis, until: float, size: float) -> bool:
        """Move everything behind a place back over the room before it, and say whether that could be done.

        Nothing is moved if something would then stand on something else.
        """
        boxes, around = self.boxes(), self.around()
        moved = self._behind(axis, until)
        at_edges = {node.get("id", "") for node in self.diagram.root.iter(f"{B}boundaryEvent")}
        beginning = [box.start(axis) for name, box in boxes.items() if name not in moved | around | at_edges]
        is_free = not any(until - size <= place < until for place in beginning)
        if not is_free or not _can_close(boxes, around, moved, axis, (until - size, until)):
            return False
        shrunk = {name for name in around - moved if boxes[name].start(axis) < until <= boxes[name].end(axis)}
        moved |= self._at_far_edge(axis, until, shrunk)
        self._move((moved, shrunk), axis, until, -size)
        for name in shrunk:
            self.place(name, boxes[name].grown(axis, -size))
        return True

    def _behind(self, axis: Axis, at: float) -> set[str]:
        """Return what begins at or behind a place; an event at an edge goes with its activity."""
        boxes, nodes = self.boxes(), self.diagram.by_id()
        hosts = {name: nodes[name].get("attachedToRef") or name for name in boxes if name in nodes}
        return {name for name, box in boxes.items() if boxes.get(hosts.get(name, name), box).start(axis) >= at}

    def _at_far_edge(self, axis: Axis, at: float, grown: set[str]) -> set[str]:
        """Return the events that go with the far side of the activities that grow or shrink."""
        boxes = self.boxes()
        events = [event for name in grown for event in self.diagram.attached(name)]
        place = 0 if axis == "x" else 1
        return {name for event in events if (name := event.get("id", "")) in boxes and boxes[name].center[place] >= at}

    def around(self) -> set[str]:
        """Return pools, lanes, groups, and the sub-processes that are drawn with what is in them."""
        nodes = self.diagram.by_id()
        shapes = {shape.get("bpmnElement", ""): shape for shape in self._parts(_SHAPE)}
        found = {name for name in shapes if name in nodes and local(nodes[name]) in AROUND}
        return {name for name in found if shapes[name].get("isExpanded") not in ("false", "0")} & self.boxes().keys()

    def _move(self, shapes: tuple[set[str], set[str]], axis: Axis, at: float, by: float) -> None:
        """Move shapes, and lines with them: an end stays at its shape, and what is straight stays straight.

        :param shapes: those that move, and those that grow: of these the far side moves.
        """
        moved, grown = shapes
        for shape in self._parts(_SHAPE):
            if shape.get("bpmnElement") in moved:
                for bounds in shape.iter(_BOUNDS):
                    _shift(bounds, axis, by)
        nodes = self.diagram.by_id()
        for edge in list(self._parts(_EDGE)):
            line = nodes.get(edge.get("bpmnElement", ""))
            if line is not None:
                ends = [None if name in grown else name in moved for name in self.diagram.ends_of(line)]
                self._move_line(edge, ends, axis, (at, by))

    def _move_line(self, edge: Node, ends: list[bool | None], axis: Axis, room: tuple[float, float]) -> None:
        points, by = _points(edge), room[1]
        goes = _going(points, ends, axis, room[0])
        changed = [_moved(point, axis, by) if is_going else point for point, is_going in zip(points, goes, strict=True)]
        if is_square(points) and not is_square(changed):
            self.draw_again(edge.get("bpmnElement", ""))
        elif changed != points:
            _set_points(edge, changed)
            for label in _labels(edge):
                if goes[_nearest(label, points)]:
                    _shift(label, axis, by)

    def _parts(self, tag: str) -> Iterator[Node]:
        return self.plane.iter(tag) if self.plane is not None else iter(())


def drawing_of(diagram: Diagram) -> Drawing:
    """Return the drawing of a diagram."""
    return Drawing(diagram, next(diagram.root.iter(_PLANE), None))


def _going(points: list[Point], ends: list[bool | None], axis: Axis, at: float) -> list[bool]:
    """Say for each point of a line whether it goes: the first and last with their shapes, and what is in line with an
    end that stays or goes as that end does.
    """
    number = 0 if axis == "x" else 1
    goes = [point[number] > at for point in points]
    for places, is_moved in ((range(len(points)), ends[0]), (range(len(points) - 1, -1, -1), ends[1])):
        end = points[places[0]] if points and is_moved is not None else (0.0, 0.0)
        for place in places if is_moved is not None else ():
            if points[place][number] != end[number]:
                break
            goes[place] = bool(is_moved)
    return goes


def _can_close(boxes: dict[str, Box], around: set[str], moved: set[str], axis: Axis, room: tuple[float, float]) -> bool:
    """Say whether what is behind a stretch may be moved over it: no lane ends there, and nothing is covered."""
    begin, end = room
    stays = {name: box for name, box in boxes.items() if name not in moved}
    edges = [place for name in around for place in (boxes[name].start(axis), boxes[name].end(axis))]
    if begin >= end or any(begin < place < end for place in edges):
        return False
    steps = [box for name, box in stays.items() if name not in around and box.end(axis) > begin]
    return not any(boxes[name].moved(axis, begin - end).meets(box) for name in moved - around for box in steps)


def _moved(point: Point, axis: Axis, by: float) -> Point:
    return (point[0] + by, point[1]) if axis == "x" else (point[0], point[1] + by)


def _labels(part: Node) -> Iterable[Node]:
    return [bounds for label in part.findall(_LABEL) for bounds in label.iter(_BOUNDS)]


def _box(shape: Node) -> Box | None:
    bounds = shape.find(_BOUNDS)
    return Box(*(_number(bounds.get(name)) for name in ("x", "y", "width", "height"))) if bounds is not None else None


def _set_box(part: Node, box: Box) -> None:
    bounds = part.find(_BOUNDS)
    bounds = etree.SubElement(part, _BOUNDS) if bounds is None else bounds
    for name in ("x", "y", "width", "height"):
        bounds.set(name, _text(getattr(box, name)))


def _points(edge: Node) -> list[Point]:
    return [(_number(point.get("x")), _number(point.get("y"))) for point in edge.findall(_POINT)]


def _set_points(edge: Node, points: list[Point]) -> None:
    for point in edge.findall(_POINT):
        edge.remove(point)
    for place, (x, y) in enumerate(points):
        edge.insert(place, etree.Element(_POINT, {"x": _text(x), "y": _text(y)}))


def _nearest(bounds: Node, points: list[Point]) -> int:
    """Return the number of the point that is nearest to a label."""
    x, y = _number(bounds.get("x")), _number(bounds.get("y"))
    return min(range(len(points)), key=lambda place: abs(points[place][0] - x) + abs(points[place][1] - y))


def _shift(bounds: Node, axis: Axis, by: float) -> None:
    bounds.set(axis, _text(_number(bounds.get(axis)) + by))


def _number(text: str | None) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0


def _text(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
