"""Undoes what drawing tools do to a diagram without being asked: they shuffle its parts, and the order counts.

Of two conditions that both hold, that of the flow which is written first is taken.
"""

from collections.abc import Hashable, Sequence

from lxml import etree

from engine.designs.trees import Node

_MARKER = "isMarkerVisible"
_NAMED_BY_TEXT = frozenset({"incoming", "outgoing", "flowNodeRef"})


def keep_order(root: Node, like: Node) -> None:
    """Put the parts of a diagram into the order that those with the same ids have in another; new ones stay where
    they follow the same part.
    """
    known = {node.get("id"): node for node in like.iter() if node.get("id")}
    for node in list(root.iter()):
        before = like if node is root else known.get(node.get("id"))
        if before is not None:
            _follow(node, before)
            if before.get(_MARKER) is None and node.get(_MARKER) == "true":  # so it is drawn anyway
                del node.attrib[_MARKER]


def _follow(node: Node, before: Node) -> None:
    """Reorder the children of an element that have a name, among their own places."""
    named = [child for child in node if _key(child) is not None]
    ranks = {_key(child): rank for rank, child in enumerate(before)}
    ordered = _ordered([ranks.get(_key(child)) for child in named])
    if ordered == sorted(ordered):
        return
    children = list(node)
    places = [place for place, child in enumerate(children) if _key(child) is not None]
    for place, number in zip(places, ordered, strict=True):
        children[place] = named[number]
    node[:] = children


def _ordered(ranks: Sequence[int | None]) -> list[int]:
    """Return the numbers of parts by their ranks; one without a rank comes behind the one that it followed."""
    groups: list[tuple[int, list[int]]] = []
    for number, rank in enumerate(ranks):
        if rank is None and groups:
            groups[-1][1].append(number)
        else:
            groups.append((-1 if rank is None else rank, [number]))
    return [number for _, group in sorted(groups, key=lambda group: group[0]) for number in group]


def _key(node: Node) -> Hashable:
    """Return by what a part is known in both diagrams; None for what has no name."""
    tag = str(etree.QName(node).localname)
    return (tag, (node.text or "").strip()) if tag in _NAMED_BY_TEXT else node.get("id")
