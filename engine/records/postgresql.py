"""PostgreSQL as Alur uses it: connections on which a dead peer is noticed, and failures that are worth another try.

Behind a pooler (`engine.records.pooler`) a connection keeps nothing from one transaction to the next, so what is set
once for the session elsewhere is set there for each transaction.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

#: Seconds without an answer after which either side gives a connection up. The kernel's own two hours would let a host
#: that was cut off in the middle of a transaction keep its locks as long.
SILENCE_SECONDS: Final = 6
CONNECT_SECONDS: Final = 5
#: How long a write transaction may do nothing: a host that is paused answers for itself, but does not go on.
IDLE_SECONDS: Final = 8
#: How long a statement waits for another's lock; longer than it takes until the lock of a dead host is free.
LOCK_SECONDS: Final = 30
#: How long a page may hold its snapshot, or a query last: what takes longer was forgotten.
SNAPSHOT_SECONDS: Final = 900
QUERY_SECONDS: Final = 120

POOL: Final = {"pool_size": 8, "max_overflow": 24, "pool_pre_ping": True}

# Serialization failure, deadlock, and the ways in which a server says that it goes away.
PASSING: Final = frozenset({"40001", "40P01", "57P01", "57P02", "57P03", "25P03"})

#: How the client watches the server ...
CLIENT: Final = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives": 1,
    "keepalives_idle": SILENCE_SECONDS // 2,
    "keepalives_interval": 1,
    "keepalives_count": SILENCE_SECONDS // 2,
    "tcp_user_timeout": SILENCE_SECONDS * 1000,
    "application_name": "alur",
}
#: ... and the server the client: settings of the session, so that nothing has to be set on the server.
WATCHING: Final = {
    "tcp_keepalives_idle": str(SILENCE_SECONDS // 2),
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": str(SILENCE_SECONDS // 2),
    "tcp_user_timeout": str(SILENCE_SECONDS * 1000),
}
SESSION: Final = {
    "lock_timeout": f"{LOCK_SECONDS}s",
    # The last hours of the calendar are no instant in a zone east of UTC: such a timer could be stored and not read.
    "timezone": "UTC",
}
WRITING: Final = {"idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s"}
READING: Final = {
    "idle_in_transaction_session_timeout": f"{SNAPSHOT_SECONDS}s",
    "statement_timeout": f"{QUERY_SECONDS}s",
}


def open_writer(url: URL, *, is_pooled: bool = False, **options: Any) -> Engine:
    """Return the engine for write transactions.

    :param is_pooled: the address leads to a pooler.
    """
    return _open(url, {**SESSION, **WRITING}, is_pooled, isolation_level="READ COMMITTED", **options)


def open_reader(url: URL, *, is_pooled: bool = False, **options: Any) -> Engine:
    """Return the engine for snapshots, which cannot write.

    REPEATABLE READ: every query of a page sees the same moment, as on SQLite.

    :param is_pooled: the address leads to a pooler.
    """
    read_only = {"postgresql_readonly": True}
    return _open(
        url,
        {**SESSION, **READING},
        is_pooled,
        isolation_level="REPEATABLE READ",
        execution_options=read_only,
        **options,
    )


def driver_arguments(url: URL, *, is_pooled: bool = False) -> dict[str, Any]:
    """Return what psycopg itself is called with to reach the database as a writer, for libraries beside SQLAlchemy."""
    _, arguments = url.get_dialect()().create_connect_args(url)
    return {**arguments, **_arguments(url, {**SESSION, **WRITING}, is_pooled)}


def is_passing(error: DBAPIError) -> bool:
    """Tell whether the same transaction may well succeed when it is tried again as a whole."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in PASSING


def _open(url: URL, session: Mapping[str, str], is_pooled: bool, **options: Any) -> Engine:
    engine = create_engine(url, connect_args=_arguments(url, session, is_pooled), **POOL, **options)
    if is_pooled:
        _set_in_each_transaction(engine, session)
    return engine


def _arguments(url: URL, session: Mapping[str, str], is_pooled: bool) -> dict[str, Any]:
    """Return the settings of a connection; those that the address brings itself count more."""
    client = {name: value for name, value in CLIENT.items() if name not in url.query}
    if is_pooled:
        # A statement prepared on one server process would be asked for on another.
        return {**client, "prepare_threshold": None}
    options = " ".join(f"-c {name}={value}" for name, value in {**WATCHING, **session}.items())
    return {**client, "options": f"{options} {url.query.get('options', '')}".rstrip()}


def _set_in_each_transaction(engine: Engine, session: Mapping[str, str]) -> None:
    """Begin every transaction with the settings: SET LOCAL ends with it, and takes no snapshot yet."""
    settings = "; ".join(f"SET LOCAL {name} = '{value}'" for name, value in session.items())

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(settings)
