"""Copies steps of a diagram, also from another one, with what hangs on them: events, what undoes them, data, notes."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from engine.bpmn.model import Trigger
from engine.bpmn.vocabulary import ALUR
from engine.designs.editing.beside import hang_undoing
from engine.designs.editing.connecting import is_undone
from engine.designs.editing.diagram import (
    B,
    Diagram,
    add_child,
    children,
    free_id,
    local,
    parent_of,
    put_after,
    refusal,
    remove,
)
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.happening import DEFINED, reference_of
from engine.designs.editing.inserting import NewStep, append, edge_place
from engine.designs.editing.laning import enter_lane
from engine.designs.editing.moving import is_movable, land, put_down, stand, stays
from engine.designs.editing.noting import add_data, add_note, link_data, take_line, text_of_noted
from engine.designs.editing.placing import LINES
from engine.designs.trees import Node

_NAMES_OTHERS = ("sourceRef", "targetRef", "default", "attachedToRef", "activityRef")
_SAID_AS_TEXT = ("incoming", "outgoing", "sourceRef", "targetRef")
_READS = "dataInputAssociation"


@dataclass(frozen=True, slots=True)
class _Link:
    """A line between something that was copied and a sign for data that was not.

    :param owner: the id of the copy.
    :param names: of the sign, by language.
    """

    owner: str
    reads: bool
    variable: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Copied:
    """A copy that stands nowhere yet.

    :param names: new ids by old ones.
    :param links: what its steps read and keep outside of it.
    """

    node: Node
    names: Mapping[str, str]
    links: tuple[_Link, ...]


def copy_step(diagram: Diagram, node: Node, spot: Node, lane: str = "", *, origin: Diagram | None = None) -> Node:
    """Return a copy of a step, with all that hangs on it, put somewhere.

    That is: its events, what is in it, the step that undoes it, its notes, and its lines to data; a sign for data that
    does not reach so far is drawn anew.

    :param spot: a flow or a step, as for `move_step`.
    :param origin: the diagram in which the step is, if that is another one.
    :raise DiagramRefused: it cannot stand there, or the name of its data means something else in this diagram.
    """
    source = origin or diagram
    if not is_movable(node):
        raise stays(node)
    copied = _copied(diagram, source, node)
    stand(diagram, [copied.node], spot)
    put_down(diagram, copied.node, _drawn(diagram, source, copied.names),
             drawing_of(source).box(node.get("id", "")), spot)  # fmt: skip
    _draw_apart(diagram, source, copied.names)
    land(diagram, copied.node, spot, lane)
    for event in source.attached(node.get("id", "")):
        _copy_event(diagram, source, event, copied.node)
    _link_again(diagram, copied)
    for text in list(_notes(source, node)):
        add_note(diagram, copied.node, text)
    return copied.node


def _copied(diagram: Diagram, source: Diagram, node: Node) -> _Copied:
    """Return a copy of a step under ids of its own.

    :raise DiagramRefused: the name of its data means something else in the diagram.
    """
    copy = deepcopy(node)
    copy.tail = None
    for tag in ("incoming", "outgoing"):
        for one in list(children(copy, tag)):
            copy.remove(one)
    _keep_objects(diagram, copy)
    inside = {one.get("id", "") for one in copy.iter(f"{B}*")} - {""}
    outward = [line for line in copy.iter(*LINES[1:]) if not inside.issuperset(source.ends_of(line))]
    said = [_link_of(source, line) for line in outward if local(line) != "association"]
    for line in outward:
        take_line(copy, line)
    names: dict[str, str] = {}
    taken = diagram.taken()
    for one in copy.iter(f"{B}*"):
        if one.get("id"):
            kept = local(one) == "dataObject"  # its id is the name of the variable
            names[one.get("id", "")] = one.get("id", "") if kept else _free(one.get("id", ""), taken)
            taken.add(names[one.get("id", "")])
    _rename(copy, names)
    _define_again(diagram, source, copy)
    links = (_Link(names[owner], reads, variable, signs) for owner, reads, variable, signs in filter(None, said))
    return _Copied(copy, names, tuple(links))


def _keep_objects(diagram: Diagram, copy: Node) -> None:
    """Let a copy have those data objects that its signs mean and the diagram does not have.

    :raise DiagramRefused: such a name means something else in the diagram.
    """
    for one in list(copy.iter(f"{B}dataObject")):
        if diagram.find(one.get("id", "")) is not None:
            _require_data(diagram, one.get("id", ""))
            remove(one)
    for sign in list(copy.iter(f"{B}dataObjectReference")):
        variable = sign.get("dataObjectRef", "")
        _require_data(diagram, variable)
        if (
            variable
            and diagram.find(variable) is None
            and not any(one.get("id") == variable for one in copy.iter(f"{B}dataObject"))
        ):
            add_child(parent_of(sign), "dataObject", None, id=variable)


def _require_data(diagram: Diagram, variable: str) -> None:
    known = diagram.find(variable)
    if known is not None and local(known) != "dataObject":
        raise refusal(
            variable[:60],
            "data dengan nama ini dipakai langkah yang disalin, tetapi di proses ini nama itu milik bagian lain. Ganti "
            "id bagian itu di penyunting diagram, lalu salin lagi; belum ada yang disalin.",
            "the step to be copied uses data of this name, but in this process the name belongs to another part. "
            "Change the id of that part in the drawing editor, then copy again; nothing was copied.",
        )


def _link_of(source: Diagram, line: Node) -> tuple[str, bool, str, Mapping[str, str]] | None:
    """Return what a line to data says, with the old id of its step; None if it leads nowhere."""
    reads = local(line) == _READS
    start, end = source.ends_of(line)
    owner, sign = (end, source.find(start)) if reads else (start, source.find(end))
    if sign is None or not local(sign).startswith("dataObject"):
        return None
    variable = sign.get("dataObjectRef") or str(sign.get("id", ""))
    return owner, reads, variable, {"id": sign.get("name", ""), "en": _english(sign)}


def _english(sign: Node) -> str:
    labels = sign.findall(f"{B}extensionElements/{{{ALUR}}}label")
    return next((one.text or "" for one in labels if one.get("lang") == "en"), "")


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(name for number in range(2, len(taken) + 3) if (name := f"{wanted}_{number}") not in taken)


def _rename(copy: Node, names: Mapping[str, str]) -> None:
    """Let what is copied name what was copied with it; what names something else says that no more.

    A throw that undoes one activity keeps naming it: without a name it would undo everything around it.
    """
    for one in copy.iter(f"{B}*"):
        if one.get("id"):
            one.set("id", names[one.get("id", "")])
        for attribute in _NAMES_OTHERS:
            value = one.get(attribute)
            if value is not None and value in names:
                one.set(attribute, names[value])
            elif value is not None and attribute != "activityRef":
                del one.attrib[attribute]
        if local(one) in _SAID_AS_TEXT and (one.text or "").strip() in names:
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


def _drawn(diagram: Diagram, source: Diagram, names: Mapping[str, str]) -> list[Node]:
    """Return copies of the shapes and lines of what is copied."""
    plane = drawing_of(source).plane
    parts = [deepcopy(part) for part in plane if part.get("bpmnElement") in names] if plane is not None else []
    _name_drawn(diagram, parts, names)
    return parts


def _draw_apart(diagram: Diagram, source: Diagram, names: Mapping[str, str]) -> None:
    """Draw what is in those copied sub-processes that are drawn on a plane of their own."""
    for plane in drawing_of(source).planes_of(names):
        chart = deepcopy(parent_of(plane))
        for one in [one for one in chart.iter() if one.get("bpmnElement") not in {None, *names}]:
            remove(one)
        _name_drawn(diagram, [chart], names)
        diagram.root.append(chart)


def _name_drawn(diagram: Diagram, parts: Iterable[Node], names: Mapping[str, str]) -> None:
    """Give what is drawn of a copy ids of its own, and let it name the copy."""
    taken = diagram.taken() | set(names.values())
    for one in [one for part in parts for one in part.iter()]:
        if one.get("bpmnElement"):
            one.set("bpmnElement", names[one.get("bpmnElement", "")])
            one.set("id", f"{one.get('bpmnElement')}_{'plane' if local(one) == 'BPMNPlane' else 'di'}")
        if one.get("id"):
            one.set("id", free_id(one.get("id", ""), taken))
            taken.add(one.get("id", ""))


def _copy_event(diagram: Diagram, source: Diagram, event: Node, host: Node) -> None:
    """Put a copy of an event at the edge of a copy; it leads to an end of its own, or to what undoes the copy."""
    handler = _handler_of(source, event) if is_undone(event) else None
    if is_undone(event) and handler is None:
        return
    copied = _copied(diagram, source, event)
    copy = copied.node
    copy.set("attachedToRef", host.get("id", ""))
    put_after(host, copy)
    drawing, box = drawing_of(diagram), drawing_of(diagram).box(host.get("id", ""))
    lane = diagram.lane_of(host.get("id", ""))
    if lane is not None and local(parent_of(copy)) == "process":
        enter_lane(lane, copy.get("id", ""), after=host.get("id", ""))
    if box is not None:
        drawing.draw(copy.get("id", ""), edge_place(diagram, host, box))
    if handler is None:
        append(diagram, copy, NewStep("endEvent", {"id": copy.get("name", "")}))
    else:
        undoing = _copied(diagram, source, handler)
        parts = _drawn(diagram, source, undoing.names)
        hang_undoing(diagram, copy, undoing.node, (parts, drawing_of(source).box(handler.get("id", ""))))
        _draw_apart(diagram, source, undoing.names)
        _link_again(diagram, undoing)
    _link_again(diagram, copied)


def _handler_of(source: Diagram, event: Node) -> Node | None:
    """Return the step that undoes what an event stands at."""
    lines = [source.ends_of(line) for line in source.root.iter(f"{B}association")]
    ends = (source.find(end) for pair in lines if event.get("id") in pair for end in pair)
    return next((one for one in ends if one is not None and one.get("isForCompensation") == "true"), None)


def _link_again(diagram: Diagram, copied: _Copied) -> None:
    """Draw the lines between copies and signs for data, of which those that do not reach so far are drawn anew."""
    for link in copied.links:
        owner = diagram.find(link.owner)
        if owner is None:
            continue
        _require_data(diagram, link.variable)
        around = list(owner.iterancestors())
        signs = [one for one in diagram.root.iter(f"{B}dataObjectReference")
                 if one.get("dataObjectRef") == link.variable and parent_of(one) in around]  # fmt: skip
        signs.sort(key=lambda one: around.index(parent_of(one)))
        sign = signs[0] if signs else add_data(diagram, parent_of(copied.node), link.variable, link.names)
        link_data(diagram, owner, sign, reads=link.reads)


def _notes(source: Diagram, node: Node) -> Iterator[str]:
    """Yield what the notes at a step say."""
    for line in source.root.iter(f"{B}association"):
        ends = source.ends_of(line)
        if node.get("id") in ends:
            notes = (source.find(end) for end in ends if end != node.get("id"))
            yield from (
                text_of_noted(source, one) for one in notes if one is not None and local(one) == "textAnnotation"
            )
