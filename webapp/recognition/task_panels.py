"""What stands beside the forms of awards: the nomination, the criteria that are not met, what the panel found."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.queries.task import TaskView
from processes.people.queries import find_employee, find_unit
from processes.people.queries.names import names_of
from processes.recognition.queries.nominations import find_nomination
from processes.recognition.queries.unit_awards import UnitAward, find_unit_award
from processes.recognition.unit_awards.variables import PROCESS as UNIT_PROCESS
from processes.recognition.variables import PROCESS, read_nominated
from webapp.recognition.wording import miss_text, points, quarter_name, rupiah
from webapp.task_forms import FormContext


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """The scores of one member of the panel, as text."""

    name: str
    scores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """A nomination for whoever has to act on it.

    :param weights: percent of performance, conduct and benefit.
    :param misses: which criteria are not met, in sentences.
    :param left_out: members of the panel whom a conflict of interest keeps out.
    :param value: of the panel, with `lines` as it came about; empty before all have scored.
    """

    name: str
    unit: str
    award: str
    program: int
    reason: str
    evidence: str
    weights: tuple[Decimal, ...]
    misses: tuple[str, ...]
    left_out: tuple[str, ...]
    value: str
    lines: tuple[ScoreLine, ...]
    money: str
    dpa_code: str
    decree: str


def read_award(context: FormContext, view: TaskView) -> AwardFacts:
    """Return what somebody needs to see of a nomination to act on it."""
    given, about = context.variables, read_nominated(context.variables)
    nomination = find_nomination(context.read, context.tenant, view.task.case.id)
    found = given.get("panel_score") or {}
    counted = found.get("counted") or ()
    left_out = (given.get("panel") or {}).get("left_out") or ()
    names = names_of(context.read, context.actor, [*left_out, *(int(item["member"]) for item in counted)])
    return AwardFacts(
        find_employee(context.read, context.tenant, about.employee).name,
        find_unit(context.read, context.tenant, about.unit).name,
        about.name,
        about.program,
        nomination.reason,
        nomination.evidence,
        tuple(Decimal(given["weights"][name]) for name in _CRITERIA),
        tuple(miss_text(miss) for miss in given.get("misses") or ()),
        tuple(names.get(int(person), "–") for person in left_out),
        points(found["value"]) if found.get("value") is not None else "",
        tuple(_line(item, names) for item in counted),
        rupiah(about.amount) if about.amount is not None else "",
        about.dpa_code or "",
        str((given.get("decree") or {}).get("number", "")),
    )


def _line(item: Mapping[str, Any], names: Mapping[int, str]) -> ScoreLine:
    return ScoreLine(names.get(int(item["member"]), "–"), tuple(points(Decimal(item[name])) for name in _CRITERIA))


@dataclass(frozen=True, slots=True)
class UnitAwardFacts:
    """An award for a unit, for whoever has to decide or to issue the decree."""

    award: UnitAward
    period: str
    ikm: str


def read_unit_award(context: FormContext, view: TaskView) -> UnitAwardFacts:
    """Return what somebody needs to see of a unit to act on its award."""
    award = find_unit_award(context.read, context.tenant, view.task.case.id)
    ikm = points(award.ikm) if award.ikm is not None else "–"
    return UnitAwardFacts(award, quarter_name(award.year, award.quarter), ikm)


_CRITERIA: Final = ("performance", "conduct", "impact")
_FORMS: Final = (
    "misses_review",
    "panel_completed",
    "award_score",
    "award_decision",
    "budget_confirmation",
    "award_decree",
    "publication_consent",
)
_UNIT_FORMS: Final = ("unit_award_decision", "unit_award_decree")
READERS: Final = {
    **{(PROCESS, form): read_award for form in _FORMS},
    **{(UNIT_PROCESS, form): read_unit_award for form in _UNIT_FORMS},
}
