"""Lets PostgreSQL see soon that nobody refers to a row any more, for as long as rows of a city are taken away.

For each row that goes it looks for others that refer to it. Columns by which people and units are referred to have no
index of their own, for every appraisal would pay for it and nothing else asks so: without one PostgreSQL reads whole
tables for each row, also those of the other cities. The indexes are made while others work, and dropped behind it.
"""

import logging
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Column, Table, UniqueConstraint, text
from sqlalchemy.exc import DBAPIError

from engine.records.database import Database
from engine.records.schema import metadata

logger = logging.getLogger("alur.city")

PREFIX: Final = "ix_leaving_"
_LEFT: Final = text(
    "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname LIKE :prefix"
).bindparams(prefix=PREFIX.replace("_", r"\_") + "%")


def unindexed(parent: Table) -> list[Column[Any]]:
    """Return the columns that refer to a table and by which no index finds a row."""
    keys = (key for table in metadata.sorted_tables for key in table.foreign_key_constraints)
    columns = (next(iter(key.columns)) for key in keys if key.referred_table is parent and len(key.columns) == 1)
    return [column for column in columns if column.name not in _leading(column.table)]


def _leading(table: Any) -> Iterator[str]:
    """Yield the first column of every index of a table."""
    indexes = [item for item in table.indexes if item.dialect_options["postgresql"]["where"] is None]
    unique = [item for item in table.constraints if isinstance(item, UniqueConstraint)]
    for found in (table.primary_key, *indexes, *unique):
        yield next(iter(found.columns)).name


@contextmanager
def nothing_left(database: Database) -> Generator[None]:
    """Drop every index that is made meanwhile, and those that an earlier, killed one has left."""
    _drop(database)
    try:
        yield
    finally:
        _drop(database)


def index_referrers(database: Database, parent: Table) -> None:
    """Index all columns that refer to a table, on PostgreSQL; without them its rows only go more slowly.

    Nobody waits for it, but it waits for whoever reads the tables just now.
    """
    if database.is_sqlite:
        return
    quote = database.write.dialect.identifier_preparer.quote
    for column in unindexed(parent):
        table = column.table.name
        where = f"{quote(f'{PREFIX}{table}_{column.name}')} ON {quote(table)} ({quote(column.name)})"
        _try(database, f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {where}")


def _drop(database: Database) -> None:
    if database.is_sqlite:
        return
    with database.reading() as read:
        left = read.execute(_LEFT).scalars().all()
    for name in left:
        _try(database, f"DROP INDEX CONCURRENTLY IF EXISTS {database.write.dialect.identifier_preparer.quote(name)}")


def _try(database: Database, statement: str) -> None:
    """Carry out what PostgreSQL does in no transaction; if it may not be done, what follows only takes longer."""
    try:
        with database.write.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)
    except DBAPIError as error:
        logger.warning("PostgreSQL refused an index for a while: %s", type(error.orig).__name__)
