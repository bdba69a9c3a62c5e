"""Opens the file of a SQLite database: makes it, turns its write-ahead log on, or says why that cannot be."""

import errno
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from engine.errors import DatabaseFull, DatabaseShut, UnusableDatabase
from engine.records.locks import WriteLock

_HEAD: Final = b"SQLite format 3\x00"  # two bytes for the size of a page follow, and two that say how it is written
_LEAST_ROOM: Final = 64 << 10  # what SQLite needs beside the file: its log, and what processes share about it


def prepare_file(path: Path, seconds: float) -> WriteLock:
    """Make the file, readable by its owner only, turn the write-ahead log on (it stays on), and return its lock.

    A file whose log is on is left as it is: whoever only looks must not wait for somebody who writes.

    :param seconds: how long anybody waits for his turn to write, and SQLite for a program that does not queue.
    :raise DatabaseFull: the disk is full.
    :raise DatabaseShut: this user of the computer may not open it.
    :raise UnusableDatabase: it is no database, or on a disk that is not local.
    """
    with _refused_by_disk(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        lock = WriteLock(path, seconds)
        if _keeps_log(path):
            return lock
    try:
        with lock, _refused_by_disk(path):  # turning the log on fails when another process is at it at the same moment
            mode = _turn_log_on(path, seconds)
            if mode != "wal":
                raise sqlite3.NotSupportedError(mode)
    except BaseException:
        lock.close()
        raise
    return lock


def has_room(path: Path) -> bool:
    """Say whether the disk of a database has room for what SQLite keeps beside the file."""
    found = os.statvfs(path.parent)
    return found.f_bavail * found.f_frsize >= _LEAST_ROOM


@contextmanager
def _refused_by_disk(path: Path) -> Generator[None]:
    """Say in words of our own why a file cannot be opened.

    :raise DatabaseFull: the disk is full.
    :raise UnusableDatabase: whatever else it is.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DatabaseFull(path=str(path)) from error
        raise DatabaseShut(f"{path} cannot be opened: {error.strerror}", path=str(path)) from error
    except sqlite3.Error as error:
        # Where a file next to it cannot be made, SQLite does not say why.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL or not has_room(path):
            raise DatabaseFull(path=str(path)) from error
        raise UnusableDatabase(
            f"{path} cannot keep a write-ahead log: {error} (it must be a SQLite file on a local disk)"
        ) from error


def _keeps_log(path: Path) -> bool:
    """Say whether a file is a database of SQLite whose write-ahead log is on, as its first bytes tell."""
    with path.open("rb") as file:
        head = file.read(len(_HEAD) + 4)
    return head.startswith(_HEAD) and head[len(_HEAD) + 2 :] == b"\x02\x02"


def _turn_log_on(path: Path, seconds: float) -> str:
    with closing(sqlite3.connect(path, timeout=seconds, isolation_level=None)) as connection:
        return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
