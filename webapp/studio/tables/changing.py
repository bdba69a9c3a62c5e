"""What the plain page of a table sends: cells and columns as typed, and the button that was pressed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from engine.dmn.editing import Column, Part, Sheet
from webapp.studio.tables.pasting import storable

POLICIES: Final = (
    "UNIQUE",
    "ANY",
    "FIRST",
    "PRIORITY",
    "RULE ORDER",
    "OUTPUT ORDER",
    "COLLECT",
    "COLLECT SUM",
    "COLLECT MIN",
    "COLLECT MAX",
    "COLLECT COUNT",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is another one in the file than on the page that was sent."""

    rule: int
    column: str
    typed: str
    now: str


def typed_sheet(sheet: Sheet, sent: MultiDict[str, str]) -> Sheet:
    """Return a table as somebody typed it over; what the page did not show stays as it is.

    Cells are called `c-ROW-COLUMN` and columns `l-COLUMN` and so on, by their places in the lists `r` and `k` of ids.
    """
    columns = {id_: place for place, id_ in enumerate(sent.getlist("k"))}
    changed = tuple(_column(column, columns.get(column.id), sent) for column in sheet.columns)
    policy = sent.get("policy", "")
    if policy in POLICIES:
        name, _, aggregation = policy.partition(" ") if policy.startswith("COLLECT") else (policy, "", "")
        sheet = replace(sheet, policy=name, aggregation=aggregation)
    return replace(sheet, columns=changed).with_cells(_cells(sent, columns))


def acted(sheet: Sheet, action: str) -> tuple[Sheet, int]:
    """Return a table after a button was pressed, and the number of the rule to go to; 0 for none.

    :param action: what to do, and behind a space the id of the rule or column, or the kind of a new column.
    """
    verb, _, target = action.partition(" ")
    number = sheet.row_number(target)
    if verb == "tambah":
        return sheet.with_row(len(sheet.rows)), len(sheet.rows) + 1
    if verb in _ON_ROWS and number:
        return _ON_ROWS[verb](sheet, number - 1)
    if verb == "kolom" and target in _NEW_COLUMNS:
        return sheet.with_column(Part(target)), 0
    place = next((place for place, column in enumerate(sheet.columns) if column.id == target), None)
    if verb in _ON_COLUMNS and place is not None:
        return _ON_COLUMNS[verb](sheet, place), 0
    return sheet, number


def differences(typed: Sheet, now: Sheet) -> list[Difference]:
    """Return the cells that somebody typed and that are others in the file by now."""
    kept = {row.id: row for row in now.rows}
    return [
        Difference(number, column.title, cell, other)
        for number, row in enumerate(typed.rows, 1)
        if row.id in kept and len(kept[row.id].cells) == len(row.cells)
        for column, cell, other in zip(typed.columns, row.cells, kept[row.id].cells, strict=False)
        if cell != other
    ]


def _cells(sent: MultiDict[str, str], columns: Mapping[str, int]) -> Mapping[tuple[str, str], str]:
    return {
        (rule, column): storable(sent[f"c-{row}-{place}"])
        for row, rule in enumerate(sent.getlist("r"))
        for column, place in columns.items()
        if f"c-{row}-{place}" in sent
    }


def _column(column: Column, place: int | None, sent: MultiDict[str, str]) -> Column:
    if place is None or column.part is Part.DESCRIPTION:
        return column
    sent_names = ((name, f"{key}-{place}") for key, name in _NAMED.items())
    typed: dict[str, Any] = {name: storable(sent[key]) for name, key in sent_names if key in sent}
    return replace(column, **typed)


def _insert(sheet: Sheet, place: int) -> tuple[Sheet, int]:
    return sheet.with_row(place + 1), place + 2


def _copy(sheet: Sheet, place: int) -> tuple[Sheet, int]:
    return sheet.with_row(place + 1, sheet.rows[place]), place + 2


def _remove(sheet: Sheet, place: int) -> tuple[Sheet, int]:
    return sheet.without_row(place), max(place, 1)


def _raise(sheet: Sheet, place: int) -> tuple[Sheet, int]:
    return sheet.with_row_moved(place, -1), max(place, 1)


def _lower(sheet: Sheet, place: int) -> tuple[Sheet, int]:
    return sheet.with_row_moved(place, 1), min(place + 2, len(sheet.rows))


_ON_ROWS: Final[Mapping[str, Callable[[Sheet, int], tuple[Sheet, int]]]] = {
    "sisip": _insert,
    "salin": _copy,
    "hapus": _remove,
    "naik": _raise,
    "turun": _lower,
}
_ON_COLUMNS: Final[Mapping[str, Callable[[Sheet, int], Sheet]]] = {
    "buang": lambda sheet, place: sheet.without_column(place),
    "kiri": lambda sheet, place: sheet.with_column_moved(place, -1),
    "kanan": lambda sheet, place: sheet.with_column_moved(place, 1),
}
_NAMED: Final = {"l": "label", "e": "expression", "t": "type", "a": "allowed", "d": "default"}
_NEW_COLUMNS: Final = frozenset({"input", "output", "annotation"})
