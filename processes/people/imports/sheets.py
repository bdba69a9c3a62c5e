"""Reads .xlsx and .csv files to rows of raw cells, with limits; what the cells mean is not known here."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from processes.people.imports.problems import BadCell, BadFile
from processes.people.imports.workbook import open_workbook, sheet_rows

MAX_ROWS = 200_000
MAX_BYTES = 20 * 1024 * 1024
MAX_COLUMNS = 60
MAX_CELL = 2000
#: So many different texts of a file are kept beside what they were read as.
MOST_REMEMBERED = 20_000
LAST_ROW = 1_048_576  # of any spreadsheet program; a higher number would only make us count
EMPTY_MARKS = frozenset({"", "-", "–", "—"})
_OTHER_PROGRAMS = (".xls", ".xlsb", ".ods", ".pdf")
_FORMULA_STARTS = ("=", "@", "+")

_REFUSED = {"f": "formula", "e": "error_value"}

#: A cell as it stands in the file: text, number, day, or the reason why it cannot be taken. None is an empty cell.
Raw = str | int | Decimal | date | bool | BadCell | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row that is not empty, numbered as the spreadsheet numbers it."""

    sheet: str
    number: int
    cells: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import: its name without folders, and its content."""

    name: str
    content: bytes


def open_source(source: Path | bytes, name: str = "") -> Source:
    """Return the file's content.

    :raise BadFile: it is larger than 20 MB.
    """
    if isinstance(source, bytes):
        found = Source(name, source)
    elif source.stat().st_size > MAX_BYTES:
        raise BadFile("file_too_big", limit=MAX_BYTES // 1024 // 1024)
    else:
        found = Source(name or source.name, source.read_bytes())
    if len(found.content) > MAX_BYTES:
        raise BadFile("file_too_big", limit=MAX_BYTES // 1024 // 1024)
    return found


def read_raw(source: Source) -> Iterator[RawRow]:
    """Yield every row that is not empty, sheet by sheet; hidden sheets are read as well.

    :raise BadFile: the file cannot be read or is too long.
    """
    rows = _xlsx_rows(source.content) if _is_xlsx(source) else _csv_rows(source)
    for count, row in enumerate(rows):
        if count > MAX_ROWS:
            raise BadFile("too_many_rows", limit=MAX_ROWS)
        yield row


def count_lines(source: Source) -> int:
    """Return about how many rows the file has, for a progress bar; 0 if that is not known beforehand."""
    return 0 if _is_xlsx(source) else source.content.count(b"\n") + 1


def _is_xlsx(source: Source) -> bool:
    if source.content.startswith(b"PK\x03\x04"):
        return True
    if source.content.startswith(b"\xd0\xcf\x11\xe0") or source.name.lower().endswith(_OTHER_PROGRAMS):
        raise BadFile("file_type")
    return False


def _xlsx_rows(content: bytes) -> Iterator[RawRow]:
    with open_workbook(content) as workbook:
        for sheet in workbook.worksheets:
            for number, cells in enumerate(sheet_rows(sheet, MAX_COLUMNS), start=1):
                if number > LAST_ROW:
                    raise BadFile("file_damaged")
                raw = tuple(_from_excel(cell) for cell in cells)
                if any(value is not None for value in raw):
                    yield RawRow(sheet.title, number, raw)


def _from_excel(cell: Any) -> Raw:
    value = cell.value
    if value is None or cell.data_type in _REFUSED:
        return None if value is None else BadCell(_REFUSED[cell.data_type], value=value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool | int):
        return _percent(cell, value)
    if isinstance(value, float):
        # 15 digits are what Excel itself keeps and shows; the 16th and 17th are noise of binary arithmetic.
        return _percent(cell, Decimal(format(value, ".15g")))
    return _moment(value)


def _percent(cell: Any, value: bool | int | Decimal) -> Raw:
    # A cell that shows 95% holds 0.95; people mean what they see.
    if not isinstance(value, bool) and "%" in str(cell.number_format):
        return Decimal(value) * 100
    return value


def _moment(value: object) -> Raw:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else BadCell("not_date", value=value)
    return value if isinstance(value, date) else BadCell("not_date", value=value)


def _text(value: str) -> Raw:
    text = value.strip()
    if text in EMPTY_MARKS:
        return None
    if len(text) > MAX_CELL:
        return BadCell("too_long", limit=MAX_CELL)
    if not text.isprintable() and any(not (letter.isprintable() or letter in "\n\t\u00a0") for letter in text):
        return BadCell("control_characters")
    return " ".join(text.split())


def _csv_rows(source: Source) -> Iterator[RawRow]:
    try:
        text = source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("file_encoding") from error
    if "\0" in text:
        raise BadFile("file_type")
    lines = StringIO(text, newline="")
    delimiter = _delimiter(text)
    skipped = 1 if text[:4].lower() == "sep=" else 0
    reader = csv.reader(islice(lines, skipped, None), delimiter=delimiter, strict=True)
    known: dict[str, Raw] = {}
    try:
        for number, cells in enumerate(reader, start=1 + skipped):
            raw = tuple(known[cell] if cell in known else _remember(known, cell) for cell in cells[:MAX_COLUMNS])
            if any(value is not None for value in raw):
                yield RawRow("", number, raw)
    except csv.Error as error:
        raise BadFile("file_damaged") from error


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    if first[:4].lower() == "sep=" and first[4:5] in (";", ","):
        return first[4]
    return ";" if first.count(";") >= first.count(",") else ","


def _remember(known: dict[str, Raw], cell: str) -> Raw:
    """Return a cell, and keep it: a month of attendance says the same few thousand things a million times."""
    raw = _from_csv(cell)
    if not isinstance(raw, BadCell) and len(known) < MOST_REMEMBERED:
        known[cell] = raw
    return raw


def _from_csv(cell: str) -> Raw:
    raw = _text(cell)
    if isinstance(raw, str) and raw.startswith(_FORMULA_STARTS) and not raw[1:].strip().replace(",", "").isdigit():
        return BadCell("formula")
    return raw
