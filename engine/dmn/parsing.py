"""Parses DMN files, without letting a file reach anything outside itself."""

from collections.abc import Iterator

from lxml import etree

from engine.dmn.errors import DmnUnreadable
from engine.dmn.prolog import has_doctype

MAX_BYTES = 2 * 1024 * 1024
"""Largest accepted file."""

MAX_ELEMENTS = 20_000
"""Elements of a file, as many as a diagram may have."""

MAX_DEPTH = 80
"""Elements inside each other: reading and running boxes within boxes never gets near Python's own limit."""

NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
"""DMN 1.1, 1.2, 1.3, 1.4 and 1.5."""


def parse(xml: bytes) -> etree._Element:
    """Return the ``definitions`` of a DMN file. :raise DmnUnreadable: when it is none, or is not safe to read."""
    if len(xml) > MAX_BYTES:
        raise DmnUnreadable("too_large", found=str(len(xml)), limit=str(MAX_BYTES))
    try:
        text = xml.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DmnUnreadable("encoding") from None
    if has_doctype(text):
        raise DmnUnreadable("doctype")
    root = _tree(text)
    if etree.QName(root).localname != "definitions" or etree.QName(root).namespace not in NAMESPACES:
        raise DmnUnreadable("not_dmn", found=str(root.tag))
    _check_size(root)
    return root


def children(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Yield the children of these names, in the file's own namespace."""
    own = etree.QName(element).namespace
    for child in element.iterchildren(etree.Element):
        name = etree.QName(child)
        if name.namespace == own and name.localname in tags:
            yield child


def tag(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname


def text_of(element: etree._Element, name: str = "text") -> str:
    """Return the text of a child, without the space around it; empty when there is none."""
    return "".join(child.text or "" for child in children(element, name)).strip()


def name_of(element: etree._Element) -> str:
    """Return an element's name as FEEL spells it: with single spaces."""
    return " ".join(element.get("name", "").split())


def _check_size(root: etree._Element) -> None:
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise DmnUnreadable("too_many", limit=str(MAX_ELEMENTS))
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise DmnUnreadable("too_deep", limit=str(MAX_DEPTH))


def _tree(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DmnUnreadable("not_xml", found=str(error)) from None
