"""What background jobs do: wake timers that are due, deliver messages, and make up for jobs that got lost.

Jobs carry ids only and may run twice: an event that no longer waits is left alone.
"""

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, exists, func, literal, select
from sqlalchemy import cast as sql_cast

from engine.batches import RECOUNT, RETRY_GROUP
from engine.carrying import carry_migration, look_at_migration, take_migration_back
from engine.command import Job
from engine.commands.begin_case import BeginCase
from engine.commands.wake_event import WakeEvent
from engine.delivering import any_sent, deliver_all, deliver_latest, missed
from engine.engine import Engine
from engine.folding import EVERY_TEN_MINUTES, fold_steps
from engine.forecasts import FORESEE
from engine.foreseeing import foresee
from engine.jobs import JobRegistry, defer, every_seconds, is_waiting
from engine.moving.orders import CARRY, LOOK, TAKE_BACK
from engine.policy.actor import system_actor
from engine.records.case import WHOLE_CASE, incident, timer
from engine.records.operating import is_suspended
from engine.records.release import start_event
from engine.records.tenant import not_open
from engine.recounting import recount_batch
from engine.retrying import retry_group
from engine.sealing import EVERY_HOUR, seal_audit
from engine.timekeeping import is_behind
from engine.waking import first_value, wake_case

logger = logging.getLogger(__name__)

TASKS = JobRegistry()
SWEEP_SECONDS = 15
SWEEP_LIMIT = 500  # timers of one city in one sweep, so that a city with many holds up no other
BATCH = 500  # jobs in one transaction: nobody else writes meanwhile

_TIMER_LOCK = "timer:"
_case_text, _token_text = (sql_cast(column, String) for column in (timer.c.case_id, timer.c.token))
_is_damaged = exists().where(incident.c.case_id == timer.c.case_id, incident.c.token == WHOLE_CASE)
# Each city's oldest first. A timer whose job waits to be tried again, or whose case is suspended or cannot be read
# until somebody mends it, is left out: else it would fill every sweep, and those behind it would never get a job.
_ready = (
    select(
        timer.c.tenant,
        timer.c.case_id,
        timer.c.token,
        func.row_number().over(partition_by=timer.c.tenant, order_by=(timer.c.due, timer.c.case_id)).label("place"),
    )
    .where(
        timer.c.due <= bindparam("now"),
        ~is_waiting(literal(_TIMER_LOCK) + _case_text + literal(":") + _token_text),
        ~_is_damaged,
        ~is_suspended(timer.c.case_id),
    )
    .subquery()
)
# The first of every city, then the second of every city: they take turns in the queue as well.
_due_timers = (
    select(_ready.c.tenant, _ready.c.case_id, _ready.c.token)
    .where(_ready.c.place <= bindparam("limit"))
    .order_by(_ready.c.place, _ready.c.tenant)
)
_START_LOCK = "start:"
_due_starts = (
    select(start_event.c.tenant, start_event.c.process, start_event.c.element, start_event.c.due)
    .where(start_event.c.due <= bindparam("now"))
    .order_by(start_event.c.due, start_event.c.tenant, start_event.c.process, start_event.c.element)
)
_one_timer = select(timer.c.due).where(timer.c.case_id == bindparam("case_id"), timer.c.token == bindparam("token"))


@TASKS.task("sweep_timers", cron=every_seconds(SWEEP_SECONDS))
def sweep_timers(engine: Engine, limit: int = SWEEP_LIMIT) -> None:
    """Turn timers that are due into jobs, fairly among the cities; one that waits already is not made twice.

    Timers of a city that is closed, or whose rules cannot be asked, wait until they can: their jobs would only fail.
    All of them wait while the clock stands before what was done last; one that jumped forwards is told, for what is due
    then may not be.

    :param limit: how many timers of each city become jobs, its oldest first.
    """
    jump = engine.watch.look()
    if jump is not None:
        logger.warning("The clock has jumped forwards by %s; timers that are due by it are run now", jump)
    with engine.database.reading() as read:
        if is_behind(read, engine.clock()):
            logger.error("Timers wait: the clock, %s, stands before what was done last. Set it right.", engine.clock())
            return
        due = read.execute(_due_timers, {"now": engine.clock(), "limit": limit}).all()
        starts = read.execute(_due_starts, {"now": engine.clock()}).all()
        closed = frozenset(read.execute(not_open).scalars())
    well = {city for city in {row.tenant for row in (*due, *starts)} - closed if _is_well(engine, city)}
    jobs = [_timer_job(row) for row in due if row.tenant in well]
    jobs += [_start_job(row) for row in starts if row.tenant in well]
    for first in range(0, len(jobs), BATCH):
        engine.defer(jobs[first : first + BATCH])


