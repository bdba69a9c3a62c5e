"""What is known about an employee's quarter: reads the rows and makes the question for the city's score rule."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Connection, bindparam, exists, func, select

from engine.records.wordbook import unpack_stored
from engine.services import ServiceContext
from processes.appraisal.entries import APPRAISER, Content, entered_assessment, entered_realisation
from processes.appraisal.records import (
    assessment,
    evaluation,
    feedback,
    org_predicate,
    realisation,
    target,
)
from processes.appraisal.rules import NOT_ENTERED
from processes.appraisal.variables import EmployeeCase
from processes.people.city import (
    BehaviourMark,
    City,
    CoreValue,
    Feedback,
    Indicator,
    OrgPredicate,
    Predicate,
    ScoreRequest,
    Target,
)
from processes.people.figures import unit_figure
from processes.people.records import employee

_OF_QUARTER = ("tenant", "employee_id", "year", "quarter")


def _same(table: Any) -> Any:
    """Join a table of the quarter to the employee that the statement is about."""
    return (
        (table.c.tenant == employee.c.tenant)
        & (table.c.employee_id == employee.c.id)
        & (table.c.year == bindparam("year"))
        & (table.c.quarter == bindparam("quarter"))
    )


_later = feedback.alias("later")
#: Of a row of `feedback`: it counts as a voice, for no newer word of the same colleague takes its place.
is_voice = (feedback.c.relation == APPRAISER) | ~exists().where(
    _later.c.tenant == feedback.c.tenant,
    _later.c.employee_id == feedback.c.employee_id,
    _later.c.year == feedback.c.year,
    _later.c.quarter == feedback.c.quarter,
    _later.c.giver_id == feedback.c.giver_id,
    _later.c.relation != APPRAISER,
    (_later.c.given_at > feedback.c.given_at)
    | ((_later.c.given_at == feedback.c.given_at) & (_later.c.id > feedback.c.id)),
)
_voices = select(func.count()).select_from(feedback).where(_same(feedback), is_voice)
_entered = (
    select(
        realisation.c.content.label("realised"),
        assessment.c.content.label("assessed"),
        _voices.scalar_subquery().label("answers"),
        _voices.where(feedback.c.is_positive).scalar_subquery().label("positive"),
    )
    .select_from(employee)
    .outerjoin(realisation, _same(realisation))
    .outerjoin(assessment, _same(assessment))
    .where(employee.c.tenant == bindparam("tenant"), employee.c.id == bindparam("employee_id"))
)
_targets = select(target.c.indicator, target.c.baseline, target.c.target, target.c.weight).where(
    target.c.tenant == bindparam("tenant"),
    target.c.employee_id == bindparam("employee_id"),
    target.c.year == bindparam("year"),
)
_figures = select(unit_figure.c.name, unit_figure.c.value).where(
    unit_figure.c.tenant == bindparam("tenant"),
    unit_figure.c.unit_id == bindparam("unit_id"),
    unit_figure.c.year == bindparam("year"),
    unit_figure.c.quarter == bindparam("quarter"),
)
_org = select(org_predicate.c.predicate).where(
    org_predicate.c.tenant == bindparam("tenant"),
    org_predicate.c.unit_id == bindparam("unit_id"),
    org_predicate.c.year == bindparam("year"),
    org_predicate.c.quarter == bindparam("quarter"),
)
_predicates = (
    select(evaluation.c.predicate, func.count())
    .where(
        evaluation.c.tenant == bindparam("tenant"),
        evaluation.c.unit_id == bindparam("unit_id"),
        evaluation.c.year == bindparam("year"),
        evaluation.c.quarter == bindparam("quarter"),
        evaluation.c.predicate.is_not(None),
        evaluation.c.version == 1,
        evaluation.c.employee_id != bindparam("besides"),
    )
    .group_by(evaluation.c.predicate)
)
_realised = select(realisation.c.content).where(
    *(realisation.c[name] == bindparam(name) for name in _OF_QUARTER),
)


def read_content(read: Connection, content: bytes | None) -> Content:
    """Return the content of a realisation or assessment row; empty when there is none."""
    return cast("Content", unpack_stored(read, content)) if content is not None else {}


def realised_content(read: Connection, tenant: str, case: EmployeeCase) -> Content:
    """Return what has been entered or imported for the employee so far."""
    return read_content(read, stored_realisation(read, tenant, case))


def stored_realisation(read: Connection, tenant: str, case: EmployeeCase) -> bytes | None:
    """Return the same as it is stored, to be compared with what is stored later."""
    content: bytes | None = read.execute(_realised, {"tenant": tenant, **case.key}).scalar_one_or_none()
    return content


def plan_targets(read: Connection, tenant: str, employee_id: int, year: int) -> dict[str, Target]:
    """Return the agreed targets of an employee's plan by indicator code."""
    rows = read.execute(_targets, {"tenant": tenant, "employee_id": employee_id, "year": year})
    return {row.indicator: Target(row.baseline, row.target, row.weight) for row in rows}


