"""A pooler between Alur and PostgreSQL, such as PgBouncer: how it is noticed, and the way around it.

Many connections of clients share few processes of the server. Whatever belongs to a session (settings, prepared
statements, LISTEN, what `pg_dump` sets) is then another client's a moment later. So through a pooler Alur relies on
nothing but transactions, whatever the mode; what needs a session of its own takes the direct way, where one is named.
"""

from contextlib import closing
from enum import StrEnum
from typing import Any, Final

import psycopg
from sqlalchemy.engine import URL

from engine.errors import UnusableDatabase
from engine.records.postgresql import driver_arguments

_STATEMENTS_ONLY: Final = "statement pooling"
_LOOKS: Final = 5
_WHERE: Final = (
    "SELECT pg_backend_pid(), pg_postmaster_start_time()::text, oid FROM pg_database WHERE datname = current_database()"
)


class StatementPooling(UnusableDatabase):
    """The pooler passes single statements on and refuses transactions; set its `pool_mode` to `transaction`."""

    code = "database.statement_pooling"


class NotDirect(UnusableDatabase):
    """The address of the direct way leads to a pooler as well, or to another database."""

    code = "database.not_direct"


class PoolMode(StrEnum):
    """How long a pooler keeps a process of the server for one client."""

    SESSION = "session"
    TRANSACTION = "transaction"


def is_pooled(url: URL) -> bool:
    """Connect once, and tell whether a pooler answers.

    :raise UnusableDatabase: nobody answers.
    :raise StatementPooling: a pooler that lets no transaction through.
    """
    return _look(url)[0]


def check_direct(url: URL, direct: URL) -> None:
    """See that the direct way leads past the pooler to the same database.

    :raise NotDirect: it does not.
    :raise UnusableDatabase: nobody answers there.
    """
    pooled, place = _look(direct)
    if pooled:
        raise NotDirect("The direct way leads to a pooler as well")
    if place != _look(url)[1]:
        raise NotDirect("The direct way leads to another database")


def find_mode(url: URL) -> PoolMode:
    """Return the mode of the pooler, as two clients can tell: in a session nobody else is served by the same process.

    Where others work at the same time, a pooler by transactions may be taken for one by sessions; hence several looks.
    """
    with closing(_connect(url)) as one, closing(_connect(url)) as other:
        one.autocommit = True
        first = _process(one)
        for _ in range(_LOOKS):
            theirs = _process(other)  # its transaction stays open, so this process is taken
            if theirs == first or _process(one) != first:
                return PoolMode.TRANSACTION
            other.rollback()
    return PoolMode.SESSION


def _look(url: URL) -> tuple[bool, tuple[Any, ...]]:
    """Return whether a pooler answers, and what tells this server and database from others.

    A pooler gives each client a number of its own; PostgreSQL gives the one of the process that serves it.
    """
    try:
        with closing(_connect(url)) as connection:
            row = connection.execute(_WHERE).fetchone()
            assert row is not None, "a connection is to a database"
            return row[0] != connection.info.backend_pid, row[1:]
    except psycopg.OperationalError as error:
        # The driver says host, name and user, and never the password.
        said = str(error).strip()
        kind = StatementPooling if _STATEMENTS_ONLY in said else UnusableDatabase
        raise kind(f"The database cannot be reached: {said}") from None


def _connect(url: URL) -> psycopg.Connection[tuple[Any, ...]]:
    # As if to a pooler: most of them refuse the settings of a session that a server takes.
    return psycopg.connect(**driver_arguments(url, is_pooled=True))


def _process(connection: psycopg.Connection[tuple[Any, ...]]) -> int:
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    assert row is not None, "a function without a table gives one row"
    return int(row[0])
