"""Seals the audit trail of each city: a chain of digests that shows what is changed or taken away in it later.

A seal covers the rows of its city that came since the seal before, in the order of their numbers, with what the steps
that they name left in the journal. Commands do not wait for it: it is made behind them, of rows that are old enough for
every transaction of their time to have ended, so that none with a lower number comes later. With them it covers what
was written once in that time and is named by no row of the trail: beginnings of cases, proofs of records,
recommendations, files that were handed in.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, select, union
from sqlalchemy.exc import IntegrityError

from engine.engine import Engine
from engine.ids import first_of
from engine.records.history import audit, audit_seal
from engine.records.proofs import is_unproved, prove_all, unproved
from engine.records.seals import MARGIN, Stretch, sealed_beside, trail_rows
from engine.records.tenant import tenant, unsettled

EVERY_HOUR: Final = "20 * * * *"
ROWS: Final = 500  # in memory at a time

_last_ids = (
    select(audit_seal.c.tenant, func.max(audit_seal.c.last_id).label("last_id"))
    .group_by(audit_seal.c.tenant)
    .subquery()
)
_latest = select(audit_seal.c.tenant, audit_seal.c.last_id, audit_seal.c.digest).join(
    _last_ids, (_last_ids.c.tenant == audit_seal.c.tenant) & (_last_ids.c.last_id == audit_seal.c.last_id)
)
_open = select(tenant.c.code).where(tenant.c.standing.is_(None)).order_by(tenant.c.code)
_cities = union(
    select(tenant.c.code), select(audit.c.tenant).where(audit.c.id > bindparam("after")), select(_last_ids.c.tenant)
)


def seal_audit(engine: Engine, margin: timedelta = MARGIN) -> None:
    """Seal what has come since the last time, city by city; and prove the records of which nothing is proved yet.

    Of two that do so at once, one does; the other may wait.

    :param margin: how old a row is at least.
    """
    _prove_records(engine)
    below = first_of(engine.clock() - margin)
    with engine.database.reading() as read:
        before = _seals(read)
        found = [(city, stretch) for city, stretch in _stretches(read, before, below) if stretch.rows]
    if not found:
        return
    # PostgreSQL may let two come this far; the second one finds a row of the same key.
    with suppress(IntegrityError), engine.database.writing() as connection:
        now, moving = _seals(connection), _moving(connection)
        rows = [
            _seal_row(city, stretch, engine.clock())
            for city, stretch in found
            # Nobody else has sealed it meanwhile, and it has not begun to leave.
            if now.get(city) == before.get(city) and city not in moving
        ]
        if rows:
            connection.execute(audit_seal.insert(), rows)


def _prove_records(engine: Engine) -> None:
    """Take for right what the records of a city are now, where no command has left a proof of a table yet."""
    with engine.database.reading() as read:
        left = [(city, table) for city in read.execute(_open).scalars() for table in unproved(read, city)]
    for city, table in left:
        with engine.database.writing() as connection:
            if city in connection.execute(_open).scalars() and is_unproved(connection, city, table):
                prove_all(connection, table, city, engine.clock(), engine.new_id)


def _seals(read: Connection) -> dict[str, tuple[int, bytes]]:
    return {row.tenant: (row.last_id, row.digest) for row in read.execute(_latest)}


def _moving(read: Connection) -> frozenset[str]:
    """Return the cities whose trail comes or goes just now: a seal would cover a part of it."""
    return frozenset(read.execute(unsettled).scalars())


def _stretches(read: Connection, before: dict[str, tuple[int, bytes]], below: int) -> Iterator[tuple[str, Stretch]]:
    newest = max((last_id for last_id, _ in before.values()), default=0)
    for city in sorted({*read.execute(_cities, {"after": newest}).scalars()} - _moving(read)):
        last_id, digest = before.get(city, (0, b""))
        mine = trail_rows.where(audit.c.tenant == city, audit.c.id > last_id, audit.c.id < below)
        stretch = Stretch(digest)
        for row in _rows(read, mine):
            stretch.add(row)
        if stretch.rows:
            _add_beside(read, city, last_id, stretch)
        yield city, stretch


def _add_beside(read: Connection, city: str, after: int, stretch: Stretch) -> None:
    for name, (kind, statement) in sealed_beside().items():
        number, of_city = statement.selected_columns.id, statement.selected_columns.tenant
        mine = statement.where(of_city == city, number > after, number <= stretch.last_id)
        for row in _rows(read, mine):
            stretch.add_beside(kind, name, row)


def _rows(read: Connection, statement: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
    yield from read.execute(statement.execution_options(stream_results=True, yield_per=ROWS))


def _seal_row(city: str, stretch: Stretch, now: datetime) -> dict[str, Any]:
    row = {"tenant": city, "last_id": stretch.last_id, "rows": stretch.rows}
    return {**row, "digest": stretch.digest(), "sealed_at": now}
