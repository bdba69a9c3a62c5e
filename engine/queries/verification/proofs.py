"""Proves the records that commands write beside the cases: each row is as its last command has left it."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Table, select

from engine.queries.verification.findings import Finding
from engine.queries.verification.streams import AnyRow, stream
from engine.records.history import journal
from engine.records.packing import Unreadable, unpack
from engine.records.proofs import (
    GONE,
    PROVED,
    Proved,
    key_digest,
    pairs_of,
    proved_tables,
    record_proof,
    row_digest,
    step_digests,
)

_CACHE: Final = "PRAGMA cache_size = -4000"  # KiB
_proofs = select(record_proof.c.tenant, record_proof.c.at, record_proof.c.content).order_by(record_proof.c.id)


class Told:
    """What proofs say of the rows of one table, noted beside the database so that memory does not grow with them.

    :ivar cities: of whose rows they say something.
    :ivar instants: at which the commands were that left them.
    """

    def __init__(self, read: Connection, name: str) -> None:
        """Read what the commands have left, the latest of each row."""
        self.cities: set[str] = set()
        self.instants: set[datetime] = set()
        self._told = sqlite3.connect("", isolation_level=None)  # a file without a name
        self._told.execute(_CACHE)
        self._told.execute("CREATE TABLE told (key BLOB PRIMARY KEY, digest BLOB, seen INTEGER) WITHOUT ROWID")
        self._told.execute("BEGIN")
        for row in stream(read, _proofs.where(record_proof.c.table == name)):
            self._take(row)

    def _take(self, row: AnyRow) -> None:
        try:
            content = unpack(row.content)
        except Unreadable:
            return  # said with the other contents
        if isinstance(content, bytes):
            self.cities.add(row.tenant)
            self.instants.add(row.at)
            self._told.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, 0)", pairs_of(content))

    def see(self, key: bytes) -> bytes | None:
        """Return the digest of a row that is there, and note that it is; None of one that no command has left."""
        digest = self._told.execute("SELECT digest FROM told WHERE key = ?", (key,)).fetchone()
        self._told.execute("UPDATE told SET seen = 1 WHERE key = ?", (key,))
        return None if digest is None else bytes(digest[0])

    def close(self) -> int:
        """Forget all of it, and return how many rows that should be there were not seen."""
        left = self._told.execute("SELECT count(*) FROM told WHERE NOT seen AND digest <> ?", (GONE,))
        (count,) = left.fetchone()
        self._told.close()
        return int(count)


class Proofs:
    """The rows of one table beside what the commands have left."""

    def __init__(self, read: Connection, table: Table) -> None:
        """Read what the commands have left."""
        self._read = read
        self._table = table
        self._proved: Proved = table.info[PROVED]
        self._told = Told(read, table.name)

    def check(self) -> Iterator[Finding]:
        """Yield the rows that were changed, put in, or taken away by no command."""
        if self._told.cities:
            for row in stream(self._read, select(self._table).where(self._table.c.tenant.in_(self._told.cities))):
                yield from self._check_row(row)
        yield from _gone(self._table.name, self._told.close())

    def _check_row(self, row: AnyRow) -> Iterator[Finding]:
        key = key_digest(self._table, row)
        digest = self._told.see(key)
        if self._proved.is_of_step(row) and (digest is None or self._proved.overwritten):
            return
        if digest != row_digest(self._table, row):
            code = "record_forged" if digest not in (None, GONE) else "record_put_in"
            yield Finding(code, params={"table": self._table.name, "row": _name_of(self._table, row)})


class ProvedSteps:
    """The steps that commands have made of many cases at once, beside their proofs."""

    def __init__(self, read: Connection) -> None:
        """Read what the commands have left."""
        self._told = Told(read, journal.name)

    def check(self, row: AnyRow, *, is_of_many: bool) -> Iterator[Finding]:
        """Yield what is wrong with a row of the journal; of others than such steps nothing.

        :param is_of_many: it says of itself that it was made so.
        """
        if row.at not in self._told.instants:
            return  # of another command, or of before such steps were proved
        key, digest = step_digests({column.name: getattr(row, column.name) for column in journal.columns})
        told = self._told.see(key)
        if told != digest and (told is not None or is_of_many):
            code = "record_forged" if told is not None else "record_put_in"
            yield Finding(code, row.case_id, {"table": journal.name, "row": f"{row.case_id}/{row.version}"})

    def end(self) -> Iterator[Finding]:
        """Yield how many of them are gone."""
        yield from _gone(journal.name, self._told.close())


def _gone(table: str, count: int) -> Iterator[Finding]:
    if count:
        yield Finding("record_taken", params={"table": table, "count": count})


def _name_of(table: Table, row: AnyRow) -> str:
    """Return the key of a row, as whoever looks for it types it."""
    return "/".join(str(getattr(row, column.name)) for column in table.primary_key)


def check_proofs(read: Connection) -> Iterator[Finding]:
    """Yield the rows of every proved table that are not as their commands have left them."""
    for table in proved_tables():
        yield from Proofs(read, table).check()
