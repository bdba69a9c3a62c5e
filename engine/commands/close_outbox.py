"""Take a carried-out effect off the outbox."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.records.changes import write
from engine.records.outbox import delete_outbox


@dataclass(frozen=True, slots=True)
class CloseOutbox:
    """Say that the effect of an outbox row has been carried out completely."""

    outbox_id: int
    permission: ClassVar[str] = "case:advance"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Delete the row."""
        return Changes((write(delete_outbox, of_id=self.outbox_id),))
