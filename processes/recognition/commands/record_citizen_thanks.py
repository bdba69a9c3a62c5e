"""Record written thanks of a citizen, and say as the unit whether it was so."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Final

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import AlreadyDone, Invalid, NotFound
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from processes.people.days import local_day
from processes.people.queries import find_unit, placement_on, unit_head_on
from processes.recognition.queries.citizens import CitizenThanks, find_citizen_thanks
from processes.recognition.records import citizen_thanks

SHORTEST: Final = 10
LONGEST: Final = 2000
LONGEST_SOURCE: Final = 200
# Only what nobody has answered: of two who answer at once, one does.
_answer = (
    citizen_thanks.update()
    .where(
        citizen_thanks.c.id == bindparam("of_id"),
        citizen_thanks.c.tenant == bindparam("of_tenant"),
        citizen_thanks.c.is_confirmed.is_(None),
    )
    .values(is_confirmed=bindparam("new_confirmed"), confirmed_by=bindparam("new_by"), confirmed_at=bindparam("new_at"))
)


@dataclass(frozen=True, slots=True)
class PraisedSubject:
    """The unit that a citizen thanks, or somebody of it."""

    tenant: str
    unit_id: int
    person: int | None


@dataclass(frozen=True, slots=True)
class RecordCitizenThanks:
    """Keep what a citizen wrote and where it came from, never who he is; the receipt's value is the id.

    :param employee_id: whom it is for; None for the whole unit.
    """

    unit_id: int
    employee_id: int | None
    text: str = field(repr=False)
    source: str = field(repr=False)
    received_on: date
    permission: ClassVar[str] = "citizen:record"

    def subject(self, context: Context) -> PraisedSubject:
        """Return the unit, and the employee in it.

        :raise NotFound: there is no such unit, or the employee does not work in it.
        """
        tenant, day = context.actor.tenant, local_day(context, context.actor.tenant)
        unit = find_unit(context.read, tenant, self.unit_id)
        if self.employee_id is not None:
            place = placement_on(context.read, tenant, self.employee_id, day)
            if place is None or place.unit_id != unit.id:
                raise NotFound()
        return PraisedSubject(tenant, unit.id, self.employee_id)

    def execute(self, context: Context, subject: PraisedSubject) -> Changes:
        """Add the row and tell the head of the unit.

        :raise Invalid: text or source are missing or too long, or the day lies ahead.
        """
        text, source, day = self.text.strip(), self.source.strip(), local_day(context, subject.tenant)
        if not SHORTEST <= len(text) <= LONGEST or not source or len(source) > LONGEST_SOURCE:
            raise Invalid("Thanks of a citizen need words and where they came from.")
        if self.received_on > day:
            raise Invalid("Thanks cannot have come on a day that lies ahead.", code="citizen.ahead")
        number = context.new_id()
        row = write(
            citizen_thanks.insert(),
            id=number,
            tenant=subject.tenant,
            unit_id=subject.unit_id,
            employee_id=subject.person,
            text=text,
            source=source,
            received_on=self.received_on,
            recorded_by=context.actor.person,
            recorded_at=context.now,
            is_confirmed=None,
            confirmed_by=None,
            confirmed_at=None,
        )
        head = unit_head_on(context.read, subject.tenant, subject.unit_id, day)
        told = (_notice(context, head.person, "citizen.to_confirm"),) if head is not None else ()
        return Changes((row, *told), subject=subject.person, value=number)


@dataclass(frozen=True, slots=True)
class AnswerCitizenThanks:
    """Say for the unit whether it was so; only what was confirmed is shown."""

    thanks_id: int
    is_so: bool
    permission: ClassVar[str] = "citizen:confirm"

    def subject(self, context: Context) -> CitizenThanks:
        """Return the thanks.

        :raise NotFound: there are none of that id in the city.
        """
        return find_citizen_thanks(context.read, context.actor.tenant, self.thanks_id)

    def execute(self, context: Context, subject: CitizenThanks) -> Changes:
        """Change the row; whoever is thanked learns of it.

        :raise AlreadyDone: somebody has answered.
        """
        if subject.is_confirmed is not None:
            raise AlreadyDone()
        answered = write(
            _answer,
            expect=1,
            of_id=subject.id,
            of_tenant=subject.tenant,
            new_confirmed=self.is_so,
            new_by=context.actor.person,
            new_at=context.now,
        )
        tells = self.is_so and subject.person is not None
        told = (_notice(context, subject.person, "citizen.received"),) if tells else ()
        return Changes((answered, *told), subject=subject.person)


def _notice(context: Context, person: int | None, code: str) -> Write:
    return write(
        insert_notice,
        id=context.new_id(),
        person=person,
        code=code,
        params=pack({}),
        case_id=None,
        at=context.now,
        read_at=None,
    )
