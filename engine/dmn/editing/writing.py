"""Writes a table of rows and columns back into its DMN file: what is as before keeps its ids, place and lines."""

from collections.abc import Iterator

from lxml import etree

from engine.dmn.boxreading import type_ref
from engine.dmn.editing.sheets import ENTRIES, Column, Part, Row, Sheet, find_table, table_columns
from engine.dmn.editing.trees import (
    Ids,
    arrange,
    elements_in,
    first_child,
    new_element,
    read_tree,
    set_attribute,
    set_text,
    write_tree,
)
from engine.dmn.labels import forget_labels
from engine.dmn.parsing import children, name_of, text_of
from engine.errors import NotFound


def write_sheet(xml: bytes, sheet: Sheet) -> bytes:
    """Return a file in which the table of a decision is this one.

    :raise DmnUnreadable: when the bytes are no DMN file, or are not safe to read.
    :raise NotFound: no decision of that id has a table.
    """
    root = read_tree(xml)
    table = find_table(root, sheet.decision)[1]
    _write_policy(table, sheet)
    _Writer(root, table, sheet).write()
    return write_tree(root, xml)


def write_expression(xml: bytes, decision: str, text: str) -> bytes:
    """Return a file in which the expression of a decision is this one.

    :raise DmnUnreadable: when the bytes are no DMN file, or are not safe to read.
    :raise NotFound: no decision of that id is one expression.
    """
    root = read_tree(xml)
    for owner in children(root, "decision"):
        literal = first_child(owner, "literalExpression")
        if literal is not None and decision in (owner.get("id"), name_of(owner)):
            set_text(literal, text)
            return write_tree(root, xml)
    raise NotFound(f"No expression of a decision '{decision}'.")


def _write_policy(table: etree._Element, sheet: Sheet) -> None:
    if table.get("hitPolicy", "UNIQUE") != sheet.policy:
        table.set("hitPolicy", sheet.policy)
    if table.get("aggregation", "") != sheet.aggregation:
        set_attribute(table, "aggregation", sheet.aggregation)


class _Writer:
    def __init__(self, root: etree._Element, table: etree._Element, sheet: Sheet) -> None:
        self._table, self._sheet, self._ids = table, sheet, Ids(root)
        self._columns = table_columns(table)
        self._rules = list(children(table, "rule"))
        self._cells = {id(rule): dict(_cells_by_column(rule, self._columns)) for rule in self._rules}

    def write(self) -> None:
        known = {id_: element for _, id_, element in self._columns}
        columns = [self._column(known.get(column.id), column) for column in self._sheet.columns]
        rules = {rule.get("id") or f"rule {place}": rule for place, rule in enumerate(self._rules, 1)}
        rows = [self._row(rules.get(row.id), row) for row in self._sheet.rows]
        own = {*known.values(), *self._rules}
        others = [child for child in elements_in(self._table) if child not in own]
        arrange(self._table, [*others, *(column for column in columns if column is not None), *rows])
        forget_labels(self._table, but=["", *(one.expression for one in self._sheet.columns if not one.is_typed)])

    def _column(self, element: etree._Element | None, column: Column) -> etree._Element | None:
        if column.part is Part.DESCRIPTION:
            return None
        if element is None:
            element = new_element(self._table, column.part)
            if column.part is not Part.ANNOTATION:
                element.set("id", self._ids.new(column.part))
        match column.part:
            case Part.INPUT:
                self._write_input(element, column)
            case Part.OUTPUT:
                _write_output(element, column)
            case _:
                _write_name(element, column)
        return element

    def _write_input(self, element: etree._Element, column: Column) -> None:
        _write_label(element, column)
        expression = first_child(element, "inputExpression")
        if expression is None:
            id_ = self._ids.new(f"{element.get('id', 'input')}_expression")
            expression = new_element(element, "inputExpression", id=id_)
            arrange(element, [expression, *elements_in(element)])
        _write_type(expression, column.type)
        set_text(expression, column.expression)
        _write_part(element, "inputValues", column.allowed)

    def _row(self, rule: etree._Element | None, row: Row) -> etree._Element:
        if rule is None:
            rule = new_element(self._table, "rule", id=self._ids.new("rule"))
        known = self._cells.get(id(rule), {})
        entries = [
            self._cell(rule, known.get(column.id), column, text)
            for column, text in zip(self._sheet.columns, row.cells, strict=True)
            if column.part is not Part.DESCRIPTION
        ]
        rest = [
            child
            for child in elements_in(rule)
            if etree.QName(child).localname not in (*ENTRIES.values(), "description")
        ]
        arrange(rule, [*_described(rule, row.cells[-1]), *rest, *entries])
        return rule

    def _cell(self, rule: etree._Element, cell: etree._Element | None, column: Column, text: str) -> etree._Element:
        if cell is None:
            cell = new_element(rule, ENTRIES[column.part])
            if column.part is not Part.ANNOTATION:
                cell.set("id", self._ids.new(f"{rule.get('id', 'rule')}_{column.part}"))
        set_text(cell, text)
        return cell


def _write_output(element: etree._Element, column: Column) -> None:
    _write_label(element, column)
    _write_name(element, column)
    _write_type(element, column.type)
    _write_part(element, "outputValues", column.allowed)
    _write_part(element, "defaultOutputEntry", column.default)


def _write_name(element: etree._Element, column: Column) -> None:
    if name_of(element) != column.expression:
        set_attribute(element, "name", column.expression)


def _cells_by_column(
    rule: etree._Element, columns: list[tuple[Part, str, etree._Element]]
) -> Iterator[tuple[str, etree._Element]]:
    """Yield the cells of a rule with the ids of their columns."""
    for part, entry in ENTRIES.items():
        ids = [id_ for kind, id_, _ in columns if kind == part]
        yield from zip(ids, children(rule, entry), strict=False)


def _described(rule: etree._Element, text: str) -> list[etree._Element]:
    """Return the description of a rule as its children: one, or none when there are no words."""
    element = first_child(rule, "description")
    if not text:
        return []
    if element is None:
        element = new_element(rule, "description")
    if (element.text or "").strip() != text:
        element.text = text
    return [element]


def _write_label(element: etree._Element, column: Column) -> None:
    """Write what a column is called; what it was called in other languages goes with its old title."""
    if element.get("label", "") != column.label:
        set_attribute(element, "label", column.label)
        forget_labels(element)


def _write_type(element: etree._Element, kind: str) -> None:
    """Write a type where it is another one: what DMN 1.1 writes with a prefix stays as it is."""
    if type_ref(element) != kind:
        set_attribute(element, "typeRef", kind)


def _write_part(element: etree._Element, name: str, text: str) -> None:
    """Write what a column allows, or its default; without words the element goes."""
    found = first_child(element, name)
    if not text and found is not None:
        arrange(element, [child for child in elements_in(element) if child is not found])
    elif text and (found is None or text_of(found) != text):
        if found is None:
            found = new_element(element, name)
            set_text(found, text)
            arrange(element, [*elements_in(element), found])
        else:
            set_text(found, text)
