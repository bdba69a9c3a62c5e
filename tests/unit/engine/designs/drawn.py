"""Shipped diagrams to change, and what is wrong with one that was changed."""

from itertools import combinations

from lxml import etree

from engine.bpmn.drawn import check_drawn
from engine.bpmn.model import Trigger
from engine.bpmn.read import read_xml
from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.diagram import B, Diagram, lane_members, local, open_diagram, parent_of
from engine.designs.editing.drawing import AROUND, drawing_of
from engine.designs.editing.geometry import is_square
from engine.designs.editing.happening import Happening
from engine.designs.storable import check_storable
from engine.designs.tidying import tidy
from tests.unit.engine.designs.breaking import DIAGRAMS

SMALL = "unit_award"
TIDY = {name: tidy(path.read_bytes()) for name, path in DIAGRAMS.items()}
NAMES = {"id": "Langkah baru", "en": "New step"}
LIMIT = Happening(Trigger.TIMER, time=("timeDuration", "P1D"))


def small() -> Diagram:
    """The smallest of the shipped diagrams."""
    return open_diagram(TIDY[SMALL])


def flows(diagram: Diagram) -> list[etree._Element]:
    return list(diagram.root.iter(f"{B}sequenceFlow"))


def steps(diagram: Diagram) -> list[etree._Element]:
    return [diagram.node(one.get("bpmnElement", "")) for one in diagram.root.iter("{*}BPMNShape")
            if local(diagram.by_id()[one.get("bpmnElement", "")]) in FLOW_NODES]  # fmt: skip


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a diagram that was changed: not storable, not drawn, not tidy, lines that slant."""
    problems = [*check_storable({"a.bpmn": content}), *check_drawn(read_xml(content, "a.bpmn"))]
    diagram = open_diagram(content)
    drawing = drawing_of(diagram)
    slanting = [flow.get("id", "") for flow in flows(diagram) if not is_square(drawing.points(flow.get("id", "")))]
    return [
        *(f"{one.element} {one.code}" for one in problems),
        *slanting,
        *overlaps(diagram),
        *([] if tidy(content) == content else ["untidy"]),
    ]


def overlaps(diagram: Diagram) -> list[str]:
    """Return which shapes stand on others, or out of what they stand in."""
    nodes, boxes = diagram.by_id(), drawing_of(diagram).boxes()
    solid = {name: box for name, box in boxes.items()
             if local(nodes[name]) not in (*AROUND - {"subProcess", "transaction"}, "boundaryEvent")}  # fmt: skip
    around = {name: {one.get("id", "") for one in nodes[name].iterancestors()} for name in solid}
    on = [f"{one} on {two}" for (one, a), (two, b) in combinations(solid.items(), 2)
          if a.meets(b) and one not in around[two] and two not in around[one]]  # fmt: skip
    out = [f"{name} out of {lane.get('id')}" for lane in diagram.lanes() for name in lane_members(lane)
           if name in solid and not boxes[lane.get("id", "")].holds(boxes[name].center)]  # fmt: skip
    frames = {name: boxes.get(parent_of(nodes[name]).get("id", "")) for name in solid}
    loose = [f"{name} out of its frame" for name, box in solid.items()
             if (frame := frames[name]) is not None and not frame.holds(box.center)]  # fmt: skip
    hung = [f"{name} off its step" for name, box in boxes.items() if local(nodes[name]) == "boundaryEvent"
            and not box.meets(boxes[nodes[name].get("attachedToRef", "")])]  # fmt: skip
    return [*on, *out, *loose, *hung]
