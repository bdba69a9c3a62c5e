"""Ways out where the drawing and what is executed do not agree, and where lanes and lines name what is not there."""

from collections.abc import Iterator
from functools import partial

from engine.designs.editing.diagram import B, Diagram, children, lane_members, local, parent_of, remove
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import box_at
from engine.designs.editing.placing import GAP, size_of
from engine.designs.mending.broken import Broken, Fix, on_diagram
from engine.designs.trees import Node


def draw(broken: Broken) -> Iterator[Fix]:
    """Offer to draw what is executed and does not show."""
    label = ("Gambarkan", "Draw it")
    yield on_diagram(broken, "draw", label, partial(_draw, broken.id))


def leave_lanes(broken: Broken) -> Iterator[Fix]:
    """Offer to take out of a lane what is not in its process."""
    label = ("Keluarkan dari lajur", "Take it out of the lane")
    yield on_diagram(broken, "leave_lane", label, partial(_drop_strangers, broken.id))


def choose_lane(broken: Broken) -> Iterator[Fix]:
    """Offer each of the lanes that hold one element."""
    for lane in broken.diagram.lanes():
        if broken.id in lane_members(lane):
            name, shown = lane.get("id", ""), lane.get("name") or lane.get("id", "")
            label = (f"Biarkan di lajur «{shown}» saja", f"Leave it in the lane «{shown}» only")
            yield on_diagram(broken, f"lane:{name}", label, partial(_keep_in, broken.id, name))


def choose_pool(broken: Broken) -> Iterator[Fix]:
    """Offer the process to a pool that names one that is not there, if no other pool shows it."""
    shown = {node.get("processRef") for node in broken.diagram.root.iter(f"{B}participant")}
    for process in broken.diagram.root.iter(f"{B}process"):
        name = process.get("id", "")
        if name not in shown:
            label = (f"Pakai proses '{name}'", f"Use the process '{name}'")
            yield on_diagram(broken, f"pool:{name}", label, partial(_set_process, broken.id, name))


def drop_association(broken: Broken) -> Iterator[Fix]:
    """Offer to delete a line or a frame that belongs to nothing."""
    if broken.node is not None:
        label = ("Hapus garis ini", "Delete this line")
        yield on_diagram(broken, "drop_line", label, partial(_erase, broken.id))


def _draw(identifier: str, diagram: Diagram) -> None:
    node = diagram.find(identifier)
    drawing = drawing_of(diagram)
    if node is None or drawing.plane is None:
        return
    if local(node) != "sequenceFlow":
        _draw_step(diagram, node)
        return
    for end in ("sourceRef", "targetRef"):
        other = diagram.find(node.get(end, ""))
        if other is not None and drawing.box(node.get(end, "")) is None:
            _draw_step(diagram, other)
    drawing.draw_again(identifier)


def _draw_step(diagram: Diagram, node: Node) -> None:
    """Draw a step to the right of all that stands in its lane, or at the edge of its activity."""
    drawing, name = drawing_of(diagram), node.get("id", "")
    size = size_of(local(node))
    lane = diagram.lane_of(name)
    around = drawing.box(lane.get("id", "")) if lane is not None else drawing.box(parent_of(node).get("id", ""))
    boxes = drawing.boxes()
    host = boxes.get(node.get("attachedToRef", ""))
    if host is not None:
        drawing.draw(name, box_at((host.right - 18, host.bottom), *size))
        return
    right = max((box.right for box in boxes.values()), default=0.0)
    middle = around.center[1] if around is not None else max((box.bottom for box in boxes.values()), default=0.0) + 60
    if around is not None:
        drawing.make_room("x", around.right - 1, size[0] + 2 * GAP)
        right = around.right
    drawing.draw(name, box_at((right + GAP + size[0] / 2, middle), *size))


def _drop_strangers(identifier: str, diagram: Diagram) -> None:
    for lane in diagram.lanes():
        inside = {node.get("id") for node in parent_of(parent_of(lane)).iter() if node.get("id")}
        if identifier in (lane.get("id"), parent_of(parent_of(lane)).get("id")):
            for reference in list(children(lane, "flowNodeRef")):
                if (reference.text or "").strip() not in inside:
                    lane.remove(reference)


def _keep_in(identifier: str, kept: str, diagram: Diagram) -> None:
    for lane in diagram.lanes():
        for reference in list(children(lane, "flowNodeRef")):
            if lane.get("id") != kept and (reference.text or "").strip() == identifier:
                lane.remove(reference)


def _set_process(identifier: str, process: str, diagram: Diagram) -> None:
    pool = diagram.find(identifier)
    if pool is not None:
        pool.set("processRef", process)


def _erase(identifier: str, diagram: Diagram) -> None:
    line = diagram.find(identifier)
    drawing_of(diagram).erase(identifier)
    if line is not None:
        remove(line)
