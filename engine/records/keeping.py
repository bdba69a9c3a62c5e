"""Keeps connections open between transactions: to take one from its pool takes longer than a query of a file."""

from collections import deque
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine


class KeptConnections:
    """Connections of an engine that wait for their next transaction, the one used last first."""

    def __init__(self, engine: Engine, most: int) -> None:
        """Keep none yet.

        :param most: how many are kept; 0 gives each back to its pool.
        """
        self._engine = engine
        self._most = most
        self._idle: deque[Connection] = deque()

    @contextmanager
    def begin(self) -> Generator[Connection]:
        """Give a connection in a transaction: committed at the end of the block, rolled back by any exception.

        After an exception the pool looks after the connection, which may be of no use any more.
        """
        connection = self._taken()
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        self._give_back(connection)

    def close(self) -> None:
        """Give all that wait back to their pool."""
        while self._idle:
            self._idle.pop().close()

    def _taken(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._engine.connect()

    def _give_back(self, connection: Connection) -> None:
        if len(self._idle) < self._most:
            self._idle.append(connection)
        else:
            connection.close()
