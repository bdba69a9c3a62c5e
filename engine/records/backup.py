"""Copies of a whole database, taken while people work, and the proof that a copy is whole."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL

from engine.errors import EngineError
from engine.records.database import Database

__all__ = [
    "Contents",
    "DamagedCopy",
    "NoDirectWay",
    "ProgramFailed",
    "ProgramMissing",
    "TargetNotEmpty",
    "copy_database",
    "count_rows",
    "examine",
    "load_dump",
]

STEP_TABLE: Final = "alembic_version"
_ALL_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"


class ProgramMissing(EngineError):
    """A program of PostgreSQL is not installed on this machine."""

    code = "backup.program_missing"


class ProgramFailed(EngineError):
    """A program of PostgreSQL refused; `params` hold what it said."""

    code = "backup.program_failed"


class NoDirectWay(EngineError):
    """Only a pooler is known, and what `pg_dump` sets for itself would be left to the pooler's other clients."""

    code = "backup.no_direct_way"


class TargetNotEmpty(EngineError):
    """The database to restore into has tables already; name an empty one."""

    code = "backup.target_not_empty"


class DamagedCopy(EngineError):
    """A copy of the database is not whole; take an older one, this one must not be used."""

    code = "backup.damaged"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds.

    :param step: the newest step of the tables, None for a database without any.
    :param tables: rows by table.
    """

    step: str | None
    tables: Mapping[str, int]


def copy_database(database: Database, target: Path) -> Contents:
    """Write a copy of one moment, readable by its owner only, and return what it holds; people go on working.

    SQLite: the file itself, without a write-ahead log beside it. PostgreSQL: a dump by `pg_dump`, made from the very
    snapshot that the rows were counted in.

    :raise NoDirectWay: the server is known behind a pooler only.
    :raise ProgramMissing: there is no `pg_dump`.
    :raise ProgramFailed: `pg_dump` refused.
    :raise DamagedCopy: the database itself is damaged.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return _copy_file(database.path, target) if database.path else _dump(database, target)


def examine(copy: Path) -> Contents:
    """Return what a copy of a SQLite database holds, after SQLite has looked at every page of it.

    :raise DamagedCopy: it is no database, a page is damaged, or a row refers to one that is not there.
    """
    try:
        with closing(sqlite3.connect(copy.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
            _check(connection)
            names = [str(row[0]) for row in connection.execute(_ALL_TABLES)]
            return Contents(_step(connection, names), {name: _count(connection, name) for name in names})
    except sqlite3.Error as error:
        raise DamagedCopy(f"SQLite cannot read the copy: {error}", reason=str(error)) from error


def count_rows(read: Connection) -> Contents:
    """Return what an open database holds."""
    names = sorted(inspect(read).get_table_names())
    counts = {name: int(read.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()) for name in names}  # noqa: S608  # names from the catalogue
    step = read.execute(text(f"SELECT version_num FROM {STEP_TABLE}")).scalar() if STEP_TABLE in names else None  # noqa: S608  # a constant
    return Contents(step, counts)


def load_dump(database: Database, dump: Path) -> Contents:
    """Load a dump into an empty PostgreSQL database, wholly or not at all, and return what it holds then.

    :raise TargetNotEmpty: it has tables already.
    :raise NoDirectWay: the server is known behind a pooler only.
    :raise ProgramMissing: there is no `pg_restore`.
    :raise ProgramFailed: `pg_restore` refused.
    """
    with database.reading() as read:
        if inspect(read).get_table_names():
            raise TargetNotEmpty
    _run(
        _direct(database),
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        str(dump),
    )
    with database.reading() as read:
        return count_rows(read)


def _copy_file(source: Path, target: Path) -> Contents:
    # All pages in one step: in smaller ones SQLite starts anew whenever somebody writes between two of them. With a
    # write-ahead log the long read holds nobody up.
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as write:
        read.backup(write, pages=-1)
        write.execute("PRAGMA journal_mode = DELETE")
    return examine(target)


def _check(connection: sqlite3.Connection) -> None:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        raise DamagedCopy(f"SQLite found damage: {'; '.join(found)}", reason="; ".join(found))
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise DamagedCopy(f"A row of {orphan[0]} refers to a row of {orphan[2]} that is gone", reason=str(orphan[0]))


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608  # names from the catalogue


def _step(connection: sqlite3.Connection, tables: list[str]) -> str | None:
    if STEP_TABLE not in tables:
        return None
    row = connection.execute(f"SELECT version_num FROM {STEP_TABLE}").fetchone()  # noqa: S608  # a constant
    return None if row is None else str(row[0])


def _dump(database: Database, target: Path) -> Contents:
    direct = _direct(database)
    with database.reading() as read:
        # Counting lasts longer than a page may, and the connection stands still while pg_dump works.
        read.execute(text("SET LOCAL statement_timeout = 0"))
        read.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        snapshot = str(read.execute(text("SELECT pg_export_snapshot()")).scalar_one())
        contents = count_rows(read)
        _run(direct, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
    return contents


def _direct(database: Database) -> URL:
    if database.direct is None:
        raise NoDirectWay
    return database.direct


def _run(url: URL, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, where `ps` cannot see it."""
    path = shutil.which(program)
    if path is None:
        raise ProgramMissing(f"{program} is not installed", program=program)
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(
        [path, f"--dbname={address}", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip()
        raise ProgramFailed(f"{program} ended with {done.returncode}: {said}", program=program, reason=said)
