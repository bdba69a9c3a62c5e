"""What background jobs do: wake timers that are due, deliver messages, and make up for jobs that got lost.

Jobs carry ids only and may run twice: an event that no longer waits is left alone.
"""

import logging
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, String, bindparam, exists, func, literal, select
from sqlalchemy import cast as sql_cast

from engine.command import Job
from engine.commands.close_outbox import CloseOutbox
from engine.commands.report_damage import ReportDamage
from engine.commands.wake_event import WakeEvent
from engine.engine import Engine
from engine.errors import CaseDamaged, Conflict, NotFound
from engine.jobs import JobRegistry, defer, every_seconds, is_waiting
from engine.policy.actor import Actor, system_actor
from engine.records.case import WHOLE_CASE, incident, message, select_incident, subscription, timer
from engine.records.outbox import outbox
from engine.records.packing import unpack

logger = logging.getLogger(__name__)

TASKS = JobRegistry()
SWEEP_SECONDS = 15
SWEEP_LIMIT = 500  # timers of one city in one sweep, so that a city with many holds up no other
BATCH = 500  # jobs in one transaction: nobody else writes meanwhile

_TIMER_LOCK = "timer:"
_case_text, _token_text = (sql_cast(column, String) for column in (timer.c.case_id, timer.c.token))
_is_damaged = exists().where(incident.c.case_id == timer.c.case_id, incident.c.token == WHOLE_CASE)
# Each city's oldest first. A timer whose job waits to be tried again, or whose case cannot be read until somebody mends
# it, is left out: else it would fill every sweep, and those behind it would never get a job.
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
    )
    .subquery()
)
# The first of every city, then the second of every city: they take turns in the queue as well.
_due_timers = (
    select(_ready.c.tenant, _ready.c.case_id, _ready.c.token)
    .where(_ready.c.place <= bindparam("limit"))
    .order_by(_ready.c.place, _ready.c.tenant)
)
_one_timer = select(timer.c.due).where(timer.c.case_id == bindparam("case_id"), timer.c.token == bindparam("token"))
_subscribers = select(subscription.c.case_id, subscription.c.token).where(
    subscription.c.tenant == bindparam("tenant"),
    subscription.c.message == bindparam("message"),
    subscription.c.key == bindparam("key"),
)
_payload = select(message.c.payload).where(
    message.c.tenant == bindparam("tenant"),
    message.c.message == bindparam("message"),
    message.c.key == bindparam("key"),
)
_outbox = select(outbox.c.id, outbox.c.tenant, outbox.c.payload).where(outbox.c.kind == "message").order_by(outbox.c.id)
_missed = (
    select(subscription.c.tenant, subscription.c.message, subscription.c.key)
    .join(
        message,
        (message.c.tenant == subscription.c.tenant)
        & (message.c.message == subscription.c.message)
        & (message.c.key == subscription.c.key),
    )
    .distinct()
)


@TASKS.task("sweep_timers", cron=every_seconds(SWEEP_SECONDS))
def sweep_timers(engine: Engine, limit: int = SWEEP_LIMIT) -> None:
    """Turn timers that are due into jobs, fairly among the cities; one that waits already is not made twice.

    Timers of a city whose rules cannot be asked wait until they can: their jobs would only fail.

    :param limit: how many timers of each city become jobs, its oldest first.
    """
    with engine.database.reading() as read:
        due = read.execute(_due_timers, {"now": engine.clock(), "limit": limit}).all()
    well = {city for city in {row.tenant for row in due} if _is_well(engine, city)}
    jobs = [_timer_job(row) for row in due if row.tenant in well]
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


@TASKS.task("fire_timer")
def fire_timer(engine: Engine, tenant: str, case_id: int, token: int) -> None:
    """Let a timer go on if it still waits and is due by now."""
    params = {"case_id": case_id, "token": token}
    due: datetime | None = engine.read(_scalar, system_actor(tenant), _one_timer, params)
    if due is not None and due <= engine.clock():
        _wake(engine, tenant, WakeEvent(case_id, token), _one_timer)


