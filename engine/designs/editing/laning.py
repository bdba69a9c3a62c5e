"""Changes who does the steps: lanes, what is in them, and their places in the drawing."""

from lxml import etree

from engine.bpmn.read import NAMES
from engine.bpmn.vocabulary import FLOW_NODES
from engine.designs.editing.diagram import (
    B,
    Diagram,
    add_child,
    children,
    lane_members,
    local,
    parent_of,
    refusal,
    remove,
)
from engine.designs.editing.drawing import Drawing, drawing_of
from engine.designs.editing.geometry import Box, box_at
from engine.designs.editing.placing import belonging, carry, settle
from engine.designs.editing.saying import rename
from engine.designs.trees import Node

_HEIGHT = 150.0
_ROW = 110.0
_AIR = 40.0  # between a pool and what is in it
_HEAD = 30.0  # at the left of a pool, where its name stands


def move_to_lane(diagram: Diagram, node: Node, lane: str) -> None:
    """Let an element stand in another lane, in the same column, on a row of its own if there is something already.

    An event at the edge of an activity takes that along.

    :raise DiagramRefused: there is no such lane, or the element stands in a sub-process.
    """
    target = _lane(diagram, lane)
    if node.get("attachedToRef"):
        node = diagram.node(node.get("attachedToRef", ""))
    if local(parent_of(node)) != "process":
        raise refusal(
            node.get("id", ""),
            "langkah di dalam subproses berada di lajur subprosesnya; pindahkan subprosesnya.",
            "a step inside a sub-process is in the lane of that; move the sub-process.",
        )
    moved = [node, *diagram.attached(node.get("id", ""))]
    if target is diagram.lane_of(node.get("id", "")):
        return
    for one in moved:
        leave_lane(diagram, one.get("id", ""))
        enter_lane(target, one.get("id", ""))
    _move_drawing(diagram, node, lane)


def add_lane(diagram: Diagram, names: dict[str, str]) -> Node:
    """Return a new lane below the others; the first one of a process is around all its steps, in a pool.

    :raise DiagramRefused: there is no process.
    """
    lanes = diagram.lanes()
    if not lanes:
        return _add_first_lane(diagram, names)
    identifier = diagram.new_id(f"lane_{names.get('en') or names.get('id', '')}", "lane")
    lane = etree.Element(f"{B}lane", {"id": identifier})
    last = lanes[-1]
    parent_of(last).insert(parent_of(last).index(last) + 1, lane)
    rename(lane, names)
    drawing = drawing_of(diagram)
    box = _lowest(drawing, [one.get("id", "") for one in lanes])
    if box is not None:
        drawing.make_room("y", box.bottom - 0.5, _HEIGHT)
        lowest = next(one.get("id", "") for one in lanes if _bottom(drawing, one) > box.bottom)
        drawing.place(lowest, box)
        drawing.draw(identifier, Box(box.x, box.bottom, box.width, _HEIGHT), isHorizontal="true")
    return lane


def _add_first_lane(diagram: Diagram, names: dict[str, str]) -> Node:
    """Return a lane that holds everything of the process."""
    process, drawing = diagram.process(), drawing_of(diagram)
    pool = next(
        (one for one in diagram.root.iter(f"{B}participant") if one.get("processRef") == process.get("id")), None
    )
    pool = _add_pool(diagram, process) if pool is None else pool
    holder = next(children(process, "laneSet"), None)
    holder = add_child(process, "laneSet", None, id=diagram.new_id("lanes")) if holder is None else holder
    name = diagram.new_id(f"lane_{names.get('en') or names.get('id', '')}", "lane")
    lane = add_child(holder, "lane", None, id=name)
    rename(lane, names)
    for node in [one for one in process if local(one) in FLOW_NODES]:
        add_child(lane, "flowNodeRef", node.get("id"))
    box = drawing.box(pool.get("id", ""))
    if box is not None:
        drawing.draw(name, Box(box.x + _HEAD, box.y, box.width - _HEAD, box.height), isHorizontal="true")
    return lane


def _add_pool(diagram: Diagram, process: Node) -> Node:
    """Return a new pool around everything that is drawn."""
    drawing = drawing_of(diagram)
    collaboration = next(diagram.root.iter(f"{B}collaboration"), None)
    if collaboration is None:
        collaboration = etree.Element(f"{B}collaboration", {"id": diagram.new_id(f"collaboration_{process.get('id')}")})
        diagram.root.insert(diagram.root.index(process), collaboration)
        if drawing.plane is not None:
            drawing.plane.set("bpmnElement", collaboration.get("id", ""))
    pool = add_child(collaboration, "participant", None, id=diagram.new_id(f"participant_{process.get('id')}"),
                     processRef=process.get("id", ""))  # fmt: skip
    rename(pool, {"id": process.get("name", "")})
    around = drawing.around_all()
    if around is not None:
        drawing.draw(pool.get("id", ""), around.wider(_AIR + _HEAD, _AIR), isHorizontal="true")
    return pool


