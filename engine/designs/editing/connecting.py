"""Changes the flows of a diagram: where they lead, under which condition, and which is taken when none holds."""

from lxml import etree

from engine.bpmn.model import GATEWAYS
from engine.bpmn.read import NAMES
from engine.designs.editing.diagram import B, Diagram, add_child, children, local, parent_of, refusal, remove
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Point
from engine.designs.editing.saying import set_attribute
from engine.designs.editing.working import set_text
from engine.designs.trees import Node

_APART = ("isForCompensation", "triggeredByEvent")
_NEVER_LEFT = frozenset({"endEvent"})
_NEVER_ENTERED = frozenset({"startEvent", "boundaryEvent"})
#: What may have a default flow.
CHOOSES = frozenset({"exclusiveGateway", "inclusiveGateway"})
_NO_CONDITIONS = frozenset(kind.value for kind in GATEWAYS) - CHOOSES


def connect(diagram: Diagram, source: str, target: str, *, after: Node | None = None) -> Node:
    """Return a new flow between two elements of one place, drawn along the plain way.

    :param after: the flow behind which it is written; else it is the last.
    :raise DiagramRefused: they do not stand in one place, or no flow may begin or end there.
    """
    start, end = diagram.node(source), diagram.node(target)
    _require_joinable(start, end)
    flow = _new_flow(diagram, source, target, after)
    _list(start, "outgoing", flow.get("id", ""))
    _list(end, "incoming", flow.get("id", ""))
    drawing_of(diagram).draw_again(flow.get("id", ""))
    return flow


def redirect(diagram: Diagram, flow: Node, target: str) -> None:
    """Let a flow lead to another element, drawn along the plain way.

    :raise DiagramRefused: no flow can lead from its source to there.
    """
    _require_joinable(diagram.node(flow.get("sourceRef", "")), diagram.node(target))
    lead_to(diagram, flow, target)


def reattach(diagram: Diagram, flow: Node, source: str) -> None:
    """Let a flow begin at another element; a condition that nothing asks there goes.

    :raise DiagramRefused: no flow can lead from there to its target.
    """
    identifier, before = flow.get("id", ""), diagram.find(flow.get("sourceRef", ""))
    start = diagram.node(source)
    _require_joinable(start, diagram.node(flow.get("targetRef", "")))
    if before is not None:
        _unlist(before, "outgoing", identifier)
        if before.get("default") == identifier:
            del before.attrib["default"]
    flow.set("sourceRef", source)
    _list(start, "outgoing", identifier)
    drop_choices(diagram, start)
    drawing_of(diagram).draw_again(identifier)


def disconnect(diagram: Diagram, flow: Node) -> None:
    """Take a flow away."""
    identifier = flow.get("id", "")
    for end, tag in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
        node = diagram.find(flow.get(end, ""))
        if node is not None:
            _unlist(node, tag, identifier)
            if node.get("default") == identifier:
                del node.attrib["default"]
    drawing_of(diagram).erase(identifier)
    remove(flow)


def lead_to(diagram: Diagram, flow: Node, target: str, points: list[Point] | None = None) -> None:
    """Let a flow lead somewhere else.

    :param points: the way along which it is drawn; without it the plain one.
    """
    identifier = flow.get("id", "")
    before = diagram.find(flow.get("targetRef", ""))
    if before is not None:
        _unlist(before, "incoming", identifier)
    flow.set("targetRef", target)
    _list(diagram.node(target), "incoming", identifier)
    drawing = drawing_of(diagram)
    if points:
        drawing.draw_line(identifier, points)
    else:
        drawing.draw_again(identifier)


def set_condition(flow: Node, feel: str) -> None:
    """Say when a flow is taken; nothing takes the condition away."""
    set_text(flow, "conditionExpression", feel.strip())


def set_default(diagram: Diagram, source: Node, flow: str) -> None:
    """Say which flow is taken when no condition holds; nothing takes the default away. Its own condition goes.

    :raise DiagramRefused: nothing is chosen at this element.
    """
    if flow and local(source) in _NO_CONDITIONS:
        raise refusal(
            source.get("id", ""),
            "di gerbang ini tidak ada yang dipilih, jadi tidak ada alur baku; ganti jenis gerbangnya dahulu.",
            "nothing is chosen at this gateway, so it has no default flow; change its kind first.",
        )
    set_attribute(source, "default", flow)
    if flow:
        set_condition(diagram.flow(flow), "")


def drop_choices(diagram: Diagram, node: Node) -> None:
    """Take the conditions and the default away where nothing is chosen."""
    if local(node) in _NO_CONDITIONS:
        node.attrib.pop("default", "")
        for flow in diagram.outgoing(node.get("id", "")):
            set_condition(flow, "")


def _require_joinable(start: Node, end: Node) -> None:
    if parent_of(start) is not parent_of(end) or start is end:
        raise refusal(
            start.get("id", ""),
            "hanya dua langkah berbeda di tempat yang sama yang dapat disambungkan; pilih langkah lain.",
            "only two different steps in the same place can be connected; choose another step.",
        )
    if "true" in [one.get(mark) for one in (start, end) for mark in _APART]:
        raise refusal(
            start.get("id", ""),
            "langkah yang membatalkan dan subproses peristiwa berjalan di luar alur; pilih langkah lain.",
            "a step that undoes and an event sub-process run beside the flow; choose another step.",
        )
    if local(start) in _NEVER_LEFT or is_undone(start) or local(end) in _NEVER_ENTERED:
        raise refusal(
            start.get("id", ""),
            "dari akhir tidak ada alur keluar, dan ke awal atau peristiwa tepi tidak ada alur masuk; pilih yang lain.",
            "no flow leaves an end, and none leads to a start or an event at an activity; choose another step.",
        )


def is_undone(event: Node) -> bool:
    """Say whether an event at a step tells by what that is undone; no flow leaves it."""
    return local(event) == "boundaryEvent" and next(children(event, "compensateEventDefinition"), None) is not None


def flow_id(diagram: Diagram, source: str, target: str) -> str:
    """Return the id that a new flow between two elements gets."""
    return diagram.new_id(f"flow_{source}__{target}")


def _new_flow(diagram: Diagram, source: str, target: str, after: Node | None) -> Node:
    identifier = flow_id(diagram, source, target)
    container = parent_of(diagram.node(source))
    attributes = {"id": identifier, "sourceRef": source, "targetRef": target}
    if after is None:
        flows = list(children(container, "sequenceFlow"))
        after = flows[-1] if flows else None
    if after is None:
        return add_child(container, "sequenceFlow", None, **attributes)
    flow = etree.Element(f"{B}sequenceFlow", attributes)
    container.insert(container.index(after) + 1, flow)
    return flow


def relist(node: Node, tag: str, before: str, now: str) -> None:
    """Put a flow where another is listed at an element, so that the others keep their order."""
    for one in node.findall(f"bpmn:{tag}", NAMES):
        if (one.text or "").strip() == before:
            one.text = now


def _list(node: Node, tag: str, flow: str) -> None:
    if flow not in [(one.text or "").strip() for one in node.findall(f"bpmn:{tag}", NAMES)]:
        add_child(node, tag, flow)


def _unlist(node: Node, tag: str, flow: str) -> None:
    for one in node.findall(f"bpmn:{tag}", NAMES):
        if (one.text or "").strip() == flow:
            node.remove(one)
