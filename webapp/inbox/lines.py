"""The indicators of an employee's quarter, with what can be compared: target and realisation, in the same unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from processes.appraisal.facts import indicators_of, plan_targets, unit_figures
from processes.appraisal.queries.result import ResultView
from processes.appraisal.rules import apply_targets
from processes.appraisal.rules.peers import PeerMean, is_peer_score, peer_mean
from processes.appraisal.variables import EmployeeCase
from processes.people.city import (
    City,
    CityError,
    Direction,
    Indicator,
    IndicatorScore,
    MeasureField,
    MeasureStatus,
    ScoreRequest,
    ScoreResult,
)
from webapp.amounts import show_amount
from webapp.task_forms import FormContext
from webapp.texts import gettext as _

#: An indicator of so many numbers at most shows them below its realisation; all scores of colleagues count as one.
MOST_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One number that somebody entered, in words: “Menit kerja disetujui”, “5.500”."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator: what was agreed, and what became of it as far as it is known.

    :param target: number with its unit; empty without a target.
    :param realised: in the unit of the target; empty while it is not known.
    :param parts: the numbers that the realisation is computed from, where it is not one of them itself.
    """

    code: str
    name: str
    weight: Decimal
    is_main: bool
    target: str
    realised: str
    parts: tuple[Part, ...]
    achievement: Decimal | None
    status: str


def planned_lines(context: FormContext, case: EmployeeCase, result: ResultView) -> tuple[Line, ...]:
    """Return the agreed indicators with what was realised so far, before anything is scored.

    What the appraiser enters is a draft of the result until it is handed over: the employee does not see it here.
    """
    targets = plan_targets(context.read, context.tenant, case.employee, case.year)
    request = ScoreRequest(
        position=case.position,
        period=case.period,
        targets=targets,
        measured=_measured(result, is_rated=context.actor.person != case.employee),
        not_measurable=result.realised.get("not_measurable", {}),
        unit_figures=unit_figures(context.read, context.tenant, case.unit, case.year, case.quarter),
    )
    realised = _realised_so_far(context.city, case, request)
    return tuple(
        _planned_line(context, item, request, realised.get(item.code))
        for item in apply_targets(indicators_of(context.city, case), targets)
    )


def scored_lines(context: FormContext, case: EmployeeCase, result: ResultView, score: ScoreResult) -> tuple[Line, ...]:
    """Return the indicators of a score, as they were when it was computed."""
    measured = _measured(result, is_rated=True)
    known = {item.code: item for item in indicators_of(context.city, case)}
    return tuple(_scored_line(context, item, known.get(item.code), measured.get(item.code, {})) for item in score.lines)


def _measured(result: ResultView, *, is_rated: bool) -> dict[str, dict[str, Decimal]]:
    """Return the numbers that were entered or imported, by indicator and name."""
    measured: dict[str, dict[str, Decimal]] = {}
    for content in (result.realised, result.assessed if is_rated else {}):
        for code, numbers in content.get("measured", {}).items():
            measured[code] = {**measured.get(code, {}), **numbers}
    return measured


def _realised_so_far(city: City, case: EmployeeCase, request: ScoreRequest) -> dict[str, Decimal | None]:
    """Ask the city what the numbers amount to in the unit of the target; without an answer nothing is compared."""
    try:
        return {line.code: line.realised for line in city.score(request, case.rule).lines}
    except CityError:
        return {}  # a form must open also while a city's rules are broken; the step that scores says it


def _planned_line(context: FormContext, item: Indicator, request: ScoreRequest, realised: Decimal | None) -> Line:
    is_left_out = item.code in request.not_measurable
    return Line(
        code=item.code,
        name=item.name_id if context.language == "id" else item.name_en,
        weight=item.weight,
        is_main=item.is_main,
        target=show_amount(item.target, item.unit),
        realised=show_amount(realised, item.unit, is_level=item.direction is Direction.RUBRIC),
        parts=_parts(context, item, request.measured.get(item.code, {})),
        achievement=None,
        status=MeasureStatus.NOT_MEASURABLE.value if is_left_out else "",
    )


def _scored_line(
    context: FormContext, item: IndicatorScore, known: Indicator | None, numbers: Mapping[str, Decimal]
) -> Line:
    unit = known.unit if known is not None else ""
    is_level = known is not None and known.direction is Direction.RUBRIC
    return Line(
        code=item.code,
        name=item.name_id if context.language == "id" else item.name_en,
        weight=item.weight,
        is_main=item.is_main,
        target=show_amount(item.target, unit),
        realised=show_amount(item.realised, unit, is_level=is_level),
        parts=_parts(context, known, numbers) if known is not None else (),
        achievement=item.achievement,
        status=item.status.value,
    )


def _parts(context: FormContext, item: Indicator, numbers: Mapping[str, Decimal]) -> tuple[Part, ...]:
    own = [field for field in item.inputs if not is_peer_score(field.name)]
    if not 1 < len(own) + (len(own) < len(item.inputs)) <= MOST_PARTS:
        return ()
    peers = peer_mean(numbers)
    return (
        *(
            Part(_label(context, field), show_number_of(field, numbers[field.name]))
            for field in own
            if field.name in numbers
        ),
        *((_peers(peers),) if peers is not None else ()),
    )


def _peers(found: PeerMean) -> Part:
    """Return what may be said of the colleagues' scores; a single one could be told to whom it belongs."""
    if found.mean is None:
        said = _("Hanya %(count)s rekan menjawab; terlalu sedikit untuk ditampilkan", count=found.count)
        return Part(_("Nilai rekan"), said)
    return Part(_("Rata-rata nilai rekan (%(count)s orang)", count=found.count), show_amount(found.mean, ""))


def show_number_of(field: MeasureField, value: Decimal, unit: str = "") -> str:
    """Return an entered number with its unit, or the one given; a flag as yes or no."""
    if field.is_flag:
        return _("ya") if value else _("tidak")
    return show_amount(value, field.unit or unit)


def _label(context: FormContext, field: MeasureField) -> str:
    return field.label_id if context.language == "id" else field.label_en
