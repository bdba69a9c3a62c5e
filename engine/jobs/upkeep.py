"""What the queue does for itself: jobs of dead workers are run again, old ones forgotten."""

import logging
from dataclasses import dataclass

from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from engine.jobs.registry import every_seconds

logger = logging.getLogger(__name__)

RESCUE = "jobs.rescue_stalled"
FORGET = "jobs.forget_old"
UPKEEP_QUEUE = "upkeep"
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


def add_upkeep(app: App, heartbeat: Heartbeat) -> None:
    """Give the app its two periodic tasks."""

    async def rescue(context: JobContext, timestamp: int) -> None:
        await rescue_stalled_jobs(context.app.job_manager, heartbeat.limit, own_worker=context.job.worker_id)

    async def forget(context: JobContext, timestamp: int) -> None:
        await context.app.job_manager.delete_old_jobs(KEEP_HOURS, include_cancelled=True, include_aborted=True)

    # First of all that waits, so that a long queue does not keep the jobs of a dead worker from being noticed.
    rescuing = app.task(name=RESCUE, queue=UPKEEP_QUEUE, priority=100, pass_context=True)(rescue)
    forgetting = app.task(name=FORGET, queue=UPKEEP_QUEUE, pass_context=True)(forget)
    # The queueing locks keep ticks from piling up behind a long job.
    app.periodic(cron=every_seconds(10), queueing_lock=RESCUE)(rescuing)
    app.periodic(cron=EVERY_NIGHT, queueing_lock=FORGET)(forgetting)


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
            await jobs.retry_job(job)
        else:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
    except UniqueViolation:  # a later job with the same queueing lock waits and will do the work
        await jobs.finish_job(job, Status.ABORTED, delete_job=False)
    except ConnectorException:  # its worker lived and ended it in this moment
        logger.info("Job %s needed no rescue", job.call_string)
