"""An empty copy of the database in memory: for forms of plays, which read what no real person has."""

from collections.abc import Generator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from engine.records.schema import metadata
from webapp.wiring.parts import import_records


class NotAsked(ValueError):
    """What was asked of the empty tables makes no question: made-up data stand where the number of somebody belongs."""


_lock: Final = Lock()
#: Above, a number is no id.
_MOST: Final = 1 << 63


@contextmanager
def empty_records() -> Generator[Connection]:
    """Give a connection to tables that hold nothing and take nothing.

    :raise NotAsked: what is asked of them within makes no question.
    """
    with _lock, _empty().connect() as read:
        try:
            yield read
        except SQLAlchemyError as error:
            raise NotAsked(str(error)) from error


@cache
def _empty() -> Engine:
    import_records()
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
    event.listen(engine, "before_cursor_execute", _with_plain_numbers, retval=True)
    return engine


def _with_plain_numbers(
    _connection: Connection, _cursor: Any, statement: str, values: Any, _context: Any, _is_many: bool
) -> tuple[str, Any]:
    """Ask with whole numbers: ids in the data of a play are numbers as FEEL has them, which SQLite does not take."""
    plain = (int(value) if isinstance(value, Decimal) and abs(value) < _MOST else value for value in values)
    return statement, tuple(plain) if isinstance(values, tuple) else values
