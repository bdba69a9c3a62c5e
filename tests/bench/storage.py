"""How many bytes a finished case leaves behind: pages of all tables and indexes, before and after many cases."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from sqlalchemy import text

from engine.records.database import Database

# What exists once for many cases, or is imported and not left behind by them.
NOT_OF_CASES = frozenset({"release", "tenant", "employee", "unit", "post", "placement", "reporting_line", "unit_head"})
_PAGES = text(
    "SELECT m.tbl_name AS belongs_to, sum(s.pgsize) AS size"
    " FROM dbstat s JOIN sqlite_schema m ON m.name = s.name WHERE s.aggregate = TRUE GROUP BY m.tbl_name"
)


def bytes_by_table(database: Database) -> dict[str, int]:
    """Return the bytes of the pages of each table with its indexes."""
    with database.reading() as read:
        return {row.belongs_to: row.size for row in read.execute(_PAGES) if row.belongs_to not in NOT_OF_CASES}


def measure_growth(database: Database, cases: int, human_steps: int, finish_cases: Callable[[], Any]) -> dict[str, Any]:
    """Return the bytes that each of the cases left, in all and by table; also without the room inside pages.

    Between the two lies what SQLite would give back to a VACUUM.
    """
    _vacuum(database)
    before = bytes_by_table(database)
    finish_cases()
    grown = _growth(before, bytes_by_table(database), cases)
    _vacuum(database)
    dense = _growth(before, bytes_by_table(database), cases)
    return {
        "cases": cases,
        "human_steps": human_steps,
        "bytes_per_case": sum(grown.values()),
        "bytes_by_table": grown,
        "bytes_per_case_after_vacuum": sum(dense.values()),
        "bytes_by_table_after_vacuum": dense,
    }


def _growth(before: dict[str, int], after: dict[str, int], cases: int) -> dict[str, int]:
    grown = {name: round((size - before.get(name, 0)) / cases) for name, size in sorted(after.items())}
    return {name: size for name, size in grown.items() if size > 0}


def _vacuum(database: Database) -> None:
    with closing(sqlite3.connect(str(database.path), isolation_level=None)) as connection:
        connection.execute("VACUUM")
