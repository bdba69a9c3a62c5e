"""What a person needs to see before deciding about a result, in his own language: lines, reasons, ratings, files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from engine.queries.case import view_case
from processes.appraisal.queries.result import EvaluationVersion, FeedbackRow, ResultView, view_result
from processes.appraisal.reasons import sentence_of
from processes.appraisal.rules import label
from processes.appraisal.variables import EmployeeCase, is_replaced, read_case, why_returned
from processes.people.city import Message
from processes.people.queries import find_employee
from webapp.case_files import CaseFile, case_files
from webapp.inbox.lines import Line, planned_lines, scored_lines
from webapp.org_basis import basis_in_words
from webapp.task_forms import FormContext


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One feedback, without who gave it."""

    is_positive: bool
    text: str


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating: what was recommended, what was set, and why it differs."""

    recommended: str
    chosen: str
    note: str


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """Everything behind one employee's quarter, in words; a text is empty where nothing is known yet.

    :param is_final: the result takes no objection.
    :param is_replaced: the superior took over from an appraiser who let the time pass.
    :param returned: what is to be mended in ratings that came back instead of being signed.
    :param positive: share of positive feedback, None without any.
    """

    case_id: int
    person: str
    year: int
    quarter: int
    rater: str
    is_final: bool
    is_replaced: bool
    value: Decimal | None
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    caps: tuple[str, ...]
    work: Rated
    behaviour: Rated
    predicate: str
    org: str
    org_basis: str
    feedback: tuple[FeedbackLine, ...]
    positive: Decimal | None
    files: tuple[CaseFile, ...]
    justification: str
    dialogue_on: date | None
    dialogue_note: str
    objection: str
    returned: str


def read_result(context: FormContext, case_id: int) -> ResultFacts:
    """Return the facts about the result of the case."""
    case = read_case(context.variables)
    keys = {"employee_id": case.employee, "unit_id": case.unit, "year": case.year, "quarter": case.quarter}
    result = view_result(context.read, context.actor, case_id, **keys)
    return _facts(
        context,
        case_id,
        case,
        result,
        (
            find_employee(context.read, context.tenant, case.employee).name,
            find_employee(context.read, context.tenant, _rater(case, result)).name,
        ),
    )


def _rater(case: EmployeeCase, result: ResultView) -> int:
    """Return who rated: whoever signed, be it for somebody else; before that, who is to."""
    latest = result.latest
    signer = latest.rater_id if latest is not None and latest.signed_at is not None else None
    return signer or case.rated_by


def in_words(value: StrEnum | None, language: str) -> str:
    """Return the label of a rating or predicate; empty for none."""
    if value is None:
        return ""
    words = label(value)
    return words.id if language == "id" else words.en


def tell(message: Message, language: str) -> str:
    """Return the sentence of a message."""
    return sentence_of(message, language)


def _facts(
    context: FormContext, case_id: int, case: EmployeeCase, result: ResultView, names: tuple[str, str]
) -> ResultFacts:
    latest, language = result.latest, context.language
    score = latest.score if latest else None
    say: Callable[[StrEnum | None], str] = lambda value: in_words(value, language)  # noqa: E731  # one word in a table
    return ResultFacts(
        case_id=case_id,
        person=names[0],
        year=case.year,
        quarter=case.quarter,
        rater=names[1],
        is_final=case.is_final,
        is_replaced=is_replaced(context.variables),
        value=latest.value if latest else None,
        lines=scored_lines(context, case, result, score) if score else planned_lines(context, case, result),
        reasons=tuple(tell(reason, language) for reason in score.reasons) if score else (),
        caps=tuple(tell(cap.reason, language) for cap in score.caps) if score else (),
        work=_rated(latest, "work", say),
        behaviour=_rated(latest, "behaviour", say),
        predicate=say(latest.predicate) if latest else "",
        org=say(result.org.predicate) if result.org else "",
        org_basis=basis_in_words(result.org),
        feedback=tuple(FeedbackLine(item.is_positive, item.text) for item in result.feedback),
        positive=_positive_share(result.feedback),
        files=case_files(view_case(context.read, context.actor, case_id)),
        justification=(latest.justification if latest else None) or "",
        dialogue_on=latest.dialogue_on if latest else None,
        dialogue_note=(latest.dialogue_note if latest else None) or "",
        objection=(latest.objection if latest else None) or "",
        returned=why_returned(context.variables),
    )


def _rated(latest: EvaluationVersion | None, what: str, say: Callable[[StrEnum | None], str]) -> Rated:
    if latest is None:
        return Rated("", "", "")
    recommended, chosen, note = (
        (latest.recommended_work, latest.work, latest.work_note)
        if what == "work"
        else (latest.recommended_behaviour, latest.behaviour, latest.behaviour_note)
    )
    return Rated(say(recommended), say(chosen), note or "")


def _positive_share(feedback: Sequence[FeedbackRow]) -> Decimal | None:
    if not feedback:
        return None
    return Decimal(100) * sum(item.is_positive for item in feedback) / len(feedback)
