"""Takes steps out of a diagram and closes the gap: what came to a step goes on to where it led."""

from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.connecting import disconnect, lead_to, relist
from engine.designs.editing.diagram import Diagram, local, refusal, remove
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box
from engine.designs.editing.laning import leave_lane
from engine.designs.editing.placing import GAP, join_ways
from engine.designs.trees import Node

_STANDING = frozenset({"startEvent"})


def remove_step(diagram: Diagram, node: Node) -> None:
    """Take a step out with all that hangs on it; flows that came to it lead on to where its only flow led.

    :raise DiagramRefused: several flows leave it, and it would not be clear where the others lead on to.
    """
    identifier = node.get("id", "")
    outgoing = diagram.outgoing(identifier)
    if len(outgoing) > 1:
        raise refusal(
            identifier,
            "beberapa alur keluar dari sini; hapus atau alihkan alurnya sampai tersisa satu, lalu hapus langkah ini.",
            "several flows leave this; delete or redirect them until one is left, then delete this step.",
        )
    for event in diagram.attached(identifier):
        _remove_event(diagram, event)
    drawing = drawing_of(diagram)
    box = drawing.box(identifier)
    _bridge(diagram, identifier, outgoing[0] if outgoing else None, box)
    _remove_content(diagram, node)
    _remove_node(diagram, node)
    if box is not None:
        drawing.take_room("x", box.right, box.width + GAP)


def _bridge(diagram: Diagram, identifier: str, outgoing: Node | None, box: Box | None) -> None:
    """Let the flows that came to an element go where its only flow went."""
    incoming = diagram.incoming(identifier)
    target = outgoing.get("targetRef", "") if outgoing is not None else ""
    behind = drawing_of(diagram).points(outgoing.get("id", "")) if outgoing is not None else []
    if outgoing is not None and incoming:
        relist(diagram.node(target), "incoming", outgoing.get("id", ""), incoming[0].get("id", ""))
    if outgoing is not None:
        disconnect(diagram, outgoing)
    for flow in incoming:
        source = flow.get("sourceRef", "")
        if not target or source == target or _are_joined(diagram, source, target):
            _drop_flow(diagram, flow, target)
            continue
        drawing = drawing_of(diagram)
        before = drawing.points(flow.get("id", ""))
        points = join_ways(before, behind, box, drawing.box(source)) if box is not None else []
        lead_to(diagram, flow, target, points)


def _drop_flow(diagram: Diagram, flow: Node, target: str) -> None:
    """Take a flow away beside which another leads to the same place; if it was the default, that one becomes it."""
    source = diagram.node(flow.get("sourceRef", ""))
    was_default = source.get("default") == flow.get("id")
    disconnect(diagram, flow)
    others = [one for one in diagram.outgoing(source.get("id", "")) if one.get("targetRef") == target]
    if was_default and target and others:
        source.set("default", others[0].get("id", ""))
        for condition in others[0].findall("{*}conditionExpression"):
            others[0].remove(condition)


def _are_joined(diagram: Diagram, source: str, target: str) -> bool:
    return any(flow.get("targetRef") == target for flow in diagram.outgoing(source))


def _remove_event(diagram: Diagram, event: Node) -> None:
    for flow in diagram.outgoing(event.get("id", "")):
        disconnect(diagram, flow)
    _remove_node(diagram, event)


def _remove_content(diagram: Diagram, node: Node) -> None:
    """Erase what stands inside a sub-process; it goes with it."""
    drawing = drawing_of(diagram)
    for part in node.iterdescendants():
        if part.get("id") and local(part) in (*FLOW_NODES, "sequenceFlow", "textAnnotation", "association", "group"):
            drawing.erase(part.get("id", ""))


def _remove_node(diagram: Diagram, node: Node) -> None:
    identifier = node.get("id", "")
    leave_lane(diagram, identifier)
    drawing = drawing_of(diagram)
    for line in [one for one in diagram.root.iter("{*}association")
                 if identifier in (one.get("sourceRef"), one.get("targetRef"))]:  # fmt: skip
        drawing.erase(line.get("id", ""))
        remove(line)
    drawing.erase(identifier)
    remove(node)
