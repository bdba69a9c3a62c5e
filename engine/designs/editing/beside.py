"""Puts into a diagram what stands beside the flow: other beginnings, event sub-processes, and steps that undo."""

from collections.abc import Mapping

from lxml import etree

from engine.bpmn.model import Trigger
from engine.designs.editing.connecting import connect, is_undone
from engine.designs.editing.diagram import B, Diagram, add_child, children, local, parent_of, put_after, refusal
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box, box_at
from engine.designs.editing.happening import Happening, set_happening, set_interrupting
from engine.designs.editing.inserting import NewStep, append, draw_content, fill, put_at_edge
from engine.designs.editing.laning import enter_lane
from engine.designs.editing.placing import free_row, row_below, settle, size_of
from engine.designs.editing.saying import rename
from engine.designs.trees import Node

_ROW = 110.0


def add_beginning(diagram: Diagram, container: Node, happening: Happening, names: Mapping[str, str],
                  *, lane: str = "", target: str = "") -> Node:  # fmt: skip
    """Return another start event of a process.

    :param target: where it leads; empty for a new end.
    """
    node = _put_in(diagram, container, "startEvent", names, lane)
    if happening.trigger is not None:
        set_happening(diagram, node, happening)
    if target:
        connect(diagram, node.get("id", ""), target)
    else:
        append(diagram, node, NewStep("endEvent", {"id": "Selesai", "en": "Done"}))
    return node


def add_listener(diagram: Diagram, container: Node, happening: Happening, names: Mapping[str, str], lane: str = "",
                 *, is_interrupting: bool = True) -> Node:  # fmt: skip
    """Return a new event sub-process: what is done whenever something happens while its surroundings run."""
    node = _put_in(diagram, container, "subProcess", names, lane)
    node.set("triggeredByEvent", "true")
    fill(diagram, node)
    start = next(children(node, "startEvent"))
    set_happening(diagram, start, happening)
    set_interrupting(start, is_interrupting=is_interrupting)
    box = drawing_of(diagram).box(node.get("id", ""))
    if box is not None:
        draw_content(diagram, node, box)
    return node


def attach_undoing(diagram: Diagram, host: Node, names: Mapping[str, str], tag: str) -> Node:
    """Return a new step that undoes an activity, hung on a compensation event at its edge.

    :param tag: the kind of the new step.
    :raise DiagramRefused: there is one already.
    """
    if any(map(is_undone, diagram.attached(host.get("id", "")))):
        raise refusal(
            host.get("id", ""),
            "langkah ini sudah punya langkah yang membatalkannya; ubah atau hapus yang itu.",
            "there is a step already that undoes this one; change or delete that.",
        )
    event = put_at_edge(diagram, host, Happening(Trigger.COMPENSATION), {})
    node = etree.Element(f"{B}{tag}", {"id": diagram.new_id(names.get("en") or names.get("id", ""), "undo"),
                                       "isForCompensation": "true"})  # fmt: skip
    rename(node, names)
    hang_undoing(diagram, event, node)
    return node


def hang_undoing(diagram: Diagram, event: Node, node: Node, drawn: tuple[list[Node], Box | None] = ([], None)) -> None:
    """Let a step that stands nowhere yet undo the activity at whose edge a compensation event stands.

    :param drawn: the shapes and lines of the step, and where they stand; without them it is drawn as a new one.
    """
    put_after(event, node)
    lane = diagram.lane_of(event.get("id", ""))
    if lane is not None and local(parent_of(node)) == "process":
        enter_lane(lane, node.get("id", ""), after=event.get("id", ""))
    ends = {"sourceRef": event.get("id", ""), "targetRef": node.get("id", "")}
    name = diagram.new_id(f"undone_by_{node.get('id')}")
    line = add_child(parent_of(node), "association", None, id=name, associationDirection="One", **ends)
    _draw_undoing(diagram, event.get("attachedToRef", ""), node, drawn)
    drawing_of(diagram).draw_again(line.get("id", ""))


def _draw_undoing(diagram: Diagram, host: str, node: Node, drawn: tuple[list[Node], Box | None]) -> None:
    drawing, (parts, before) = drawing_of(diagram), drawn
    box = drawing.box(host)
    if box is None:
        return
    size = (before.width, before.height) if before is not None else size_of(local(node))
    middle = row_below(drawing, box.bottom + 19, max(_ROW, size[1] + 34))
    goal = box_at((box.right + 30 + size[0] / 2, middle), *size)
    if parts and before is not None:
        drawing.put_down(parts, (goal.x - before.x, goal.y - before.y))
    else:
        drawing.draw(node.get("id", ""), goal)
    settle(diagram, node)


def _put_in(diagram: Diagram, container: Node, tag: str, names: Mapping[str, str], lane: str) -> Node:
    """Return a new element on a row of its own, with nothing that leads to it."""
    node = add_child(container, tag, None, id=diagram.new_id(names.get("en") or names.get("id", ""), tag.lower()))
    rename(node, names)
    lanes = {one.get("id", ""): one for one in diagram.lanes()} if local(container) == "process" else {}
    found = lanes.get(lane) if lane in lanes else next(reversed(lanes.values()), None)
    if found is not None:
        enter_lane(found, node.get("id", ""))
    box = free_row(diagram, container, size_of(tag), found.get("id", "") if found is not None else "")
    if box is not None:
        marks = {"isExpanded": "true"} if tag == "subProcess" else {}
        drawing_of(diagram).draw(node.get("id", ""), box, **marks)
        settle(diagram, node)
    return node
