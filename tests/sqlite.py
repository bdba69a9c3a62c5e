"""SQLite files with all of Alur's tables, kept in memory and copied: to make the tables costs ten times as much."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.records.database import Database
from engine.records.schema import metadata
from tests.postgresql import address_in


def open_database(folder: Path, content: Callable[[], bytes] | None = None) -> Database:
    """Open the database of a test's folder; a SQLite file that is not there yet is made, with the tables of today.

    :param content: gives the file to copy, if it holds more than empty tables.
    """
    address, file = address_in(folder), folder / "alur.db"
    if address.startswith("sqlite:") and not file.exists():
        file.touch(mode=0o600)  # as Alur makes it
        file.write_bytes(content() if content else _empty(frozenset(metadata.tables)))
    database = Database(address)
    if database.is_sqlite and not _has_all_tables(database):
        metadata.create_all(database.write)  # those that the file lacks: made by a process that knew fewer
    return database


def _has_all_tables(database: Database) -> bool:
    """Ask once, where to make what is missing asks for each table."""
    with database.reading() as read:
        there = set(read.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    return there.issuperset(metadata.tables)


def content_of(fill: Callable[[Database], object]) -> bytes:
    """Return a file with all tables, after something was written into it."""

    def make(database: Database) -> None:
        metadata.create_all(database.write)
        fill(database)

    return file_of(make)


def file_of(make: Callable[[Database], object]) -> bytes:
    """Return a file in which nothing was, after something was made in it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(f"sqlite:///{folder / 'alur.db'}")
        try:
            make(database)
        finally:
            database.dispose()
        assert not (folder / "alur.db-wal").exists(), "whoever closes a file last empties its log into it"
        return (folder / "alur.db").read_bytes()


@cache
def _empty(_tables: frozenset[str]) -> bytes:
    """Return a file for each set of tables: tests of the engine know fewer than those of the application."""
    return content_of(lambda _database: None)
