"""Counts what a piece of work asks of the database, so that tests can hold it to a number."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from engine.records.database import Database

FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


class Statements(list[str]):
    """The SQL sent, in order; `commits` is how many write transactions ended well."""

    commits: int = 0


@contextmanager
def count_statements(database: Database) -> Generator[Statements]:
    """Collect the statements that any thread sends during the block; what only frames a transaction is left out.

    An executemany is one statement.
    """
    statements = Statements()

    def note(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(FRAME):
            statements.append(statement)

    def note_commit(_connection: Connection) -> None:
        statements.commits += 1

    database.renew()
    for engine in (database.write, database.read):
        event.listen(engine, "before_cursor_execute", note)
    event.listen(database.write, "commit", note_commit)
    try:
        yield statements
    finally:
        event.remove(database.write, "commit", note_commit)
        for engine in (database.write, database.read):
            event.remove(engine, "before_cursor_execute", note)
        database.renew()
