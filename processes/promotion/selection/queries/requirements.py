"""What a career says about the requirements of a selection: asked beforehand as the screening will ask it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from engine.casework import find_case, release_of
from engine.feel import Environment
from processes.people.city import City
from processes.promotion.selection.facts import CandidateFacts, read_facts
from processes.promotion.selection.queries.selections import Selection

TABLE: Final = "open_selection_eligibility"
PREDICATE_MISSING: Final = "predicate_missing"


@dataclass(frozen=True, slots=True)
class Requirements:
    """What stands between somebody and an application.

    :param facts: as the records tell them of the last day; None for whoever works nowhere then.
    :param misses: codes of the requirements that are not met, in the order of the table.
    """

    facts: CandidateFacts | None
    misses: tuple[str, ...]

    @property
    def waiting(self) -> frozenset[str]:
        """Codes of what is no fault of the applicant: last year's predicate comes with the appraisal of the year."""
        is_coming = self.facts is not None and self.facts.older is not None and self.facts.newer is None
        return frozenset({PREDICATE_MISSING} if is_coming and PREDICATE_MISSING in self.misses else ())

    @property
    def unmet(self) -> tuple[str, ...]:
        """Codes of what is known to be missing."""
        return tuple(code for code in self.misses if code not in self.waiting)

    @property
    def are_met(self) -> bool:
        """Nothing is known that stands against an application."""
        return self.facts is not None and not self.unmet


def requirements_of(read: Connection, of: Selection, person: int, *, now: datetime, city: City) -> Requirements:
    """Return what the table of the selection's own release finds missing of somebody on the last day.

    :param now: an instant in the city's zone, for tables that look at the day.
    :raise CityError: the city's plugin does not answer.
    """
    facts = next(iter(read_facts(read, of.tenant, [person], of.closes_on, city)), None)
    table = release_of(read, find_case(read, of.tenant, of.case_id)).decisions.get(TABLE)
    if facts is None or table is None:
        return Requirements(facts, ())
    found = table.decide({"facts": facts.plain()}, Environment(now)).value
    return Requirements(facts, tuple(str(code) for code in found) if isinstance(found, list) else ())
