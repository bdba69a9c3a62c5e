"""What has to happen after the commit, and what people should be told."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, bindparam

from engine.records.schema import RowId, UtcDateTime, metadata

# A row lives until its effect has been carried out; jobs are only wake-ups and can be made again from these rows.
outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

notice = Table(
    "notice",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    # A person belongs to one city, which is therefore not repeated here.
    Column("person", BigInteger, nullable=False),
    Column("code", String(60), nullable=False),
    Column("params", LargeBinary, nullable=False),
    Column("case_id", BigInteger),
    Column("at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime),
    # Ids count up in time, and every index ends with the id: this one gives a person's notices in order.
    Index("ix_notice_person", "person"),
)

insert_outbox = outbox.insert()
delete_outbox = outbox.delete().where(outbox.c.id == bindparam("of_id"))
insert_notice = notice.insert()
read_notices = (
    notice.update()
    .where(notice.c.person == bindparam("of_person"), notice.c.read_at.is_(None))
    .values(read_at=bindparam("new_read_at"))
)