def unit_figures(read: Connection, tenant: str, unit_id: int, year: int, quarter: int) -> dict[str, Decimal]:
    """Return the figures of a unit in a quarter by name."""
    params = {"tenant": tenant, "unit_id": unit_id, "year": year, "quarter": quarter}
    return {row.name: row.value for row in read.execute(_figures, params)}


def score_request(
    call: ServiceContext,
    appraised: EmployeeCase,
    indicators: tuple[Indicator, ...],
    figures: Mapping[str, Decimal],
) -> ScoreRequest:
    """Return everything the city's rule may know about the quarter, in two statements.

    What was entered in this very step is not readable yet and is taken from the answers themselves. An indicator
    whose numbers somebody had to enter and did not counts as not delivered (0): dossier 9.1.

    A colleague has one voice a quarter, however often he wrote: his newest word, for people change, and so do opinions
    of them. What the appraiser writes in his own task is a voice of its own.

    :param figures: of the unit in the quarter, by name.
    """
    read, tenant = call.read, call.tenant
    entered = read.execute(_entered, {"tenant": tenant, **appraised.key}).one()
    realised, assessed = _newest(
        call, indicators, read_content(read, entered.realised), read_content(read, entered.assessed)
    )
    measured = _merged(realised.get("measured", {}), assessed.get("measured", {}))
    not_measurable = realised.get("not_measurable", {})
    return ScoreRequest(
        position=appraised.position,
        period=appraised.period,
        targets=plan_targets(read, tenant, appraised.employee, appraised.year),
        measured=measured,
        not_measurable=not_measurable,
        not_delivered=_not_delivered(indicators, measured, not_measurable),
        unit_figures=figures,
        feedback=_feedback(call, entered.answers, entered.positive),
        behaviour={
            CoreValue(name): BehaviourMark(mark, days) for name, (mark, days) in assessed.get("behaviour", {}).items()
        },
    )


def _newest(
    call: ServiceContext, indicators: tuple[Indicator, ...], realised: Content, assessed: Content
) -> tuple[Content, Content]:
    answers = call.variables.get("realisation")
    if answers and "appraisal.record_realisation" in call.step:
        realised = entered_realisation(indicators, answers, realised)
    marks = call.variables.get("assessment")
    if marks and "appraisal.record_assessment" in call.step:
        assessed = entered_assessment(indicators, marks)
    return realised, assessed


def _merged(*parts: Mapping[str, Mapping[str, Decimal]]) -> dict[str, dict[str, Decimal]]:
    merged: dict[str, dict[str, Decimal]] = {}
    for part in parts:
        for code, fields in part.items():
            merged.setdefault(code, {}).update(fields)
    return merged


def _not_delivered(
    indicators: tuple[Indicator, ...], measured: Mapping[str, Any], not_measurable: Mapping[str, Any]
) -> dict[str, str]:
    from_people = {item.code for item in indicators if any(field.who.value == "employee" for field in item.inputs)}
    missing = from_people - measured.keys() - not_measurable.keys()
    return dict.fromkeys(sorted(missing), NOT_ENTERED)


def _feedback(call: ServiceContext, answers: int, positive: int) -> Feedback:
    marks = call.variables.get("assessment") or {}
    if "appraisal.record_assessment" in call.step and marks.get("feedback_text"):
        answers += 1
        positive += marks.get("feedback_tone") == "positive"
    return Feedback(Decimal(positive) / Decimal(answers) if answers else None, answers)


def org_of_unit(read: Connection, tenant: str, unit_id: int, year: int, quarter: int) -> OrgPredicate | None:
    """Return the organisation predicate of a unit in a quarter, or None while it is not set."""
    params = {"tenant": tenant, "unit_id": unit_id, "year": year, "quarter": quarter}
    found = read.execute(_org, params).scalar_one_or_none()
    return OrgPredicate(found) if found else None


def predicate_counts(
    read: Connection, tenant: str, unit_id: int, year: int, quarter: int, *, besides: int | None = None
) -> dict[Predicate, int]:
    """Return how many employees of a unit have each predicate so far.

    :param besides: an employee who does not count, because he is being rated anew.
    """
    params = {"tenant": tenant, "unit_id": unit_id, "year": year, "quarter": quarter, "besides": besides or 0}
    return {Predicate(name): count for name, count in read.execute(_predicates, params)}


def indicators_of(city: City, case: EmployeeCase) -> tuple[Indicator, ...]:
    """Return the indicator set of the case's position by the rule version it is pinned to."""
    return city.indicators(case.position, case.period, case.rule)
