"""What happened: the journal of each case and the audit trail of every command; rows are only ever added."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    exists,
    select,
)

from engine.records.prepared import Prepared
from engine.records.schema import RowId, UtcDateTime, metadata
from engine.records.tenant import not_open, require_open, tenant

SEAL_BYTES = 16

# One row a step: enough to show the history, to audit it and to replay the case.
journal = Table(
    "journal",
    metadata,
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", BigInteger),
    Column("entry", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", BigInteger),
    Column("command", String(60), nullable=False),
    Column("subject", BigInteger),
    # Made of the client's key and the request: the same request again is answered with the first one's effect.
    Column("key", BigInteger),
)
Index(
    "uq_audit_key",
    audit.c.key,
    unique=True,
    sqlite_where=audit.c.key.is_not(None),
    postgresql_where=audit.c.key.is_not(None),
)

# Each proves the audit trail of a city up to a row: what is changed or taken away in it later shows.
audit_seal = Table(
    "audit_seal",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("last_id", BigInteger, primary_key=True, autoincrement=False),
    # How many rows of the city came since its seal before.
    Column("rows", Integer, nullable=False),
    # Of the seal before and of these rows, see `engine.sealing`.
    Column("digest", LargeBinary(SEAL_BYTES), nullable=False),
    Column("sealed_at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)

insert_journal = Prepared(journal.insert())
journal_of_case = select(journal).where(journal.c.case_id == bindparam("case_id")).order_by(journal.c.version)
# In the same statement, so that a command pays nothing for it, and none is committed behind the closing of its city.
_of_a_city_that_is_open = ~exists(not_open.where(tenant.c.code == bindparam("tenant", type_=tenant.c.code.type)))
_insert_audit = Prepared(
    audit.insert().from_select(
        [column.name for column in audit.c],
        select(*(bindparam(column.name, type_=column.type) for column in audit.c)).where(_of_a_city_that_is_open),
        include_defaults=False,
    )
)
latest_audit = select(audit.c.id).order_by(audit.c.id.desc()).limit(1)
audit_by_id = select(audit.c.id).where(audit.c.id == bindparam("id"))
audit_by_key = select(audit.c.subject, audit.c.at).where(audit.c.key == bindparam("key"))


def add_audit(connection: Connection, row: Mapping[str, Any]) -> None:
    """Add the line of a command to the audit trail of its city.

    :raise TenantClosed: the city is not open; the transaction must be rolled back.
    """
    if _insert_audit.execute(connection, (row,)) != 1:
        require_open(connection, row["tenant"])
