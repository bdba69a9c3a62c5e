"""Let a colleague see a design and say something of it."""

from dataclasses import dataclass
from typing import ClassVar

from engine.bpmn.days import local_day
from engine.command import Changes, Context
from engine.designs.finding import Design, find_design
from engine.designs.reviewing import name_of
from engine.errors import NotFound
from engine.notifying import notices
from engine.records.changes import write
from engine.records.design import design_invitation

_insert = design_invitation.insert()


@dataclass(frozen=True, slots=True)
class InviteToDesign:
    """Let an employee of the city see a design and remark on it; he changes nothing in it."""

    design_id: int
    person: int
    permission: ClassVar[str] = "design:change"

    def subject(self, context: Context) -> Design:
        """Return the design."""
        return find_design(context.read, context.actor.tenant, self.design_id)

    def execute(self, context: Context, subject: Design) -> Changes:
        """Keep the invitation, and tell him; whoever is invited already is not told again.

        :raise DesignClosed: the design is a release now, or was discarded.
        :raise NotFound: the city has nobody of that number today.
        """
        subject.require_open()
        if self.person in subject.invited:
            return Changes(subject=subject.id)
        persons, day = context.directory.persons, local_day(context.now, context.directory.zone(subject.tenant))
        if persons is not None and persons.absent(context.read, subject.tenant, (self.person,), day):
            raise NotFound()
        row = write(
            _insert,
            design_id=subject.id,
            person=self.person,
            tenant=subject.tenant,
            invited_at=context.now,
            invited_by=context.actor.person,
        )
        told = notices(context, (self.person,), "design.invited", process=name_of(subject))
        return Changes((row, *told), subject=subject.id)
