"""Takes every row of a city away, those first that refer to others, while other cities are worked in.

Killed in the middle it is begun again and goes on with what is left: what the city's rows are told by goes last.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, event, select, tuple_

from engine.jobs.moving import forget_jobs
from engine.records.database import Database
from engine.records.schema import metadata
from engine.records.tenant import tenant
from webapp.wiring.city_archive.referring import index_referrers, nothing_left
from webapp.wiring.city_archive.rows import take_time
from webapp.wiring.city_archive.rules import RULES, Via, belongs, city_tables, own_parent
from webapp.wiring.city_archive.standing import end_sessions
from webapp.wiring.city_archive.turns import in_turns

#: Called with a table and how many of its rows were taken away.
Say = Callable[[str, int], None]
Key = tuple[Any, ...]

PAGE: Final = 2000  # keys in memory at a time
ATOM: Final = 20  # rows between two looks at the clock
MANY: Final = 50  # rows of a table from which on those that refer to it are indexed for a while


def remove_rows(database: Database, city: str, say: Say = lambda _table, _rows: None) -> None:
    """Take away the rows of a city in every table but `tenant`, its sessions, jobs, seals and proofs.

    Nothing may be done for the city meanwhile.
    """
    with database.writing() as connection:
        end_sessions(connection, city)
        _forget(connection, city)
    with _unasked(database) as quick, nothing_left(database):
        for table in _in_order():
            say(table.name, _remove(quick, table, city))
    with database.writing() as connection:
        _forget(connection, city)


@contextmanager
def _unasked(database: Database) -> Generator[Database]:
    """Give a way to write on which SQLite does not ask who refers to a row: for each it would read whole tables.

    Rows go before those they refer to, and no other city's row refers to one of this city.
    """
    if not database.is_sqlite:
        yield database
        return
    quick = Database(database.url.render_as_string(hide_password=False))
    event.listen(quick.write, "connect", lambda connection, _entry: connection.execute("PRAGMA foreign_keys = OFF"))
    try:
        yield quick
    finally:
        quick.dispose()


def _forget(connection: Connection, city: str) -> None:
    """Take away what belongs to the city here and would not go along anywhere."""
    forget_jobs(connection, city)
    for name in ("audit_seal", "record_proof", "first_link"):
        table = metadata.tables[name]
        connection.execute(table.delete().where(table.c.tenant == city))


def _in_order() -> list[Table]:
    """Return the tables so that rows go before those they refer to, and before those that tell whose they are."""
    tables = [table for table in reversed(city_tables()) if table is not tenant]
    return sorted(tables, key=lambda table: not isinstance(RULES[table.name], Via))


def _remove(database: Database, table: Table, city: str) -> int:
    parent = own_parent(table)
    if parent is not None:
        with database.writing() as connection:
            connection.execute(table.update().where(belongs(table, city)).values({parent: None}))
    if _are_many(database, table, city):
        index_referrers(database, table)
    counted = 0

    def atoms() -> Iterator[list[Key]]:
        nonlocal counted
        for page in _pages(database, table, city):
            counted += len(page)
            yield from (page[first : first + ATOM] for first in range(0, len(page), ATOM))

    in_turns(database, atoms(), partial(_delete, table))
    return counted


def _are_many(database: Database, table: Table, city: str) -> bool:
    """Say whether it pays to index what refers to the rows of a city."""
    some = select(*table.primary_key).where(belongs(table, city)).limit(MANY)
    with database.reading() as read:
        take_time(read)
        return len(read.execute(some).all()) == MANY


def _pages(database: Database, table: Table, city: str) -> Iterator[list[Key]]:
    """Yield the keys of a city's rows; each page is asked for by itself, so that no long snapshot holds up others."""
    key = list(table.primary_key)
    wanted = select(*key).where(belongs(table, city)).order_by(*key).limit(PAGE)
    after: Key | None = None
    while True:
        with database.reading() as read:
            take_time(read)
            behind = wanted if after is None else wanted.where(tuple_(*key) > tuple_(*after))
            page = [tuple(row) for row in read.execute(behind)]
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = page[-1]


def _delete(table: Table, connection: Connection, keys: list[Key]) -> None:
    columns = list(table.primary_key)
    same = [column == bindparam(f"of_{column.name}", type_=column.type) for column in columns]
    rows = [{f"of_{column.name}": value for column, value in zip(columns, key, strict=True)} for key in keys]
    connection.execute(table.delete().where(*same), rows)
