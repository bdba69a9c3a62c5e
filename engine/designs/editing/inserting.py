"""Puts new steps into a diagram: on a flow, behind a step that leads nowhere, as a way beside, or at an edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.model import Trigger
from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.connecting import (
    CHOOSES,
    connect,
    disconnect,
    flow_id,
    lead_to,
    relist,
    set_condition,
    set_default,
)
from engine.designs.editing.diagram import B, Diagram, add_child, local, parent_of, put_after, refusal
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box, box_at
from engine.designs.editing.happening import Happening, set_happening, set_interrupting
from engine.designs.editing.laning import enter_drawn_lane, enter_lane, move_to_lane
from engine.designs.editing.placing import GAP, Place, place_on, row_below, settle, size_of
from engine.designs.editing.saying import rename
from engine.designs.trees import Node

_ROW = 110.0
_LABEL = 100.0
_EDGE = 18.0  # half of an event, which stands half outside its activity
_IN_SUB_PROCESS = 50.0
_MOST_PLACES = 1_000  # at an edge that are looked at, however wide a file says that an activity is
_CUT = (frozenset(FLOW_NODES) | {"textAnnotation", "dataObjectReference"}) - {"subProcess", "transaction"}
_JOINS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway"})


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to be put in.

    :param tag: its kind, as BPMN names it.
    :param names: by language; its id is made of the English one.
    :param lane: in which it stands; empty for that of the step before it.
    :param happening: of an event, what it throws or waits for.
    """

    tag: str
    names: Mapping[str, str] = field(default_factory=dict)
    lane: str = ""
    happening: Happening | None = None


def insert_on(diagram: Diagram, flow: Node, step: NewStep) -> Node:
    """Return a new step on a flow; the flow leads to it, with its name and condition, and a new one on from it."""
    _require_passed(step.tag)
    source = flow.get("sourceRef", "")
    place = place_on(diagram, flow.get("id", ""), size_of(step.tag), step.lane)
    node = _new_node(diagram, step, source)
    if place is not None:
        drawing_of(diagram).draw(node.get("id", ""), place.box, **_marks(step.tag))
    thread(diagram, flow, node, place)
    enter_drawn_lane(diagram, node)
    _finish(diagram, node, step)
    settle(diagram, node)
    return node


def thread(diagram: Diagram, flow: Node, node: Node, place: Place | None) -> None:
    """Let a flow lead to an element that stands on it, and a new one on from there."""
    drawing, name, target = drawing_of(diagram), node.get("id", ""), flow.get("targetRef", "")
    relist(diagram.node(target), "incoming", flow.get("id", ""), flow_id(diagram, name, target))
    lead_to(diagram, flow, name, place.before if place is not None else None)
    behind = connect(diagram, name, target, after=flow)
    if place is not None and place.behind:
        drawing.draw_line(behind.get("id", ""), place.behind)


def insert_after(diagram: Diagram, before: Node, step: NewStep) -> Node:
    """Return a new step behind another.

    :raise DiagramRefused: several flows leave that, so one must be chosen; or none can.
    """
    flows = diagram.outgoing(before.get("id", ""))
    if len(flows) == 1 and step.tag != "endEvent":
        return insert_on(diagram, flows[0], step)
    if flows and local(before) not in _JOINS | {"eventBasedGateway"}:
        raise refusal(
            before.get("id", ""),
            "beberapa alur keluar dari langkah ini; pilih di alur mana langkah baru disisipkan.",
            "several flows leave this step; choose the one into which the new step goes.",
        )
    return append(diagram, before, step)


def append(diagram: Diagram, before: Node, step: NewStep) -> Node:
    """Return a new step at the end of a new flow out of another; it leads nowhere yet."""
    node = _new_node(diagram, step, before.get("id", ""))
    drawing = drawing_of(diagram)
    box = drawing.box(before.get("id", ""))
    if box is not None:
        drawing.draw(node.get("id", ""), place_behind(diagram, before, box, size_of(step.tag)), **_marks(step.tag))
    connect(diagram, before.get("id", ""), node.get("id", ""))
    enter_drawn_lane(diagram, node)
    _finish(diagram, node, step)
    settle(diagram, node)
    return node


@dataclass(frozen=True, slots=True)
class Fork:
    """Two gateways between which a step is done, or passed.

    :param gateway: the kind of both; of an exclusive or inclusive one the way past the step is the default.
    :param names: what is asked at the first, by language.
    :param condition: on which the step is done.
    """

    gateway: str
    names: Mapping[str, str] = field(default_factory=dict)
    condition: str = ""


