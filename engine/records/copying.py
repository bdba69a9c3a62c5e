"""Copies every table of an installation from SQLite to PostgreSQL, and proves that the copy says the same."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Table, select, text

from engine.errors import EngineError
from engine.records.database import Database
from engine.records.schema import metadata

BATCH: Final = 1000  # rows held in memory at a time
HASH_BITS: Final = 256

# One statement at a time is sent, and between two of them as many rows as it takes are read and hashed.
_TAKE_YOUR_TIME = text("SET LOCAL idle_in_transaction_session_timeout = 0")
_TABLES = text(
    "SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
    " WHERE nspname = current_schema() AND relkind IN ('r', 'p')"
)


class TargetNotEmpty(EngineError):
    """The database to copy to has tables already; name one that was just made."""

    code = "copy.target_not_empty"


class CopyDiffers(EngineError):
    """What was copied does not say the same as what was read; nothing of it was kept."""

    code = "copy.differs"


class CopyRefused(EngineError):
    """The target takes no row of a table as it is; nothing was kept."""

    code = "copy.refused"


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: how many rows, and a hash of them all whatever their order."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table and what it holds on both sides, read from each."""

    name: str
    source: Content
    target: Content

    @property
    def is_same(self) -> bool:
        """Whether the copy says the same."""
        return self.source == self.target


@contextmanager
def copying(source: Database, target: Database) -> Generator[tuple[Connection, Connection]]:
    """Give a connection to read from and one to write to, in one transaction that ends with the block.

    Nobody writes to the source meanwhile. What is interrupted, by whatever it is, leaves the target as empty as before.

    :raise TargetNotEmpty: there are tables in the target.
    """
    with source.writing() as read, target.writing() as written:
        written.execute(_TAKE_YOUR_TIME)
        if written.execute(_TABLES).scalar_one():
            raise TargetNotEmpty
        yield read, written


def copy_tables(source: Connection, target: Connection) -> Iterator[CopiedTable]:
    """Copy one table after the other into tables that were just made, and yield each once both sides were compared.

    Ids are made by the engine, so that no table here has a sequence to set.

    :raise CopyDiffers: naming the table, before anything is kept.
    :raise CopyRefused: the same, for a value that PostgreSQL does not know, such as a text with a zero byte.
    """
    for table in _tables():
        read = _Reading(source, table)
        send_rows(target, table, read)
        copied = CopiedTable(table.name, read.content, _read(target, table).content)
        if not copied.is_same:
            raise CopyDiffers(f"Table '{table.name}' differs: {copied.source}, {copied.target}.", table=table.name)
        yield copied


def _tables() -> list[Table]:
    """Return the tables that both kinds of database have, those that others refer to first."""
    return [table for table in metadata.sorted_tables if "postgresql" in table.info.get("dialects", ("postgresql",))]


class _Reading(Iterable[Sequence[Any]]):
    """Reads a table once, in pieces, and knows afterwards what it held."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table
        self._rows, self._sum = 0, 0

    @property
    def content(self) -> Content:
        """What was read so far."""
        return Content(self._rows, f"{self._sum % (1 << HASH_BITS):064x}")

    def __iter__(self) -> Iterator[Sequence[Any]]:
        found = self._connection.execute(select(self._table), execution_options={"yield_per": BATCH})
        for row in found:
            self._rows += 1
            # A sum, because the two databases may sort words in different ways.
            self._sum += int.from_bytes(sha256(repr(tuple(row)).encode()).digest())
            yield row


def _read(connection: Connection, table: Table) -> _Reading:
    reading = _Reading(connection, table)
    for _row in reading:
        pass
    return reading


def send_rows(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Send the rows of a table to PostgreSQL by COPY: one statement, at whose end references among them are looked at.

    :raise CopyRefused: a row is refused.
    """
    quote = connection.dialect.identifier_preparer
    columns = ", ".join(quote.format_column(column) for column in table.columns)
    stored = [column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for column in table.c]
    driver = connection.connection.driver_connection
    assert driver is not None, "a connection in use has one of the driver"
    try:
        with driver.cursor().copy(f"COPY {quote.format_table(table)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([to(value) if to else value for to, value in zip(stored, row, strict=True)])
    except psycopg.Error as error:
        # Its first line alone: the others name values of the row.
        reason = error.diag.message_primary or type(error).__name__
        raise CopyRefused(f"Table '{table.name}' is refused: {reason}", table=table.name) from None
