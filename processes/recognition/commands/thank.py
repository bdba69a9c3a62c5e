"""Thank a colleague in public: counted, never a score."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Final

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from processes.people.days import local_day
from processes.recognition.queries.colleagues import find_colleague
from processes.recognition.queries.thanks import given_since
from processes.recognition.records import Shown, kudos

SHORTEST: Final = 10
LONGEST: Final = 600
#: More in a month would be campaigning: for one colleague, and in all.
MOST_FOR_ONE: Final = 2
MOST_IN_ALL: Final = 10
MONTH: Final = timedelta(days=30)


class EnoughThanks(Invalid):
    """This person has thanked as often as a month allows."""

    code = "kudos.enough"


@dataclass(frozen=True, slots=True)
class ThanksSubject:
    """Whom somebody thanks, and in which unit."""

    tenant: str
    person: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class Thank:
    """Add thanks for a colleague, who decides whether the unit reads them; the receipt's value is the id."""

    employee_id: int
    text: str = field(repr=False)
    permission: ClassVar[str] = "kudos:give"

    def subject(self, context: Context) -> ThanksSubject:
        """Return the colleague.

        :raise NotFound: nobody of that id works in the city.
        """
        tenant = context.actor.tenant
        found = find_colleague(context.read, tenant, local_day(context, tenant), self.employee_id)
        return ThanksSubject(tenant, found.id, found.unit_id)

    def execute(self, context: Context, subject: ThanksSubject) -> Changes:
        """Add the row and tell the colleague.

        :raise Invalid: the text is too short or too long.
        :raise EnoughThanks: a limit of the month is reached.
        """
        text, giver = self.text.strip(), context.actor.person or 0
        if not SHORTEST <= len(text) <= LONGEST:
            raise Invalid(f"Thanks need {SHORTEST} to {LONGEST} characters.")
        since = context.now - MONTH
        of_one = given_since(context.read, subject.tenant, giver, since, subject.person)
        if of_one >= MOST_FOR_ONE or given_since(context.read, subject.tenant, giver, since) >= MOST_IN_ALL:
            raise EnoughThanks()
        number = context.new_id()
        row = write(
            kudos.insert(),
            id=number,
            tenant=subject.tenant,
            giver_id=giver,
            receiver_id=subject.person,
            unit_id=subject.unit_id,
            text=text,
            given_at=context.now,
            shown=str(Shown.ASKED),
        )
        told = write(
            insert_notice,
            id=context.new_id(),
            person=subject.person,
            code="kudos.received",
            params=pack({}),
            case_id=None,
            at=context.now,
            read_at=None,
        )
        return Changes((row, told), subject=subject.person, value=number)
