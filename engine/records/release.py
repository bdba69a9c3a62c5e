"""Deployed releases: immutable, numbered per city and process; and which of them is in force."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    select,
)

from engine.records.schema import RowId, UtcDateTime, metadata
from engine.records.wordbook import wordbook

release = Table(
    "release",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("process", String(121), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    # What the entries of its cases have in common.
    Column("wordbook_id", ForeignKey(wordbook.c.id), nullable=False),
    Column("deployed_at", UtcDateTime, nullable=False),
    Column("deployed_by", BigInteger),
    UniqueConstraint("tenant", "process", "number"),
    UniqueConstraint("tenant", "process", "digest"),
)

# Which release of a process was in force, turn by turn; the one of the last turn is. An earlier one may come again.
enactment = Table(
    "enactment",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("process", String(121), primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("release_id", ForeignKey("release.id"), nullable=False),
    Column("enacted_at", UtcDateTime, nullable=False),
    Column("enacted_by", BigInteger),
    # Why an earlier release came again, or why a release was made although its scenarios did not all go as they say.
    Column("reason", String(2000)),
)

# What begins a case of a process by itself: the start events of its release in force that wait for something.
start_event = Table(
    "start_event",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("process", String(121), primary_key=True),
    Column("element", String(121), primary_key=True),
    Column("release_id", ForeignKey("release.id"), nullable=False),
    # The name of the message or signal; None for a timer.
    Column("message", String(121)),
    Column("is_signal", Boolean, nullable=False),
    # Since when the process waits for it, be it in an earlier release: what was sent before begins nothing.
    Column("since", UtcDateTime, nullable=False),
    # When a timer begins the next case, None when it does no more; and how often after that.
    Column("due", UtcDateTime, index=True),
    Column("rounds", Integer),
    Index("ix_start_event_message", "tenant", "message"),
)

insert_release = release.insert()
insert_start_event = start_event.insert()
delete_start_events = start_event.delete().where(
    start_event.c.tenant == bindparam("of_tenant"), start_event.c.process == bindparam("of_process")
)
select_start_events = select(start_event).where(
    start_event.c.tenant == bindparam("tenant"), start_event.c.process == bindparam("process")
)
select_start_event = (
    select(start_event, release.c.digest, release.c.wordbook_id)
    .join_from(start_event, release)
    .where(
        start_event.c.tenant == bindparam("tenant"),
        start_event.c.process == bindparam("process"),
        start_event.c.element == bindparam("element"),
    )
)
# Only while it is still due at that instant: two jobs of one instant begin one case.
turn_start_timer = (
    start_event.update()
    .where(
        start_event.c.tenant == bindparam("of_tenant"),
        start_event.c.process == bindparam("of_process"),
        start_event.c.element == bindparam("of_element"),
        start_event.c.due == bindparam("old_due"),
    )
    .values(due=bindparam("new_due"), rounds=bindparam("new_rounds"))
)
content_of_release = select(release.c.content).where(release.c.id == bindparam("release_id"))
insert_enactment = enactment.insert()
last_turns = (
    select(enactment.c.tenant, enactment.c.process, func.max(enactment.c.turn).label("turn"))
    .group_by(enactment.c.tenant, enactment.c.process)
    .subquery()
)
"""The turn of the release in force, for each city and process."""
_OF_PROCESS = (enactment.c.tenant == bindparam("tenant"), enactment.c.process == bindparam("process"))
latest_release = (
    select(release.c.id, release.c.number, release.c.digest, release.c.wordbook_id, enactment.c.turn)
    .join_from(enactment, release)
    .where(*_OF_PROCESS)
    .order_by(enactment.c.turn.desc())
    .limit(1)
)
"""The release in force."""
newest_number = select(func.max(release.c.number)).where(
    release.c.tenant == bindparam("tenant"), release.c.process == bindparam("process")
)
release_by_digest = select(release.c.id, release.c.number, release.c.digest).where(
    release.c.tenant == bindparam("tenant"),
    release.c.process == bindparam("process"),
    release.c.digest == bindparam("digest"),
)
