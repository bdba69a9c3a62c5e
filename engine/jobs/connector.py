"""Procrastinate on SQLite: its named queries, answered in our transactions, and its wake-up, by polling."""

import asyncio
import json
from collections.abc import Iterable
from contextlib import closing
from typing import Any, LiteralString

from procrastinate import sql
from procrastinate.connector import BaseAsyncConnector, BaseConnector, Notify
from procrastinate.exceptions import ConnectorException, NoResult, UniqueViolation
from procrastinate.manager import QUEUEING_LOCK_CONSTRAINT
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from engine.jobs import heartbeats, lifecycle, listing, upstream
from engine.jobs.lifecycle import any_due
from engine.jobs.named import QUERIES, NamedQuery, Row
from engine.records.database import Database

POLL_SECONDS = 0.03  # so that a job starts within 20 ms in the middle, for about a thousandth of a core

upstream.check_procrastinate(QUERIES, answered_by=(heartbeats, lifecycle, listing))
ANSWERS: dict[str, NamedQuery] = {text: QUERIES[name] for name, text in sql.queries.items() if name in QUERIES}


class CallersTransaction(BaseAsyncConnector):
    """Answers named queries on a connection of the caller, inside his transaction; it has none of its own."""

    def get_sync_connector(self) -> BaseConnector:
        """Return itself: nothing here waits for an event loop."""
        return self

    def execute_query_one_with_connection(self, connection: Any, query: LiteralString, **arguments: Any) -> Row:
        """Answer a query that has one row."""
        return _only(_answer(connection, query, arguments))

    def execute_query_all_with_connection(self, connection: Any, query: LiteralString, **arguments: Any) -> list[Row]:
        """Answer a query."""
        return _answer(connection, query, arguments)

    async def execute_query_one_async_with_connection(
        self, connection: Any, query: LiteralString, **arguments: Any
    ) -> Row:
        """Answer a query that has one row."""
        return _only(_answer(connection, query, arguments))

    async def execute_query_all_async_with_connection(
        self, connection: Any, query: LiteralString, **arguments: Any
    ) -> list[Row]:
        """Answer a query."""
        return _answer(connection, query, arguments)


class SqliteConnector(CallersTransaction):
    """Answers named queries in transactions of their own, which take their turn among all writers.

    The worker's event loop waits while a query runs: a query takes a tenth of a millisecond once it has its turn,
    and the jobs themselves run in threads.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, pool: Any = None) -> None:
        """Do nothing: the database is open."""

    def close(self) -> None:
        """Do nothing: the database belongs to whoever made it."""

    async def open_async(self, pool: Any = None) -> None:
        """Do nothing: the database is open."""

    async def close_async(self) -> None:
        """Do nothing: the database belongs to whoever made it."""

    def execute_query(self, query: LiteralString, **arguments: Any) -> None:
        """Answer a query that has no rows."""
        self._answer(query, arguments)

    def execute_query_one(self, query: LiteralString, **arguments: Any) -> Row:
        """Answer a query that has one row."""
        return _only(self._answer(query, arguments))

    def execute_query_all(self, query: LiteralString, **arguments: Any) -> list[Row]:
        """Answer a query."""
        return self._answer(query, arguments)

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        """Answer a query that has no rows."""
        self._answer(query, arguments)

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> Row:
        """Answer a query that has one row."""
        return _only(self._answer(query, arguments))

    async def execute_query_all_async(self, query: LiteralString, **arguments: Any) -> list[Row]:
        """Answer a query."""
        return self._answer(query, arguments)

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Wake the worker up when another connection has committed and a job is due; runs until cancelled."""
        channel = next(iter(channels), "")
        payload = json.dumps({"type": "job_inserted", "job_id": 0})
        seen: int | None = None
        with closing(self._database.read.raw_connection()) as connection:
            while True:
                # Changes when somebody else commits; costs no lock and no page.
                version = connection.cursor().execute("PRAGMA data_version").fetchone()[0]
                if version != seen and self._any_due():
                    await on_notification(channel=channel, payload=payload)
                seen = version
                await asyncio.sleep(POLL_SECONDS)

    def _answer(self, query: str, arguments: Row) -> list[Row]:
        transaction = self._database.writing if ANSWERS[query].writes else self._database.reading
        try:
            with transaction() as connection:
                return _answer(connection, query, arguments)
        except SQLAlchemyError as error:
            raise ConnectorException(f"The database refused: {error}") from error

    def _any_due(self) -> bool:
        with self._database.reading() as connection:
            return any_due(connection)


def _answer(connection: Connection, query: str, arguments: Row) -> list[Row]:
    try:
        return ANSWERS[query].answer(connection, **arguments)
    except IntegrityError as error:
        if "procrastinate_jobs.queueing_lock" not in str(error.orig):
            raise ConnectorException(f"The database refused: {error}") from error
        raise UniqueViolation(constraint_name=QUEUEING_LOCK_CONSTRAINT, queueing_lock=_lock_of(arguments)) from error
    except SQLAlchemyError as error:
        raise ConnectorException(f"The database refused: {error}") from error


def _only(rows: list[Row]) -> Row:
    if not rows:
        raise NoResult
    return rows[0]


def _lock_of(arguments: Row) -> str | None:
    """Return a queueing lock that was asked for, for the message."""
    asked = [job.queueing_lock for job in arguments.get("jobs", ())] or [arguments.get("queueing_lock")]
    return next((lock for lock in asked if lock is not None), None)
