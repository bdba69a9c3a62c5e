"""Seals the audit trail of each city: a chain of digests that shows what is changed or taken away in it later.

A seal covers the rows of its city that came since the seal before, in the order of their numbers, with what the steps
that they name left in the journal. Commands do not wait for it: it is made behind them, of rows that are old enough for
every transaction of their time to have ended, so that none with a lower number comes later.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, union
from sqlalchemy.exc import IntegrityError

from engine.engine import Engine
from engine.ids import first_of
from engine.records.history import audit, audit_seal
from engine.records.seals import MARGIN, Stretch, trail_rows
from engine.records.tenant import tenant

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
_cities = union(
    select(tenant.c.code), select(audit.c.tenant).where(audit.c.id > bindparam("after")), select(_last_ids.c.tenant)
)


def seal_audit(engine: Engine, margin: timedelta = MARGIN) -> None:
    """Seal what has come since the last time, city by city. Of two that do so at once, one does; the other may wait.

    :param margin: how old a row is at least.
    """
    below = first_of(engine.clock() - margin)
    with engine.database.reading() as read:
        before = _seals(read)
        found = [(city, stretch) for city, stretch in _stretches(read, before, below) if stretch.rows]
    if not found:
        return
    # PostgreSQL may let two come this far; the second one finds a row of the same key.
    with suppress(IntegrityError), engine.database.writing() as connection:
        now = _seals(connection)
        rows = [
            _seal_row(city, stretch, engine.clock())
            for city, stretch in found
            if now.get(city) == before.get(city)  # nobody else has sealed it meanwhile
        ]
        if rows:
            connection.execute(audit_seal.insert(), rows)


def _seals(read: Connection) -> dict[str, tuple[int, bytes]]:
    return {row.tenant: (row.last_id, row.digest) for row in read.execute(_latest)}


def _stretches(read: Connection, before: dict[str, tuple[int, bytes]], below: int) -> Iterator[tuple[str, Stretch]]:
    newest = max((last_id for last_id, _ in before.values()), default=0)
    for city in sorted(read.execute(_cities, {"after": newest}).scalars()):
        last_id, digest = before.get(city, (0, b""))
        mine = trail_rows.where(audit.c.tenant == city, audit.c.id > last_id, audit.c.id < below)
        stretch = Stretch(digest)
        for row in read.execute(mine.execution_options(stream_results=True, yield_per=ROWS)):
            stretch.add(row)
        yield city, stretch


def _seal_row(city: str, stretch: Stretch, now: datetime) -> dict[str, Any]:
    row = {"tenant": city, "last_id": stretch.last_id, "rows": stretch.rows}
    return {**row, "digest": stretch.digest, "sealed_at": now}
