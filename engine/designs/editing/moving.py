"""Puts steps somewhere else in the flow of a diagram."""

from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.connecting import connect, is_undone
from engine.designs.editing.diagram import Diagram, local, parent_of, put_after, refusal, remove
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box
from engine.designs.editing.inserting import place_behind, thread
from engine.designs.editing.laning import enter_drawn_lane, enter_lane, leave_lane, move_to_lane
from engine.designs.editing.noting import unlink
from engine.designs.editing.placing import (
    GAP,
    LINES,
    belonging,
    draw_flows_again,
    place_on,
    settle,
    size_of,
)
from engine.designs.editing.removing import close_gap, require_one_way
from engine.designs.trees import Node

_STAYS = frozenset({"startEvent", "boundaryEvent"})


def is_movable(node: Node) -> bool:
    """Say whether a part of a diagram is a step of the flow, which can be put elsewhere and copied."""
    is_apart = "true" in (node.get("isForCompensation"), node.get("triggeredByEvent"))
    return local(node) in FLOW_NODES and local(node) not in _STAYS and not is_apart


def move_step(diagram: Diagram, node: Node, spot: Node, lane: str = "") -> None:
    """Put a step somewhere else, with its events and what is in it; the gap that it leaves is closed.

    :param spot: a flow, on which it then stands, or a step, behind which it then stands.
    :param lane: in which it then stands; empty for that of what is before it.
    :raise DiagramRefused: it cannot stand there, or several flows leave it.
    """
    identifier = node.get("id", "")
    _require_movable(diagram, node, spot)
    require_one_way(diagram, identifier)
    drawing = drawing_of(diagram)
    box = drawing.box(identifier)
    close_gap(diagram, identifier)
    parts = drawing.lift(belonging(diagram, node))
    if box is not None:
        drawing.take_room("x", box.right, box.width + GAP)
    moved = [node, *diagram.attached(identifier)]
    for one in moved:
        leave_lane(diagram, one.get("id", ""))
    stand(diagram, moved, spot)
    put_down(diagram, node, parts, box, spot)
    land(diagram, node, spot, lane)


def _require_movable(diagram: Diagram, node: Node, spot: Node) -> None:
    inside, events = belonging(diagram, node), diagram.attached(node.get("id", ""))
    ends = {spot.get("sourceRef"), spot.get("targetRef")}
    if not is_movable(node):
        raise stays(node)
    if spot.get("id") in inside or node.get("id") in ends:
        raise refusal(
            node.get("id", ""),
            "langkah ini sudah berada di situ; pilih tempat lain.",
            "this step is there already; choose another place.",
        )
    leaving = [event for event in events if diagram.outgoing(event.get("id", "")) or is_undone(event)]
    if leaving and parent_of(spot) is not parent_of(node):
        raise refusal(
            node.get("id", ""),
            "dari tepi langkah ini ada alur ke langkah lain yang tidak ikut pindah; hapus dahulu peristiwa tepinya.",
            "a flow leads from the edge of this step to one that does not move with it; delete that event first.",
        )


def stays(node: Node) -> Exception:
    """Return why an element can be neither moved nor copied, to be raised."""
    return refusal(
        node.get("id", ""),
        "awal, peristiwa tepi, dan yang berdiri di luar alur tidak dapat dipindahkan begini; hapus lalu tambahkan di "
        "tempat yang baru.",
        "a beginning, an event at a step, and what stands beside the flow cannot be moved so; delete it and add it "
        "at the new place.",
    )


def stand(diagram: Diagram, moved: list[Node], spot: Node) -> None:
    """Let elements be part of the process or sub-process of a place, with those lines to data that still reach."""
    before = spot if local(spot) != "sequenceFlow" else diagram.node(spot.get("sourceRef", ""))
    if moved[0].getparent() is not parent_of(before):
        for one in moved:
            if one.getparent() is not None:
                remove(one)
        for one in reversed(moved):
            put_after(before, one)
        around = set(before.iterancestors())
        for line in [line for one in moved for line in one.iter(*LINES[2:])]:
            sign = next((found for end in diagram.ends_of(line) if (found := diagram.find(end)) is not None
                         and local(found).startswith("dataObject")), None)  # fmt: skip
            if sign is not None and parent_of(sign) not in {*around, *line.iterancestors()}:
                unlink(diagram, line)


def put_down(diagram: Diagram, node: Node, parts: list[Node], box: Box | None, spot: Node) -> None:
    """Draw an element at a place and let the flow lead through it."""
    drawing, name = drawing_of(diagram), node.get("id", "")
    size = (box.width, box.height) if box is not None else size_of(local(node))
    if local(spot) == "sequenceFlow":
        _require_passed(node)
        place = place_on(diagram, spot.get("id", ""), size)
        goal = place.box if place is not None else None
    else:
        _require_end(diagram, spot)
        place, before = None, drawing.box(spot.get("id", ""))
        goal = place_behind(diagram, spot, before, size) if before is not None else None
    if goal is not None and box is not None and parts:
        drawing.put_down(parts, (goal.x - box.x, goal.y - box.y))
    elif goal is not None:
        drawing.draw(name, goal)
    if local(spot) == "sequenceFlow":
        thread(diagram, spot, node, place)
    else:
        connect(diagram, spot.get("id", ""), name)


def land(diagram: Diagram, node: Node, spot: Node, lane: str) -> None:
    """Let an element that was put down stand in its lane, and on nothing else."""
    before = spot.get("sourceRef", "") if local(spot) == "sequenceFlow" else spot.get("id", "")
    found = diagram.lane_of(before)
    if local(parent_of(node)) == "process" and found is not None:
        for one in (node, *diagram.attached(node.get("id", ""))):
            enter_lane(found, one.get("id", ""), after=before)
        enter_drawn_lane(diagram, node)
        if lane:
            move_to_lane(diagram, node, lane)
    settle(diagram, node)
    draw_flows_again(diagram, {name for name in belonging(diagram, node) if name != node.get("id")})


def _require_passed(node: Node) -> None:
    if local(node) == "endEvent":
        raise refusal(
            node.get("id", ""),
            "akhir tidak dapat berdiri di tengah alur; pilih tempat sesudah langkah yang belum berlanjut.",
            "an end cannot stand on a flow; choose a place behind a step that leads nowhere yet.",
        )


def _require_end(diagram: Diagram, spot: Node) -> None:
    is_gateway = local(spot).endswith("Gateway")
    if local(spot) == "endEvent" or (diagram.outgoing(spot.get("id", "")) and not is_gateway):
        raise refusal(
            spot.get("id", ""),
            "dari langkah itu sudah ada alur keluar; pilih salah satu alurnya sebagai tempat.",
            "a flow leaves that step already; choose one of its flows as the place.",
        )
