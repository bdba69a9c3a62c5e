"""Propose a unit for the recognition of its service: the figures of the quarter go along as they stand."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar, Final

from engine.command import Changes, Context, TenantSubject
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Conflict, Invalid
from engine.records.changes import write
from processes.people.days import local_day
from processes.people.parameters import in_force, shipped_sets
from processes.people.queries import Unit, find_unit
from processes.people.queries.figures import figures_by_quarter
from processes.recognition.records import Source, unit_award
from processes.recognition.unit_awards.variables import PROCESS, Proposed, business_key

SHORTEST_REASON: Final = 20
LONGEST_TEXT: Final = 2000
LONGEST_NAME: Final = 200
FIGURE: Final = "ikm"
KEY: Final = "recognition.unit_award"
_PACKAGE: Final = "processes.recognition.parameters"


class NotEnoughAnswers(Invalid):
    """The unit's satisfaction index of the quarter is not there, too low, or rests on too few answers."""

    code = "award.unit_figures"


class UnitAlreadyProposed(Conflict):
    """The unit has been proposed for the quarter already."""

    code = "award.unit_proposed"


@dataclass(frozen=True, slots=True)
class ProposeUnitAward:
    """Start the case of an award for a unit; the receipt's value is its id.

    A rule of the city proposes as the system: it has looked at figures of its own, and the unit's may be missing.
    """

    unit_id: int
    year: int
    quarter: int
    name: str
    reason: str = field(repr=False)
    evidence: str = field(repr=False)
    permission: ClassVar[str] = "unit:recognise"

    def subject(self, context: Context) -> Unit:
        """Return the unit.

        :raise NotFound: there is no such unit in the city.
        """
        return find_unit(context.read, context.actor.tenant, self.unit_id)

    def execute(self, context: Context, subject: Unit) -> Changes:
        """Start the case and keep who proposed, why, and by which figures.

        :raise Invalid: name, reason or evidence are missing or too long.
        :raise NotEnoughAnswers: the unit's figures do not carry the proposal.
        :raise UnitAlreadyProposed: it has a proposal for the quarter.
        """
        self._check()
        ikm, answers = self._figures(context, subject)
        proposer = context.actor.person
        about = Proposed(subject.id, subject.name, self.name.strip(), self.year, self.quarter, proposer)
        new = NewCase(
            business_key(subject.id, self.year, self.quarter),
            subject.id,
            f"{subject.name} · {about.name}",
            about.to_variables(),
        )
        started = StartCases(PROCESS, (new,)).execute(context, TenantSubject(subject.tenant))
        if not started.value:
            raise UnitAlreadyProposed()
        (case_id,) = started.value
        row = write(
            unit_award.insert(),
            **self._row(),
            case_id=case_id,
            tenant=subject.tenant,
            ikm=ikm,
            answers=answers,
            source=str(Source.RULE if context.actor.is_system else Source.PERSON),
            proposed_by=proposer,
            proposed_at=context.now,
        )
        return replace(started, writes=(*started.writes, row), value=case_id)

    def _row(self) -> dict[str, Any]:
        words = {"name": self.name.strip(), "reason": self.reason.strip(), "evidence": self.evidence.strip()}
        return {"unit_id": self.unit_id, "year": self.year, "quarter": self.quarter, **words}

    def _check(self) -> None:
        name, reason, evidence = self.name.strip(), self.reason.strip(), self.evidence.strip()
        if not name or len(name) > LONGEST_NAME or not evidence or max(len(reason), len(evidence)) > LONGEST_TEXT:
            raise Invalid("An award for a unit needs a name and evidence.")
        if len(reason) < SHORTEST_REASON:
            raise Invalid(f"A proposal needs a reason of {SHORTEST_REASON} characters or more.")

    def _figures(self, context: Context, subject: Unit) -> tuple[Decimal | None, int | None]:
        by_unit = figures_by_quarter(context.read, subject.tenant, [subject.id], FIGURE)
        found = by_unit.get(subject.id, {}).get((self.year, self.quarter))
        if context.actor.is_system:
            return (found.value, found.sample) if found is not None else (None, None)
        tenant, day = subject.tenant, local_day(context, subject.tenant)
        city = context.directory.city(tenant)
        numbers = in_force(context.read, tenant, KEY, day, city=city, shipped=shipped_sets(_PACKAGE))
        least = numbers.values if numbers is not None else {}
        answers = found.sample or 0 if found is not None else 0
        if found is None or found.value < least.get("ikm_at_least", 0) or answers < least.get("answers_at_least", 0):
            raise NotEnoughAnswers()
        return found.value, answers
