"""Columns of an import, found by their titles in any order, and rows read by them with every problem noted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from processes.people.imports.cells import Parse, plain_word
from processes.people.imports.problems import BadCell, BadFile, CellProblem, make_problem
from processes.people.imports.sheets import MOST_REMEMBERED, RawRow, Source, count_lines, open_source, read_raw

#: Called with rows done and rows in all; 0 in all means that it is not known beforehand.
Progress = Callable[[int, int], None]
PROGRESS_STEP = 500
# Titles that people put beside the data; they carry nothing.
_COUNTERS = frozenset({"no", "nomor", "nourut", "number"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of import.

    :param name: the English identifier, accepted as a title too.
    :param title: the Indonesian title; messages and templates use it.
    :param required: the column must be there and every cell filled.
    """

    name: str
    title: str
    parse: Parse
    required: bool = True
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """The titles by which the column is found."""
        return frozenset(plain_word(word) for word in (self.name, self.title, *self.aliases))


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row by its columns; only columns that the file has are in `values`, an empty cell is None.

    :param unread: columns whose cell could not be read. Such a row is never imported, but compared as far as it goes,
        so that all that is wrong with it is said at once.
    """

    sheet: str
    number: int
    values: Mapping[str, Any]
    titles: Mapping[str, str]
    unread: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether every cell could be read."""
        return not self.unread

    def has_read(self, *names: str) -> bool:
        """Return whether all these cells could be read, be they filled or empty."""
        return self.unread.isdisjoint(names)

    def __getitem__(self, name: str) -> Any:
        """Return the value of a column, None if the file does not have it or the cell could not be read."""
        return self.values.get(name)

    def title(self, name: str) -> str:
        """Return the title that the file uses for a column."""
        return self.titles.get(name, name)


@dataclass(slots=True)
class Reading:
    """What a file holds: rows, problems, and what was passed over."""

    source: Source
    rows: list[ImportRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_table(
    source: Path | bytes, columns: Sequence[Column], *, name: str = "", progress: Progress | None = None
) -> Reading:
    """Return the rows of a file by the columns of a kind, with all problems of its cells."""
    reading = Reading(Source(name, b""))
    try:
        reading.source = open_source(source, name)
        _read_rows(reading, columns, progress or _no_progress)
    except BadFile as bad:
        reading.problems.append(make_problem("", 0, "", bad))
    if not reading.rows and not reading.problems:
        reading.problems.append(make_problem("", 0, "", BadFile("file_empty")))
    return reading


def _no_progress(_done: int, _total: int) -> None:
    pass


def _read_rows(reading: Reading, columns: Sequence[Column], progress: Progress) -> None:
    total = count_lines(reading.source)
    header: _Header | None = None
    done = 0
    for done, row in enumerate(read_raw(reading.source), start=1):
        if header is None or header.sheet != row.sheet:
            header = _read_header(reading, row, columns)
        elif header.is_usable:
            _read_row(reading, header, row)
        if done % PROGRESS_STEP == 0:
            progress(done, max(total, done) if total else 0)
    progress(done, done)


@dataclass(frozen=True, slots=True)
class _Header:
    """The columns of one sheet by position; a sheet without any known title holds something else and is passed over.

    :ivar read: what texts of a column have been read as: the same text is read once.
    """

    sheet: str
    places: tuple[tuple[int, Column], ...]
    titles: Mapping[str, str]
    is_usable: bool
    read: dict[tuple[str, str], Any] = field(default_factory=dict)


def _read_header(reading: Reading, row: RawRow, columns: Sequence[Column]) -> _Header:
    titles = [("" if cell is None else str(cell)).strip(" *") for cell in row.cells]
    found: dict[str, tuple[int, Column]] = {}
    for place, title in enumerate(titles):
        column = next((item for item in columns if plain_word(title) in item.words), None)
        if column is None:
            _ignore_column(reading, row.sheet, title)
        elif column.name in found:
            reading.problems.append(make_problem(row.sheet, row.number, title, BadCell("column_twice", name=title)))
        else:
            found[column.name] = (place, column)
    is_first = not reading.rows and all(problem.sheet == row.sheet for problem in reading.problems)
    missing = [column for column in columns if column.required and column.name not in found]
    if missing and (found or is_first):
        known = ", ".join(column.title for column in columns)
        reading.problems += [
            make_problem(row.sheet, row.number, "", BadCell("column_missing", name=column.title, known=known))
            for column in missing
        ]
    names = {name: titles[place] for name, (place, _) in found.items()}
    return _Header(row.sheet, tuple(found.values()), names, not missing)


def _ignore_column(reading: Reading, sheet: str, title: str) -> None:
    if title and plain_word(title) not in _COUNTERS:
        reading.ignored.append(f"{sheet}: {title}" if sheet else title)


def _read_row(reading: Reading, header: _Header, row: RawRow) -> None:
    values: dict[str, Any] = {}
    unread: set[str] = set()
    for place, column in header.places:
        raw = row.cells[place] if place < len(row.cells) else None
        try:
            values[column.name] = _read_once(header.read, column, raw)
        except BadCell as bad:
            title = header.titles[column.name]
            reading.problems.append(make_problem(row.sheet, row.number, title, bad))
            unread.add(column.name)
    reading.rows.append(ImportRow(row.sheet, row.number, values, header.titles, frozenset(unread)))


def _read_once(read: dict[tuple[str, str], Any], column: Column, raw: Any) -> Any:
    """Return what a cell says; only texts are remembered, for 1, True and 1.0 are the same key."""
    if not isinstance(raw, str):
        return _read_cell(column, raw)
    key = column.name, raw
    if key in read:
        return read[key]
    value = _read_cell(column, raw)
    if len(read) < MOST_REMEMBERED:
        read[key] = value
    return value


def _read_cell(column: Column, raw: Any) -> Any:
    if isinstance(raw, BadCell):
        raise raw
    if raw is None:
        if column.required:
            raise BadCell("required")
        return None
    return column.parse(raw)


def find_duplicates(rows: Iterable[ImportRow], key: Sequence[str]) -> list[CellProblem]:
    """Return a problem for every row whose key an earlier row of the file has."""
    first: dict[tuple[Any, ...], ImportRow] = {}
    problems: list[CellProblem] = []
    for row in rows:
        if not row.has_read(*key):
            continue
        earlier = first.setdefault(tuple(row[name] for name in key), row)
        if earlier is not row:
            titles = ", ".join(row.title(name) for name in key)
            bad = BadCell("duplicate", other=earlier.number, key=titles)
            problems.append(make_problem(row.sheet, row.number, row.title(key[0]), bad))
    return problems
