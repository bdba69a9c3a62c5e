"""Say that a colleague's idea is useful to oneself: one voice a person."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context
from engine.records.changes import write
from processes.recognition.queries.ideas import Idea, find_idea, has_voted
from processes.recognition.records import innovation_voice


@dataclass(frozen=True, slots=True)
class FindUseful:
    """Give an idea one's voice; a second time changes nothing."""

    innovation_id: int
    permission: ClassVar[str] = "innovation:vote"

    def subject(self, context: Context) -> Idea:
        """Return the idea.

        :raise NotFound: there is none of that id in the city.
        """
        return find_idea(context.read, context.actor.tenant, self.innovation_id)

    def execute(self, context: Context, subject: Idea) -> Changes:
        """Add the row."""
        person = context.actor.person
        if has_voted(context.read, subject.tenant, subject.id, person):
            return Changes(subject=subject.owner)
        row = write(
            innovation_voice.insert(),
            tenant=subject.tenant,
            innovation_id=subject.id,
            employee_id=person,
            given_at=context.now,
        )
        return Changes((row,), subject=subject.owner)
