"""DMN files as trees to be changed: read as safely as for use, written so that only what changed differs."""

import re
from collections.abc import Iterable, Sequence
from typing import cast

from lxml import etree

from engine.dmn.parsing import children, parse

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_INDENT = "  "
_BETWEEN_TAGS = re.compile(rb">[^<]+<")
_QUOTED = re.compile(rb">[^<]*&quot;[^<]*<")
"""Some write quotation marks between tags as entities; libxml2 does not."""


def read_tree(xml: bytes) -> etree._Element:
    """Return the root of a DMN file, comments included.

    :raise DmnUnreadable: when the bytes are none, or are not safe to read.
    """
    parse(xml)
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(xml.decode("utf-8-sig").encode(), parser)


def write_tree(root: etree._Element, before: bytes) -> bytes:
    """Return the file of a tree, in the manner of the file it was read from."""
    body = etree.tostring(root.getroottree(), encoding="UTF-8")
    if b" />" in before:
        body = body.replace(b"/>", b" />")
    if _QUOTED.search(before):
        body = _BETWEEN_TAGS.sub(lambda found: found[0].replace(b'"', b"&quot;"), body)
    start = _DECLARATION if before.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml") else b""
    return start + body + (b"\n" if before.endswith(b"\n") else b"")


def first_child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of a name; None when there is none."""
    return next(children(element, name), None)


def new_element(like: etree._Element, name: str, **attributes: str) -> etree._Element:
    """Return a new element in the namespace of another."""
    element = etree.Element(f"{{{etree.QName(like).namespace}}}{name}", nsmap=cast("dict[str, str]", like.nsmap))
    for key, value in attributes.items():
        element.set(key, value)
    return element


def set_attribute(element: etree._Element, name: str, value: str) -> None:
    """Give an element an attribute; an empty value takes it away."""
    if value:
        element.set(name, value)
    elif name in element.attrib:
        del element.attrib[name]


def set_text(element: etree._Element, text: str) -> None:
    """Write the text that a cell or an expression holds, if it is another one."""
    inside = first_child(element, "text")
    if inside is None:
        inside = new_element(element, "text")
        element.append(inside)
    if (inside.text or "").strip() != text:
        inside.text = text


class Ids:
    """The ids of a file, and new ones: the smallest number behind a prefix that is not used yet."""

    def __init__(self, root: etree._Element) -> None:
        self._used = {id_ for element in root.iter(etree.Element) if (id_ := element.get("id"))}
        self._last: dict[str, int] = {}

    def new(self, prefix: str) -> str:
        """Return an id that nothing has, and remember it."""
        number = self._last.get(prefix, 0) + 1
        while f"{prefix}_{number}" in self._used:
            number += 1
        self._last[prefix] = number
        self._used.add(f"{prefix}_{number}")
        return f"{prefix}_{number}"


def arrange(parent: etree._Element, wanted: Sequence[etree._Element]) -> None:
    """Give an element these children in this order, each on a line of its own if its lines are written so.

    A comment stays before the child that it stood before.
    """
    if elements_in(parent) == list(wanted):
        return
    known = set(elements_in(parent))
    between, end = parent.text, parent[-1].tail if len(parent) else parent.text
    depth = sum(1 for _ in parent.iterancestors()) + 1
    comments = _comments_by_next(parent)
    for child in list(parent):
        parent.remove(child)
    for child in wanted:
        if child not in known and _is_on_lines(_neighbour(wanted, known, child)):
            etree.indent(child, space=_INDENT, level=depth)
        for one in (*comments.pop(child, ()), child):
            parent.append(one)
            one.tail = between
    for comment in (one for left in comments.values() for one in left):
        parent.append(comment)
        comment.tail = between
    if len(parent):
        parent[-1].tail = end


def elements_in(parent: etree._Element) -> list[etree._Element]:
    """Return the children of an element without the comments."""
    return list(parent.iterchildren(etree.Element))


def _comments_by_next(parent: etree._Element) -> dict[etree._Element | None, list[etree._Element]]:
    """Return the comments among the children by the child that follows them; None at the end."""
    found: dict[etree._Element | None, list[etree._Element]] = {}
    waiting: list[etree._Element] = []
    elements = set(elements_in(parent))
    for child in parent:
        if child in elements:
            found[child], waiting = waiting, []
        else:
            waiting.append(child)
    found[None] = waiting
    return found


def _neighbour(wanted: Iterable[etree._Element], known: set[etree._Element], new: etree._Element) -> etree._Element:
    """Return a child of the same kind that was there before: it shows how its like are written."""
    return next((child for child in wanted if child in known and child.tag == new.tag), new)


def _is_on_lines(element: etree._Element) -> bool:
    return "\n" in (element.text or "") and len(element) > 0
