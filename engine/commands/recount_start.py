"""Count again when a process begins by itself, after the list of holidays has changed."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context, TenantSubject
from engine.deadlines import recount_starts
from engine.records.changes import write
from engine.records.deadlines import move_start


@dataclass(frozen=True, slots=True)
class RecountStart:
    """Set the timer of one start event anew; it has begun no case for the instant at which it was due before.

    The entry in the audit trail names the release by which it begins. The receipt's value is the new instant, None if
    nothing has moved: then it was counted again already, or has happened meanwhile.
    """

    process: str
    element: str
    permission: ClassVar[str] = "deadline:move"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Compare, and write what is different."""
        moved = recount_starts(context.read, context.directory, subject.tenant, context.now)
        found = next((item for item in moved if (item.process, item.element) == (self.process, self.element)), None)
        if found is None:
            return Changes()
        row = write(
            move_start,
            expect=1,
            of_tenant=subject.tenant,
            of_process=found.process,
            of_element=found.element,
            of_release=found.release_id,
            old_due=found.before,
            new_due=found.due,
        )
        return Changes((row,), subject=found.release_id, value=found.due)