def insert_branch(diagram: Diagram, flow: Node, fork: Fork, step: NewStep) -> Node:
    """Return a new step that is done beside a flow, or only if a condition holds: between two gateways on the flow."""
    lane = step.lane or _lane_id(diagram, flow.get("sourceRef", ""))
    join = insert_on(diagram, flow, NewStep(fork.gateway, {}, lane))
    split = insert_on(diagram, flow, NewStep(fork.gateway, fork.names, lane))
    through = diagram.outgoing(split.get("id", ""))[0]
    node = insert_on(diagram, through, step)
    past = connect(diagram, split.get("id", ""), join.get("id", ""))
    if fork.gateway in CHOOSES:
        set_default(diagram, split, past.get("id", ""))
        set_condition(through, fork.condition)
    _draw_past(diagram, split, join, past)
    _name_above(diagram, split)
    return node


def insert_detour(diagram: Diagram, flow: Node, until: Node, fork: Fork, step: NewStep) -> Node:
    """Return a new step beside everything from one flow to another: between a gateway on each.

    :raise DiagramRefused: the two flows do not stand in one place.
    """
    if flow is until:
        return insert_branch(diagram, flow, fork, step)
    lane = step.lane or _lane_id(diagram, flow.get("sourceRef", ""))
    split = insert_on(diagram, flow, NewStep(fork.gateway, fork.names, lane))
    join = insert_on(diagram, until, NewStep(fork.gateway, {}, _lane_id(diagram, until.get("sourceRef", ""))))
    through = diagram.outgoing(split.get("id", ""))[0]
    node = append(diagram, split, step)
    beside = diagram.incoming(node.get("id", ""))[0]
    connect(diagram, node.get("id", ""), join.get("id", ""))
    if fork.gateway in CHOOSES:
        set_default(diagram, split, through.get("id", ""))
        set_condition(beside, fork.condition)
    _name_above(diagram, split)
    return node


def insert_links(diagram: Diagram, flow: Node, name: str) -> Node:
    """Cut a flow in two by a pair of links of one name, and return the one that is jumped to."""
    link = Happening(Trigger.LINK, name)
    thrower = insert_on(diagram, flow, NewStep("intermediateThrowEvent", {"id": name}, happening=link))
    between = diagram.outgoing(thrower.get("id", ""))[0]
    catcher = insert_on(diagram, between, NewStep("intermediateCatchEvent", {"id": name}, happening=link))
    disconnect(diagram, between)
    return catcher


def attach_event(diagram: Diagram, host: Node, happening: Happening, names: Mapping[str, str], target: str,
                 *, is_interrupting: bool = True) -> Node:  # fmt: skip
    """Return a new event at the edge of an activity, from which a flow leads on.

    :param target: where it leads; empty for a new end.
    """
    node = put_at_edge(diagram, host, happening, names, is_interrupting=is_interrupting)
    if target:
        connect(diagram, node.get("id", ""), target)
    else:
        append(diagram, node, NewStep("endEvent", names))
    return node


def put_at_edge(diagram: Diagram, host: Node, happening: Happening, names: Mapping[str, str],
                *, is_interrupting: bool = True) -> Node:  # fmt: skip
    """Return a new event at the edge of an activity, which leads nowhere yet."""
    identifier = diagram.new_id(names.get("en") or names.get("id") or f"{host.get('id')}_{happening.trigger}")
    node = etree.Element(f"{B}boundaryEvent", {"id": identifier, "attachedToRef": host.get("id", "")})
    put_after(host, node)
    rename(node, names)
    set_happening(diagram, node, happening)
    set_interrupting(node, is_interrupting=is_interrupting)
    _enter_lane_of(diagram, host.get("id", ""), identifier)
    drawing = drawing_of(diagram)
    box = drawing.box(host.get("id", ""))
    if box is not None:
        drawing.draw(identifier, edge_place(diagram, host, box))
    return node


