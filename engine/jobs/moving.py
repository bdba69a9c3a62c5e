"""Takes the jobs of a SQLite queue along to PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.jobs.tables import jobs

# What waits, what ran when the server was stopped, and what failed and lies for an administrator. What has ended well
# would be forgotten within days, and each tick of the clock comes anyway.
OPEN = ("todo", "doing", "failed")
# Only what both have; on PostgreSQL a job that begins anew has no worker.
KEPT = ("queue_name", "task_name", "priority", "queueing_lock", "args", "scheduled_at", "attempts")
_open_jobs = select(jobs.c.status, *(jobs.c[name] for name in KEPT)).where(jobs.c.status.in_(OPEN)).order_by(jobs.c.id)
_waiting_jobs = select(jobs.c.queueing_lock).where(jobs.c.status == "todo", jobs.c.queueing_lock.is_not(None))


def move_jobs(source: Connection, target: Connection) -> int:
    """Put the jobs that are not done into the queue of the target, and return how many there are.

    Those that were running wait again. They get new numbers, which nothing refers to.
    """
    kept = open_jobs(source)
    if kept:
        target.execute(jobs.insert(), kept)
    return len(kept)


def add_jobs(target: Connection, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Put jobs that `open_jobs` gave elsewhere into the queue of either kind of database."""
    changed = {"changed_at": now} if target.dialect.name == "sqlite" else {}
    if rows:
        target.execute(jobs.insert(), [{**row, **changed} for row in rows])


def open_jobs(source: Connection) -> list[dict[str, Any]]:
    """Return the jobs that are not done, as rows of `jobs` without a number; those that were running wait again."""
    locks = set(source.execute(_waiting_jobs).scalars())
    rows = [dict(row) for row in source.execute(_open_jobs).mappings()]
    # One that ran gives way to a later one of its queueing lock, as it does when its worker was lost.
    return [_as_new(row) for row in rows if not (row["status"] == "doing" and row["queueing_lock"] in locks)]


def forget_jobs(target: Connection, tenant: str) -> None:
    """Take the jobs of a city out of the queue, except what a worker holds at this very moment."""
    mine = select(jobs.c.id, jobs.c.args).where(jobs.c.status != "doing")
    found = [row.id for row in target.execute(mine) if row.args.get("tenant") == tenant]
    if found:
        target.execute(jobs.delete().where(jobs.c.id == bindparam("of_job")), [{"of_job": number} for number in found])


def _as_new(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "status": "todo" if row["status"] == "doing" else row["status"]}
