"""Proves the records that commands write beside the cases: each row is as its last command has left it."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Table, select

from engine.queries.verification.findings import Finding
from engine.queries.verification.streams import AnyRow, stream
from engine.records.packing import Unreadable, unpack
from engine.records.proofs import GONE, PROVED, Proved, key_digest, pairs_of, proved_tables, record_proof, row_digest

_CACHE: Final = "PRAGMA cache_size = -4000"  # KiB
_proofs = select(record_proof.c.table, record_proof.c.tenant, record_proof.c.content).order_by(record_proof.c.id)


class Proofs:
    """What the rows of one table must be, noted beside the database so that memory does not grow with them."""

    def __init__(self, read: Connection, table: Table) -> None:
        """Read what the commands have left, the latest of each row."""
        self._read = read
        self._table = table
        self._proved: Proved = table.info[PROVED]
        self._cities: set[str] = set()
        self._told = sqlite3.connect("", isolation_level=None)  # a file without a name
        self._told.execute(_CACHE)
        self._told.execute("CREATE TABLE told (key BLOB PRIMARY KEY, digest BLOB, seen INTEGER) WITHOUT ROWID")
        self._told.execute("BEGIN")
        for row in stream(read, _proofs.where(record_proof.c.table == table.name)):
            self._take(row)

    def _take(self, row: AnyRow) -> None:
        try:
            content = unpack(row.content)
        except Unreadable:
            return  # said with the other contents
        if isinstance(content, bytes):
            self._cities.add(row.tenant)
            self._told.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, 0)", pairs_of(content))

    def check(self) -> Iterator[Finding]:
        """Yield the rows that were changed, put in, or taken away by no command."""
        if self._cities:
            for row in stream(self._read, select(self._table).where(self._table.c.tenant.in_(self._cities))):
                yield from self._check_row(row)
            yield from self._check_gone()
        self._told.close()

    def _check_row(self, row: AnyRow) -> Iterator[Finding]:
        key = key_digest(self._table, row)
        digest = self._told.execute("SELECT digest FROM told WHERE key = ?", (key,)).fetchone()
        self._told.execute("UPDATE told SET seen = 1 WHERE key = ?", (key,))
        if self._proved.is_of_step(row) and (digest is None or self._proved.overwritten):
            return
        if digest is None or digest[0] != row_digest(self._table, row):
            code = "record_forged" if digest is not None and digest[0] != GONE else "record_put_in"
            yield Finding(code, params={"table": self._table.name, "row": _name_of(self._table, row)})

    def _check_gone(self) -> Iterator[Finding]:
        left = self._told.execute("SELECT count(*) FROM told WHERE NOT seen AND digest <> ?", (GONE,))
        (count,) = left.fetchone()
        if count:
            yield Finding("record_taken", params={"table": self._table.name, "count": count})


def _name_of(table: Table, row: AnyRow) -> str:
    """Return the key of a row, as whoever looks for it types it."""
    return "/".join(str(getattr(row, column.name)) for column in table.primary_key)


def check_proofs(read: Connection) -> Iterator[Finding]:
    """Yield the rows of every proved table that are not as their commands have left them."""
    for table in proved_tables():
        yield from Proofs(read, table).check()
