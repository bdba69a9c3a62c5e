"""The only place that opens a transaction, checks permission, writes the audit trail and commits."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from engine.clock import Clock, system_clock
from engine.command import Changes, Command, Context, Job, Receipt
from engine.errors import Conflict, NotFound
from engine.ids import make_ids
from engine.policy.actor import Actor
from engine.policy.rules import Policy
from engine.records.changes import apply_writes
from engine.records.database import Database
from engine.records.history import audit_by_key, insert_audit
from engine.services import Directory

MAX_ATTEMPTS = 3

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class JobQueue(Protocol):
    """Defers background work inside the transaction of the change that needs it."""

    def defer(self, connection: Connection, job: Job) -> None:
        """Add a job; it exists only if the transaction commits."""
        ...


class Engine:
    """Runs commands and queries for actors."""

    def __init__(
        self,
        database: Database,
        *,
        directory: Directory,
        policy: Policy,
        jobs: JobQueue,
        clock: Clock = system_clock,
    ) -> None:
        """Join the parts; `webapp.wiring` does this for the app, the worker, the command line and tests."""
        self.database = database
        self.directory = directory
        self.policy = policy
        self.clock = clock
        self.new_id = make_ids(clock)
        self._jobs = jobs

    def run(self, command: Command, actor: Actor, key: bytes | None = None) -> Receipt:
        """Carry out a command in three phases: read, compute without a lock, write in one short transaction.

        :param key: 16 bytes that the client keeps for a retry: a second run with it changes nothing.
        :raise NotFound: the subject is not there for this actor.
        :raise Forbidden: the actor may see it but not do this.
        :raise Conflict: others changed it three times in a row while this was computed.
        """
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                return self._attempt(command, actor, key)
            except (Conflict, NotFound, IntegrityError) as error:
                earlier = self._earlier(command, actor, key)
                if earlier is not None:
                    return earlier
                if isinstance(error, NotFound) or attempt == MAX_ATTEMPTS or not _may_retry(error):
                    raise
        raise Conflict()

    def read(
        self,
        query: Callable[Concatenate[Connection, Actor, Parameters], Result],
        actor: Actor,
        *arguments: Parameters.args,
        **options: Parameters.kwargs,
    ) -> Result:
        """Return the answer of a query from one snapshot."""
        with self.database.reading() as connection:
            return query(connection, actor, *arguments, **options)

    def defer(self, jobs: Iterable[Job]) -> None:
        """Defer jobs that belong to no change: sweeps and repairs."""
        with self.database.writing() as connection:
            for job in jobs:
                self._jobs.defer(connection, job)

    def _attempt(self, command: Command, actor: Actor, key: bytes | None) -> Receipt:
        now = self.clock()
        with self.database.reading() as read:
            context = Context(actor, read, now, self.new_id, self.directory)
            subject = command.subject(context)
            self.policy.require(actor, command.permission, subject, read)
            changes = command.execute(context, subject)
        with self.database.writing() as connection:
            self.policy.require(actor, command.permission, subject, connection)
            apply_writes(connection, changes.writes)
            connection.execute(insert_audit, self._audit_row(command, actor, changes, now, key))
            self._defer(connection, changes)
        return Receipt(changes.value, changes.subject, now)

    def _audit_row(
        self, command: Command, actor: Actor, changes: Changes, now: datetime, key: bytes | None
    ) -> dict[str, Any]:
        return {
            "id": self.new_id(),
            "tenant": actor.tenant,
            "at": now,
            "actor": actor.person,
            "command": type(command).__name__,
            "subject": changes.subject,
            "key": key,
        }

    def _defer(self, connection: Connection, changes: Changes) -> None:
        more = tuple(changes.finish(connection)) if changes.finish is not None else ()
        for job in (*changes.jobs, *more):
            self._jobs.defer(connection, job)

    def _earlier(self, command: Command, actor: Actor, key: bytes | None) -> Receipt | None:
        """Return the receipt of the same request if it was carried out before."""
        if key is None:
            return None
        with self.database.reading() as read:
            row = read.execute(audit_by_key, {"key": key}).one_or_none()
        is_same = row is not None and (row.tenant, row.actor, row.command) == (
            actor.tenant,
            actor.person,
            type(command).__name__,
        )
        return Receipt(None, row.subject, row.at, repeated=True) if row is not None and is_same else None


def _may_retry(error: Exception) -> bool:
    """Only plain conflicts are worth another try: `AlreadyDone` and its kind are final."""
    return type(error) is Conflict
