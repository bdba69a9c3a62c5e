"""Leads the lines of a drawing past the shapes that a change has put in their way, or through which it has led them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.diagram import Diagram, local
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box, Point
from engine.designs.editing.placing import LINES
from engine.designs.editing.ways import crosses, free_way
from engine.designs.trees import Node

#: What a line runs through, by the line and its two ends.
Line = tuple[str, str, str]
Crossed = Mapping[Line, frozenset[str]]
_SOLID: Final = frozenset(FLOW_NODES) | {"textAnnotation", "dataObjectReference"}
_FRAMES: Final = frozenset({"lane", "participant"})


def crossed_in(diagram: Diagram) -> Crossed:
    """Return through which shapes the lines of a diagram run."""
    scene = _scene_of(diagram)
    return {line: names for line in scene.lines() if (names := scene.crossed(line))}


def clear_lines(diagram: Diagram, before: Crossed) -> None:
    """Draw anew what runs through something since a change, along a free way; where there is none it stays.

    :param before: what ran through what before the change; that is left so.
    """
    scene, drawing = _scene_of(diagram), drawing_of(diagram)
    for line in scene.lines():
        if scene.crossed(line) - before.get(line, frozenset()):
            drawing.draw_line(line[0], scene.free_way(line))


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is drawn, by ids.

    :param boxes: of everything that has a shape; `solid` of what no line is to run through.
    :param ways: the points of the lines.
    """

    diagram: Diagram
    nodes: Mapping[str, Node]
    boxes: Mapping[str, Box]
    solid: Mapping[str, Box]
    ways: Mapping[str, list[Point]]

    def lines(self) -> Iterator[Line]:
        """Yield the lines that are drawn between two shapes."""
        for node in self.diagram.root.iter(*LINES):
            source, target = self.diagram.ends_of(node)
            if source in self.boxes and target in self.boxes and len(self.ways.get(node.get("id", ""), ())) > 1:
                yield node.get("id", ""), source, target

    def crossed(self, line: Line) -> frozenset[str]:
        """Return the shapes through which a line runs."""
        points = self.ways[line[0]]
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        around = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).wider(1, 1)
        met = [name for name, box in self.solid.items() if box.meets(around) and crosses(points, box)]
        return frozenset(met) - self._passed(line) if met else frozenset()

    def free_way(self, line: Line) -> list[Point]:
        """Return a way for a line past all shapes; empty where there is none."""
        passed = self._passed(line)
        others = [box for name, box in self.solid.items() if name not in passed]
        lines = [way for name, way in self.ways.items() if name != line[0]]
        return free_way(self.boxes[line[1]], self.boxes[line[2]], others, self._region(line), lines)

    def _passed(self, line: Line) -> set[str]:
        """Return what is not in the way of a line: its ends, what they are in, and what is in them."""
        ends = [self.nodes[name] for name in line[1:] if name in self.nodes]
        parts = (part for end in ends for part in (end, *end.iterancestors(), *end.iterdescendants()))
        return {part.get("id", "") for part in parts}

    def _region(self, line: Line) -> Box | None:
        """Return the frame that a line does not leave: of its sub-process, else of all lanes and pools."""
        source = self.nodes.get(line[1])
        around = source.getparent() if source is not None else None
        inner = self.boxes.get(around.get("id", "")) if around is not None else None
        if inner is not None:
            return inner
        frames = [box for name, box in self.boxes.items() if name in self.nodes and local(self.nodes[name]) in _FRAMES]
        return _union(frames) if frames else None


def _scene_of(diagram: Diagram) -> _Scene:
    nodes, drawing = diagram.by_id(), drawing_of(diagram)
    boxes = drawing.boxes()
    solid = {name: box for name, box in boxes.items() if name in nodes and local(nodes[name]) in _SOLID}
    return _Scene(diagram, nodes, boxes, solid, drawing.ways())


def _union(boxes: list[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, foot = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(left, top, right - left, foot - top)
