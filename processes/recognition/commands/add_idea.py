"""Put an innovation, a good practice or a team activity into the register."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final

from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid, NotFound
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.queries import placement_on
from processes.recognition.records import Kind, Stage, innovation

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 3000


@dataclass(frozen=True, slots=True)
class AddIdea:
    """Add an entry of one's own unit; the receipt's value is its id.

    An innovation begins as an idea and goes on by stages; what is only told of stands as it is.

    :param happened_on: the day of an activity.
    """

    kind: Kind
    title: str = field(repr=False)
    text: str = field(repr=False)
    evidence: str | None = field(default=None, repr=False)
    happened_on: date | None = None
    permission: ClassVar[str] = "innovation:add"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Add the row.

        :raise Invalid: title or text are missing or too long.
        :raise NotFound: the actor works in no unit.
        """
        title, text = self.title.strip(), self.text.strip()
        if not title or not text or len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
            raise Invalid("An entry needs a title and a text.")
        person = context.actor.person or 0
        place = placement_on(context.read, subject.tenant, person, local_day(context, subject.tenant))
        if place is None:
            raise NotFound()
        number = context.new_id()
        row = write(
            innovation.insert(),
            id=number,
            tenant=subject.tenant,
            kind=str(self.kind),
            title=title,
            unit_id=place.unit_id,
            owner_id=person,
            text=text,
            evidence=(self.evidence or "").strip() or None,
            happened_on=self.happened_on,
            stage=str(Stage.IDEA if self.kind is Kind.INNOVATION else Stage.TOLD),
            added_at=context.now,
        )
        return Changes((row,), value=number)