def remove_lane(diagram: Diagram, lane: Node) -> None:
    """Take an empty lane away.

    :raise DiagramRefused: something is in it, or it is the only one.
    """
    if lane_members(lane) or len(diagram.lanes()) < 2:
        raise refusal(
            lane.get("id", ""),
            "lajur ini masih berisi langkah, atau satu-satunya lajur; pindahkan langkahnya dahulu.",
            "there are steps in this lane, or it is the only one; move its steps first.",
        )
    drawing = drawing_of(diagram)
    box = drawing.box(lane.get("id", ""))
    drawing.erase(lane.get("id", ""))
    remove(lane)
    if box is not None and not drawing.take_room("y", box.bottom, box.height):
        above = [one for one in diagram.lanes() if _bottom(drawing, one) <= box.y + 1]
        _grow_over(drawing, above[-1] if above else diagram.lanes()[0], box)


def leave_lane(diagram: Diagram, identifier: str) -> None:
    """Take an element out of its lane."""
    for lane in diagram.lanes():
        for reference in list(children(lane, "flowNodeRef")):
            if (reference.text or "").strip() == identifier:
                lane.remove(reference)


def enter_lane(lane: Node, identifier: str, *, after: str = "") -> None:
    """Put an element into a lane, behind another if that is named."""
    reference = etree.Element(f"{B}flowNodeRef")
    reference.text = identifier
    found = [one for one in lane.findall("bpmn:flowNodeRef", NAMES) if (one.text or "").strip() == after]
    if found:
        lane.insert(lane.index(found[0]) + 1, reference)
    else:
        add_child(lane, "flowNodeRef", identifier)


def enter_drawn_lane(diagram: Diagram, node: Node) -> None:
    """Let an element of a process be in the lane in which it is drawn, with the events at its edge."""
    drawing = drawing_of(diagram)
    box = drawing.box(node.get("id", ""))
    if box is None or local(parent_of(node)) != "process":
        return
    lanes = {one.get("id", ""): one for one in diagram.lanes()}
    found = next((lanes[name] for name in lanes if (around := drawing.box(name)) is not None
                  and around.holds(box.center)), None)  # fmt: skip
    if found is not None and found is not diagram.lane_of(node.get("id", "")):
        for one in (node, *diagram.attached(node.get("id", ""))):
            leave_lane(diagram, one.get("id", ""))
            enter_lane(found, one.get("id", ""))


def _lane(diagram: Diagram, identifier: str) -> Node:
    found = diagram.find(identifier)
    if found is None or local(found) != "lane":
        raise refusal(
            identifier[:60],
            "lajur ini tidak ada lagi di diagram; muat ulang halaman.",
            "this lane is not in the diagram any more; load the page again.",
        )
    return found


def _move_drawing(diagram: Diagram, node: Node, lane: str) -> None:
    drawing, name, names = drawing_of(diagram), node.get("id", ""), belonging(diagram, node)
    box, around = drawing.box(name), drawing.box(lane)
    if box is None or around is None:
        return
    wanted = box_at((box.center[0], around.center[1]), box.width, box.height)
    if any(wanted.meets(other) for other in _others(drawing, diagram, names)):
        drawing.make_room("y", around.bottom - 0.5, max(_ROW, box.height + 34))
        wanted = box_at((box.center[0], around.bottom + box.height / 2 - 0.5), box.width, box.height)
        box = drawing.box(name) or box
    carry(diagram, node, "y", wanted.y - box.y)
    settle(diagram, node)


def _others(drawing: Drawing, diagram: Diagram, names: set[str]) -> list[Box]:
    around = {"lane", "participant", "group"}
    nodes = diagram.by_id()
    found = drawing.boxes().items()
    return [box for name, box in found if name not in names and name in nodes and local(nodes[name]) not in around]


def _lowest(drawing: Drawing, lanes: list[str]) -> Box | None:
    boxes = [box for box in map(drawing.box, lanes) if box is not None]
    return max(boxes, key=lambda box: box.bottom, default=None)


def _bottom(drawing: Drawing, lane: Node) -> float:
    box = drawing.box(lane.get("id", ""))
    return box.bottom if box is not None else 0.0


def _grow_over(drawing: Drawing, lane: Node, box: Box) -> None:
    """Let a lane take the place of one that is gone."""
    own = drawing.box(lane.get("id", ""))
    if own is not None:
        drawing.place(lane.get("id", ""), Box(own.x, min(own.y, box.y), own.width, own.height + box.height))
