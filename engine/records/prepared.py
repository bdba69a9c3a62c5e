"""Statements that every step executes: compiled once, and then handed to the driver as they are.

SQLAlchemy takes longer to find the text of such a statement and to look at its values than the database to execute it.
What it does beside that, from events to errors without values, is the same here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, UpdateBase
from sqlalchemy.engine import Dialect

COUNTED: Final = {"preserve_rowcount": True}

_Arguments = Callable[[Mapping[str, Any]], tuple[Any, ...] | dict[str, Any]]


class Prepared:
    """A statement that inserts, updates or deletes; each of its values is bound by a name, and none has a default.

    :ivar statement: the same as SQLAlchemy knows it.
    """

    def __init__(self, statement: UpdateBase) -> None:
        """Take a statement over."""
        self.statement: Final = statement
        self._plans: dict[str, tuple[str, _Arguments]] = {}

    def execute(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> CursorResult[Any]:
        """Execute it for some rows; the result counts those that were touched.

        :raise KeyError: a value is missing.
        """
        if len(rows) != 1:
            return connection.execute(self.statement, rows, execution_options=COUNTED)
        dialect = connection.dialect
        plan = self._plans.get(dialect.name)
        if plan is None:  # two threads at once make the same one
            plan = self._plans[dialect.name] = _plan(self.statement, dialect)
        text, arguments = plan
        return connection.exec_driver_sql(text, arguments(rows[0]), execution_options=COUNTED)


def _plan(statement: UpdateBase, dialect: Dialect) -> tuple[str, _Arguments]:
    """Return the text for a kind of database, and what makes of a row the arguments that its driver takes."""
    compiled = statement.compile(dialect=dialect)
    names = compiled.positiontup if compiled.positiontup is not None else list(compiled.binds)
    places = [(name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names]

    def values(row: Mapping[str, Any]) -> list[Any]:
        return [row[name] if convert is None else convert(row[name]) for name, convert in places]

    if compiled.positiontup is not None:
        return str(compiled), lambda row: tuple(values(row))
    return str(compiled), lambda row: dict(zip(names, values(row), strict=True))
