"""Writes a merged tree as the file that it stands for."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from engine.designs.difference_forms import plain_value
from engine.designs.difference_tree import DRAWN, POINTS, TEXT, WHOLE, Node, Tree, is_point
from engine.designs.merging_result import Result
from engine.designs.merging_sides import Side, Sides

_BETWEEN: Final = "\x1f"


def write_values(result: Result, root: str) -> bytes:
    """Return a form as JSON."""
    return json.dumps(plain_value(Tree(result.nodes), root), ensure_ascii=False).encode()


def write_elements(sides: Sides, result: Result, root: str) -> bytes:
    """Return a diagram or a file of tables as XML."""
    node = result.nodes[root]
    names = {prefix: uri for side in (Side.THEIRS, Side.MINE) for prefix, uri in _namespaces(sides.tree(side))}
    top = etree.Element(node.facts["tag"], nsmap=names)
    _fill(sides, result, node, top)
    return etree.tostring(top, encoding="UTF-8", xml_declaration=True)


def _namespaces(tree: Tree) -> Iterator[tuple[str, str]]:
    """Yield the prefixes of a file; what it declares without one is found by the tags."""
    assert tree.elements is not None
    named = tree.elements[tree.root.key].nsmap.items()
    return ((prefix, uri) for prefix, uri in named if prefix)


def _fill(sides: Sides, result: Result, node: Node, element: etree._Element) -> None:
    for fact, value in node.facts.items():
        if fact.startswith("@"):
            element.set(fact.removeprefix("@"), value)
    for child in node.children:
        part = result.nodes[child]
        if WHOLE in part.facts:
            element.append(_copied(sides, result.origin((child, WHOLE)), child))
        else:
            _fill(sides, result, part, etree.SubElement(element, part.facts["tag"]))
    for place, point in enumerate(_points(sides, result, node)):
        element.insert(place, point)
    _write_text(element, node.facts.get(TEXT, ""))


def _copied(sides: Sides, side: Side, key: str) -> etree._Element:
    """Return an element as the side has it."""
    elements = sides.tree(side).elements
    assert elements is not None
    element = deepcopy(elements[key])
    element.tail = None
    return element


def _write_text(element: etree._Element, text: str) -> None:
    """Write what stands in an element and between its parts."""
    first, *rest = text.split(_BETWEEN)
    element.text = first or None
    for child, tail in zip(element, rest, strict=False):
        child.tail = tail or None


def _points(sides: Sides, result: Result, node: Node) -> Iterator[etree._Element]:
    """Yield the corners of a line; its ends move with the shapes at which it ends."""
    if POINTS not in node.facts:
        return
    side = result.origin((node.key, POINTS))
    tree = sides.tree(side)
    assert tree.elements is not None
    points = [deepcopy(child) for child in tree.elements[node.key] if is_point(child)]
    flow = result.nodes.get(node.key.removeprefix(DRAWN))
    if flow is not None:
        _shift(points[0], _moved(sides, result, side, flow.said("sourceRef")))
        _shift(points[-1], _moved(sides, result, side, flow.said("targetRef")))
    yield from points


def _shift(point: etree._Element, moved: tuple[float, float]) -> None:
    for axis, way in zip("xy", moved, strict=True):
        if way:
            point.set(axis, f"{_number(point.get(axis)) + way:g}")


def _moved(sides: Sides, result: Result, side: Side, shape: str) -> tuple[float, float]:
    """Return how far from its place on that side a shape stands now."""
    key = f"{DRAWN}{shape}/Bounds"
    if key not in result.nodes or key not in sides.tree(side):
        return 0.0, 0.0
    was, now = _middle(sides, side, key), _middle(sides, result.origin((key, WHOLE)), key)
    return now[0] - was[0], now[1] - was[1]


def _middle(sides: Sides, side: Side, key: str) -> tuple[float, float]:
    element = _copied(sides, side, key)
    x, y, width, height = (_number(element.get(name)) for name in ("x", "y", "width", "height"))
    return x + width / 2, y + height / 2


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:  # a place that no tool writes; a drawing is never worth an error
        return 0.0
