"""NominateForAward somebody for an award, with a reason and evidence."""

from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final

from engine.command import Changes, Context, TenantSubject
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Conflict, Invalid, NotFound
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.queries import find_employee, placement_on
from processes.recognition.queries.programs import Program, find_program
from processes.recognition.records import Source, award_nomination
from processes.recognition.variables import PROCESS, business_key

SHORTEST_REASON: Final = 20
LONGEST_TEXT: Final = 2000


class NotOpen(Conflict):
    """Nominations for the award have not begun, or are over."""

    code = "award.not_open"


class AlreadyNominated(Conflict):
    """Somebody has nominated this person for the award already."""

    code = "award.already_nominated"


@dataclass(frozen=True, slots=True)
class NominationSubject:
    """Whom somebody nominates, and for which award."""

    tenant: str
    person: int
    name: str
    unit_id: int
    program: Program


@dataclass(frozen=True, slots=True)
class NominateForAward:
    """Start the case of a nomination; the receipt's value is its id.

    A rule of the city nominates as the system: then nobody is the nominator.
    """

    program_id: int
    employee_id: int
    reason: str = field(repr=False)
    evidence: str = field(repr=False)
    permission: ClassVar[str] = "nominee:name"

    def subject(self, context: Context) -> NominationSubject:
        """Return the nominee and the award.

        :raise NotFound: there is no such award, or nobody of that id who works in the city.
        """
        tenant = context.actor.tenant
        program = find_program(context.read, tenant, self.program_id)
        person = find_employee(context.read, tenant, self.employee_id)
        place = placement_on(context.read, tenant, person.id, local_day(context, tenant))
        if place is None:
            raise NotFound()
        return NominationSubject(tenant, person.id, person.name, place.unit_id, program)

    def execute(self, context: Context, subject: NominationSubject) -> Changes:
        """Start the case and keep who nominated and why.

        :raise Invalid: reason or evidence are too short or too long.
        :raise NotOpen: the award takes no nominations today.
        :raise AlreadyNominated: the person has a nomination for it.
        """
        self._check()
        if not subject.program.is_open(local_day(context, subject.tenant)):
            raise NotOpen()
        started = _start(context, subject)
        if not started.value:
            raise AlreadyNominated()
        (case_id,) = started.value
        row = write(
            award_nomination.insert(),
            case_id=case_id,
            tenant=subject.tenant,
            program_id=subject.program.id,
            employee_id=subject.person,
            nominator_id=context.actor.person,
            source=str(Source.RULE if context.actor.is_system else Source.PERSON),
            reason=self.reason.strip(),
            evidence=self.evidence.strip(),
            nominated_at=context.now,
        )
        return replace(started, writes=(*started.writes, row), value=case_id)

    def _check(self) -> None:
        words = (self.reason.strip(), self.evidence.strip())
        if len(words[0]) < SHORTEST_REASON or not words[1] or max(map(len, words)) > LONGEST_TEXT:
            raise Invalid(f"A nomination needs a reason of {SHORTEST_REASON} characters or more, and evidence.")


def _start(context: Context, subject: NominationSubject) -> Changes:
    new = NewCase(
        business_key(subject.program.id, subject.person),
        subject.person,
        f"{subject.name} · {subject.program.name}",
        _variables(context.actor.person, subject),
    )
    return StartCases(PROCESS, (new,)).execute(context, TenantSubject(subject.tenant))


def _variables(nominator: int | None, subject: NominationSubject) -> dict[str, Any]:
    program = subject.program
    return {
        "employee": subject.person,
        "unit": subject.unit_id,
        "program": program.id,
        "award_name": program.name,
        "weights": dict(program.weights),
        "amount": program.amount,
        "dpa_code": program.dpa_code,
        "nominator": nominator,
        "given": [],
    }
