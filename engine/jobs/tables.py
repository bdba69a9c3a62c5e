"""The queue's tables on SQLite; on PostgreSQL Procrastinate brings its own of the same names."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Index, Integer, String, Table, false, text
from sqlalchemy.dialects.postgresql import ENUM

from engine.records.schema import UtcDateTime, metadata

SQLITE_ONLY = {"dialects": ("sqlite",)}  # migrations on PostgreSQL leave these tables to Procrastinate's schema

# On PostgreSQL Procrastinate's own type, so that what is asked with these columns is asked there as well.
Status = String(16).with_variant(
    ENUM(
        "todo",
        "doing",
        "succeeded",
        "failed",
        "cancelled",
        "aborting",
        "aborted",
        name="procrastinate_job_status",
        create_type=False,
    ),
    "postgresql",
)

jobs = Table(
    "procrastinate_jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("queue_name", String(128), nullable=False),
    Column("task_name", String(128), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("queueing_lock", String),
    Column("args", JSON, nullable=False),
    Column("status", Status, nullable=False),
    Column("scheduled_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("abort_requested", Boolean(create_constraint=False), nullable=False, server_default=false()),
    # No foreign key: a job outlives its worker, and one whose worker is gone is how a stalled job is known.
    Column("worker_id", Integer),
    # Two instants instead of Procrastinate's table of events, which would be three more rows a job.
    Column("started_at", UtcDateTime),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("status IN ('todo', 'doing', 'succeeded', 'failed', 'cancelled', 'aborted')", name="status"),
    CheckConstraint("NOT (status = 'todo' AND abort_requested)", name="not_todo_abort_requested"),
    sqlite_autoincrement=True,  # the id of a deleted job is not given to another one
    info=SQLITE_ONLY,
)
Index(
    "procrastinate_jobs_queueing_lock_idx_v1",
    jobs.c.queueing_lock,
    unique=True,
    sqlite_where=text("status = 'todo'"),
)
Index(
    "procrastinate_jobs_priority_idx_v1",
    jobs.c.priority.desc(),
    jobs.c.id,
    sqlite_where=text("status = 'todo'"),
)
Index("procrastinate_jobs_doing", jobs.c.worker_id, sqlite_where=text("status = 'doing'"))

workers = Table(
    "procrastinate_workers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("last_heartbeat", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # a new worker must not pass for a dead one
    info=SQLITE_ONLY,
)

periodic_defers = Table(
    "procrastinate_periodic_defers",
    metadata,
    Column("task_name", String(128), primary_key=True),
    Column("periodic_id", String(128), primary_key=True),
    Column("defer_timestamp", Integer, primary_key=True, autoincrement=False),
    info=SQLITE_ONLY,
)
