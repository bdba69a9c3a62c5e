"""Proves that everything stored as bytes can be read, and that the words it refers to are there."""

from collections.abc import Callable, Iterator
from hashlib import blake2b

from sqlalchemy import Column, Connection, LargeBinary, Table, select

from engine.bpmn.release import digest_of
from engine.queries.verification.findings import Finding, Tally
from engine.queries.verification.streams import AnyRow, stream
from engine.records.case import case_state, draft
from engine.records.history import journal
from engine.records.migration import migrated_case
from engine.records.packing import ID_BYTES, Unreadable, Wordbook, unpack
from engine.records.release import release
from engine.records.schema import metadata
from engine.records.wordbook import select_wordbook

MOST_BOOKS = 64  # kept in memory, 32 KiB each
#: Read with their cases.
READ_ELSEWHERE = (journal, case_state)
#: What they name may not have been handed in.
NOTED_ELSEWHERE = (draft, migrated_case)


class WordbookGone(Unreadable):
    """What the bytes refer to is not in the database, or is not what it was."""

    def __init__(self, identifier: int) -> None:
        """Remember which."""
        super().__init__(f"wordbook {identifier} is missing")
        self.identifier = identifier


class Contents:
    """Reads stored bytes with nothing but what this database holds: no wordbook that the process remembers."""

    def __init__(self, read: Connection) -> None:
        self._read = read
        self._books: dict[int, Wordbook] = {}

    def unpack(self, content: bytes) -> object:
        """Return a stored value.

        :raise WordbookGone: the words it refers to are missing.
        :raise Unreadable: it is damaged.
        """
        return unpack(content, self._find)

    def _find(self, identifier: int) -> Wordbook:
        if identifier not in self._books:
            if len(self._books) >= MOST_BOOKS:
                self._books.clear()
            self._books[identifier] = self._load(identifier)
        return self._books[identifier]

    def _load(self, identifier: int) -> Wordbook:
        row = self._read.execute(select_wordbook, {"id": identifier}).one_or_none()
        words = unpack(row.words) if row is not None else None
        if not isinstance(words, bytes) or _name_of(words) != identifier:
            raise WordbookGone(identifier)
        return Wordbook(identifier, words)


def _name_of(words: bytes) -> int:
    return int.from_bytes(blake2b(words, digest_size=ID_BYTES).digest())


def check_contents(
    read: Connection, contents: Contents, tally: Tally, note: Callable[[object, int | None], None] | None = None
) -> Iterator[Finding]:
    """Yield the rows of every table whose bytes cannot be read; the content of releases is compared as well.

    :param note: is given every value with its case that was read, but the answers of steps and drafts.
    """
    for table in metadata.sorted_tables:
        for column in _packed_columns(table):
            yield from _check_column(read, contents, column, tally, None if table in NOTED_ELSEWHERE else note)
    yield from _check_releases(read)


def _packed_columns(table: Table) -> list[Column[bytes]]:
    """Return the columns of packed values; a length says that it is a hash instead."""
    if table in READ_ELSEWHERE:
        return []
    return [column for column in table.columns if isinstance(column.type, LargeBinary) and column.type.length is None]


def _check_column(
    read: Connection,
    contents: Contents,
    column: Column[bytes],
    tally: Tally,
    note: Callable[[object, int | None], None] | None,
) -> Iterator[Finding]:
    keys = list(column.table.primary_key)
    for row in stream(read, select(column.label("content"), *keys).where(column.is_not(None))):
        tally.contents += 1
        try:
            value = contents.unpack(row.content)
            if note is not None:
                note(value, getattr(row, "case_id", None))
        except WordbookGone as error:
            params = {"table": column.table.name, "row": _key(row), "wordbook": error.identifier}
            yield Finding("wordbook_missing", params=params)
        except Unreadable:
            params = {"table": column.table.name, "column": column.name, "row": _key(row)}
            yield Finding("content_unreadable", params=params)


def _key(row: AnyRow) -> str:
    """Return the key of a row, as whoever looks for it types it: its numbers and the codes of cities and elements."""
    return "/".join(str(part) for part in row[1:])


def _check_releases(read: Connection) -> Iterator[Finding]:
    for row in stream(read, select(release.c.process, release.c.number, release.c.digest, release.c.content)):
        try:
            files = unpack(row.content)
        except Unreadable:
            continue  # said above
        if not _has_digest(files, row.digest):
            yield Finding("release_changed", params={"release": f"{row.process} {row.number}"})


def _has_digest(files: object, digest: str) -> bool:
    if not isinstance(files, dict):
        return False
    if not all(isinstance(name, str) and isinstance(content, bytes) for name, content in files.items()):
        return False
    return digest_of(files) == digest
