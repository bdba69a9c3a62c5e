"""One attempt to carry out a command: compute from a snapshot, write what came of it, with its line of the audit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from engine.clock import Clock
from engine.command import Changes, Command, Context, Job, Receipt, Refused
from engine.ids import IdSource
from engine.policy.actor import Actor
from engine.policy.rules import Policy
from engine.records.changes import apply_writes
from engine.records.history import add_audit
from engine.records.proofs import prove_writes
from engine.services import Directory
from engine.values import value


class JobQueue(Protocol):
    """Defers background work inside the transaction of the change that needs it."""

    def defer(self, connection: Connection, job: Job) -> None:
        """Add a job; it exists only if the transaction commits."""
        ...


@value(frozen=True, slots=True)
class Computed:
    """What a command wants written."""

    subject: Any
    changes: Changes
    audit: Mapping[str, Any]

    @property
    def receipt(self) -> Receipt:
        """What the caller gets once it is written."""
        return Receipt(self.changes.value, self.changes.subject, self.audit["at"])


@value(frozen=True, slots=True)
class Attempt:
    """A command, who gives it, and what it takes to carry it out.

    :param request: which request of the actor it is; None if he keeps no key for another try.
    """

    command: Command
    actor: Actor
    clock: Clock
    request: int | None
    refused: Refused
    directory: Directory
    policy: Policy
    jobs: JobQueue
    new_id: IdSource

    def compute(self, read: Connection) -> Computed:
        """Return what the command wants written; its instant is that of the moment that it sees.

        :raise NotFound: the subject is not there for this actor.
        :raise Forbidden: the actor may see it but not do this.
        """
        now = self.clock()
        context = Context(self.actor, read, now, self.new_id, self.directory, self.refused, self.policy)
        subject = self.command.subject(context)
        self.policy.require(self.actor, self.command.permission, subject, read)
        changes = self.command.execute(context, subject)
        return Computed(subject, changes, self._audit_row(changes, now))

    def write(self, connection: Connection, computed: Computed) -> Receipt:
        """Write it, if the actor may do it still.

        :raise Conflict: somebody was faster.
        """
        self.policy.require(self.actor, self.command.permission, computed.subject, connection)
        writes = computed.changes.writes
        apply_writes(connection, writes)
        prove_writes(connection, writes, self.actor.tenant, computed.audit["at"], self.new_id)
        add_audit(connection, computed.audit)
        self._defer(connection, computed.changes)
        return computed.receipt

    def _audit_row(self, changes: Changes, now: datetime) -> dict[str, Any]:
        return {
            "id": self.new_id(),
            "tenant": self.actor.tenant,
            "at": now,
            "actor": self.actor.person,
            "command": type(self.command).__name__,
            "subject": changes.subject,
            "key": self.request,
        }

    def _defer(self, connection: Connection, changes: Changes) -> None:
        more = tuple(changes.finish(connection)) if changes.finish is not None else ()
        for job in (*changes.jobs, *more):
            self.jobs.defer(connection, job)
