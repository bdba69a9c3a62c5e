"""What stands beside the tasks of a rank promotion: whose it is, from where to where, and on what it rests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from processes.people.city import Predicate
from processes.people.queries import placement_on
from processes.promotion.variables import PROMOTION_PROCESS, read_case
from webapp.promotion.board_panels import BOARD_READERS
from webapp.promotion.rank_words import ROUTES, grade_words, period_name, predicate_words
from webapp.promotion.selection_facts import SELECTION_READERS
from webapp.task_forms.context import FormContext
from webapp.texts import gettext as _

_FORMS: Final = (
    "promotion_proposal",
    "promotion_verification",
    "promotion_decision",
    "technical_approval",
    "decree_issue",
    "rank_hand_over",
)


@dataclass(frozen=True, slots=True)
class PromotionFacts:
    """The proposal as everybody who works on it sees it.

    :param returned: why the proposal came back the last time; empty if it did not.
    """

    name: str
    lines: tuple[tuple[str, str], ...]
    returned: str


def read_promotion(context: FormContext, _view: object) -> PromotionFacts:
    """Return what a task of a rank promotion shows beside its form."""
    case = read_case(context.variables)
    member = placement_on(context.read, context.tenant, case.employee, context.today)
    facts = context.variables.get("facts") or {}
    where = [member.post_name or "", member.unit_name] if member is not None else []
    lines = (
        (_("Jabatan"), " · ".join(filter(None, where)) or "–"),
        (_("Pangkat sekarang"), grade_words(facts.get("grade"))),
        (_("Pangkat berikutnya"), grade_words(facts.get("next_grade"))),
        (_("Periode (TMT)"), period_name(case.period)),
        (_("Jalur"), str(ROUTES.get(facts.get("route", ""), "–"))),
        (_("Predikat dua tahun terakhir"), _years(facts.get("years") or ())),
        *_decided(context.variables),
    )
    return PromotionFacts(member.name if member is not None else "–", lines, _returned(context.variables))


def _years(years: Any) -> str:
    return "; ".join(f"{item['year']}: {predicate_words(_predicate(item['predicate']))}" for item in years) or "–"


def _predicate(value: str | None) -> Predicate | None:
    return Predicate(value) if value is not None else None


def _decided(variables: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what earlier steps have brought: the number of BKN's approval, the decree."""
    approval, decree = variables.get("approval") or {}, variables.get("decree")
    found = [(_("Pertimbangan teknis BKN"), str(approval["number"]))] if approval.get("number") else []
    return [*found, (_("Nomor SK"), str(decree))] if decree else found


def _returned(variables: Mapping[str, Any]) -> str:
    answers = (variables.get(name) or {} for name in ("approval", "head_decision", "official_decision", "verification"))
    sent_back = (item for item in answers if item.get("outcome") in ("return", "returned"))
    return next((str(item["reason"]) for item in sent_back if item.get("reason")), "")


READERS: Final[Mapping[tuple[str, str], Callable[[FormContext, Any], object]]] = {
    **{(PROMOTION_PROCESS, form): read_promotion for form in _FORMS},
    **BOARD_READERS,
    **SELECTION_READERS,
}
