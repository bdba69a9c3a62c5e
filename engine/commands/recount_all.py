"""Have the deadlines of all running cases counted again."""

from dataclasses import dataclass
from typing import ClassVar

from engine.batches import RECOUNT, recount_lock
from engine.command import Changes, Context, Job, TenantSubject


@dataclass(frozen=True, slots=True)
class RecountAll:
    """Have every running case of the city counted again in the background, a batch at a time.

    The entry in the audit trail says who approved what the preview showed. Asking again while it waits to begin makes
    nothing twice, and what has been counted already does not move again.
    """

    permission: ClassVar[str] = "deadline:recount"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Ask for the first batch."""
        job = Job(RECOUNT, {"tenant": subject.tenant}, unique=recount_lock(subject.tenant))
        return Changes((), (job,))
