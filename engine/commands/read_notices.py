"""Mark one's notices as read."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context
from engine.policy.actor import Actor
from engine.records.changes import write
from engine.records.outbox import read_notices


@dataclass(frozen=True, slots=True)
class ReadNotices:
    """Mark all notices of the actor as read."""

    permission: ClassVar[str] = "notice:read"

    def subject(self, context: Context) -> Actor:
        """Return the actor: notices are one's own."""
        return context.actor

    def execute(self, context: Context, subject: Actor) -> Changes:
        """Set the instant of reading on the unread ones."""
        row = write(read_notices, of_person=subject.person, new_read_at=context.now)
        return Changes((row,), subject=subject.person)
