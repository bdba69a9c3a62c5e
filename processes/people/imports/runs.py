"""The list of imports: what was read in, when and by whom. Its running number also keeps two imports apart."""

from sqlalchemy import (
    BigInteger,
    Column,
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

last_run = select(func.coalesce(func.max(import_run.c.number), 0)).where(import_run.c.tenant == bindparam("tenant"))

# Written only while no other import came between, so that what was planned from the snapshot still fits.
insert_run = import_run.insert().from_select(
    [column.name for column in import_run.c],
    select(*(cast(bindparam(column.name, type_=column.type), column.type) for column in import_run.c)).where(
        ~exists().where(import_run.c.tenant == bindparam("tenant"), import_run.c.number >= bindparam("number"))
    ),
)
