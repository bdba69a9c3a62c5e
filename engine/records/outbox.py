"""What has to happen after the commit, and what people should be told."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    cast,
    exists,
    insert,
    select,
)

from engine.records.case import subscription
from engine.records.schema import RowId, UtcDateTime, metadata

#: Kinds of rows that tell cases something.
MESSAGE, SIGNAL = "message", "signal"

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

# Who is still to be told of a message or signal in the outbox: whoever listened when it was sent. The row goes in the
# step in which the case hears it, so that it hears it once.
delivery = Table(
    "delivery",
    metadata,
    Column("outbox_id", ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    Column("listener", Integer, primary_key=True, autoincrement=False),
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
# As long as somebody is to be told, it stays.
close_outbox = outbox.delete().where(
    outbox.c.id == bindparam("of_id"), ~exists().where(delivery.c.outbox_id == outbox.c.id)
)
_LISTENERS = select(cast(bindparam("of_outbox"), BigInteger), subscription.c.case_id, subscription.c.listener).where(
    subscription.c.tenant == bindparam("of_tenant"), subscription.c.message == bindparam("of_message")
)
_DELIVERY = ("outbox_id", "case_id", "listener")
# Inside the transaction that sends: whoever begins to listen later is not told.
insert_message_deliveries = insert(delivery).from_select(
    _DELIVERY, _LISTENERS.where(subscription.c.key == bindparam("of_key"))
)
# Inside its own case a signal has been heard already.
insert_signal_deliveries = insert(delivery).from_select(
    _DELIVERY, _LISTENERS.where(subscription.c.key.is_(None), subscription.c.case_id != bindparam("of_sender"))
)
delete_delivery = delivery.delete().where(
    delivery.c.outbox_id == bindparam("of_outbox"),
    delivery.c.case_id == bindparam("of_case"),
    delivery.c.listener == bindparam("of_listener"),
)
insert_notice = notice.insert()
read_notices = (
    notice.update()
    .where(notice.c.person == bindparam("of_person"), notice.c.read_at.is_(None))
    .values(read_at=bindparam("new_read_at"))
)
