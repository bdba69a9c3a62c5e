"""Keeps connections to a file open between transactions: to take one from its pool takes longer than a query of it."""

from collections import deque
from collections.abc import Callable, Iterable
from types import TracebackType

from sqlalchemy import Connection, Engine

from engine.records.prepared import heard_by, without_values


class KeptConnections:
    """Connections of an engine that wait for their next transaction, the one used last first.

    SQLAlchemy takes longer to begin and end a transaction than a SQLite file does. So it believes each connection to be
    in a single long one, which its dialect begins and commits here again and again; whoever listens hears of each.
    """

    def __init__(self, engine: Engine, most: int) -> None:
        """Keep none yet.

        :param most: how many are kept.
        """
        self._engine = engine
        self._most = most
        self._idle: deque[Connection] = deque()

    def begin(self) -> "_Transaction":
        """Return what gives a connection in a transaction: committed at the end, rolled back by any exception.

        After an exception the pool looks after the connection, which may be of no use any more.
        """
        return _Transaction(self)

    def close(self) -> None:
        """Give all that wait back to their pool."""
        while self._idle:
            self._idle.pop().close()

    def begun(self) -> Connection:
        """Return a connection whose transaction has begun."""
        try:
            connection = self._idle.pop()
        except IndexError:
            return self._opened()
        heard = heard_by(connection)
        _done(connection, heard.begin if heard is not None else (), connection.dialect.do_begin)
        return connection

    def commit(self, connection: Connection) -> None:
        """Commit, and keep the connection for the next transaction."""
        heard = heard_by(connection)
        _done(connection, heard.commit if heard is not None else (), connection.dialect.do_commit)
        is_as_before = connection.in_transaction() and not connection.in_nested_transaction()
        if is_as_before and len(self._idle) < self._most:
            self._idle.append(connection)
        else:
            connection.close()

    def _opened(self) -> Connection:
        connection = self._engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection


class _Transaction:
    """One transaction of a connection that is kept."""

    __slots__ = ("_connection", "_kept")

    def __init__(self, kept: KeptConnections) -> None:
        self._kept = kept

    def __enter__(self) -> Connection:
        self._connection = self._kept.begun()
        return self._connection

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._kept.commit(self._connection)
        else:
            self._connection.close()


def _done(connection: Connection, heard: Iterable[Callable[[Connection], None]], act: Callable[..., None]) -> None:
    """Let a dialect begin or commit; a connection that it fails on is given up."""
    try:
        for listener in heard:
            listener(connection)
        act(connection.connection)
    except connection.dialect.loaded_dbapi.Error as error:
        connection.close()
        raise without_values(connection, None, error) from error
    except BaseException:
        connection.close()
        raise
