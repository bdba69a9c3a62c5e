"""Draws a diagram as SVG from the places it gives its shapes: for paper, for a file, for whoever has no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from lxml import etree

from engine.bpmn.read import FARTHEST, NAMES, read_xml
from engine.bpmn.texts import names_of
from engine.bpmn.vocabulary import BPMN

_SVG: Final = "http://www.w3.org/2000/svg"
_DI: Final = {
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "dd": "http://www.omg.org/spec/DD/20100524/DI",
}
_AIR: Final = 20.0
_LINE, _LETTER = 14.0, 6.6  # of letters of 12 px: the distance of lines, their usual width
_STYLE: Final = """
svg { font: 12px "Noto Sans", "DejaVu Sans", sans-serif; background: #fff; }
.shape, .flow { fill: #fff; stroke: #2b2723; stroke-width: 1.5; }
.flow, .inner { fill: none; }
.inner { stroke: #2b2723; stroke-width: 1.5; }
.frame > .shape { fill: none; stroke: #8a8378; }
.end > .shape { stroke-width: 4; }
.note > .shape { fill: none; stroke: #8a8378; }
.dotted > .flow { stroke-dasharray: 2 4; }
.dashed > .flow { stroke-dasharray: 6 4; }
text { fill: #211d17; }
.glyph, .sign text { font-family: "DejaVu Sans", "DejaVu Sans Mono", sans-serif; font-weight: 700; }
.walked > .shape { fill: #e5f3ea; stroke: #1a6840; }
.walked > .flow { stroke: #1a6840; stroke-width: 3; }
.missed > .shape { fill: #fff4e0; stroke: #8a4b00; stroke-dasharray: 6 4; }
.missed > .flow { stroke: #8a4b00; stroke-width: 3; stroke-dasharray: 6 4; }
.active > .shape { fill: #e8f0fa; stroke: #14549f; stroke-width: 4; }
.sign circle { fill: #fff; stroke: #2b2723; }
"""
_GLYPHS: Final[Mapping[str, str]] = {
    "messageEventDefinition": "✉",
    "timerEventDefinition": "◷",
    "signalEventDefinition": "△",
    "conditionalEventDefinition": "≡",
    "errorEventDefinition": "↯",
    "escalationEventDefinition": "⇑",
    "linkEventDefinition": "➔",
    "compensateEventDefinition": "«",
    "cancelEventDefinition": "✕",
    "terminateEventDefinition": "●",
    "exclusiveGateway": "✕",
    "parallelGateway": "+",
    "inclusiveGateway": "○",
    "eventBasedGateway": "◇",
    "userTask": "☺",
    "manualTask": "☞",
    "serviceTask": "⚙",
    "scriptTask": "≣",
    "businessRuleTask": "▦",
    "sendTask": "➤",
    "receiveTask": "✉",
}
_LINES: Final[Mapping[str, str]] = {"association": "dotted", "messageFlow": "dashed"}
_INSIDE: Final = frozenset({"subProcess", "transaction", "callActivity"})


@dataclass(frozen=True, slots=True)
class _Box:
    """Where something is drawn."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass
class _Drawing:
    """The picture while it is drawn.

    :ivar boxes: everything that must be inside the picture.
    """

    root: etree._Element
    nodes: Mapping[str, etree._Element]
    classes: Mapping[str, str]
    signs: Mapping[str, str]
    language: str
    boxes: list[_Box] = field(default_factory=list)

    def group(self, name: str, *kinds: str) -> etree._Element:
        """Begin what belongs to one element; its title is what a pointer and a screen reader find."""
        said = " ".join(filter(None, (*kinds, self.classes.get(name, ""))))
        group = _add(self.root, "g", id=f"drawn-{name}", **{"class": said})
        _add(group, "title").text = self.name_of(name)
        return group

    def name_of(self, name: str) -> str:
        """Return what an element is called."""
        node = self.nodes.get(name)
        if node is None:
            return ""
        names = names_of(node)
        text = node.findtext("bpmn:text", "", NAMES) if _tag(node) == "textAnnotation" else ""
        return str(names.get(self.language) or names.get("id") or text)

    def sign(self, name: str, x: float, y: float) -> None:
        """Put the sign of an element beside it, so that not its colour alone says what it says."""
        sign = self.signs.get(name)
        if sign:
            group = _add(self.root, "g", **{"class": "sign"})
            _add(group, "circle", cx=x, cy=y, r=9)
            _write(group, (sign,), x, y)
            self.boxes.append(_Box(x - 10, y - 10, 20, 20))


def draw_diagram(
    content: bytes,
    *,
    classes: Mapping[str, str] | None = None,
    signs: Mapping[str, str] | None = None,
    language: str = "id",
    title: str = "",
) -> bytes:
    """Return a diagram as an SVG picture with a title and a description.

    :param classes: of elements and flows by id: `walked`, `missed`, `active`, or others of one's own.
    :param signs: one character to stand beside an element or flow, by id.
    :raise DiagramRefused: the bytes are no diagram that may be read.
    """
    source = read_xml(content, "diagram.bpmn")
    root = etree.Element(f"{{{_SVG}}}svg", nsmap={None: _SVG})  # type: ignore[dict-item]  # the stubs know no default namespace
    nodes = {node.get("id", ""): node for node in source.iter(f"{{{BPMN}}}*") if node.get("id")}
    drawing = _Drawing(root, nodes, classes or {}, signs or {}, language)
    head = _add(root, "title", id="drawing-title")
    _add(root, "desc").text = _described(drawing, source)
    _add(root, "style").text = _STYLE
    _add_arrow(root)
    for plane in source.iterfind(".//di:BPMNPlane", _DI):
        _draw_plane(drawing, plane)
    head.text = title or _title(drawing, source)
    _frame(drawing)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _title(drawing: _Drawing, source: etree._Element) -> str:
    process = source.find("bpmn:process", NAMES)
    return drawing.name_of(process.get("id", "")) if process is not None else ""


def _described(drawing: _Drawing, source: etree._Element) -> str:
    """Return the names of the steps, in the order in which they stand in the file."""
    tasks = (node.get("id", "") for node in source.iter(f"{{{BPMN}}}*") if _tag(node).endswith("Task"))
    return "; ".join(filter(None, map(drawing.name_of, tasks)))


def _draw_plane(drawing: _Drawing, plane: etree._Element) -> None:
    """Draw one plane; shapes first, largest first, then lines, then names, so that nothing hides what matters."""
    shapes = [(shape, box) for shape in plane.iterfind("di:BPMNShape", _DI) if (box := _box(shape)) is not None]
    shapes.sort(key=lambda pair: -pair[1].width * pair[1].height)
    for shape, box in shapes:
        _draw_shape(drawing, shape, box)
    for edge in plane.iterfind("di:BPMNEdge", _DI):
        _draw_edge(drawing, edge)
    for shape, box in shapes:
        drawing.sign(shape.get("bpmnElement", ""), box.x + box.width - 4, box.y - 2)


def _draw_shape(drawing: _Drawing, shape: etree._Element, box: _Box) -> None:
    name = shape.get("bpmnElement", "")
    node = drawing.nodes.get(name)
    if node is None:
        return
    drawing.boxes.append(box)
    tag = _tag(node)
    if tag in ("participant", "lane"):
        _draw_frame(drawing, name, box)
    elif tag.endswith("Event"):
        _draw_event(drawing, node, box)
        _name_beside(drawing, shape, name, box)
    elif tag.endswith("Gateway"):
        _draw_gateway(drawing, node, box)
        _name_beside(drawing, shape, name, box)
    else:
        _draw_rectangle(drawing, node, box)


def _draw_frame(drawing: _Drawing, name: str, box: _Box) -> None:
    group = drawing.group(name, "frame")
    _add(group, "rect", x=box.x, y=box.y, width=box.width, height=box.height, **{"class": "shape"})
    x, y = box.x + 15, box.middle[1]
    text = _add(group, "text", x=x, y=y, transform=f"rotate(-90 {_number(x)} {_number(y)})", **_CENTRED)
    text.text = drawing.name_of(name)


def _draw_event(drawing: _Drawing, node: etree._Element, box: _Box) -> None:
    tag = _tag(node)
    group = drawing.group(node.get("id", ""), "end" if tag == "endEvent" else "event")
    (x, y), radius = box.middle, box.width / 2
    _add(group, "circle", cx=x, cy=y, r=radius, **{"class": "shape"})
    if tag not in ("startEvent", "endEvent"):
        _add(group, "circle", cx=x, cy=y, r=max(radius - 3, 1), **{"class": "inner"})
    glyph = next((_GLYPHS[_tag(child)] for child in node if _tag(child) in _GLYPHS), "")
    _write(group, (glyph,), x, y)


def _draw_gateway(drawing: _Drawing, node: etree._Element, box: _Box) -> None:
    group = drawing.group(node.get("id", ""), "gateway")
    (x, y), right, below = box.middle, box.x + box.width, box.y + box.height
    corners = ((x, box.y), (right, y), (x, below), (box.x, y))
    _add(group, "polygon", points=_points(corners), **{"class": "shape"})
    _write(group, (_GLYPHS.get(_tag(node), ""),), x, y, "glyph")


def _draw_rectangle(drawing: _Drawing, node: etree._Element, box: _Box) -> None:
    """Draw a task, an activity with others inside, a data object or a note."""
    tag, name = _tag(node), node.get("id", "")
    is_activity = tag.endswith("Task") or tag == "task" or tag in _INSIDE
    group = drawing.group(name, "activity" if is_activity else "note")
    _add(group, "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=8 if is_activity else 0,
         **{"class": "shape"})  # fmt: skip
    is_large = tag in _INSIDE and box.height > 150
    lines = _wrapped(drawing.name_of(name), box.width - 10)
    _write(group, lines, box.middle[0], box.y + 14 if is_large else box.middle[1])
    if tag in _GLYPHS:
        _write(group, (_GLYPHS[tag],), box.x + 11, box.y + 11)


def _name_beside(drawing: _Drawing, shape: etree._Element, name: str, box: _Box) -> None:
    """Write the name of an event or gateway where its label stands, or below it."""
    label = shape.find("di:BPMNLabel", _DI)
    place = _box(label) if label is not None else None
    place = place or _Box(box.middle[0] - 50, box.y + box.height + 2, 100, _LINE)
    lines = _wrapped(drawing.name_of(name), max(place.width, 60))
    height = _LINE * len(lines)
    if lines:
        drawing.boxes.append(_Box(place.x, place.y, place.width, max(place.height, height)))
        _write(drawing.root, lines, place.middle[0], place.y + max(place.height, height) / 2)


def _draw_edge(drawing: _Drawing, edge: etree._Element) -> None:
    points = [point for one in edge.iterfind("dd:waypoint", _DI) if (point := _point(one)) is not None]
    name = edge.get("bpmnElement", "")
    node = drawing.nodes.get(name)
    if len(points) < 2 or node is None:
        return
    group = drawing.group(name, _LINES.get(_tag(node), "line"))
    line = _add(group, "polyline", points=_points(points), **{"class": "flow"})
    if _tag(node) != "association":
        line.set("marker-end", "url(#arrow)")
    drawing.boxes += [_Box(x, y, 0, 0) for x, y in points]
    label = edge.find("di:BPMNLabel", _DI)
    place = _box(label) if label is not None else None
    x, y = place.middle if place is not None else _halfway(points)
    if drawing.name_of(name):
        _write(group, _wrapped(drawing.name_of(name), 110), x, y if place is not None else y - 9)
    drawing.sign(name, *_halfway(points))


def _halfway(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the middle of the longest part of a line."""
    parts = list(pairwise(points))
    (x, y), (u, v) = max(parts, key=lambda part: abs(part[0][0] - part[1][0]) + abs(part[0][1] - part[1][1]))
    return (x + u) / 2, (y + v) / 2


def _frame(drawing: _Drawing) -> None:
    """Give the picture the size of what is in it."""
    boxes = drawing.boxes or [_Box(0, 0, 100, 100)]
    left, top = min(box.x for box in boxes) - _AIR, min(box.y for box in boxes) - _AIR
    width = max(box.x + box.width for box in boxes) + _AIR - left
    height = max(box.y + box.height for box in boxes) + _AIR - top
    root = drawing.root
    root.set("viewBox", " ".join(map(_number, (left, top, width, height))))
    root.set("width", _number(width))
    root.set("height", _number(height))
    root.set("role", "img")
    root.set("aria-labelledby", "drawing-title")


def _add_arrow(root: etree._Element) -> None:
    marker = _add(_add(root, "defs"), "marker", id="arrow", viewBox="0 0 10 10", refX=9, refY=5, markerWidth=9,
                  markerHeight=9, markerUnits="userSpaceOnUse", orient="auto")  # fmt: skip
    _add(marker, "path", d="M 0 0 L 10 5 L 0 10 z")


_CENTRED: Final = {"text-anchor": "middle", "dominant-baseline": "central"}


def _write(group: etree._Element, lines: Sequence[str], x: float, y: float, kind: str = "") -> None:
    """Write lines around a point."""
    first = y - _LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        if line:
            text = _add(group, "text", x=x, y=first + number * _LINE, **_CENTRED)
            text.text = line
            if kind:
                text.set("class", kind)


def _wrapped(text: str, width: float) -> list[str]:
    """Return a text in lines that fit into a width, as far as its words allow."""
    most = max(int(width / _LETTER), 8)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _add(parent: etree._Element, tag: str, **attributes: object) -> etree._Element:
    said = {
        name: _number(value) if isinstance(value, int | float) else str(value) for name, value in attributes.items()
    }
    return etree.SubElement(parent, f"{{{_SVG}}}{tag}", said)


def _tag(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _box(node: etree._Element) -> _Box | None:
    bounds = node.find("dc:Bounds", _DI)
    values = [_float(bounds.get(name)) for name in ("x", "y", "width", "height")] if bounds is not None else []
    known = [value for value in values if value is not None]
    return _Box(*known) if len(known) == 4 else None


def _point(node: etree._Element) -> tuple[float, float] | None:
    x, y = _float(node.get("x")), _float(node.get("y"))
    return None if x is None or y is None else (x, y)


def _float(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if abs(number) <= FARTHEST else None


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
