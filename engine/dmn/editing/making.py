"""New DMN files: one table from the names of its columns, or a copy of another file under new names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from lxml import etree

from engine.dmn.editing.trees import Ids, new_element, read_tree, set_attribute, set_text, write_tree
from engine.dmn.labels import forget_labels
from engine.dmn.parsing import children

NAMESPACE: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
_INDENT: Final = "  "


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column to be: its title, the variable that it looks at or gives, and its type."""

    label: str
    name: str
    type: str


def new_table(name: str, title: str, inputs: Iterable[NewColumn], outputs: Iterable[NewColumn]) -> bytes:
    """Return a file with one table, whose one rule is still to be filled in.

    :param name: of the file and of the decision, as diagrams call it.
    """
    root = etree.Element(f"{{{NAMESPACE}}}definitions", nsmap=cast("dict[str, str]", {None: NAMESPACE}))
    _give(root, id=f"{name}_definitions", name=title, namespace=f"urn:alur:decisions:{name}")
    decision = _add(root, "decision", id=name, name=title)
    _add(decision, "variable", id=f"{name}_variable", name=name, typeRef="Any")
    table = _add(decision, "decisionTable", id=f"{name}_table", hitPolicy="UNIQUE")
    rule = new_element(table, "rule", id="rule_1")
    for place, column in enumerate(inputs, 1):
        _add_input(table, rule, place, column)
    for place, column in enumerate(outputs, 1):
        given = {"label": column.label, "name": column.name, "typeRef": column.type}
        _add(table, "output", id=f"output_{place}", **given)
        set_text(_add(rule, "outputEntry", id=f"rule_1_output_{place}"), "")
    table.append(rule)
    etree.indent(root, space=_INDENT)
    return write_tree(root, b"<?xml />\n")


def copy_file(xml: bytes, name: str, title: str) -> tuple[bytes, Mapping[str, str]]:
    """Return a copy of a file in which every decision has an id of its own, and the new ids by the old.

    :param name: of the new file; its first decision is called so.
    """
    root = read_tree(xml)
    ids = Ids(root)
    decisions = [element for element in children(root, "decision") if element.get("id")]
    renamed = {element.get("id", ""): name if place == 0 else "" for place, element in enumerate(decisions)}
    for old in [old for old, new in renamed.items() if not new]:
        renamed[old] = ids.new(f"{name}_{old}"[:70])
    for element in decisions:
        element.set("id", renamed[element.get("id", "")])
    for element in root.iter(etree.Element):
        start, mark, end = str(element.get("href", "")).rpartition("#")
        if mark and not start and end in renamed:
            element.set("href", f"#{renamed[end]}")
        elif element.get("dmnElementRef") in renamed:
            element.set("dmnElementRef", renamed[element.get("dmnElementRef", "")])
    if decisions and not root.xpath("//@href[. = $link]", link=f"#{name}"):  # what requires it knows it by its name
        decisions[0].set("name", title)
        forget_labels(decisions[0])
    _give(root, id=f"{name}_definitions", name=title, namespace=f"urn:alur:decisions:{name}")
    return write_tree(root, xml), renamed


def _add_input(table: etree._Element, rule: etree._Element, place: int, column: NewColumn) -> None:
    head = _add(table, "input", id=f"input_{place}", label=column.label)
    expression = _add(head, "inputExpression", id=f"input_{place}_expression", typeRef=column.type)
    set_text(expression, column.name)
    set_text(_add(rule, "inputEntry", id=f"rule_1_input_{place}"), "-")


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    element = new_element(parent, tag)
    _give(element, **attributes)
    parent.append(element)
    return element


def _give(element: etree._Element, **attributes: str) -> None:
    for key, value in attributes.items():
        set_attribute(element, key, value)
