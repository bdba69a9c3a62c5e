"""Takes steps out of a diagram and closes the gap: what came to a step goes on to where it led."""

from engine.designs.editing.connecting import disconnect, lead_to, relist
from engine.designs.editing.diagram import CONTAINERS, B, Diagram, local, parent_of, put_child, refusal, remove
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.laning import leave_lane
from engine.designs.editing.noting import remove_lines
from engine.designs.editing.placing import GAP, belonging, join_ways
from engine.designs.trees import Node


def remove_step(diagram: Diagram, node: Node) -> None:
    """Take a step out with all that hangs on it; flows that came to it lead on to where its only flow led.

    :raise DiagramRefused: several flows leave it, and it would not be clear where the others lead on to.
    """
    identifier = node.get("id", "")
    if local(node) == "boundaryEvent":
        _remove_event(diagram, node)
        return
    require_one_way(diagram, identifier)
    for event in diagram.attached(identifier):
        _remove_event(diagram, event)
    drawing = drawing_of(diagram)
    box = drawing.box(identifier)
    close_gap(diagram, identifier)
    _remove_content(diagram, node)
    _remove_node(diagram, node)
    if box is not None:
        drawing.take_room("x", box.right, box.width + GAP)


def require_one_way(diagram: Diagram, identifier: str) -> None:
    """Let pass what at most one flow leaves.

    :raise DiagramRefused: several flows leave it, and it would not be clear where the others lead on to.
    """
    if len(diagram.outgoing(identifier)) > 1:
        raise refusal(
            identifier,
            "beberapa alur keluar dari sini; hapus atau alihkan alurnya sampai tersisa satu, lalu ulangi.",
            "several flows leave this; delete or redirect them until one is left, then try again.",
        )


def close_gap(diagram: Diagram, identifier: str) -> None:
    """Let the flows that came to an element go where its only flow went; that flow goes."""
    outgoing = next(iter(diagram.outgoing(identifier)), None)
    box = drawing_of(diagram).box(identifier)
    incoming = diagram.incoming(identifier)
    target = outgoing.get("targetRef", "") if outgoing is not None else ""
    behind = drawing_of(diagram).points(outgoing.get("id", "")) if outgoing is not None else []
    led = [flow for flow in incoming if flow.get("sourceRef") not in ("", target)
           and not _are_joined(diagram, flow.get("sourceRef", ""), target)]  # fmt: skip
    if outgoing is not None and led:
        relist(diagram.node(target), "incoming", outgoing.get("id", ""), led[0].get("id", ""))
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
    """Take an event at an edge away, with the end to which nothing else leads, or the step that only undoes."""
    identifier = event.get("id", "")
    undoing = [one.get("targetRef", "") for one in diagram.root.iter("{*}association")
               if one.get("sourceRef") == identifier]  # fmt: skip
    targets = [flow.get("targetRef", "") for flow in diagram.outgoing(identifier)]
    for flow in diagram.outgoing(identifier):
        disconnect(diagram, flow)
    _remove_node(diagram, event)
    for found in [one for one in map(diagram.find, (*targets, *undoing)) if one is not None]:
        is_left_over = local(found) == "endEvent" and not diagram.incoming(found.get("id", ""))
        if is_left_over or found.get("isForCompensation") == "true":
            _remove_content(diagram, found)
            _remove_node(diagram, found)


def _remove_content(diagram: Diagram, node: Node) -> None:
    """Erase what stands inside a sub-process; it goes with it."""
    drawing = drawing_of(diagram)
    for part in node.iterdescendants():
        if part.get("id"):
            drawing.erase(part.get("id", ""))


def _remove_node(diagram: Diagram, node: Node) -> None:
    identifier = node.get("id", "")
    leave_lane(diagram, identifier)
    _leave_data(diagram, node)
    drawing = drawing_of(diagram)
    remove_lines(diagram, belonging(diagram, node))
    drawing.erase(identifier)
    remove(node)


def _leave_data(diagram: Diagram, node: Node) -> None:
    """Keep those data objects in an element that goes which signs elsewhere mean: put them where all these see them."""
    elsewhere = [one for one in diagram.root.iter(f"{B}dataObjectReference") if node not in one.iterancestors()]
    for data in list(node.iter(f"{B}dataObject")):
        signs = [one for one in elsewhere if one.get("dataObjectRef") == data.get("id")]
        if signs:
            put_child(_around(signs), data)


def _around(signs: list[Node]) -> Node:
    """Return the innermost process or sub-process that holds some signs; where none holds all, that of the first."""
    first, *others = signs
    places = (one for one in first.iterancestors() if local(one) in CONTAINERS)
    return next((one for one in places if all(one in other.iterancestors() for other in others)), parent_of(first))
