"""Cases and everything that waits in them: tasks, drafts, timers, subscriptions, incidents."""

from enum import IntEnum
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    select,
    text,
)

from engine.records.prepared import Prepared, PreparedRow
from engine.records.release import release
from engine.records.schema import Day, RowId, UtcDateTime, metadata


class CaseStatus(IntEnum):
    """Where a case stands as a whole."""

    OPEN = 1
    FINISHED = 2
    CANCELLED = 3
    SUSPENDED = 4
    """It has not ended, and nothing moves it until somebody lets it go on."""

    @property
    def is_running(self) -> bool:
        """The case has not ended."""
        return self in RUNNING


#: The statuses of cases that have not ended.
RUNNING = (CaseStatus.OPEN, CaseStatus.SUSPENDED)
DIGEST_BYTES = 8


case = Table(
    "process_case",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("process", String(121), nullable=False),
    Column("business_key", String(80), nullable=False),
    Column("release_id", ForeignKey("release.id"), nullable=False),
    # Who or what the case is about: an employee or a unit, as the process defines it.
    Column("subject", BigInteger, nullable=False),
    Column("title", String(200), nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("tenant", "process", "business_key"),
)

# Apart from the case: it grows and shrinks with every step and goes with the last one, leaving no room behind.
case_state = Table(
    "case_state",
    metadata,
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    # Counts the steps; who writes the next one must have read the last.
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    # Of the case and the content, by whatever step wrote it; None where that was before digests were kept.
    Column("digest", LargeBinary(DIGEST_BYTES)),
)

open_task = Table(
    "open_task",
    metadata,
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    Column("token", Integer, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("element", String(121), nullable=False),
    # With a candidate group and no assignee the task is in the group's queue; with both it was claimed from there.
    Column("assignee", BigInteger),
    Column("candidate", String(80)),
    Column("due", Day),
    Column("opened_at", UtcDateTime, nullable=False),
    # 100 less the priority, so that in an index what matters more comes first.
    Column("rank", SmallInteger, nullable=False, server_default="50"),
    # The day before which nobody needs to look at the task.
    Column("follow_up", Day),
    sqlite_with_rowid=False,
)
Index(
    "ix_open_task_assignee",
    open_task.c.tenant,
    open_task.c.assignee,
    open_task.c.due,
    open_task.c.rank,
    open_task.c.case_id,
    open_task.c.token,
    sqlite_where=open_task.c.assignee.is_not(None),
    postgresql_where=open_task.c.assignee.is_not(None),
)
Index(
    "ix_open_task_candidate",
    open_task.c.tenant,
    open_task.c.candidate,
    open_task.c.due,
    open_task.c.rank,
    open_task.c.case_id,
    open_task.c.token,
    sqlite_where=open_task.c.assignee.is_(None),
    postgresql_where=open_task.c.assignee.is_(None),
)

draft = Table(
    "draft",
    metadata,
    Column("case_id", BigInteger, primary_key=True, autoincrement=False),
    Column("token", Integer, primary_key=True, autoincrement=False),
    Column("person", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(["case_id", "token"], ["open_task.case_id", "open_task.token"], ondelete="CASCADE"),
)

timer = Table(
    "timer",
    metadata,
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    Column("token", Integer, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("due", UtcDateTime, nullable=False, index=True),
    # From when it counts; None for one that was set before this was kept.
    Column("set_at", UtcDateTime),
)

subscription = Table(
    "subscription",
    metadata,
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    Column("token", Integer, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False),
    Column("message", String(121), nullable=False),
    # None for a signal, which has no key.
    Column("key", String(80)),
    # The first token of an event that listens again and again: what is on its way to it is addressed by this number.
    Column("listener", Integer, nullable=False),
    # It also takes the latest message that was sent before it came; events at an edge do not.
    Column("takes_earlier", Boolean, nullable=False),
    # The number of the message under its key that the case has heard last on the way to it: that one it takes no more.
    Column("heard", BigInteger),
    Index("ix_subscription_message", "tenant", "message", "key"),
)

# The latest message under a key stays: a case that comes to wait for it later finds it here.
message = Table(
    "message",
    metadata,
    Column("tenant", String(40), primary_key=True),
    Column("message", String(121), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
    Column("case_id", BigInteger, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    # Which message it is: its number in the outbox; 0 for one that was sent before this was kept.
    Column("number", BigInteger, nullable=False, server_default="0"),
)

WHOLE_CASE = 0  # tokens count from 1: an incident of this one is about the case as a whole

incident = Table(
    "incident",
    metadata,
    Column("case_id", ForeignKey("process_case.id"), primary_key=True),
    Column("token", Integer, primary_key=True, autoincrement=False),
    Column("tenant", String(40), nullable=False, index=True),
    Column("element", String(121), nullable=False),
    Column("code", String(60), nullable=False),
    Column("text", String(2000), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    # Incidents with the same one have the same cause: `engine.causes.cause_of`.
    Column("cause", String(16), nullable=False),
    # The step in which it happened. None for one about the case as a whole, or of before this was kept.
    Column("version", Integer),
    Index("ix_incident_cause", "tenant", "cause"),
)

# What the elements saw that failed in one step, once for all of them: `engine.moments`. It goes with the last of them,
# and with the state of its case in any event.
incident_data = Table(
    "incident_data",
    metadata,
    Column("case_id", ForeignKey("case_state.case_id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

select_incident = select(incident.c.code).where(
    incident.c.case_id == bindparam("case_id"), incident.c.token == bindparam("token")
)
CASE_COLUMNS = (
    case.c.id,
    case.c.tenant,
    case.c.process,
    case.c.business_key,
    case.c.release_id,
    case.c.subject,
    case.c.title,
    case.c.status,
    case_state.c.version,
    case_state.c.content.label("state"),
    release.c.digest,
    release.c.wordbook_id,
)


def state_digest(case_id: int, content: bytes) -> bytes:
    """Return what proves that a state is the one that a step of that case has written."""
    return blake2b(case_id.to_bytes(8) + content, digest_size=DIGEST_BYTES).digest()


def new_state(case_id: int, content: bytes) -> dict[str, Any]:
    """Return the part of a row of `update_state` that says what a case is from now on."""
    return {"new_content": content, "new_digest": state_digest(case_id, content)}


insert_case = case.insert()
insert_state = case_state.insert()
_AS_READ = (case_state.c.case_id == bindparam("of_case"), case_state.c.version == bindparam("old_version"))
update_state = Prepared(
    case_state.update()
    .where(*_AS_READ)
    .values(version=bindparam("new_version"), content=bindparam("new_content"), digest=bindparam("new_digest"))
)
touch_state = case_state.update().where(*_AS_READ).values(version=bindparam("new_version"))
delete_state = Prepared(case_state.delete().where(*_AS_READ))
end_case = Prepared(
    case.update()
    .where(case.c.id == bindparam("of_case"))
    .values(status=bindparam("new_status"), ended_at=bindparam("new_ended_at"))
)
select_case = PreparedRow(
    select(*CASE_COLUMNS).join_from(case, release).outerjoin(case_state).where(case.c.id == bindparam("case_id"))
)
select_task = PreparedRow(
    select(
        *CASE_COLUMNS,
        open_task.c.token,
        open_task.c.element,
        open_task.c.assignee,
        open_task.c.candidate,
        open_task.c.due,
        open_task.c.opened_at,
        open_task.c.rank,
        open_task.c.follow_up,
    )
    .join_from(open_task, case)
    .join(release)
    .outerjoin(case_state, case_state.c.case_id == case.c.id)
    .where(open_task.c.case_id == bindparam("case_id"), open_task.c.token == bindparam("token"))
)
insert_task = Prepared(open_task.insert())
insert_timer = timer.insert()
insert_subscription = subscription.insert()
insert_incident = incident.insert()
delete_tasks = open_task.delete().where(
    open_task.c.case_id == bindparam("of_case"), open_task.c.token == bindparam("of")
)
# Only while it is still that person's; only an assigned task can be completed.
delete_own_task = Prepared(
    open_task.delete().where(
        open_task.c.case_id == bindparam("of_case"),
        open_task.c.token == bindparam("of"),
        open_task.c.assignee == bindparam("of_assignee"),
    )
)
delete_timers = timer.delete().where(timer.c.case_id == bindparam("of_case"), timer.c.token == bindparam("of"))
delete_subscriptions = subscription.delete().where(
    subscription.c.case_id == bindparam("of_case"), subscription.c.token == bindparam("of")
)
delete_incidents = incident.delete().where(
    incident.c.case_id == bindparam("of_case"), incident.c.token == bindparam("of")
)
insert_incident_data = incident_data.insert()
# After the incidents of the case were deleted and added: what none of them refers to any more.
delete_incident_data = incident_data.delete().where(
    incident_data.c.case_id == bindparam("of_case"),
    incident_data.c.version.not_in(
        select(incident.c.version).where(incident.c.case_id == bindparam("of_case"), incident.c.version.is_not(None))
    ),
)
select_incident_data = (
    select(incident.c.token, incident_data.c.version, incident_data.c.content)
    .join_from(
        incident,
        incident_data,
        (incident_data.c.case_id == incident.c.case_id) & (incident_data.c.version == incident.c.version),
    )
    .where(incident.c.case_id == bindparam("case_id"))
    .order_by(incident_data.c.version)
)
_THE_TASK = (open_task.c.case_id == bindparam("of_case"), open_task.c.token == bindparam("of"))
claim_task = (
    open_task.update().where(*_THE_TASK, open_task.c.assignee.is_(None)).values(assignee=bindparam("new_assignee"))
)
unclaim_task = (
    open_task.update().where(*_THE_TASK, open_task.c.assignee == bindparam("old_assignee")).values(assignee=None)
)
reassign_task = (
    open_task.update()
    .where(*_THE_TASK, open_task.c.assignee == bindparam("old_assignee"))
    .values(assignee=bindparam("new_assignee"))
)
token_of_listener = select(subscription.c.token).where(
    subscription.c.case_id == bindparam("case_id"), subscription.c.listener == bindparam("listener")
)
insert_draft = draft.insert()
delete_draft = draft.delete().where(draft.c.case_id == bindparam("of_case"), draft.c.token == bindparam("of"))
select_draft = select(draft.c.content, draft.c.saved_at, draft.c.person).where(
    draft.c.case_id == bindparam("case_id"), draft.c.token == bindparam("token")
)
select_message = select(message.c.payload, message.c.number).where(
    message.c.tenant == bindparam("tenant"),
    message.c.message == bindparam("message"),
    message.c.key == bindparam("key"),
)
# The latest under a key takes the place of the one before. SQLAlchemy has no word for this that both databases know.
keep_message = text(
    'INSERT INTO message (tenant, message, "key", payload, case_id, sent_at, number)'
    " VALUES (:tenant, :message, :key, :payload, :case_id, :sent_at, :number)"
    ' ON CONFLICT (tenant, message, "key")'
    " DO UPDATE SET payload = excluded.payload, case_id = excluded.case_id, sent_at = excluded.sent_at,"
    " number = excluded.number"
).bindparams(bindparam("payload", type_=LargeBinary), bindparam("sent_at", type_=UtcDateTime))
