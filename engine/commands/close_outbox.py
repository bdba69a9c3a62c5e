"""Take a carried-out effect off the outbox."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.records.changes import write
from engine.records.outbox import close_outbox


@dataclass(frozen=True, slots=True)
class CloseOutbox:
    """Say that the effect of an outbox row has been carried out; it stays as long as somebody is to be told of it."""

    outbox_id: int
    permission: ClassVar[str] = "case:advance"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Delete the row, unless there are deliveries left; the audit trail names it, for nothing else does then."""
        return Changes((write(close_outbox, of_id=self.outbox_id),), subject=self.outbox_id)
