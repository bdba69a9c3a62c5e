"""Says why the database refused a row, without the row: what people wrote belongs in no incident and no log."""

import re
import sqlite3
from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, StatementError

from engine.errors import Conflict, DatabaseBusy, DatabaseFull, Unavailable

# SQLite names the columns, never their values; anything else it may say is left out.
_SQLITE = re.compile(r"(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(?:: ([A-Za-z0-9_., ]{1,200}))?")
_POSTGRESQL = {"23505": "UNIQUE", "23502": "NOT NULL", "23514": "CHECK", "23503": "FOREIGN KEY"}
_WORDS = {
    "UNIQUE": "such a row exists already (UNIQUE)",
    "NOT NULL": "a value is missing (NOT NULL)",
    "CHECK": "a value breaks a rule of the table (CHECK)",
    "FOREIGN KEY": "it refers to a row that does not exist (FOREIGN KEY)",
}


#: SQLite reports what a statement gets wrong, such as a table that is not there, like a full disk: by this number.
_SQLITE_MISTAKE = sqlite3.SQLITE_ERROR
_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_POSTGRESQL_BUSY = frozenset({"55P03", "57014", "40001", "40P01"})  # lock or time given up, serialization, deadlock


def is_outage(error: BaseException) -> bool:
    """Say whether the database itself is in trouble: a full disk, a lock, a lost connection; no statement's mistake."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return bool(getattr(error.orig, "sqlite_errorcode", None) != _SQLITE_MISTAKE)


def outage_of(error: BaseException) -> Unavailable | None:
    """Return what an error of the database means for whoever asked; None if the database is not in trouble."""
    if not isinstance(error, DBAPIError) or not is_outage(error):
        return None
    number, state = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF, getattr(error.orig, "sqlstate", None)
    if number in _SQLITE_BUSY or state in _POSTGRESQL_BUSY:
        return DatabaseBusy()
    return DatabaseFull() if number == sqlite3.SQLITE_FULL or state == "53100" else Unavailable()


def is_spoilt(read: Connection) -> bool:
    """Say whether a statement failed in a transaction of PostgreSQL, which then takes no other; costs no round trip."""
    if read.dialect.name != "postgresql":
        return False
    driver: Any = read.connection.dbapi_connection
    return bool(driver.info.transaction_status == TransactionStatus.INERROR)


def refusal_reason(statement: object, error: Exception) -> str:
    """Return the reason in plain words with table and constraint, never with a value of the row."""
    table = getattr(getattr(statement, "table", None), "name", "?")
    if isinstance(error, IntegrityError):
        kind, where = _constraint(error.orig)
        return f"table '{table}': {_WORDS.get(kind, 'a constraint is broken')}{f' in {where}' if where else ''}."
    if isinstance(error, StatementError):
        return f"table '{table}': a value has the wrong type or form ({type(error.orig or error).__name__})."
    if isinstance(error, Conflict):
        return f"table '{table}': another number of rows than expected. Somebody else changed the thing first."
    return f"table '{table}': it cannot be carried out ({type(error).__name__})."


def _constraint(error: BaseException | None) -> tuple[str, str]:
    """Return the kind of constraint and its name or columns, as far as the driver says them."""
    details: Any = getattr(error, "diag", None)
    if details is not None:
        return _POSTGRESQL.get(details.sqlstate, ""), details.constraint_name or details.column_name or ""
    found = _SQLITE.fullmatch(str(error))
    return (found[1], found[2] or "") if found else ("", "")
