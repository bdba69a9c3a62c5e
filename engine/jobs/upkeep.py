"""What the queue does for itself: jobs of dead workers are run again, old ones forgotten."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.worker import Worker

from engine.records.schema import EPOCH

logger = logging.getLogger(__name__)

FORGET = "jobs.forget_old"
UPKEEP_QUEUE = "upkeep"
LOOK_SECONDS = 0.5  # between two looks for jobs of dead workers; one costs a fraction of a millisecond
RESCUE_LIMIT = 10  # attempts; a job that kills its worker each time must end as a dead letter
KEEP_HOURS = 7 * 24
EVERY_NIGHT = "10 19 * * *"  # UTC: ten past two in WIB, ten past three in WITA
MISSED_SECONDS = 25 * 3600.0  # a machine that is off at night catches up in the morning


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """How a dead worker is noticed.

    :param every: seconds between two signs of life.
    :param limit: seconds of silence after which its jobs are run again; several times `every`.
    """

    every: float = 5.0
    limit: float = 20.0


def add_upkeep(app: App) -> None:
    """Give the app its periodic task."""

    async def forget(context: JobContext, timestamp: int) -> None:
        await context.app.job_manager.delete_old_jobs(KEEP_HOURS, include_cancelled=True, include_aborted=True)

    forgetting = app.task(name=FORGET, queue=UPKEEP_QUEUE, pass_context=True)(forget)
    # The queueing lock keeps ticks from piling up behind a long job.
    app.periodic(cron=EVERY_NIGHT, queueing_lock=FORGET)(forgetting)


class Rescuer:
    """Looks after the jobs of workers that are gone, beside a worker that lives.

    Every worker does so by itself, and not by a job: that would wait behind a long one, and be as late as its tick.
    """

    def __init__(self, app: App) -> None:
        """Watch over the jobs of an app, by the limit that its workers were given."""
        self._jobs = app.job_manager
        self._limit = app.worker_defaults.get("stalled_worker_timeout", Heartbeat().limit)
        self._own_worker: int | None = None

    async def note_worker(self, process_job: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
        """Note who the worker beside this is; a middleware, because before its first job it has nothing to lose."""
        self._own_worker = worker.worker_id
        return await process_job()

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await rescue_stalled_jobs(self._jobs, self._limit, own_worker=self._own_worker)


async def rescue_stalled_jobs(jobs: JobManager, limit: float, own_worker: int | None = None) -> None:
    """Make the jobs of workers that are gone or silent wait again.

    :param limit: seconds of silence.
    :param own_worker: id of the worker that asks; it is alive, whatever its last heartbeat says.
    """
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=limit):
        if own_worker is None or job.worker_id != own_worker:
            await _rescue(jobs, job)


async def _rescue(jobs: JobManager, job: Job) -> None:
    logger.warning("Job %s was left by worker %s after attempt %s", job.call_string, job.worker_id, job.attempts + 1)
    try:
        if job.attempts < RESCUE_LIMIT:
            # At once, whatever the clock of this machine says: when a job is due goes by the clock of the database.
            await jobs.retry_job(job, retry_at=EPOCH)
        else:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
    except UniqueViolation:  # a later job with the same queueing lock waits and will do the work
        await jobs.finish_job(job, Status.ABORTED, delete_job=False)
    except ConnectorException:  # its worker lived and ended it in this moment
        logger.info("Job %s needed no rescue", job.call_string)
