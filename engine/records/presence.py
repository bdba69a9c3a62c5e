"""Who works on a database on a server: processes that serve, side by side, or one that changes the tables, alone.

PostgreSQL keeps the locks for as long as the connection lives, whatever becomes of the process; a second connection
each, on the direct way, for a pooler lends its own to others. On SQLite `serve_lock` does the same.
"""

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any, Final, LiteralString

import psycopg

from engine.errors import EngineError
from engine.records.database import Database
from engine.records.postgresql import driver_arguments

logger = logging.getLogger(__name__)

_PLACE: Final = (0x616C7572, 1)  # "alur", and the first use of it
_SHARED: Final = "SELECT pg_try_advisory_lock_shared(%s, %s)"
_ALONE: Final = "SELECT pg_try_advisory_lock(%s, %s)"
_LOOK_SECONDS: Final = 10.0  # between two looks whether the connection lives


class StillServing(EngineError):
    """Processes of Alur serve this database; stop them on every host before its tables are changed."""

    code = "database.still_serving"


class BeingUpgraded(EngineError):
    """The tables are being changed just now; start again when that is done."""

    code = "database.being_upgraded"


@contextmanager
def present(database: Database) -> Generator[None]:
    """Say to whoever wants to change the tables that this process serves, for as long as the block runs.

    Where the way past a pooler is not known, nobody is told.

    :raise BeingUpgraded: somebody is changing them.
    """
    if database.is_sqlite or database.direct is None:
        yield
        return
    ended, held = threading.Event(), _take(database, _SHARED)
    if held is None:
        raise BeingUpgraded
    watch = threading.Thread(target=_stay, args=(database, held, ended), name="presence", daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


@contextmanager
def alone(database: Database) -> Generator[None]:
    """Keep everybody who serves off the database for as long as the block runs.

    :raise StillServing: somebody serves it, on whatever host.
    """
    if database.is_sqlite or database.direct is None:
        yield
        return
    held = _take(database, _ALONE)
    if held is None:
        raise StillServing
    try:
        yield
    finally:
        held.close()


def _take(database: Database, lock: LiteralString) -> psycopg.Connection[tuple[Any, ...]] | None:
    """Return a connection that holds the lock; None if somebody else has it."""
    assert database.direct is not None, "asked before"
    connection = psycopg.connect(**driver_arguments(database.direct), autocommit=True)
    row = connection.execute(lock, _PLACE).fetchone()
    if row is not None and row[0]:
        return connection
    connection.close()
    return None


def _stay(database: Database, held: psycopg.Connection[tuple[Any, ...]] | None, ended: threading.Event) -> None:
    """Look now and then whether the connection lives, and take another one if it does not: the server may restart."""
    while not ended.wait(_LOOK_SECONDS):
        try:
            held = held or _take(database, _SHARED)
            if held is not None:
                held.execute("SELECT 1")
        except psycopg.Error as error:
            logger.warning("presence on the database is not known just now: %s", type(error).__name__)
            with suppress(psycopg.Error):
                if held is not None:
                    held.close()
            held = None
    if held is not None:
        held.close()
