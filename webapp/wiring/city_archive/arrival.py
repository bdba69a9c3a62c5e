"""A city on its way into a database: written, read back and compared, inside one transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from hashlib import blake2b, sha256
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError, StatementError

from engine.jobs.moving import add_jobs
from engine.records.case import case_state, state_digest
from engine.records.copying import CopyRefused, send_rows
from engine.records.packing import ID_BYTES, Wordbook
from engine.records.refusals import outage_of
from engine.records.wordbook import find_wordbook, insert_wordbook, is_stored, wordbook_row
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive.chain import Trail
from webapp.wiring.city_archive.manifest import JOBS, TABLES, TRAIL, WORDBOOKS
from webapp.wiring.city_archive.numbers import NewNumbers
from webapp.wiring.city_archive.reading import CityArchive
from webapp.wiring.city_archive.rows import BATCH, Row, framed, rows_of
from webapp.wiring.city_archive.rules import city_tables, numbered, packed_places
from webapp.wiring.city_archive.stored import Renumbering

#: What a database or its types make of a value that does not belong where it stands.
_MISFITS: Final = (StatementError, CopyRefused, ValueError, TypeError, OverflowError, KeyError)


class Arrival:
    """A city on its way into a database, inside the transaction."""

    def __init__(self, connection: Connection, archive: CityArchive, numbers: NewNumbers) -> None:
        self._connection = connection
        self._archive = archive
        self._manifest = archive.manifest
        self._given = numbers.given
        self._deep = Renumbering(numbers.given, partial(find_wordbook, connection)) if numbers.is_deep else None
        self._written: dict[str, str] = {}

    def take_wordbooks(self) -> None:
        """Store the words that are not there yet; their number is made of them, so that it never means others."""
        for identifier, words in self._archive.rows(WORDBOOKS):
            if int.from_bytes(blake2b(words, digest_size=ID_BYTES).digest()) != identifier:
                raise self._differs(WORDBOOKS)
            book = Wordbook(identifier, words)
            if not is_stored(self._connection, book):
                self._connection.execute(insert_wordbook, wordbook_row(book))

    def take(self, table: Table) -> None:
        """Write the rows of a table, and note what was written."""
        name = TABLES + table.name
        written = _Hashed(self._renumbered(table)) if self._given else None
        try:
            _insert(self._connection, table, self._archive.rows(name) if written is None else written)
        except _MISFITS as error:
            outage = outage_of(error)
            # Not "from error": its text may hold values of the row.
            raise outage or self._refused(table) from None
        self._written[table.name] = self._manifest.members[name].sha256 if written is None else written.digest

    def take_jobs(self, now: datetime) -> None:
        """Put the city's jobs into the queue of this installation."""
        rows = [dict(self._deep.of(row) if self._deep else row) for row in self._archive.rows(JOBS)]
        try:
            add_jobs(self._connection, rows, now)
        except DBAPIError as error:
            raise outage_of(error) or self._differs(JOBS) from None

    def prove(self) -> None:
        """Read everything back and compare: the rows of each table, and the audit trail to the last byte.

        :raise ArchiveError: something is not what was written, or does not belong to the city.
        """
        for table in city_tables():
            found = _Hashed(rows_of(self._connection, table, self._manifest.city))
            for _row in found:
                pass
            if (found.rows, found.digest) != (self._manifest.tables[table.name], self._written[table.name]):
                raise self._differs(TABLES + table.name)
        trail, digest = Trail(self._connection, self._manifest.city), sha256()
        for line in trail.lines():
            digest.update(line)
        if (trail.chain, digest.hexdigest()) != (self._manifest.audit, self._manifest.members[TRAIL].sha256):
            raise self._differs(TRAIL)

    def _renumbered(self, table: Table) -> Iterator[Row]:
        rows = self._archive.rows(TABLES + table.name)
        if self._deep is not None:
            deep, packed = self._deep, packed_places(table)
            fresh = ((row, deep.row(row, packed)) for row in rows)
            if table is case_state:
                return (_proved_anew(*pair) for pair in fresh)
            return (row for _, row in fresh)
        key = numbered(table)
        if key is None:
            return rows
        place = list(table.columns).index(key)
        return ([*row[:place], self._given.get(row[place], row[place]), *row[place + 1 :]] for row in rows)

    def _differs(self, name: str) -> ArchiveError:
        return ArchiveError(
            f"{self._archive.path}: {name} tidak terbaca kembali seperti yang tertulis di arsip. Tidak ada yang "
            "dimasukkan; buat lagi arsip kota itu."
        )

    def _refused(self, table: Table) -> ArchiveError:
        return ArchiveError(
            f"Tabel {table.name} menolak satu baris dari {self._archive.path}. Tidak ada yang dimasukkan; periksa "
            "instalasi asalnya dengan alur verify, lalu buat lagi arsip kota itu."
        )


def _proved_anew(old: Row, row: list[Any]) -> Row:
    """Return the row of a state with other numbers in it and its digest; one that was wrong stays wrong."""
    case_id, _version, content, digest = old
    if digest is not None and digest == state_digest(case_id, content):
        row[-1] = state_digest(row[0], row[2])
    return row


class _Hashed(Iterable[Row]):
    """Hands rows on, and knows afterwards how many they were and their hash, in their order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = 0
        self._source = rows
        self._digest = sha256()

    @property
    def digest(self) -> str:
        """The hash of what was handed on so far."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[Row]:
        for row in self._source:
            self.rows += 1
            self._digest.update(framed(row))
            yield row


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    if connection.dialect.name == "postgresql":
        send_rows(connection, table, rows)
        return
    names = table.columns.keys()
    left = iter(rows)
    while batch := [dict(zip(names, row, strict=True)) for row in islice(left, BATCH)]:
        connection.execute(table.insert(), batch)
