"""The database: one way in to write, one way in to read, on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from engine.errors import UnusableDatabase
from engine.records.flushing import DiskRefused, SharedFlush
from engine.records.keeping import KeptConnections
from engine.records.locks import AlreadyServing, NestedWrite, OneAtATime, WriteLock, serve_lock
from engine.records.opening import prepare_file
from engine.records.pooler import check_direct, is_pooled
from engine.records.postgresql import open_reader, open_writer
from engine.records.sqlite import OWES_LOCK, READER, WRITER

__all__ = ["AlreadyServing", "Database", "NestedWrite", "UnusableDatabase", "serve_lock"]

#: How long anybody waits for whoever writes: for his turn, and SQLite itself for a program that does not queue.
BUSY_SECONDS = 30.0
READERS = 8  # connections kept open for reading
DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"})
# isolation_level=None: the driver begins nothing by itself, the dialects of `sqlite` do.
SQLITE_OPTIONS: Final[dict[str, Any]] = {"timeout": BUSY_SECONDS, "isolation_level": None}
# The texts of errors go to logs; without this they would hold the values of the row, people's names and numbers.
QUIET: Final = {"hide_parameters": True}


class Database:
    """The records of one installation, reached by SQLAlchemy.

    `writing()` and `reading()` are the doors. The two engines are there for whoever must hand one to a library: a
    transaction begun on `write` takes its turn as well, one on `read` cannot write.

    `is_pooled` says that a pooler stands before the server. `direct` is the way for what needs a session of its own;
    None where only the pooler is known.
    """

    url: Final[URL]
    direct: Final[URL | None]
    is_sqlite: Final[bool]
    is_pooled: Final[bool]
    path: Final[Path | None]
    flush: Final[SharedFlush | None]
    write: Final[Engine]
    read: Final[Engine]

    def __init__(self, url: str, direct: str | None = None) -> None:
        """Open the database; a SQLite file that does not exist is made, in a folder that does.

        :param url: `sqlite:///folder/alur.db` or `postgresql://user:password@host/name`.
        :param direct: of the same database without the pooler that `url` leads to.
        :raise DatabaseFull: there is no room for what SQLite keeps beside the file.
        :raise UnusableDatabase: the address is of another kind, names no file, or one that is no database, or a server
            that cannot be reached, or a pooler that cannot be used.
        """
        self.url = _readable(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.path = _path(self.url) if self.is_sqlite else None
        self._lock = prepare_file(self.path, SQLITE_OPTIONS["timeout"]) if self.path else None
        self.flush = SharedFlush(self.path) if self.path else None
        self._writing = OneAtATime()
        # Connects, so that a wrong address is said at once, as it is with a file.
        self.is_pooled = not self.is_sqlite and is_pooled(self.url)
        self.direct = self._find_direct(direct)
        options: dict[str, Any] = {**QUIET, "is_pooled": self.is_pooled}
        self.write = self._opened_writer(options)
        self.read = _sqlite_reader(self.url) if self.is_sqlite else open_reader(self.url, **options)
        # A pool of PostgreSQL asks whether the server is still there before it gives a connection.
        self._writers = KeptConnections(self.write, 1) if self.is_sqlite else self.write
        self._readers = KeptConnections(self.read, READERS) if self.is_sqlite else self.read

    @contextmanager
    def writing(self, committed: Callable[[], None] | None = None) -> Generator[Connection]:
        """Give a connection in a write transaction: committed at the end of the block, rolled back by any exception.

        On SQLite the writers of this process take turns in the order they came, and so do processes; keep it short,
        nobody else writes meanwhile. What was committed is safe on the disk when the block is left.

        :param committed: called on SQLite once it is committed, before the disk is waited for.
        :raise DiskRefused: the disk does not say that it is.
        :raise NestedWrite: this thread is writing already.
        :raise DatabaseBusy: somebody has held the database for longer than anybody waits.
        """
        with self._lock or self._writing:
            if self.flush is not None:
                self.flush.check()
            with self._writers.begin() as connection:
                yield connection
            commit = self.flush.count() if self.flush is not None else 0
        if self.flush is not None:
            if committed is not None:
                committed()
            self.flush.wait(commit)  # while the next one writes already

    @property
    def is_writing(self) -> bool:
        """Whether the calling thread is in a write transaction; on SQLite, where nobody else could write beside it."""
        return self._lock is not None and self._lock.is_mine

    def settle(self) -> None:
        """Return when all that anybody can read now is safe on the disk; PostgreSQL shows nothing before that.

        :raise DiskRefused: the disk does not say that it is.
        """
        if self.flush is not None:
            with self.writing():  # whoever commits is counted before his turn ends
                pass

    def checkpoint(self) -> None:
        """Take SQLite's log into the file, both flushed, as a server does that begins.

        So nothing is written behind what a disk may have dropped that failed before. It waits for nobody.

        :raise DiskRefused: the disk refused it.
        """
        if self.path is None:
            return
        with closing(sqlite3.connect(self.path, **SQLITE_OPTIONS)) as connection:
            try:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            except sqlite3.OperationalError as error:
                raise DiskRefused(str(error)) from error

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees one moment: what others commit during the block stays unseen.

        The moment is the first query. It waits for no writer and stops none; it cannot write.
        """
        return self._readers.begin()

    def _opened_writer(self, options: Mapping[str, Any]) -> Engine:
        if self._lock is not None and self.flush is not None:
            return _sqlite_writer(self.url, self._lock, self.flush)
        return open_writer(self.url, **options)

    def _find_direct(self, named: str | None) -> URL | None:
        if not self.is_pooled:
            return self.url
        if named is None:
            return None
        direct = _readable(named)
        check_direct(self.url, direct)
        return direct

    def dispose(self) -> None:
        """Close every connection; the object is of no use afterwards."""
        self.renew()
        self.write.dispose()
        self.read.dispose()
        if self._lock is not None and self.flush is not None:
            self._lock.close()
            self.flush.close()

    def renew(self) -> None:
        """Let go of the connections that are kept; only new ones hear whoever listens to the engines from now on."""
        for connections in (self._writers, self._readers):
            if isinstance(connections, KeptConnections):
                connections.close()


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
    path = Path(url.database).resolve()  # SQLite keeps its log beside the file itself, not beside a link to it
    if not path.parent.is_dir():
        raise UnusableDatabase(f"There is no folder {path.parent} for the database; make it first")
    return path


def _sqlite_writer(url: URL, lock: WriteLock, flush: SharedFlush) -> Engine:
    # Behind the lock one connection is enough: its page and statement caches stay warm.
    engine = create_engine(
        url.set(drivername=WRITER),
        turns=lock,
        flush=flush,
        pool_size=1,
        max_overflow=-1,
        connect_args=dict(SQLITE_OPTIONS),
        **QUIET,
    )
    event.listen(engine, "connect", _configure_write)

    @event.listens_for(engine, "checkin")
    def give_turn_back(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        if entry.record_info is not None and entry.record_info.pop(OWES_LOCK, False):
            lock.release()

    return engine


def _sqlite_reader(url: URL) -> Engine:
    options = dict(SQLITE_OPTIONS)
    engine = create_engine(url.set(drivername=READER), pool_size=8, max_overflow=24, connect_args=options, **QUIET)
    event.listen(engine, "connect", _configure_read)
    return engine


def _configure_write(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # With NORMAL alone a power cut took back 91 of 91 commits that people had been told of: SharedFlush makes them safe
    # before anybody is told, as FULL would, but several at once.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _configure_read(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA query_only = ON")
