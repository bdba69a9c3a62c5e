"""Names of the work that moves cases in the background, and the locks by which one order is told from another."""

from typing import Any, Final

from sqlalchemy import Connection, bindparam, exists, literal_column, select

from engine.command import Job
from engine.jobs.tables import jobs

LOOK: Final = "look_at_migration"
CARRY: Final = "carry_migration"
TAKE_BACK: Final = "take_migration_back"

# Literals, for the queue's status is a type of its own on PostgreSQL.
_open = literal_column("status").in_((literal_column("'todo'"), literal_column("'doing'")))
_is_open = select(exists().where(jobs.c.queueing_lock == bindparam("lock"), _open))


def look_job(tenant: str, look: int) -> Job:
    """Return the job that looks at the next cases of a move that is considered."""
    return _job(LOOK, tenant, look)


def carry_job(tenant: str, run: int) -> Job:
    """Return the job that moves the next cases of a run."""
    return _job(CARRY, tenant, run)


def take_back_job(tenant: str, run: int, after: int = 0) -> Job:
    """Return the job that takes the next cases of a run back."""
    return _job(TAKE_BACK, tenant, run, after=after)


def _job(name: str, tenant: str, number: int, **more: Any) -> Job:
    return Job(name, {"tenant": tenant, "number": number, **more}, unique=f"{name}:{number}")


def is_under_way(read: Connection, job: Job) -> bool:
    """Say whether the work that a job belongs to waits or runs."""
    return bool(read.execute(_is_open, {"lock": job.unique}).scalar_one())
