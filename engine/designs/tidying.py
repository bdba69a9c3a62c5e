"""Writes the files of a process in one form, so that a change of one step is a change of a few lines."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.bpmn.read import problem, read_xml
from engine.bpmn.vocabulary import ALUR, BPMN, XSI
from engine.designs.commenting import keep_comments
from engine.designs.ordering import keep_order
from engine.designs.trees import Node
from engine.dmn import DmnUnreadable
from engine.dmn.parsing import NAMESPACES, parse
from engine.errors import DiagramRefused

BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_INDENT = "  "
_BPMN_PREFIXES: Mapping[str, str] = {BPMN: "bpmn", BPMNDI: "bpmndi", DC: "dc", DI: "di", ALUR: "alur"}
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_PREFIXES: Mapping[str, str] = {
    _XML: "xml",
    XSI: "xsi",
    "http://bpmn.io/schema/bpmn/biocolor/1.0": "bioc",
    "http://www.omg.org/spec/BPMN/non-normative/color/1.0": "color",
    "http://camunda.org/schema/modeler/1.0": "modeler",
    "https://www.omg.org/spec/DMN/20191111/DMNDI/": "dmndi",
    "http://www.omg.org/spec/DMN/20180521/DI/": "di",
    "http://www.omg.org/spec/DMN/20180521/DC/": "dc",
}
# First these, in this order; then all others by their names.
_FIRST = ("id", "label", "name", "lang", "x", "y", "width", "height", "bpmnElement", "collection", "item", "output",
          "hitPolicy")  # fmt: skip
_RANKS = {name: rank for rank, name in enumerate(_FIRST)}
# A rule of a table with all its cells, and a column with its expression, are a line each: one that changes shows.
_LINES = frozenset({"input", "output", "rule", "inputData", "informationRequirement", "knowledgeRequirement",
                    "authorityRequirement"})  # fmt: skip
_TRIMMED = frozenset({"incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef"})
_EXPRESSIONS = frozenset({"tFormalExpression", "tExpression"})
# What is so anyway; drawing tools write it or leave it out as they like.
_USUAL: Mapping[tuple[str, str], str] = {
    ("boundaryEvent", "cancelActivity"): "true",
    ("startEvent", "isInterrupting"): "true",
    ("multiInstanceLoopCharacteristics", "isSequential"): "false",
    ("multiInstanceLoopCharacteristics", "behavior"): "All",
    ("standardLoopCharacteristics", "testBefore"): "false",
    ("subProcess", "triggeredByEvent"): "false",
    ("process", "isClosed"): "false",
    ("association", "associationDirection"): "None",
}
_TEXT_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_TEXT = str.maketrans(_TEXT_SIGNS)
_IN_VALUE = str.maketrans({**_TEXT_SIGNS, "\n": "&#10;", "\t": "&#9;"})


def tidy(bpmn: bytes, like: bytes | None = None) -> bytes:
    """Return a diagram in the form in which every diagram is kept.

    :param like: the diagram that it replaces: what stands in both keeps its order, which drawing tools shuffle.
    :raise DiagramRefused: the bytes are no diagram that may be read.
    """
    root = read_xml(bpmn, "diagram.bpmn")
    if like is not None:
        keep_order(root, read_xml(like, "diagram.bpmn"))
    return write_diagram(root)


def write_diagram(root: Node) -> bytes:
    """Return the bytes of a diagram that was read or changed as a tree."""
    names = _namespaces(root, _BPMN_PREFIXES)
    always = {uri: prefix for uri, prefix in names.items() if uri in _BPMN_PREFIXES}
    rest = dict(sorted(((uri, names[uri]) for uri in names.keys() - always), key=lambda item: item[1]))
    return _write(root, {**always, **rest}, frozenset())


def tidy_tables(dmn: bytes) -> bytes:
    """Return a file of decision tables in the form in which it is kept: a rule is a line.

    :raise DmnUnreadable: the bytes are no DMN file that may be read.
    """
    root = parse(dmn)
    own = str(etree.QName(root).namespace)
    for table in root.iter(f"{{{own}}}decisionTable"):
        table.set("hitPolicy", table.get("hitPolicy") or "UNIQUE")
    names = _namespaces(root, {own: "dmn" if _needs_prefix(root, own) else ""})
    rest = sorted(((uri, names[uri]) for uri in names.keys() - {own}), key=lambda item: item[1])
    return _write(root, {own: names[own], **dict(rest)}, _LINES)


def tidy_json(content: bytes) -> bytes:
    """Return a form or a scenario with one value a line, its parts in the order in which they were written.

    :raise DiagramRefused: the bytes are no JSON, or hold what cannot be written as JSON in UTF-8 again.
    """
    try:
        text = json.dumps(json.loads(content), ensure_ascii=False, allow_nan=False, indent=len(_INDENT))
        return f"{text}\n".encode()
    except (ValueError, RecursionError):
        id_text = "berkas bukan JSON yang benar; simpan ulang dari penyusunnya."
        refused = problem("json", "form_not_json", id_text, "the file is not valid JSON; save it again.")
        raise DiagramRefused((refused,)) from None


def tidy_file(name: str, content: bytes, like: bytes | None = None, *, is_ordered: bool = False) -> bytes:
    """Return a file of a design in the form in which it is kept, by the kind that its name says.

    :param like: the content that it replaces; its comments stay where the new one has none.
    :param is_ordered: the parts of a diagram stand where they are meant to stand, also where they stood elsewhere.
    :raise DiagramRefused: it is no file of that kind.
    """
    kind = name.rpartition(".")[2]
    if kind == "bpmn":
        return keep_comments(tidy(content, None if is_ordered else like), content, like)
    try:
        return keep_comments(tidy_tables(content), content, like) if kind == "dmn" else tidy_json(content)
    except DmnUnreadable as error:
        refused = problem(name, "dmn_unreadable", error.message("id"), error.message("en"))
        raise DiagramRefused((refused,)) from error


@dataclass(frozen=True, slots=True)
class _Writer:
    """How the elements of one file are written.

    :param prefixes: by namespace; empty for what has none.
    :param lines: elements that stand on one line with all that is in them.
    """

    prefixes: Mapping[str, str]
    lines: frozenset[str]

    def element(self, node: Node, depth: int, head: str = "") -> Iterator[str]:
        """Yield the lines of an element."""
        margin = _INDENT * depth
        start, text = f"{margin}<{self.name(node.tag)}{head}{self.attributes(node)}", _text(node)
        if _is_flat(node, self.lines):
            yield f"{margin}{self.flat(node, head)}"
        elif all(map(_says_nothing, node)):
            yield f"{start}>{text.translate(_IN_TEXT)}</{self.name(node.tag)}>" if text else f"{start} />"
        else:
            yield f"{start}>"
            for child in node:
                if not _says_nothing(child):
                    yield from self.element(child, depth + 1)
            yield f"{margin}</{self.name(node.tag)}>"

    def flat(self, node: Node, head: str = "") -> str:
        """Return an element with all that is in it on one line."""
        name = self.name(node.tag)
        inner = _text(node).translate(_IN_TEXT)
        inner += "".join(self.flat(child) + _tail(child).translate(_IN_TEXT) for child in node)
        return f"<{name}{head}{self.attributes(node)}" + (f">{inner}</{name}>" if inner else " />")

    def attributes(self, node: Node) -> str:
        """Return the attributes of an element, each with a space before it."""
        tag = etree.QName(node).localname
        kept = [(self.name(key, is_attribute=True), self.value(node, key)) for key in map(str, node.attrib)
                if not _goes_without_saying(node, tag, key)]  # fmt: skip
        return "".join(f" {name}={_quoted(value)}" for name, value in sorted(kept, key=_rank))

    def value(self, node: Node, key: str) -> str:
        """Return what an attribute says; a type is named with the prefix that its namespace has in this file."""
        value = str(node.attrib[key])
        prefix, _, local = value.rpartition(":")
        bound = self.prefixes.get(str(node.nsmap.get(prefix or None))) if key == f"{{{XSI}}}type" else None
        return value if bound is None else f"{bound}:{local}".removeprefix(":")

    def name(self, tag: object, *, is_attribute: bool = False) -> str:
        """Return a name with its prefix."""
        found = etree.QName(str(tag))
        prefix = self.prefixes.get(str(found.namespace), "") if found.namespace else ""
        return f"{prefix}:{found.localname}" if prefix and (found.namespace or not is_attribute) else found.localname


def _write(root: Node, prefixes: Mapping[str, str], lines: frozenset[str]) -> bytes:
    declared = "".join(
        f" xmlns{':' if prefix else ''}{prefix}={_quoted(uri)}" for uri, prefix in prefixes.items() if uri != _XML
    )
    return (_DECLARATION + "\n".join(_Writer(prefixes, lines).element(root, 0, declared)) + "\n").encode()


def _namespaces(root: Node, fixed: Mapping[str, str]) -> dict[str, str]:
    """Return the prefix of every namespace that a file uses: ours where it is known, else its own."""
    found = dict(fixed)
    for node in root.iter():
        for name in (node.tag, *(key for key in node.attrib if not _goes_without_saying(node, "", str(key)))):
            uri = etree.QName(str(name)).namespace
            if uri and uri not in found:
                found[uri] = _free_prefix(uri, node, set(found.values()))
    return found


def _needs_prefix(root: Node, own: str) -> bool:
    """Say whether a name without a prefix would mean another one: an attribute of this namespace, or what has none."""
    attributes = (str(key) for node in root.iter() for key in node.attrib)
    has_such = any(key.startswith(f"{{{own}}}") for key in attributes)
    return has_such or not all(etree.QName(node).namespace for node in root.iter())


def _free_prefix(uri: str, node: Node, taken: set[str]) -> str:
    own = next((prefix for prefix, bound in node.nsmap.items() if prefix and bound == uri), None)
    wanted = _PREFIXES.get(uri) or own or "ns"
    names = (wanted, *(f"{wanted}{number}" for number in range(1, len(taken) + 2)))
    return next(name for name in names if name not in taken)


def _goes_without_saying(node: Node, tag: str, key: str) -> bool:
    value = str(node.attrib[key]).strip()
    if key == f"{{{XSI}}}type" and etree.QName(node).namespace == BPMN:
        return value.rpartition(":")[2] in _EXPRESSIONS
    return _USUAL.get((tag, key)) == value


def _says_nothing(node: Node) -> bool:
    """Say whether an element is the empty label that drawing tools give to what they draw the label inside of."""
    return node.tag == f"{{{BPMNDI}}}BPMNLabel" and len(node) == 0 and not node.attrib


def _is_flat(node: Node, lines: frozenset[str]) -> bool:
    """Say whether an element stands on one line: it is to, or a space between its parts would be read as text."""
    if etree.QName(node).localname in lines and etree.QName(node).namespace in NAMESPACES:
        return True
    return len(node) > 0 and bool(_text(node) or any(map(_tail, node)))


def _text(node: Node) -> str:
    text = node.text or ""
    if not text.strip():
        return ""
    return text.strip() if etree.QName(node).localname in _TRIMMED else text


def _tail(node: Node) -> str:
    return node.tail if node.tail and node.tail.strip() else ""


def _rank(attribute: tuple[str, str]) -> tuple[bool, int, str]:
    name = attribute[0]
    return ":" in name, _RANKS.get(name, len(_RANKS)), name


def _quoted(value: str) -> str:
    """Return a value in quotes; FEEL texts stand between double ones and stay readable."""
    text = value.translate(_IN_VALUE)
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return '"' + text.replace('"', "&quot;") + '"'
