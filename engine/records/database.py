"""The database: one way in to write, one way in to read, on SQLite and on PostgreSQL."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.errors import EngineError
from engine.records.locks import AlreadyServing, NestedWrite, OneAtATime, WriteLock, serve_lock
from engine.records.postgresql import open_reader, open_writer

__all__ = ["AlreadyServing", "Database", "NestedWrite", "UnusableDatabase", "serve_lock"]

BUSY_SECONDS = 30.0  # how long SQLite itself waits for another process that does not queue, a backup for instance
DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"})
OWES_LOCK = "alur owes the write lock"
# isolation_level=None: the driver begins nothing by itself, the "begin" events below do.
SQLITE_OPTIONS: Final = {"timeout": BUSY_SECONDS, "isolation_level": None}
# The texts of errors go to logs; without this they would hold the values of the row, people's names and numbers.
QUIET: Final = {"hide_parameters": True}


class UnusableDatabase(EngineError):
    """The database's address leads to nothing that can hold the records."""

    code = "database.unusable"


class Database:
    """The records of one installation, reached by SQLAlchemy.

    `writing()` and `reading()` are the doors. The two engines are there for whoever must hand one to a library: a
    transaction begun on `write` takes its turn as well, one on `read` cannot write.
    """

    url: Final[URL]
    is_sqlite: Final[bool]
    path: Final[Path | None]
    write: Final[Engine]
    read: Final[Engine]

    def __init__(self, url: str) -> None:
        """Open the database; a SQLite file that does not exist is made, in a folder that does.

        :param url: `sqlite:///folder/alur.db` or `postgresql://user:password@host/name`.
        :raise UnusableDatabase: the address is of another kind, names no file, or one that is no database, or a server
            that cannot be reached.
        """
        self.url = _readable(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.path = _path(self.url) if self.is_sqlite else None
        self._lock = _prepare_file(self.path) if self.path else None
        self._writing = OneAtATime()
        self.write = _sqlite_writer(self.url, self._lock) if self._lock else open_writer(self.url, **QUIET)
        self.read = _sqlite_reader(self.url) if self.is_sqlite else open_reader(self.url, **QUIET)
        if not self.is_sqlite:
            self._reach()

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """Give a connection in a write transaction: committed at the end of the block, rolled back by any exception.

        On SQLite the writers of this process take turns in the order they came, and so do processes; keep it short,
        nobody else writes meanwhile.

        :raise NestedWrite: this thread is writing already.
        """
        with self._lock or self._writing, self.write.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """Give a connection that sees one moment: what others commit during the block stays unseen.

        The moment is the first query. It waits for no writer and stops none; it cannot write.
        """
        with self.read.begin() as connection:
            yield connection

    def _reach(self) -> None:
        """Connect once, so that a wrong address is said at once, as it is with a file."""
        try:
            self.write.connect().close()
        except OperationalError as error:
            self.dispose()
            # The driver says host, name and user, and never the password.
            raise UnusableDatabase(f"The database cannot be reached: {str(error.orig).strip()}") from None

    def dispose(self) -> None:
        """Close every connection; the object is of no use afterwards."""
        self.write.dispose()
        self.read.dispose()
        if self._lock is not None:
            self._lock.close()


def _readable(text: str) -> URL:
    """Return the address; what is wrong is said without it, for it may hold a password."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise UnusableDatabase("The database's address is no URL; write one as in sqlite:////folder/alur.db") from None
    if url.drivername not in DRIVERS:
        raise UnusableDatabase(
            f"Databases of the kind '{url.drivername}' cannot be used (known: {', '.join(sorted(DRIVERS))})",
            driver=url.drivername,
        )
    return url


def _path(url: URL) -> Path:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise UnusableDatabase(f"{url} names no file; give one, as in sqlite:///alur.db")
    path = Path(url.database).absolute()
    if not path.parent.is_dir():
        raise UnusableDatabase(f"There is no folder {path.parent} for the database; make it first")
    return path


def _prepare_file(path: Path) -> WriteLock:
    """Make the file, readable by its owner only, turn the write-ahead log on (it stays on), and return its lock."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    lock = WriteLock(path)
    try:
        with lock:  # turning the log on fails when another process is at it at the same moment
            mode = _turn_log_on(path)
    except sqlite3.Error as error:
        mode = str(error)
    if mode != "wal":
        lock.close()
        raise UnusableDatabase(
            f"{path} cannot keep a write-ahead log: {mode} (it must be a SQLite file on a local disk)"
        )
    return lock


def _turn_log_on(path: Path) -> str:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])


def _sqlite_writer(url: URL, lock: WriteLock) -> Engine:
    # Behind the lock one connection is enough: its page and statement caches stay warm.
    engine = create_engine(url, pool_size=1, max_overflow=-1, connect_args=dict(SQLITE_OPTIONS), **QUIET)
    event.listen(engine, "connect", _configure_write)
    _take_turns(engine, lock)
    return engine


def _sqlite_reader(url: URL) -> Engine:
    engine = create_engine(url, pool_size=8, max_overflow=24, connect_args=dict(SQLITE_OPTIONS), **QUIET)
    event.listen(engine, "connect", _configure_read)
    event.listen(engine, "begin", _begin_reading)
    return engine


def _configure_write(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # FULL: with NORMAL a power cut took back 91 of 91 commits that people had been told of.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _configure_read(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA query_only = ON")


def _take_turns(write: Engine, lock: WriteLock) -> None:
    """Make every transaction on the engine wait for its turn, also one that a library begins without `writing()`."""

    @event.listens_for(write, "begin")
    def begin(connection: Connection) -> None:
        if not lock.is_mine:
            lock.acquire()
            entry = connection.connection.record_info
            assert entry is not None, "a connection in use has a pool entry"
            entry[OWES_LOCK] = True
        # IMMEDIATE: a deferred transaction that reads first and writes later fails at once when another wrote between.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(write, "checkin")
    def checkin(_connection: sqlite3.Connection | None, entry: ConnectionPoolEntry) -> None:
        if entry.record_info is not None and entry.record_info.pop(OWES_LOCK, False):
            lock.release()


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
