"""Random walks: the queue in the database does what a page of plain Python says it should."""

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from sqlalchemy import update

from engine.jobs import JobRegistry, defer, make_app
from engine.jobs.tables import jobs, periodic_defers, workers
from engine.jobs.upkeep import RESCUE_LIMIT, rescue_stalled_jobs
from engine.records.database import Database
from engine.records.schema import metadata

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime.now(UTC) + timedelta(days=365)
LOCKS = st.sampled_from([None, "a", "b"])
ENDS = st.sampled_from([Status.SUCCEEDED, Status.FAILED])
PICK = st.integers(min_value=0, max_value=1000)


@dataclass
class ModelJob:
    """What a job is known by."""

    priority: int
    queueing_lock: str | None
    is_due: bool
    status: str = "todo"
    attempts: int = 0


class QueueWalk(RuleBasedStateMachine):
    """Defers, fetches, ends, retries, cancels and kills at random, in the database and in a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(f"sqlite:///{Path(self.folder.name)}/alur.db")
        metadata.create_all(self.database.write, tables=[jobs, workers, periodic_defers])
        self.tasks = {priority: JobRegistry() for priority in range(3)}
        for priority, registry in self.tasks.items():
            registry.task("t", priority=priority)(lambda given: None)
        self.manager = make_app(self.database).job_manager
        self.worker = asyncio.run(self.manager.register_worker())
        self.model: dict[int, ModelJob] = {}

    def teardown(self) -> None:
        self.database.dispose()
        self.folder.cleanup()

    def having(self, *statuses: str) -> list[int]:
        return [key for key, job in self.model.items() if job.status in statuses]

    def lock_is_taken(self, lock: str | None) -> bool:
        return lock is not None and any(self.model[key].queueing_lock == lock for key in self.having("todo"))

    @rule(priority=st.integers(0, 2), lock=LOCKS, is_due=st.booleans(), commits=st.booleans())
    def defers(self, priority: int, lock: str | None, is_due: bool, commits: bool) -> None:
        with self.database.writing() as connection:
            when = None if is_due else FAR_AHEAD
            key = defer(connection, self.tasks[priority], "t", {}, queueing_lock=lock, schedule_at=when)
            if not commits:
                connection.rollback()
        assert (key is None) == self.lock_is_taken(lock)
        if key is not None and commits:
            self.model[key] = ModelJob(priority, lock, is_due)

    @rule()
    def fetches(self) -> None:
        found = asyncio.run(self.manager.fetch_job(queues=None, worker_id=self.worker))
        due = [key for key in self.having("todo") if self.model[key].is_due]
        expected = min(due, key=lambda key: (-self.model[key].priority, key), default=None)
        assert (found and found.id) == expected
        if expected is not None:
            self.model[expected].status = "doing"

    @precondition(lambda self: self.having("doing"))
    @rule(pick=PICK, end=ENDS)
    def ends(self, pick: int, end: Status) -> None:
        key = self.pick(pick, "doing")
        asyncio.run(self.manager.finish_job_by_id_async(key, end, delete_job=False))
        self.model[key].status = end.value
        self.model[key].attempts += 1

    @precondition(lambda self: self.having("doing", "failed"))
    @rule(pick=PICK, is_due=st.booleans())
    def retries(self, pick: int, is_due: bool) -> None:
        key = self.pick(pick, "doing", "failed")
        job = self.model[key]
        try:
            self.manager.retry_job_by_id(key, retry_at=LONG_AGO if is_due else FAR_AHEAD)
        except UniqueViolation:
            assert self.lock_is_taken(job.queueing_lock)
        else:
            assert not self.lock_is_taken(job.queueing_lock)
            job.status, job.is_due, job.attempts = "todo", is_due, job.attempts + 1

    @precondition(lambda self: self.model)
    @rule(pick=PICK)
    def cancels(self, pick: int) -> None:
        key = list(self.model)[pick % len(self.model)]
        assert self.manager.cancel_job_by_id(key) == (self.model[key].status == "todo")
        if self.model[key].status == "todo":
            self.model[key].status = "cancelled"

    @rule()
    def dies_and_is_rescued(self) -> None:
        with self.database.writing() as connection:
            connection.execute(update(workers).values(last_heartbeat=LONG_AGO))
        asyncio.run(rescue_stalled_jobs(self.manager, limit=20))
        self.worker = asyncio.run(self.manager.register_worker())
        for key in self.having("doing"):
            self.rescue(self.model[key])

    def rescue(self, job: ModelJob) -> None:
        if job.attempts >= RESCUE_LIMIT:
            job.status = "failed"
        elif self.lock_is_taken(job.queueing_lock):
            job.status = "aborted"
        else:
            job.status, job.is_due = "todo", True
        job.attempts += 1

    def pick(self, number: int, *statuses: str) -> int:
        keys = self.having(*statuses)
        return keys[number % len(keys)]

    @invariant()
    def database_and_model_agree(self) -> None:
        kept = {job.id: (job.status, job.priority, job.attempts) for job in self.manager.list_jobs()}
        assert kept == {key: (job.status, job.priority, job.attempts) for key, job in self.model.items()}


TestQueueWalk = QueueWalk.TestCase
TestQueueWalk.settings = settings(max_examples=12, stateful_step_count=30)


class ManyQueueWalks(QueueWalk):
    """The same, more often."""


TestManyQueueWalks = pytest.mark.long(ManyQueueWalks.TestCase)
TestManyQueueWalks.settings = settings(max_examples=80, stateful_step_count=30)
