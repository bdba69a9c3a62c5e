"""Statements that every step executes: compiled once, and then handed to the driver as they are.

SQLAlchemy takes longer to find the text of such a statement, to look at its values and to make a result than a SQLite
file to execute it. What it does beside that, from events to errors without values, is the same here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Select, UpdateBase
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError

COUNTED: Final = {"preserve_rowcount": True}

_Arguments = tuple[Any, ...] | dict[str, Any]
_Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The text for one kind of database, and what makes of a row the arguments that its driver takes.

    :param is_direct: whether the driver is asked without SQLAlchemy, which a file can be: no connection to it is lost.
    """

    text: str
    arguments: Callable[[Mapping[str, Any]], _Arguments]
    is_direct: bool


class Prepared:
    """A statement that inserts, updates or deletes; each of its values is bound by a name, and none has a default.

    :ivar statement: the same as SQLAlchemy knows it.
    """

    def __init__(self, statement: UpdateBase) -> None:
        """Take a statement over."""
        self.statement: Final = statement
        self._plans: dict[str, _Plan] = {}

    def execute(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Execute it for some rows and return how many were touched.

        :raise KeyError: a value is missing.
        """
        if len(rows) != 1:
            return connection.execute(self.statement, rows, execution_options=COUNTED).rowcount
        dialect = connection.dialect
        plan = self._plans.get(dialect.name)
        if plan is None:  # two threads at once make the same one
            plan = self._plans[dialect.name] = _plan(self.statement, dialect)
        arguments = plan.arguments(rows[0])
        if plan.is_direct and connection.in_transaction():
            return _execute(connection, plan.text, arguments).rowcount
        return connection.exec_driver_sql(plan.text, arguments, execution_options=COUNTED).rowcount


class PreparedRow:
    """A query that finds one row by its key; each of its values is bound by a name.

    :ivar statement: the same as SQLAlchemy knows it.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        """Take a statement over."""
        self.statement: Final = statement
        self._direct: tuple[_Plan, Sequence[tuple[int, _Converter]]] | None = None

    def find(self, read: Connection, **key: Any) -> Sequence[Any] | None:
        """Return the values of the row in the order of the columns; None if there is none."""
        if read.dialect.name != "sqlite" or not read.in_transaction():
            return read.execute(self.statement, key).one_or_none()
        if self._direct is None:  # two threads at once make the same one
            self._direct = _plan(self.statement, read.dialect), _converters(self.statement, read.dialect)
        plan, converters = self._direct
        rows = _all_rows(read, plan.text, _execute(read, plan.text, plan.arguments(key)))
        if not rows:
            return None
        found = list(rows[0])
        for place, convert in converters:
            found[place] = convert(found[place])
        return found


def _converters(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> Sequence[tuple[int, _Converter]]:
    """Return what makes of a column's value the one that Python knows, by its place; most are that already."""
    types = (column.type for column in statement.selected_columns)
    found = [type_.dialect_impl(dialect).result_processor(dialect, None) for type_ in types]
    return [(place, convert) for place, convert in enumerate(found) if convert is not None]


def _execute(connection: Connection, text: str, arguments: _Arguments) -> DBAPICursor:
    """Let the driver execute a text; whoever listens to SQLAlchemy's engine hears of it."""
    driver, heard = connection.connection.dbapi_connection, heard_by(connection)
    assert driver is not None, "a connection in a transaction has one"
    cursor = driver.cursor()
    if heard is not None:
        for listener in heard.before_cursor_execute:
            listener(connection, cursor, text, arguments, None, False)
    try:
        cursor.execute(text, arguments)
    except connection.dialect.loaded_dbapi.Error as error:
        raise without_values(connection, text, error) from error
    if heard is not None:
        for listener in heard.after_cursor_execute:
            listener(connection, cursor, text, arguments, None, False)
    return cursor


def heard_by(connection: Connection) -> Any:
    """Return who listens to SQLAlchemy's engine; None if nobody does, which SQLAlchemy finds out the same way."""
    is_heard = connection.engine._has_events  # pyright: ignore[reportPrivateUsage]
    return connection.engine.dispatch if is_heard else None


def _all_rows(connection: Connection, text: str, cursor: DBAPICursor) -> Sequence[Sequence[Any]]:
    """Read to the end, so that nothing stays open."""
    try:
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:  # a damaged page shows only when it is read
        raise without_values(connection, text, error) from error


def without_values(connection: Connection, text: str | None, error: Exception) -> BaseException:
    """Return an error of the driver as SQLAlchemy would raise it, without the values of the row."""
    kind = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(text, None, error, kind, hide_parameters=True, dialect=connection.dialect)


def _plan(statement: UpdateBase | Select[*tuple[Any, ...]], dialect: Dialect) -> _Plan:
    compiled = statement.compile(dialect=dialect)
    names = compiled.positiontup if compiled.positiontup is not None else list(compiled.binds)
    processors = [compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    converters = [(place, convert) for place, convert in enumerate(processors) if convert is not None]
    # Of a single name it would give no tuple.
    read = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)

    def values(row: Mapping[str, Any]) -> tuple[Any, ...]:
        found = [*read(row)]
        for place, convert in converters:
            found[place] = convert(found[place])
        return tuple(found)

    if compiled.positiontup is not None:
        return _Plan(str(compiled), values, is_direct=dialect.name == "sqlite")
    return _Plan(str(compiled), lambda row: dict(zip(names, values(row), strict=True)), is_direct=False)
