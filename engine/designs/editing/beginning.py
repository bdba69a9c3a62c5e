"""Makes the diagram of a process that does not exist yet: a pool with lanes, a beginning and an end."""

from collections.abc import Mapping, Sequence

from lxml import etree

from engine.bpmn.vocabulary import BPMN
from engine.designs.editing.connecting import connect
from engine.designs.editing.diagram import B, Diagram, add_child, refusal, slug_of
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box, box_at
from engine.designs.editing.placing import size_of
from engine.designs.editing.saying import rename
from engine.designs.tidying import BPMNDI
from engine.designs.trees import Node

_LEFT, _TOP, _HEAD = 120.0, 80.0, 30.0
_WIDTH, _HEIGHT = 620.0, 150.0


def new_process(identifier: str, names: Mapping[str, str], lanes: Sequence[Mapping[str, str]]) -> bytes:
    """Return the diagram of a new process, which begins in its first lane and ends there.

    :param identifier: of the process; it never changes any more.
    :raise DiagramRefused: the id is none, or no lane is named.
    """
    if not lanes or slug_of(identifier) != identifier:
        raise refusal(
            identifier[:60] or "process",
            "beri proses id dari huruf kecil, angka, dan garis bawah, dan sedikitnya satu lajur.",
            "give the process an id of small letters, digits and underscores, and at least one lane.",
        )
    root = etree.Element(f"{B}definitions", {"id": f"definitions_{identifier}", "targetNamespace": "urn:alur:process"},
                         nsmap={"bpmn": BPMN})  # fmt: skip
    collaboration = add_child(root, "collaboration", None, id=f"collaboration_{identifier}")
    pool = f"participant_{identifier}"
    participant = add_child(collaboration, "participant", None, id=pool, processRef=identifier)
    rename(participant, {"id": names.get("id", "")})
    process = add_child(root, "process", None, id=identifier, isExecutable="true")
    rename(process, names)
    chart = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", {"id": f"diagram_{identifier}"})
    etree.SubElement(chart, f"{{{BPMNDI}}}BPMNPlane",
                     {"id": f"plane_{identifier}", "bpmnElement": collaboration.get("id", "")})  # fmt: skip
    diagram = Diagram(root)
    size = Box(_LEFT, _TOP, _WIDTH, _HEIGHT * len(lanes))
    drawing_of(diagram).draw(pool, size, isHorizontal="true")
    _add_lanes(diagram, process, lanes)
    _add_ends(diagram, process)
    return diagram.write()


def _add_lanes(diagram: Diagram, process: Node, lanes: Sequence[Mapping[str, str]]) -> None:
    holder = add_child(process, "laneSet", None, id=f"lanes_{process.get('id')}")
    for number, names in enumerate(lanes):
        lane = add_child(
            holder, "lane", None, id=diagram.new_id(f"lane_{names.get('en') or names.get('id', '')}", "lane")
        )
        rename(lane, names)
        box = Box(_LEFT + _HEAD, _TOP + number * _HEIGHT, _WIDTH - _HEAD, _HEIGHT)
        drawing_of(diagram).draw(lane.get("id", ""), box, isHorizontal="true")


def _add_ends(diagram: Diagram, process: Node) -> None:
    lane = diagram.lanes()[0]
    ends = (("startEvent", "begin", {"id": "Mulai", "en": "Begin"}, _LEFT + 100),
            ("endEvent", "done", {"id": "Selesai", "en": "Done"}, _LEFT + 250))  # fmt: skip
    for tag, name, words, x in ends:
        node = add_child(process, tag, None, id=diagram.new_id(name))
        rename(node, words)
        add_child(lane, "flowNodeRef", node.get("id"))
        drawing_of(diagram).draw(node.get("id", ""), box_at((x, _TOP + _HEIGHT / 2), *size_of(tag)))
    connect(diagram, "begin", "done")
