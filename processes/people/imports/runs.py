"""The list of imports: what was read in, when and by whom. Its running number also keeps two imports apart."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    cast,
    exists,
    func,
    select,
)

from engine.records.proofs import PROVED, Proved
from engine.records.schema import UtcDateTime, metadata

import_run = Table(
    "import_run",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("source", String(120), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", BigInteger),
    UniqueConstraint("tenant", "number"),
    info={PROVED: Proved()},
)

_uses = (
    select(
        import_run.c.kind,
        func.count().filter(import_run.c.at >= bindparam("since", type_=UtcDateTime)).label("times"),
        func.max(import_run.c.at).label("last"),
    )
    .where(import_run.c.tenant == bindparam("tenant"))
    .group_by(import_run.c.kind)
)
last_run = select(func.coalesce(func.max(import_run.c.number), 0)).where(import_run.c.tenant == bindparam("tenant"))

# Written only while no other import came between, so that what was planned from the snapshot still fits.
insert_run = import_run.insert().from_select(
    [column.name for column in import_run.c],
    select(*(cast(bindparam(column.name, type_=column.type), column.type) for column in import_run.c)).where(
        ~exists().where(import_run.c.tenant == bindparam("tenant"), import_run.c.number >= bindparam("number"))
    ),
)


@dataclass(frozen=True, slots=True)
class ImportUse:
    """How a city uses one kind of file.

    :param times: how often it was imported since the day that was asked for.
    """

    times: int
    last: datetime


def import_uses(read: Connection, tenant: str, since: datetime) -> dict[str, ImportUse]:
    """Return how a city uses each kind of file that it ever imported, by the kind's name."""
    found = read.execute(_uses, {"tenant": tenant, "since": since})
    return {row.kind: ImportUse(row.times, row.last) for row in found}
