"""Files of a process as trees whose parts have names that last, so that two versions can be laid upon each other."""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from engine.bpmn.read import read_xml
from engine.bpmn.vocabulary import ALUR, BPMN, DRAWING, ONCE, PARAMETERS
from engine.designs.tidying import tidy_file
from engine.dmn import DmnUnreadable
from engine.dmn.parsing import NAMESPACES, parse
from engine.errors import DiagramRefused

TAG: Final = "tag"
PARENT: Final = "parent"
TEXT: Final = "text"
WHOLE: Final = "whole"
POINTS: Final = "points"
"""Facts that are no attributes: those are named with an @ before them."""

DRAWN: Final = "di:"
SHAPES: Final = frozenset({"BPMNShape", "BPMNEdge"})
NAMED_BY_TEXT: Final = frozenset({"incoming", "outgoing", "flowNodeRef"})
IN_SECTION: Final = "section of "
_UNREADABLE: Final = "unreadable"
# Found by where they stand: tools give them other ids, or none.
_BY_PLACE = ONCE | {"definitions", "process", "collaboration", "laneSet", "BPMNDiagram", "BPMNPlane"}
_REFERENCES = frozenset({"default", "bpmnElement", "href"})
_TELLING_TEXTS = NAMED_BY_TEXT | {"sourceRef", "targetRef"}
_ASKING = frozenset({"field", "differs_from"})


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a file.

    :param key: its name, by which the same part is found in another version of the file.
    :param tag: what it is, without its namespace; our own extensions begin with `alur:`.
    :param facts: all that it says, by `TAG`, `PARENT`, `TEXT` or the name of an attribute after an @.
    :param children: the keys of its parts, in order.
    :param names: the keys that its facts name, by fact.
    """

    key: str
    tag: str
    facts: Mapping[str, str]
    children: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def parent(self) -> str:
        """The key of the part in which it stands; empty for the outermost."""
        return self.facts[PARENT]

    def said(self, attribute: str) -> str:
        """Return an attribute; empty without it."""
        return self.facts.get(f"@{attribute}", "")


@dataclass(frozen=True, slots=True)
class Tree:
    """A file, part by part in its order.

    :param elements: what was read, by key; None for JSON, whose values stand in the facts.
    """

    nodes: Mapping[str, Node]
    elements: Mapping[str, etree._Element] | None = field(default=None, repr=False)
    _kin: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _numbers: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def kin(self, parent: str, tag: str) -> tuple[str, ...]:
        """Return the parts of one kind that stand in another part, in their order."""
        if (parent, tag) not in self._kin:
            found = tuple(child for child in self.nodes[parent].children if self.nodes[child].tag == tag)
            self._kin[parent, tag] = found
            self._numbers.update((child, number) for number, child in enumerate(found))
        return self._kin[parent, tag]

    def number(self, key: str) -> int:
        """Return how many of its kind stand before a part, within the part around it."""
        self.kin(self.nodes[key].parent, self.nodes[key].tag)
        return self._numbers[key]

    def get(self, key: str) -> Node | None:
        """Return a part, None if there is no such."""
        return self.nodes.get(key)

    def __contains__(self, key: object) -> bool:
        return key in self.nodes

    @property
    def root(self) -> Node:
        """The outermost part."""
        return next(iter(self.nodes.values()))

    @property
    def is_readable(self) -> bool:
        """Whether more is known of the file than that it differs."""
        return self.root.tag != _UNREADABLE

    def ancestors(self, key: str) -> Iterator[Node]:
        """Yield a part and those in which it stands, from the inside."""
        seen = set[str]()
        while key in self.nodes and key not in seen:
            seen.add(key)
            yield self.nodes[key]
            key = self.nodes[key].parent

    def inside(self, key: str) -> Iterator[str]:
        """Yield the keys of a part and of all that stands in it."""
        yield key
        for child in self.nodes[key].children:
            yield from self.inside(child)


def read_tree(name: str, content: bytes) -> Tree:
    """Return a file as a tree, in the form in which it would be kept; one that cannot be read is a single part."""
    try:
        tidied = tidy_file(name, content)
        if name.endswith(".json"):
            return read_values(json.loads(tidied))
        return read_elements(read_xml(tidied, name) if name.endswith(".bpmn") else parse(tidied))
    except (DiagramRefused, DmnUnreadable, ValueError, RecursionError):
        facts = {TAG: _UNREADABLE, PARENT: "", WHOLE: content.decode("utf-8", "backslashreplace")}
        return Tree({"": Node("", _UNREADABLE, facts)})


def read_elements(root: etree._Element) -> Tree:
    """Return the tree of a diagram or a file of tables."""
    keys = dict(_keys(root))
    elements = {key: element for element, key in keys.items()}
    ids = {str(element.get("id")): key for element, key in keys.items() if element.get("id")}
    return Tree({key: _node(element, key, keys, ids) for key, element in elements.items()}, elements)


def read_values(value: Any) -> Tree:
    """Return the tree of a form or a scenario; of a list whose items have no names it is not known what changed."""
    nodes: dict[str, Node] = {}
    _add_value(nodes, "", "", value)
    ordered = {key: nodes[key] for key in reversed(nodes)}
    return Tree({key: _with_named_fields(node, nodes) for key, node in ordered.items()})


def is_whole(element: etree._Element) -> bool:
    """Say whether an element is taken as it is: a place in the drawing, or what another tool has written."""
    namespace = etree.QName(element).namespace
    return local_name(element) == "Bounds" or namespace not in {BPMN, ALUR, *DRAWING, *NAMESPACES}


def is_point(element: etree._Element) -> bool:
    """Say whether an element is a corner of a line, which is taken together with the others."""
    return local_name(element) == "waypoint"


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)


def _keys(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    numbers: dict[str, int] = {}
    waiting = [(root, "")]
    while waiting:
        element, parent = waiting.pop()
        key = _free(_wanted_key(element, parent), numbers)
        yield element, key
        if not is_whole(element):
            waiting.extend((child, key) for child in reversed(element) if not is_point(child))


def _wanted_key(element: etree._Element, parent: str) -> str:
    local, identifier = local_name(element), element.get("id")
    if local in NAMED_BY_TEXT:
        return f"{local}:{(element.text or '').strip()}"
    if local in SHAPES and element.get("bpmnElement"):
        return f"{DRAWN}{element.attrib['bpmnElement']!s}"
    if identifier and local not in _BY_PLACE and not local.endswith("EventDefinition"):
        return str(identifier)
    mark = str(element.get("name" if local in PARAMETERS else "lang") or "")
    is_ours = etree.QName(element).namespace == ALUR
    return f"{parent}/{tag_of(element)}" + (f"[{mark}]" if mark and is_ours else "")


def tag_of(element: etree._Element) -> str:
    """Return what an element is: its name, after `alur:` if it is ours."""
    local = local_name(element)
    return f"alur:{local}" if etree.QName(element).namespace == ALUR else local


def _free(wanted: str, numbers: dict[str, int]) -> str:
    """Take a key, or the next one of its numbers that is free.

    :param numbers: by taken key the last number that was looked at for it.
    """
    key = wanted
    while key in numbers:
        numbers[wanted] += 1
        key = f"{wanted}#{numbers[wanted]}"
    numbers[key] = 1
    return key


def _node(element: etree._Element, key: str, keys: Mapping[etree._Element, str], ids: Mapping[str, str]) -> Node:
    parent = element.getparent()
    facts = {TAG: str(element.tag), PARENT: keys[parent] if parent is not None else ""}
    if is_whole(element):
        return Node(key, tag_of(element), {**facts, WHOLE: _canonical(element)})
    facts |= {f"@{name!s}": str(value) for name, value in element.attrib.items()}
    if points := "".join(_canonical(child) for child in element if is_point(child)):
        facts[POINTS] = points
    if text := _text(element):
        facts[TEXT] = text
    children = tuple(keys[child] for child in element if not is_point(child))
    return Node(key, tag_of(element), facts, children, dict(_named(element, facts, ids)))


def _text(element: etree._Element) -> str:
    """Return what is written in an element, and between its parts."""
    texts = [element.text, *(child.tail for child in element)]
    return "\x1f".join(text if text and text.strip() else "" for text in texts).rstrip("\x1f")


def _named(element: etree._Element, facts: Mapping[str, str], ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for fact, value in facts.items():
        name = fact.removeprefix("@")
        is_reference = fact.startswith("@") and (name.endswith("Ref") or name in _REFERENCES)
        is_reference |= fact == TEXT and local_name(element) in _TELLING_TEXTS
        found = value.strip().rpartition("#")[2] if name == "href" else value.strip()
        if is_reference:
            yield fact, ids.get(found, found)


def _canonical(element: etree._Element) -> str:
    said = sorted((str(name), str(value)) for name, value in element.attrib.items())
    attributes = "".join(f" {name}={value!r}" for name, value in said)
    return f"<{element.tag}{attributes}>{_text(element)}{''.join(map(_canonical, element))}</>"


def _add_value(nodes: dict[str, Node], key: str, parent: str, value: Any) -> None:
    """Add a value after what stands in it."""
    parts = list(_parts(key, value))
    is_plain = not parts and value not in ({}, [])
    if is_plain or any(name in nodes for name, _ in parts):
        facts = {TAG: "value", PARENT: parent, TEXT: json.dumps(value, ensure_ascii=False, sort_keys=True)}
        nodes[key] = Node(key, "value", facts)
        return
    for name, part in reversed(parts):
        _add_value(nodes, name, key, part)
    kind = "list" if isinstance(value, list) else "object"
    nodes[key] = Node(key, kind, {TAG: kind, PARENT: parent}, tuple(name for name, _ in parts))


def _parts(key: str, value: Any) -> Iterable[tuple[str, Any]]:
    """Return the parts of a value that have names."""
    if isinstance(value, dict):
        return [(f"{key}/{_escaped(name)}", part) for name, part in value.items()]
    if not isinstance(value, list):
        return []
    is_section = key.startswith("/sections") and all(isinstance(item, str) for item in value)
    names = value if is_section else [_name_of(item) for item in value]
    if not all(isinstance(name, Hashable) and name is not None for name in names) or len(set(names)) < len(names):
        return []
    stem, end = (IN_SECTION, "") if is_section else (f"{key}[", "]")
    return [(f"{stem}{_escaped(str(name))}{end}", item) for name, item in zip(names, value, strict=True)]


def _escaped(name: str) -> str:
    """Return a name in which what separates names does not occur."""
    return name.replace("~", "~0").replace("/", "~1").replace("[", "~2")


def _name_of(item: Any) -> object:
    """Return by what an item is known: a field by its name, an option by its value, a section by its title."""
    if not isinstance(item, dict):
        return None
    title = item.get("title")
    named = item.get("name"), item.get("value"), title.get("id") if isinstance(title, dict) else None
    return next((name for name in named if isinstance(name, str)), None)


def _with_named_fields(node: Node, nodes: Mapping[str, Node]) -> Node:
    """Return a value of a form with the field that it names."""
    is_naming = node.key.startswith(IN_SECTION) or node.key.rpartition("/")[2] in _ASKING
    if not is_naming or TEXT not in node.facts:
        return node
    field_key = f"/fields[{_escaped(str(json.loads(node.facts[TEXT])))}]"
    return Node(node.key, node.tag, node.facts, (), {TEXT: field_key}) if field_key in nodes else node
