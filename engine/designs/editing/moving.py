"""Puts steps somewhere else in the flow of a diagram, and copies of steps, also from another diagram."""

from collections.abc import Mapping
from copy import deepcopy

from engine.bpmn.model import Trigger
from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.connecting import connect, is_undone
from engine.designs.editing.diagram import B, Diagram, children, local, parent_of, put_after, refusal, remove
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box
from engine.designs.editing.happening import DEFINED, reference_of
from engine.designs.editing.inserting import NewStep, append, edge_place, place_behind, thread
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
_NAMES_OTHERS = ("sourceRef", "targetRef", "default", "attachedToRef", "activityRef")
_DATA = frozenset({"dataObject", "dataObjectReference", "dataInputAssociation", "dataOutputAssociation", "property"})


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
    _stand(diagram, moved, spot)
    _put_down(diagram, node, parts, box, spot)
    _land(diagram, node, spot, lane)


def copy_step(diagram: Diagram, node: Node, spot: Node, lane: str = "", *, origin: Diagram | None = None) -> Node:
    """Return a copy of a step, with its events and what is in it, put somewhere; data signs are not copied.

    :param spot: a flow or a step, as for `move_step`.
    :param origin: the diagram in which the step is, if that is another one.
    :raise DiagramRefused: it cannot stand there.
    """
    source = origin or diagram
    if not is_movable(node):
        raise _stays(node)
    copy, names = _copied(diagram, source, node)
    _stand(diagram, [copy], spot)
    parts = [deepcopy(part) for part in _drawn(source, set(names))]
    for part in parts:
        part.set("bpmnElement", names[part.get("bpmnElement", "")])
        part.set("id", diagram.new_id(f"{part.get('bpmnElement')}_di"))
    _put_down(diagram, copy, parts, drawing_of(source).box(node.get("id", "")), spot)
    _land(diagram, copy, spot, lane)
    for event in source.attached(node.get("id", "")):
        _copy_event(diagram, source, event, copy)
    return copy


def _require_movable(diagram: Diagram, node: Node, spot: Node) -> None:
    inside, events = belonging(diagram, node), diagram.attached(node.get("id", ""))
    ends = {spot.get("sourceRef"), spot.get("targetRef")}
    if not is_movable(node):
        raise _stays(node)
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


def _stays(node: Node) -> Exception:
    return refusal(
        node.get("id", ""),
        "awal, peristiwa tepi, dan yang berdiri di luar alur tidak dapat dipindahkan begini; hapus lalu tambahkan di "
        "tempat yang baru.",
        "a beginning, an event at a step, and what stands beside the flow cannot be moved so; delete it and add it "
        "at the new place.",
    )


def _stand(diagram: Diagram, moved: list[Node], spot: Node) -> None:
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


def _put_down(diagram: Diagram, node: Node, parts: list[Node], box: Box | None, spot: Node) -> None:
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


def _land(diagram: Diagram, node: Node, spot: Node, lane: str) -> None:
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


def _copied(diagram: Diagram, source: Diagram, node: Node) -> tuple[Node, dict[str, str]]:
    """Return a copy of a step under ids of its own, and those by the old ones."""
    copy = deepcopy(node)
    copy.tail = None
    for tag in ("incoming", "outgoing", *sorted(_DATA)):
        for one in list(children(copy, tag)):
            copy.remove(one)
    for one in [one for one in copy.iterdescendants() if one.tag in {f"{B}{tag}" for tag in _DATA}]:
        remove(one)
    names: dict[str, str] = {}
    taken = {one.get("id") for one in diagram.root.iter() if one.get("id")}
    for one in copy.iter(f"{B}*"):
        if one.get("id"):
            names[one.get("id", "")] = _free(diagram, one.get("id", ""), taken)
            taken.add(names[one.get("id", "")])
    _rename(copy, names)
    _define_again(diagram, source, copy)
    return copy, names


def _free(diagram: Diagram, wanted: str, taken: set[str | None]) -> str:
    if wanted not in taken:
        return wanted
    return next(name for number in range(2, len(taken) + 3) if (name := f"{wanted}_{number}") not in taken)


def _rename(copy: Node, names: Mapping[str, str]) -> None:
    """Let what is copied name what was copied with it; what names something else says that no more."""
    for one in copy.iter(f"{B}*"):
        if one.get("id"):
            one.set("id", names[one.get("id", "")])
        for attribute in _NAMES_OTHERS:
            value = one.get(attribute)
            if value is not None and value in names:
                one.set(attribute, names[value])
            elif value is not None:
                del one.attrib[attribute]
        if local(one) in ("incoming", "outgoing") and (one.text or "").strip() in names:
            one.text = names[(one.text or "").strip()]


def _define_again(diagram: Diagram, source: Diagram, copy: Node) -> None:
    """Define in a diagram what a copy from another one throws or waits for."""
    if source is diagram:
        return
    for trigger, (tag, attribute) in DEFINED.items():
        for one in copy.iter(f"{B}*"):
            meant = source.find(one.get(f"{tag}Ref", ""))
            if meant is not None:
                name = meant.get(attribute) or meant.get("name") or ""
                one.set(f"{tag}Ref", reference_of(diagram, Trigger(trigger), name))


def _drawn(source: Diagram, names: set[str]) -> list[Node]:
    plane = drawing_of(source).plane
    return [part for part in plane if part.get("bpmnElement") in names] if plane is not None else []


def _copy_event(diagram: Diagram, source: Diagram, event: Node, host: Node) -> None:
    """Put a copy of an event at the edge of a copy; it leads to an end of its own."""
    if is_undone(event):
        return
    copy, _names = _copied(diagram, source, event)
    copy.set("attachedToRef", host.get("id", ""))
    put_after(host, copy)
    drawing, box = drawing_of(diagram), drawing_of(diagram).box(host.get("id", ""))
    lane = diagram.lane_of(host.get("id", ""))
    if lane is not None and local(parent_of(copy)) == "process":
        enter_lane(lane, copy.get("id", ""), after=host.get("id", ""))
    if box is not None:
        drawing.draw(copy.get("id", ""), edge_place(diagram, host, box))
    append(diagram, copy, NewStep("endEvent", {"id": copy.get("name", "")}))


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