def _is_well(engine: Engine, tenant: str) -> bool:
    try:
        engine.directory.zone(tenant)
    except Exception as error:
        # Whatever is wrong with the plugin of one city, the others go on.
        logger.info("Timers of city %s wait, its rules cannot be asked: %s", tenant, type(error).__name__)
        return False
    return True


def _timer_job(row: Row[*tuple[Any, ...]]) -> Job:
    arguments = {"tenant": row.tenant, "case_id": row.case_id, "token": row.token}
    return Job("fire_timer", arguments, unique=f"{_TIMER_LOCK}{row.case_id}:{row.token}")


def _start_job(row: Row[*tuple[Any, ...]]) -> Job:
    arguments = {"tenant": row.tenant, "process": row.process, "element": row.element, "due": row.due.isoformat()}
    return Job("begin_by_timer", arguments, unique=f"{_START_LOCK}{row.tenant}:{row.process}:{row.element}")


@TASKS.task("begin_by_timer")
def begin_by_timer(engine: Engine, tenant: str, process: str, element: str, due: str) -> None:
    """Begin the case of a start event that was due at an instant, if it has not been begun for that instant."""
    engine.run(BeginCase(process, element, datetime.fromisoformat(due)), system_actor(tenant))


@TASKS.task("fire_timer")
def fire_timer(engine: Engine, tenant: str, case_id: int, token: int) -> None:
    """Let a timer go on if it still waits and is due by now."""
    params = {"case_id": case_id, "token": token}
    due: datetime | None = engine.read(first_value, system_actor(tenant), _one_timer, params)
    if due is not None and due <= engine.clock():
        wake_case(engine, tenant, WakeEvent(case_id, token), case_id, (_one_timer, params))


@TASKS.task("empty_outbox")
def empty_outbox(engine: Engine) -> None:
    """Tell the cases of every message and signal in the outbox, oldest first.

    What cannot be delivered stays in the outbox and makes the job come again; the rest is delivered all the same.
    """
    deliver_all(engine)


@TASKS.task("deliver_message")
def deliver_message(engine: Engine, tenant: str, message: str, key: str) -> None:
    """Give the latest message under a key to every case that has come to wait for it."""
    deliver_latest(engine, tenant, message, key)


@TASKS.task("reconcile", cron="* * * * *")
def reconcile(engine: Engine) -> None:
    """Make jobs again for whatever waits in the tables without one: a crash must not leave a case behind."""
    with engine.database.reading() as read:
        has_outbox = read.execute(any_sent).first() is not None
        late = read.execute(missed).all()
    jobs = [Job("empty_outbox", unique="empty_outbox")] if has_outbox else []
    jobs += [_delivery(row.tenant, row.message, row.key) for row in late]
    if jobs:
        engine.defer(jobs)


def _delivery(tenant: str, message: str, key: str) -> Job:
    arguments = {"tenant": tenant, "message": message, "key": key}
    return Job("deliver_message", arguments, unique=f"message:{tenant}:{message}:{key}")


TASKS.task("seal_audit", cron=EVERY_HOUR)(seal_audit)
TASKS.task("fold_steps", cron=EVERY_TEN_MINUTES)(fold_steps)
TASKS.task(RETRY_GROUP)(retry_group)
TASKS.task(RECOUNT)(recount_batch)
TASKS.task(LOOK)(look_at_migration)
TASKS.task(CARRY)(carry_migration)
TASKS.task(TAKE_BACK)(take_migration_back)
TASKS.task(FORESEE, priority=-1)(foresee)  # it takes seconds: whatever waits for less goes first


class WorkerQueue:
    """Defers the jobs of commands to the worker, inside their transaction."""

    def __init__(self, tasks: JobRegistry = TASKS) -> None:
        """Use the tasks that the worker knows."""
        self._tasks = tasks

    def defer(self, connection: Connection, job: Job) -> None:
        """Add a job; it exists only if the transaction commits."""
        defer(connection, self._tasks, job.name, dict(job.arguments), queueing_lock=job.unique)
