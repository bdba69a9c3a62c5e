"""Take back an invitation to a design."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.designs.finding import Design, find_design
from engine.records.changes import write
from engine.records.design import design_invitation

_delete = design_invitation.delete().where(
    design_invitation.c.design_id == bindparam("of_design"), design_invitation.c.person == bindparam("of_person")
)


@dataclass(frozen=True, slots=True)
class EndInvitation:
    """Let a colleague see a design no more; what he has said of it stays."""

    design_id: int
    person: int
    permission: ClassVar[str] = "design:change"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Take the invitation away; there need not be one."""
        return Changes((write(_delete, of_design=subject.id, of_person=self.person),), subject=subject.id)