@TASKS.task("empty_outbox")
def empty_outbox(engine: Engine) -> None:
    """Deliver every message in the outbox to the cases that wait for it, oldest first.

    One that fails stays in the outbox and makes the job come again; the others are delivered all the same.
    """
    with engine.database.reading() as read:
        rows = read.execute(_outbox).all()
    with _all_of_them() as attempt:
        for row in rows:
            with attempt():
                content = cast("dict[str, str]", unpack(row.payload))
                deliver_message(engine, row.tenant, content["message"], content["key"])
                engine.run(CloseOutbox(row.id), system_actor(row.tenant))


@TASKS.task("deliver_message")
def deliver_message(engine: Engine, tenant: str, message: str, key: str) -> None:
    """Wake every case that waits for a message; each on its own, so that one cannot hold up the others."""
    params = {"tenant": tenant, "message": message, "key": key}
    with engine.database.reading() as read:
        payload = read.execute(_payload, params).scalar_one_or_none()
        waiting = read.execute(_subscribers, params).all()
    if payload is None:
        return
    content = cast("dict[str, Any]", unpack(payload))
    with _all_of_them() as attempt:
        for row in waiting:
            with attempt():
                _wake(engine, tenant, WakeEvent(row.case_id, row.token, content), _one_subscription)


@TASKS.task("reconcile", cron="* * * * *")
def reconcile(engine: Engine) -> None:
    """Make jobs again for whatever waits in the tables without one: a crash must not leave a case behind."""
    with engine.database.reading() as read:
        has_outbox = read.execute(_outbox.limit(1)).first() is not None
        missed = read.execute(_missed).all()
    jobs = [Job("empty_outbox", unique="empty_outbox")] if has_outbox else []
    jobs += [_delivery(row.tenant, row.message, row.key) for row in missed]
    if jobs:
        engine.defer(jobs)


def _delivery(tenant: str, message: str, key: str) -> Job:
    arguments = {"tenant": tenant, "message": message, "key": key}
    return Job("deliver_message", arguments, unique=f"message:{tenant}:{message}:{key}")


_one_subscription = select(subscription.c.key).where(
    subscription.c.case_id == bindparam("case_id"), subscription.c.token == bindparam("token")
)


def _wake(engine: Engine, tenant: str, command: WakeEvent, still_waits: Any) -> None:
    """Wake an event; a conflict matters only if the event still waits, and then the job is tried again.

    A case whose state is damaged gets an incident instead: trying again would not mend it.
    """
    actor = system_actor(tenant)
    try:
        engine.run(command, actor)
    except CaseDamaged:
        whole = {"case_id": command.case_id, "token": WHOLE_CASE}
        if engine.read(_scalar, actor, select_incident, whole) is None:  # its timers come again with every sweep
            engine.run(ReportDamage(command.case_id), actor)
    except (Conflict, NotFound):
        params = {"case_id": command.case_id, "token": command.token}
        if engine.read(_scalar, actor, still_waits, params) is not None:
            raise


@contextmanager
def _all_of_them() -> Generator[Callable[[], AbstractContextManager[None]]]:
    """Let a loop go on past failures; the first of them is raised when it is through."""
    failures: list[Exception] = []

    @contextmanager
    def attempt() -> Generator[None]:
        try:
            yield
        except Exception as error:
            # Whatever it is, the next case has nothing to do with it.
            failures.append(error)

    yield attempt
    if failures:
        raise failures[0]


def _scalar(read: Connection, actor: Actor, statement: Any, params: Mapping[str, Any]) -> Any:
    return read.execute(statement, params).scalar_one_or_none()


class WorkerQueue:
    """Defers the jobs of commands to the worker, inside their transaction."""

    def __init__(self, tasks: JobRegistry = TASKS) -> None:
        """Use the tasks that the worker knows."""
        self._tasks = tasks

    def defer(self, connection: Connection, job: Job) -> None:
        """Add a job; it exists only if the transaction commits."""
        defer(connection, self._tasks, job.name, dict(job.arguments), queueing_lock=job.unique)