def edge_place(diagram: Diagram, host: Node, box: Box) -> Box:
    """Return a place at the lower edge of an activity, beside the events that are there."""
    drawing = drawing_of(diagram)
    taken = [one for one in (drawing.box(event.get("id", "")) for event in diagram.attached(host.get("id", ""))) if one]
    size = size_of("boundaryEvent")
    count = min(int(box.width // 4), _MOST_PLACES)
    places = (box_at((box.right - _EDGE - step * 4, box.bottom), *size) for step in range(count))
    free = (place for place in places if not any(place.meets(one) for one in taken))
    return next(free, box_at((box.right - _EDGE, box.bottom), *size))


def _new_node(diagram: Diagram, step: NewStep, before: str) -> Node:
    if step.tag not in FLOW_NODES or step.tag in ("startEvent", "boundaryEvent"):
        raise refusal(
            step.tag[:60],
            "langkah jenis ini tidak dapat disisipkan di sini; pilih jenis lain.",
            "a step of this kind cannot be put in here; choose another kind.",
        )
    default = "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in step.tag)
    node = etree.Element(
        f"{B}{step.tag}", {"id": diagram.new_id(step.names.get("en") or step.names.get("id", ""), default)}
    )
    put_after(diagram.node(before), node)
    rename(node, step.names)
    _enter_lane_of(diagram, before, node.get("id", ""))
    if step.tag in ("subProcess", "transaction"):
        fill(diagram, node)
    return node


def _finish(diagram: Diagram, node: Node, step: NewStep) -> None:
    if step.happening is not None:
        set_happening(diagram, node, step.happening)
    if step.lane and step.lane != _lane_id(diagram, node.get("id", "")) and local(parent_of(node)) == "process":
        move_to_lane(diagram, node, step.lane)
    box = drawing_of(diagram).box(node.get("id", ""))
    if step.tag in ("subProcess", "transaction") and box is not None:
        draw_content(diagram, node, box)


def fill(diagram: Diagram, node: Node) -> None:
    """Give a new sub-process its beginning and its end."""
    name = node.get("id", "")
    start = add_child(node, "startEvent", None, id=diagram.new_id(f"{name}_start"), name="Mulai")
    end = add_child(node, "endEvent", None, id=diagram.new_id(f"{name}_end"), name="Selesai")
    rename(start, {"id": "Mulai", "en": "Begin"})
    rename(end, {"id": "Selesai", "en": "Done"})
    connect(diagram, start.get("id", ""), end.get("id", ""))


def draw_content(diagram: Diagram, node: Node, box: Box) -> None:
    """Draw the beginning and the end of a new sub-process."""
    drawing, middle = drawing_of(diagram), box.center[1]
    events = [child for child in node if local(child) in ("startEvent", "endEvent")]
    places = (box.x + _IN_SUB_PROCESS, box.right - _IN_SUB_PROCESS)
    for event, x in zip(events, places, strict=True):
        drawing.draw(event.get("id", ""), box_at((x, middle), *size_of("startEvent")))
    drawing.draw_again(diagram.outgoing(events[0].get("id", ""))[0].get("id", ""))


def place_behind(diagram: Diagram, before: Node, box: Box, size: tuple[float, float]) -> Box:
    """Make room for an element behind another: to its right, or on a row below if something leaves it already."""
    drawing = drawing_of(diagram)
    if local(before) == "boundaryEvent" or diagram.outgoing(before.get("id", "")):
        middle = row_below(drawing, _bottom_of(diagram, before, box), max(_ROW, size[1] + 34))
        return box_at((box.right + GAP + size[0] / 2, middle), *size)
    drawing.make_room("x", box.right, size[0] + GAP)
    return box_at((box.right + GAP + size[0] / 2, box.center[1]), *size)


def _bottom_of(diagram: Diagram, before: Node, box: Box) -> float:
    """Return below what a row may begin: no step of the same row is cut in two."""
    boxes, nodes = drawing_of(diagram).boxes(), diagram.by_id()
    steps = [name for name in boxes if name in nodes and local(nodes[name]) in _CUT]
    beside = [boxes[name] for name in steps if boxes[name].y < box.bottom < boxes[name].bottom]
    return max((other.bottom for other in beside), default=box.bottom) + 1


def _draw_past(diagram: Diagram, split: Node, join: Node, past: Node) -> None:
    """Draw the way past a step on a row of its own below."""
    drawing = drawing_of(diagram)
    boxes = [drawing.box(node.get("id", "")) for node in (split, join)]
    if boxes[0] is None or boxes[1] is None:
        return
    bottom = _bottom_of(diagram, split, boxes[0])
    step = diagram.node(diagram.outgoing(split.get("id", ""))[0].get("targetRef", ""))
    box = drawing.box(step.get("id", ""))
    if box is not None and box.y < bottom < box.bottom + 1:
        bottom = box.bottom + 1
    middle = row_below(drawing, bottom, _ROW)
    left, right = (drawing.box(node.get("id", "")) or boxes[0] for node in (split, join))
    points = [(left.center[0], left.bottom), (left.center[0], middle), (right.center[0], middle),
              (right.center[0], right.bottom)]  # fmt: skip
    drawing.draw_line(past.get("id", ""), points)


def _name_above(diagram: Diagram, gateway: Node) -> None:
    """Put what is asked at a gateway above it: a flow leaves it below."""
    drawing = drawing_of(diagram)
    box = drawing.box(gateway.get("id", ""))
    if box is not None and gateway.get("name"):
        drawing.label(gateway.get("id", ""), Box(box.center[0] - _LABEL / 2, box.y - 34, _LABEL, 28))


def _enter_lane_of(diagram: Diagram, other: str, identifier: str) -> None:
    lane = diagram.lane_of(other)
    if lane is not None and local(parent_of(diagram.node(identifier))) == "process":
        enter_lane(lane, identifier, after=other)


def _lane_id(diagram: Diagram, identifier: str) -> str:
    lane = diagram.lane_of(identifier)
    return lane.get("id", "") if lane is not None else ""


def _marks(tag: str) -> dict[str, str]:
    return {"isExpanded": "true"} if tag in ("subProcess", "transaction") else {}


def _require_passed(tag: str) -> None:
    if tag == "endEvent":
        raise refusal(
            tag,
            "akhir tidak dapat disisipkan di tengah alur; tambahkan sebagai cabang baru.",
            "an end cannot be put into a flow; add it as a new branch.",
        )
