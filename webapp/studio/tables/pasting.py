"""Rules that were copied from a spreadsheet: rows by line, cells by tab, each cell made FEEL or said to be none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.dmn.editing import ANY_VALUE, Column, Part, Row, Sheet
from forms.cleaning import InputError
from forms.dates import parse_date
from forms.messages import CATALOGUES
from forms.numbers import parse_decimal
from webapp.texts import gettext as _
from webapp.texts import language, lazy

MOST_ROWS: Final = 2000
_DIGITS: Final = 15
_YES: Final = frozenset({"ya", "yes", "true", "benar"})
_NO: Final = frozenset({"tidak", "no", "false", "salah"})
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,]*")
_DAY: Final = re.compile(r"[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{1,4}")
_WORD: Final = re.compile(r"[^\W\d]\w*")
_WORDS: Final = re.compile(r"[^\W\d]\w*(?:\s+\w+)*")
_VALUES: Final = frozenset({"true", "false", "null"})
_WANTED: Final = {
    "number": lazy("“%(cell)s” bukan angka. Tulis seperti 7,5."),
    "boolean": lazy("“%(cell)s” bukan ya atau tidak."),
    "date": lazy("“%(cell)s” bukan tanggal. Tulis seperti 17/08/2026."),
}
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be taken.

    :param line: of what was pasted, from 1.
    :param column: the title of the column; empty when it is about the whole line.
    """

    line: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What came of it.

    :param lines: the line of each row, from 1.
    """

    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    faults: tuple[CellFault, ...]


def storable(text: str) -> str:
    """Return a text without what no XML file can hold, its line ends as files write them."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def read_pasted(text: str, sheet: Sheet) -> Pasted:
    """Return the rules of a text that was copied from a spreadsheet, for the columns of a table.

    A first line with the titles of the columns is passed over, as are empty lines.
    """
    lines = [(number, line.split("\t")) for number, line in enumerate(_lines(text), 1) if line.strip()]
    if lines and _is_head(lines[0][1], sheet):
        del lines[0]
    if not lines:
        return Pasted((), (), (CellFault(1, "", _("Tempelkan paling sedikit satu baris aturan.")),))
    if len(lines) > MOST_ROWS:
        said = _("Paling banyak %(count)s baris sekali tempel.", count=MOST_ROWS)
        return Pasted((), (), (CellFault(MOST_ROWS + 1, "", said),))
    faults = [fault for number, cells in lines for fault in _miscounted(number, cells, sheet)]
    known = _known_words(sheet)
    rows: list[Row] = []
    for number, cells in lines:
        read = [_read(text, column, known) for text, column in _by_column(cells, sheet.columns)]
        rows.append(Row("", tuple(cell for cell, _fault in read)))
        named = zip(sheet.columns, read, strict=True)
        faults += [CellFault(number, column.title, fault) for column, (_cell, fault) in named if fault]
    return Pasted(tuple(rows), tuple(number for number, _cells in lines), tuple(faults))


def with_pasted(sheet: Sheet, rows: Sequence[Row], *, replaces: bool) -> Sheet:
    """Return a table with rules that were pasted, in the place of its own or behind them.

    A rule that is there already, cell by cell, keeps its id, so that it counts as unchanged.
    """
    if not replaces:
        return replace(sheet, rows=(*sheet.rows, *rows))
    known = {row.cells: row.id for row in reversed(sheet.rows)}
    kept = tuple(Row(known.pop(row.cells, ""), row.cells) for row in rows)
    return replace(sheet, rows=kept)


def as_feel(text: str, column: Column) -> str:
    """Return what people write in a spreadsheet as a cell of a column: words quoted, numbers and days as FEEL has them.

    What is FEEL already, or cannot be told, stays as it is; whether it is sound is for the check to say.

    :raise InputError: a number or day that can be read in two ways, or in none.
    """
    words = storable(text)
    if not column.is_typed:
        return words
    if not words:
        return ANY_VALUE if column.part is Part.INPUT else ""
    if words == ANY_VALUE or words.lower() == "null":
        return words.lower()
    return _READERS.get(column.type.lower(), _unchanged)(words, column)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_head(cells: Sequence[str], sheet: Sheet) -> bool:
    titles = [column.title.casefold() for column in sheet.columns if column.is_typed]
    return [cell.strip().casefold() for cell in cells][: len(titles)] == titles


def _miscounted(number: int, cells: Sequence[str], sheet: Sheet) -> Iterator[CellFault]:
    needed, most = sum(column.is_typed for column in sheet.columns), len(sheet.columns)
    if not needed <= len(cells) <= most:
        said = _(
            "Baris ini berisi %(count)s sel, padahal tabel mempunyai %(needed)s kolom masukan dan keluaran.",
            count=len(cells),
            needed=needed,
        )
        yield CellFault(number, "", said)


def _known_words(sheet: Sheet) -> frozenset[str]:
    """Return the names that the columns read: a cell may read them, too."""
    texts = (column.expression for column in sheet.columns if column.part is Part.INPUT)
    return _VALUES.union(*(_WORD.findall(text) for text in texts))


def _by_column(cells: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[str, Column]]:
    """Yield the cells of a line with their columns; what is missing is empty, what is more is left out."""
    return zip([*cells, *[""] * len(columns)], columns, strict=False)


def _read(text: str, column: Column, known: frozenset[str]) -> tuple[str, str]:
    """Return a cell, and what is wrong with it: empty if nothing is.

    Words where a value of another kind belongs are wrong, unless it is data that the table reads anyway: FEEL would
    take them for data of that name, and find none.
    """
    try:
        cell = as_feel(text, column)
    except InputError as error:
        return storable(text), CATALOGUES[language()].gettext(error.message) % dict(error.params)
    wanted = _WANTED.get(column.type.lower()) if column.is_typed else None
    is_mere_word = wanted is not None and _WORDS.fullmatch(cell) is not None and cell not in known
    return cell, _(wanted, cell=cell) if wanted and is_mere_word else ""


def _string(words: str, column: Column) -> str:
    """Quote plain words; several that the column names are a list of what passes."""
    if '"' in words or words.startswith(("not(", "?")):
        return words
    parts = [part.strip() for part in words.split(",")]
    if len(parts) > 1 and all(f'"{part}"' in column.allowed for part in parts):
        return ", ".join(f'"{part}"' for part in parts)
    return f'"{words}"'


def _number(words: str, column: Column) -> str:
    """Write a number the way FEEL does, alone or behind a comparison."""
    mark, rest = _split_comparison(words)
    if not _NUMBER.fullmatch(rest):
        return words
    value = parse_decimal(rest, decimals=_DIGITS, digits=_DIGITS, language=language())
    return f"{mark} {value:f}".strip()


def _split_comparison(words: str) -> tuple[str, str]:
    found = re.match(r"(<=|>=|<|>|≤|≥)\s*", words)
    mark = {"≤": "<=", "≥": ">="}.get(found[1], found[1]) if found else ""
    return mark, words[found.end() :] if found else words


def _boolean(words: str, column: Column) -> str:
    lowered = words.lower()
    if lowered in _YES:
        return "true"
    return "false" if lowered in _NO else words


def _date(words: str, column: Column) -> str:
    mark, rest = _split_comparison(words)
    return f'{mark} date("{parse_date(rest).isoformat()}")'.strip() if _DAY.fullmatch(rest) else words


def _unchanged(words: str, column: Column) -> str:
    return words


_READERS: Final = {"string": _string, "number": _number, "integer": _number, "boolean": _boolean, "date": _date}
