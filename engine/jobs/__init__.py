"""Work in the background: Procrastinate on the same database as the records, on SQLite as on PostgreSQL.

Domain tables are the truth; a job carries ids, may run twice, and is deferred in the transaction that needs it.
"""

from engine.jobs.application import make_app
from engine.jobs.deferring import defer, is_waiting
from engine.jobs.registry import RETRY, JobRegistry, UnknownTask, every_seconds
from engine.jobs.running import WorkerThread, run_until_idle
from engine.jobs.upkeep import Heartbeat
from engine.jobs.upstream import UnsupportedProcrastinate

__all__ = [
    "RETRY",
    "Heartbeat",
    "JobRegistry",
    "UnknownTask",
    "UnsupportedProcrastinate",
    "WorkerThread",
    "defer",
    "every_seconds",
    "is_waiting",
    "make_app",
    "run_until_idle",
]
