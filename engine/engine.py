"""The only place that opens a transaction, checks permission, writes the audit trail and commits."""

from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.attempt import Attempt, Computed, JobQueue
from engine.clock import Clock, system_clock
from engine.command import Changes, Command, Job, Receipt, Refused, is_brief
from engine.errors import Conflict, EngineError
from engine.ids import make_ids
from engine.policy.actor import Actor
from engine.policy.rules import Policy
from engine.records.changes import WriteRefused
from engine.records.database import Database
from engine.records.flushing import DiskRefused
from engine.records.grouping import GroupCommit
from engine.records.history import audit_by_id, audit_by_key
from engine.records.postgresql import is_passing
from engine.requests import ContentsKey, identify
from engine.services import Directory
from engine.timekeeping import ClockWatch

MAX_ATTEMPTS = 3

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


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
        self.watch = ClockWatch(clock)
        self._jobs = jobs
        # A server of PostgreSQL has a group commit of its own.
        self._group = GroupCommit[Attempt, Receipt](database, self._alone) if database.is_sqlite else None

    def run(self, command: Command, actor: Actor, key: bytes | None = None) -> Receipt:
        """Carry out a command in three phases: read, compute without a lock, write in one short transaction.

        :param key: 16 bytes that the client keeps for a retry: a second run of the same request changes nothing.
            It belongs to the actor and to the command; with other arguments or contents it is another request.
        :raise NotFound: the subject is not there for this actor.
        :raise Forbidden: the actor may see it but not do this.
        :raise Conflict: others changed it three times in a row while this was computed, or it exists already.
        :raise DiskRefused: it may be written or not; the disk does not say.
        :raise DBAPIError: the database is in trouble, and was so again when all of it was tried anew.
        """
        request = identify(command, actor, key) if key is not None else None
        refused = Refused()
        attempts = 0
        while True:
            attempts += 1
            try:
                return self._carry_out(self._attempt(command, actor, request, refused))
            except DiskRefused:
                raise  # it may be written, but nobody may be told so
            except (EngineError, DBAPIError) as error:
                earlier = self._earlier(request)
                if earlier is not None:
                    return earlier
                if attempts < MAX_ATTEMPTS and _may_retry(error, attempts):
                    continue
                if refused.learn(error):
                    # Not a race, then: let that element fail, so that the person's step is kept beside an incident.
                    continue
                if isinstance(error, IntegrityError):
                    raise Conflict() from error
                raise

    def earlier(self, command: Command, actor: Actor, key: ContentsKey) -> Receipt | None:
        """Return the receipt of the request if it was carried out under this key before; nothing is done otherwise.

        :param command: its contents (`repr=False`) do not matter: whoever asks may not know them any more.
        """
        return self._earlier(identify(command, actor, key))

    def preview(self, command: Command, actor: Actor) -> Any:
        """Return the value that a command would have now; nothing is written.

        :raise NotFound: as `run`; so do `Forbidden` and what the command itself refuses.
        """
        refused = Refused()
        attempt = self._attempt(command, actor, None, refused)
        changes = self._compute(attempt).changes
        if self._would_refuse(changes, refused):
            changes = self._compute(attempt).changes
        return changes.value

    def _would_refuse(self, changes: Changes, refused: Refused) -> bool:
        """Take over what a write would show that opens tasks for persons only where they are there."""
        items = [(item.unmet, item.rows) for item in changes.writes if item.unmet is not None]
        if not items:
            return False
        with self.database.reading() as read:
            news = [refused.learn(unmet(read, rows)) for unmet, rows in items]
        return any(news)

    def read(
        self,
        query: Callable[Concatenate[Connection, Actor, Parameters], Result],
        actor: Actor,
        *arguments: Parameters.args,
        **options: Parameters.kwargs,
    ) -> Result:
        """Return the answer of a query from one snapshot; asked once more if the connection was lost meanwhile."""
        try:
            return self._answer(query, actor, *arguments, **options)
        except DBAPIError as error:
            if not is_passing(error):
                raise
        return self._answer(query, actor, *arguments, **options)

    def _answer(
        self,
        query: Callable[Concatenate[Connection, Actor, Parameters], Result],
        actor: Actor,
        *arguments: Parameters.args,
        **options: Parameters.kwargs,
    ) -> Result:
        with self.database.reading() as connection:
            return query(connection, actor, *arguments, **options)

    def defer(self, jobs: Iterable[Job]) -> None:
        """Defer jobs that belong to no change: sweeps and repairs."""
        with self.database.writing() as connection:
            for job in jobs:
                self._jobs.defer(connection, job)

    def _attempt(self, command: Command, actor: Actor, request: int | None, refused: Refused) -> Attempt:
        return Attempt(
            command,
            actor,
            self.clock,
            request,
            refused,
            self.directory,
            self.policy,
            self._jobs,
            self.new_id,
        )

    def _carry_out(self, attempt: Attempt) -> Receipt:
        """Carry out what takes a moment together with what others bring just then, and anything else alone."""
        if self._group is not None and is_brief(attempt.command):
            return self._group.carry_out(attempt)
        return self._alone(attempt)

    def _alone(self, attempt: Attempt) -> Receipt:
        computed = self._compute(attempt)
        try:
            with self.database.writing() as connection:
                return attempt.write(connection, computed)
        except DBAPIError as error:
            if not (is_passing(error) and self._was_written(computed)):
                raise
        return computed.receipt

    def _compute(self, attempt: Attempt) -> Computed:
        with self.database.reading() as read:
            return attempt.compute(read)

    def _was_written(self, computed: Computed) -> bool:
        """Tell whether the transaction was committed whose end was not heard of: the connection broke just then."""
        with self.database.reading() as read:
            return read.execute(audit_by_id, {"id": computed.audit["id"]}).first() is not None

    def _earlier(self, request: int | None) -> Receipt | None:
        """Return the receipt of the same request if it was carried out before."""
        if request is None:
            return None
        with self.database.reading() as read:
            row = read.execute(audit_by_key, {"key": request}).one_or_none()
        if row is None:
            return None
        self.database.settle()
        return Receipt(None, row.subject, row.at, repeated=True)


def _may_retry(error: Exception, attempts: int) -> bool:
    """Only races are worth another try: `AlreadyDone` and its kind are final. A lost connection is worth one."""
    if isinstance(error, DBAPIError) and is_passing(error):
        return attempts == 1
    return type(error) in (Conflict, WriteRefused) or isinstance(error, IntegrityError)
