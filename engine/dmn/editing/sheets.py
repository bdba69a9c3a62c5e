"""A decision table as rows and columns of text, to be shown, typed over and pasted; and what may be done to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from lxml import etree

from engine.dmn.boxreading import type_ref
from engine.dmn.editing.trees import first_child, read_tree
from engine.dmn.parsing import children, name_of, text_of
from engine.errors import NotFound

_Item = TypeVar("_Item")

ENTRIES: Final[Mapping[str, str]] = {
    "input": "inputEntry",
    "output": "outputEntry",
    "annotation": "annotationEntry",
}
ANY_VALUE: Final = "-"


class Part(StrEnum):
    """What a column is for."""

    INPUT = "input"
    OUTPUT = "output"
    ANNOTATION = "annotation"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    :param expression: what an input looks at; the name of an output in the result, or of a remark.
    :param allowed: unary tests of what it may hold; empty for anything.
    :param default: an output's value when no rule applies.
    """

    part: Part
    id: str
    label: str = ""
    expression: str = ""
    type: str = ""
    allowed: str = ""
    default: str = ""

    @property
    def title(self) -> str:
        """What a reader calls it."""
        return self.label or self.expression or self.id

    @property
    def is_typed(self) -> bool:
        """Whether its cells are FEEL; those of others are plain words."""
        return self.part in (Part.INPUT, Part.OUTPUT)


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: its cells in the order of the columns."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A decision table: inputs, outputs, annotations, and last the description of each rule.

    :param decision: the id of the decision whose table it is.
    """

    decision: str
    name: str
    policy: str
    aggregation: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def with_cells(self, cells: Mapping[tuple[str, str], str]) -> "Sheet":
        """Return the table with some cells typed over, by the ids of rule and column; others are left alone."""
        rows = (replace(row, cells=self._typed(row, cells)) for row in self.rows)
        return replace(self, rows=tuple(rows))

    def with_row(self, place: int, like: Row | None = None) -> "Sheet":
        """Return the table with a new rule at a place: an empty one, or a copy."""
        cells = like.cells if like else tuple(_empty(column) for column in self.columns)
        rows = (*self.rows[:place], Row("", cells), *self.rows[place:])
        return replace(self, rows=rows)

    def without_row(self, place: int) -> "Sheet":
        """Return the table without a rule."""
        return replace(self, rows=_without(self.rows, place))

    def with_row_moved(self, place: int, by: int) -> "Sheet":
        """Return the table with a rule moved up or down; at the edge it stays."""
        return replace(self, rows=_moved(self.rows, place, by))

    def with_column(self, part: Part) -> "Sheet":
        """Return the table with a new column of a kind, behind the others of its kind."""
        place = sum(1 for column in self.columns if _ORDER[column.part] <= _ORDER[part])
        new = Column(part, "", expression=self._free_name(part))
        rows = (replace(row, cells=(*row.cells[:place], _empty(new), *row.cells[place:])) for row in self.rows)
        return replace(self, columns=(*self.columns[:place], new, *self.columns[place:]), rows=tuple(rows))

    def without_column(self, place: int) -> "Sheet":
        """Return the table without a column and its cells; the description of rules always stays."""
        if self.columns[place].part is Part.DESCRIPTION:
            return self
        rows = (replace(row, cells=_without(row.cells, place)) for row in self.rows)
        return replace(self, columns=_without(self.columns, place), rows=tuple(rows))

    def with_column_moved(self, place: int, by: int) -> "Sheet":
        """Return the table with a column moved among those of its kind; at the edge it stays."""
        other = place + by
        if not 0 <= other < len(self.columns) or self.columns[other].part is not self.columns[place].part:
            return self
        rows = (replace(row, cells=_moved(row.cells, place, by)) for row in self.rows)
        return replace(self, columns=_moved(self.columns, place, by), rows=tuple(rows))

    def row_number(self, rule: str) -> int:
        """Return the number of a rule, from 1; 0 when there is none of that id."""
        return next((number for number, row in enumerate(self.rows, 1) if row.id == rule), 0)

    def _typed(self, row: Row, cells: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
        pairs = zip(self.columns, row.cells, strict=True)
        return tuple(cells.get((row.id, column.id), cell) for column, cell in pairs)

    def _free_name(self, part: Part) -> str:
        """Return a name for a new column that no other has: two outputs of one name are a mistake."""
        if part is Part.DESCRIPTION:
            return ""
        used = {column.expression for column in self.columns}
        stem = _STEMS[part]
        return next(f"{stem}_{number}" for number in range(1, len(used) + 2) if f"{stem}_{number}" not in used)


_ORDER: Final = {part: place for place, part in enumerate(Part)}
_STEMS: Final = {Part.INPUT: "masukan", Part.OUTPUT: "keluaran", Part.ANNOTATION: "catatan"}


def read_sheet(xml: bytes, decision: str) -> Sheet:
    """Return the table of a decision.

    :raise DmnUnreadable: when the bytes are no DMN file, or are not safe to read.
    :raise NotFound: no decision of that id has a table.
    """
    owner, table = find_table(read_tree(xml), decision)
    columns = tuple(_columns(table))
    rules = enumerate(children(table, "rule"), 1)
    return Sheet(
        decision,
        name_of(owner) or decision,
        table.get("hitPolicy", "UNIQUE"),
        table.get("aggregation", ""),
        columns,
        tuple(Row(rule.get("id") or f"rule {place}", _cells(rule, columns)) for place, rule in rules),
    )


def find_table(root: etree._Element, decision: str) -> tuple[etree._Element, etree._Element]:
    """Return a decision and its table. :raise NotFound: no decision of that id has one."""
    for owner in children(root, "decision"):
        table = first_child(owner, "decisionTable")
        if table is not None and decision in (owner.get("id"), name_of(owner)):
            return owner, table
    raise NotFound(f"No table of a decision '{decision}'.")


def table_columns(table: etree._Element) -> list[tuple[Part, str, etree._Element]]:
    """Return the columns of a table as elements, with their kinds and ids; a missing id is as the engine says it."""
    return [
        (part, element.get("id") or f"{part} {place}", element)
        for part in (Part.INPUT, Part.OUTPUT, Part.ANNOTATION)
        for place, element in enumerate(children(table, part), 1)
    ]


def _columns(table: etree._Element) -> Iterable[Column]:
    readers = {Part.INPUT: _input, Part.OUTPUT: _output, Part.ANNOTATION: _annotation}
    yield from (readers[part](id_, element) for part, id_, element in table_columns(table))
    yield Column(Part.DESCRIPTION, "description")


def _input(id_: str, element: etree._Element) -> Column:
    expression = first_child(element, "inputExpression")
    text = text_of(expression) if expression is not None else ""
    kind = type_ref(expression) if expression is not None else ""
    return Column(Part.INPUT, id_, element.get("label", ""), text, kind, _text_in(element, "inputValues"))


def _output(id_: str, element: etree._Element) -> Column:
    allowed, default = _text_in(element, "outputValues"), _text_in(element, "defaultOutputEntry")
    label, kind = element.get("label", ""), type_ref(element)
    return Column(Part.OUTPUT, id_, label, name_of(element), kind, allowed, default)


def _annotation(id_: str, element: etree._Element) -> Column:
    return Column(Part.ANNOTATION, id_, expression=name_of(element))


def _text_in(element: etree._Element, name: str) -> str:
    inside = first_child(element, name)
    return text_of(inside) if inside is not None else ""


def _cells(rule: etree._Element, columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the cells of a rule by its columns; a rule with fewer has empty ones."""
    texts = {part: [text_of(cell) for cell in children(rule, name)] for part, name in ENTRIES.items()}
    found: list[str] = []
    for column in columns:
        left = texts.get(column.part, [text_of(rule, "description")])
        found.append(left.pop(0) if left else "")
    return tuple(found)


def _empty(column: Column) -> str:
    return ANY_VALUE if column.part is Part.INPUT else ""


def _without(items: tuple[_Item, ...], place: int) -> tuple[_Item, ...]:
    return items[:place] + items[place + 1 :]


def _moved(items: tuple[_Item, ...], place: int, by: int) -> tuple[_Item, ...]:
    other = place + by
    if not 0 <= place < len(items) or not 0 <= other < len(items):
        return items
    changed = list(items)
    changed.insert(other, changed.pop(place))
    return tuple(changed)
