"""How a transaction begins on SQLite: one that writes waits for its turn and takes the lock at once.

SQLAlchemy's dialect begins nothing by itself and leaves it to events. An engine with events asks for listeners at each
statement, which took a fifth of its time; here the dialect begins.
"""

from typing import Any, Final

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import PoolProxiedConnection

from engine.records.flushing import SharedFlush
from engine.records.locks import WriteLock

OWES_LOCK = "alur owes the write lock"
HOLDS_LOG: Final = "alur holds the write-ahead log"
#: The drivers of the two, as part of an address.
READER: Final = "sqlite+alur_reader"
WRITER: Final = "sqlite+alur_writer"


class ReaderDialect(SQLiteDialect_pysqlite):
    """Begins at once, so that all of a transaction sees one moment: its first query."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin."""
        dbapi_connection.cursor().execute("BEGIN")


class WriterDialect(SQLiteDialect_pysqlite):
    """Makes every transaction wait for its turn, also one that a library begins without `Database.writing`."""

    supports_statement_cache = True

    def __init__(self, turns: WriteLock, flush: SharedFlush, **options: Any) -> None:
        """Remember whose turn it is, and what makes commits safe; SQLAlchemy gives the rest."""
        super().__init__(**options)
        self._turns = turns
        self._flush = flush

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Wait for the turn and begin; the turn is given back when the connection goes back to its pool."""
        if not self._turns.is_mine:
            self._turns.acquire()
            info = dbapi_connection.record_info
            assert info is not None, "a connection in use has a pool entry"
            info[OWES_LOCK] = True
        # IMMEDIATE: a deferred transaction that reads first and writes later fails at once when another wrote between.
        dbapi_connection.cursor().execute("BEGIN IMMEDIATE")
        if HOLDS_LOG not in dbapi_connection.info:  # from its first transaction on a connection keeps the log there
            dbapi_connection.info[HOLDS_LOG] = True
            self._flush.look_again()

    def do_commit(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Commit; what a library commits is safe before its turn ends, `Database.writing` sees to it afterwards."""
        dbapi_connection.commit()
        if (dbapi_connection.record_info or {}).get(OWES_LOCK, False):
            self._flush.wait(self._flush.count())


registry.register("sqlite.alur_reader", __name__, ReaderDialect.__name__)
registry.register("sqlite.alur_writer", __name__, WriterDialect.__name__)
