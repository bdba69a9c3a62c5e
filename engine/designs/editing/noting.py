"""Puts into a diagram what is drawn and said beside its steps: notes, groups, and the data that steps read and keep."""

from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from engine.designs.editing.diagram import (
    B,
    Diagram,
    add_child,
    children,
    local,
    parent_of,
    put_after,
    refusal,
    remove,
    slug_of,
)
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.geometry import Box
from engine.designs.editing.placing import LINES, free_row, settle, size_of
from engine.designs.editing.saying import rename
from engine.designs.editing.working import set_text
from engine.designs.trees import Node

#: What is drawn beside the steps.
NOTED = ("textAnnotation", "group", "dataObjectReference")
_WIDTH, _LINE, _SIGNS = 160.0, 16.0, 22
_AIR = 12.0
_LABEL = Box(-32, 54, 100, 14)


def add_note(diagram: Diagram, about: Node, text: str) -> Node:
    """Return a new note at a step, or on the process without a line to anything."""
    is_alone = local(about) == "process"
    container = about if is_alone else parent_of(about)
    note = add_child(container, "textAnnotation", None, id=diagram.new_id(f"note_{slug_of(text)[:30]}", "note"))
    set_text(note, "text", text)
    height = max(30.0, (len(text) // _SIGNS + 1) * _LINE)
    lane = diagram.lane_of(about.get("id", "")) if not is_alone else None
    box = free_row(diagram, container, (_WIDTH, height), lane.get("id", "") if lane is not None else "")
    drawing = drawing_of(diagram)
    beside = drawing.box(about.get("id", ""))
    if box is not None:
        drawing.draw(note.get("id", ""), Box(beside.x, box.y, box.width, box.height) if beside is not None else box)
        settle(diagram, note)
    if not is_alone:
        line = add_child(container, "association", None, id=diagram.new_id(f"{note.get('id')}_line"),
                         sourceRef=about.get("id", ""), targetRef=note.get("id", ""))  # fmt: skip
        drawing.draw_again(line.get("id", ""))
    return note


def add_data(diagram: Diagram, container: Node, variable: str, names: Mapping[str, str]) -> Node:
    """Return a new sign for a variable of the case; where the variable is drawn already, another sign for it.

    :raise DiagramRefused: the variable cannot have that name.
    """
    known = diagram.find(variable)
    if slug_of(variable) != variable or (known is not None and local(known) != "dataObject"):
        raise refusal(
            variable[:60] or "data",
            "nama variabel terdiri atas huruf kecil, angka, dan garis bawah, dan belum dipakai sebagai id lain; "
            "pilih nama lain.",
            "a variable is named with small letters, digits and underscores, and not like another part; choose "
            "another name.",
        )
    if known is None:
        add_child(container, "dataObject", None, id=variable)
    sign = add_child(container, "dataObjectReference", None, id=diagram.new_id(f"data_{variable}"),
                     dataObjectRef=variable)  # fmt: skip
    rename(sign, names)
    box = free_row(diagram, container, size_of("dataObjectReference"))
    if box is not None:
        drawing_of(diagram).draw(sign.get("id", ""), box)
        settle(diagram, sign)
        placed = drawing_of(diagram).box(sign.get("id", "")) or box
        drawing_of(diagram).label(sign.get("id", ""), Box(placed.x + _LABEL.x, placed.y + _LABEL.y, 100, 14))
    return sign


def link_data(diagram: Diagram, node: Node, sign: Node, *, reads: bool) -> Node:
    """Return a new line between a step and a sign for data: the step reads it, or keeps its result there."""
    tag = "dataInputAssociation" if reads else "dataOutputAssociation"
    line = add_child(node, tag, None, id=diagram.new_id(f"{node.get('id')}_{'reads' if reads else 'keeps'}"))
    if reads:
        etree.SubElement(line, f"{B}sourceRef").text = sign.get("id")
    else:
        etree.SubElement(line, f"{B}targetRef").text = sign.get("id")
    drawing_of(diagram).draw_again(line.get("id", ""))
    return line


def add_group(diagram: Diagram, container: Node, names: Mapping[str, str], members: Sequence[str]) -> Node:
    """Return a new frame around some steps; it says only that they belong together.

    :raise DiagramRefused: no step is named, or the diagram is not drawn.
    """
    drawing = drawing_of(diagram)
    boxes = [box for name in members if (box := drawing.box(name)) is not None]
    if not boxes:
        raise refusal(
            container.get("id", ""),
            "pilih sedikitnya satu langkah untuk kelompok ini.",
            "choose at least one step for this group.",
        )
    category = etree.Element(f"{B}category", {"id": diagram.new_id("category")})
    put_after(container if local(container) == "process" else diagram.process(), category)
    value = add_child(category, "categoryValue", None, id=diagram.new_id("category_value"), value=names.get("id", ""))
    group = add_child(container, "group", None, id=diagram.new_id(f"group_{names.get('id', '')}", "group"),
                      categoryValueRef=value.get("id", ""))  # fmt: skip
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    drawing.draw(group.get("id", ""), Box(left - _AIR, top - _AIR, right - left + 2 * _AIR, bottom - top + 2 * _AIR))
    return group


def text_of_noted(diagram: Diagram, node: Node) -> str:
    """Return what a note, a group or a sign for data says."""
    if local(node) == "textAnnotation":
        return next((text.text or "" for text in children(node, "text")), "")
    value = diagram.find(node.get("categoryValueRef", "")) if local(node) == "group" else None
    return value.get("value", "") if value is not None else node.get("name", "")


def say_noted(diagram: Diagram, node: Node, names: Mapping[str, str]) -> None:
    """Let a note, a group or a sign for data say something else."""
    value = diagram.find(node.get("categoryValueRef", "")) if local(node) == "group" else None
    if local(node) == "textAnnotation":
        set_text(node, "text", names.get("id", ""))
    elif value is not None:
        value.set("value", names.get("id", ""))
    else:
        rename(node, names)


def remove_noted(diagram: Diagram, node: Node) -> None:
    """Take a note, a group or a sign for data away, with its lines; with its last sign the data object goes."""
    identifier, drawing = node.get("id", ""), drawing_of(diagram)
    remove_lines(diagram, {identifier})
    drawing.erase(identifier)
    remove(node)
    named = {"group": ("categoryValueRef", "group"), "dataObjectReference": ("dataObjectRef", "dataObjectReference")}
    attribute, tag = named.get(local(node), ("", ""))
    others = [one for one in diagram.root.iter(f"{B}{tag}") if one.get(attribute) == node.get(attribute)] if tag else []
    meant = diagram.find(node.get(attribute, "")) if attribute and not others else None
    if meant is not None:
        around = parent_of(meant)
        remove(meant)
        if local(around) == "category" and len(around) == 0:
            remove(around)


def remove_lines(diagram: Diagram, names: Collection[str]) -> None:
    """Take away what connects elements otherwise than by flows."""
    for line in [one for one in diagram.root.iter(*LINES[1:]) if any(end in names for end in diagram.ends_of(one))]:
        unlink(diagram, line)


def unlink(diagram: Diagram, line: Node) -> None:
    """Take away a line to a note or to data."""
    drawing_of(diagram).erase(line.get("id", ""))
    take_line(diagram.root, line)


def take_line(around: Node, line: Node) -> None:
    """Take a line out of what is around it, with the property that stands for its end and for that of no other."""
    ends = _targets(line)
    remove(line)
    ends -= {end for other in around.iter(*LINES[2:]) for end in _targets(other)}
    for one in [one for one in around.iter(f"{B}property") if one.get("id") in ends]:
        remove(one)


def _targets(line: Node) -> set[str]:
    return {(one.text or "").strip() for one in children(line, "targetRef")}
