"""Says why the database refused a row, without the row: what people wrote belongs in no incident and no log."""

import re
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.exc import IntegrityError, StatementError

# SQLite names the columns, never their values; anything else it may say is left out.
_SQLITE = re.compile(r"(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(?:: ([A-Za-z0-9_., ]{1,200}))?")
_POSTGRESQL = {"23505": "UNIQUE", "23502": "NOT NULL", "23514": "CHECK", "23503": "FOREIGN KEY"}
_WORDS = {
    "UNIQUE": "such a row exists already (UNIQUE)",
    "NOT NULL": "a value is missing (NOT NULL)",
    "CHECK": "a value breaks a rule of the table (CHECK)",
    "FOREIGN KEY": "it refers to a row that does not exist (FOREIGN KEY)",
}


def refusal_reason(statement: Executable, error: Exception) -> str:
    """Return the reason in plain words with table and constraint, never with a value of the row."""
    table = getattr(getattr(statement, "table", None), "name", "?")
    if isinstance(error, IntegrityError):
        kind, where = _constraint(error.orig)
        return f"table '{table}': {_WORDS.get(kind, 'a constraint is broken')}{f' in {where}' if where else ''}."
    if isinstance(error, StatementError):
        return f"table '{table}': a value has the wrong type or form ({type(error.orig or error).__name__})."
    return f"table '{table}': another number of rows than expected. Somebody else changed the thing first."


def _constraint(error: BaseException | None) -> tuple[str, str]:
    """Return the kind of constraint and its name or columns, as far as the driver says them."""
    details: Any = getattr(error, "diag", None)
    if details is not None:
        return _POSTGRESQL.get(details.sqlstate, ""), details.constraint_name or details.column_name or ""
    found = _SQLITE.fullmatch(str(error))
    return (found[1], found[2] or "") if found else ("", "")
