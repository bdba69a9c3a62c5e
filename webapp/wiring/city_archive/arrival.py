"""A city on its way into a database: written in turns, read back and compared, before anybody is let in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b, sha256
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError, StatementError

from engine.jobs.moving import add_jobs
from engine.records.case import case_state, state_digest
from engine.records.copying import CopyRefused, send_rows
from engine.records.database import Database
from engine.records.packing import ID_BYTES, Unreadable, Wordbook
from engine.records.refusals import outage_of
from engine.records.tenant import tenant
from engine.records.wordbook import insert_wordbook, is_stored, wordbook_row
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive.belonging import Members
from webapp.wiring.city_archive.chain import Trail
from webapp.wiring.city_archive.manifest import JOBS, TABLES, TRAIL, WORDBOOKS
from webapp.wiring.city_archive.numbers import NewNumbers
from webapp.wiring.city_archive.reading import CityArchive
from webapp.wiring.city_archive.rows import BATCH, Hashed, Row, rows_of, take_time
from webapp.wiring.city_archive.rules import city_tables, numbered, own_parent, packed_places
from webapp.wiring.city_archive.stored import Renumbering
from webapp.wiring.city_archive.turns import in_turns

#: What a database or its types make of a value that does not belong where it stands.
_MISFITS: Final = (StatementError, CopyRefused, ValueError, TypeError, OverflowError, KeyError)


class Arrival:
    """A city on its way into a database."""

    def __init__(self, database: Database, archive: CityArchive, numbers: NewNumbers) -> None:
        """Begin; the row of the city itself is there already."""
        self._database = database
        self._archive = archive
        self._manifest = archive.manifest
        self._given = numbers.given
        self._books: dict[int, Wordbook] = {}
        self._deep = Renumbering(numbers.given, self._find_book) if numbers.is_deep else None
        self._members = Members(archive)
        self._written = {tenant.name: self._manifest.members[TABLES + tenant.name].sha256}

    def take_wordbooks(self) -> None:
        """Store the words that are not there yet; their number is made of them, so that it never means others."""
        for identifier, words in self._archive.rows(WORDBOOKS):
            if int.from_bytes(blake2b(words, digest_size=ID_BYTES).digest()) != identifier:
                raise self._differs(WORDBOOKS)
            self._books[identifier] = Wordbook(identifier, words)
        with self._database.writing() as connection:
            for book in self._books.values():
                if not is_stored(connection, book):
                    connection.execute(insert_wordbook, wordbook_row(book))

    def take(self, table: Table) -> None:
        """Write the rows of a table, and note what was written.

        :raise ArchiveError: one of them is not the city's, or the database refuses it.
        """
        rows = Hashed(self._renumbered(table))
        # One that refers to a row of its own table may stand before it.
        batches = [list(rows)] if own_parent(table) else _batches(rows)
        try:
            in_turns(self._database, batches, lambda connection, batch: _insert(connection, table, batch))
        except _MISFITS as error:
            outage = outage_of(error)
            # Not "from error": its text may hold values of the row.
            raise outage or self._refused(table) from None
        self._written[table.name] = rows.digest

    def take_jobs(self, connection: Connection, now: datetime) -> None:
        """Put the city's jobs into the queue of this installation, inside a write transaction."""
        rows = [dict(self._deep.of(row) if self._deep else row) for row in self._archive.rows(JOBS)]
        try:
            add_jobs(connection, rows, now)
        except DBAPIError as error:
            raise outage_of(error) or self._differs(JOBS) from None

    def prove(self) -> None:
        """Read everything back and compare: the rows of each table, and the audit trail to the last byte.

        :raise ArchiveError: something is not what was written, or does not belong to the city.
        """
        with self._database.reading() as read:
            take_time(read)
            for table in city_tables():
                found = Hashed(rows_of(read, table, self._manifest.city)).to_the_end()
                if (found.rows, found.digest) != (self._manifest.tables[table.name], self._written[table.name]):
                    raise self._differs(TABLES + table.name)
            trail, digest = Trail(read, self._manifest.city), sha256()
            for line in trail.lines():
                digest.update(line)
        if (trail.chain, digest.hexdigest()) != (self._manifest.audit, self._manifest.members[TRAIL].sha256):
            raise self._differs(TRAIL)

    def _find_book(self, identifier: int) -> Wordbook:
        """Return the words of a number; bytes that are a hash may look as if they named some.

        :raise Unreadable: there are none.
        """
        if identifier not in self._books:
            raise Unreadable(f"no wordbook {identifier}")
        return self._books[identifier]

    def _renumbered(self, table: Table) -> Iterator[Row]:
        rows = self._members.only(table, self._archive.rows(TABLES + table.name))
        if not self._given:
            return rows
        if self._deep is not None:
            deep, packed = self._deep, packed_places(table)
            fresh = ((row, deep.row(list(row), packed)) for row in rows)
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


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if connection.dialect.name == "postgresql":
        send_rows(connection, table, rows)
    elif rows:
        if own_parent(table):
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        names = table.columns.keys()
        connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])
