"""The whole score: indicators measured, weighted into the indicative value, turned into recommended ratings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext

from processes.appraisal.rules.achievement import explain_achievement, target_problem
from processes.appraisal.rules.measure import Measure, Measurement, single
from processes.appraisal.rules.recommend import (
    NATIONAL_THRESHOLDS,
    Thresholds,
    main_share_below,
    measured_share,
    recommend_behaviour,
    recommend_result,
)
from processes.people.city import (
    Cap,
    Explanation,
    Indicator,
    IndicatorScore,
    MeasureStatus,
    Message,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    Target,
    Text,
    message,
)

#: Version of this arithmetic; part of every rule's content hash. Raise it when any result would change: a test
#: (tests/unit/processes/test_arithmetic_version.py) holds the source that belongs to it.
ARITHMETIC_VERSION = "1"

#: Decimal128 precision, so that a result does not depend on the caller's context.
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])

ZERO = Decimal(0)

#: The reason that the appraisal itself gives for a result that is not there: nobody entered it in time.
NOT_ENTERED = "not_entered"
_NOT_ENTERED = Text("tidak diisi sampai batas waktu", "not entered before the time was over")

#: Says which limits the request sets on the recommended result.
Limits = Callable[[ScoreRequest], tuple[Cap, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator scored: its row, its reasons, and its node in the tree."""

    score: IndicatorScore
    reasons: tuple[Message, ...]
    explanation: Explanation


def no_limits(request: ScoreRequest) -> tuple[Cap, ...]:
    """Return that nothing limits the recommendation."""
    del request
    return ()


def score_indicators(
    request: ScoreRequest,
    indicators: Sequence[Indicator],
    rule: ScoreRule,
    *,
    measures: Mapping[str, Measure] | None = None,
    limits: Limits = no_limits,
    thresholds: Thresholds = NATIONAL_THRESHOLDS,
) -> ScoreResult:
    """Return the score of a request by these indicators (with the plan's targets already applied).

    :param measures: how each indicator's numbers become a realised value, by code; the others take their first number.
    :param limits: caps that hold whatever the value, such as a bad satisfaction grade.
    """
    with localcontext(ARITHMETIC):
        lines = [_score_line(item, request, (measures or {}).get(item.code)) for item in indicators]
        scores = tuple(line.score for line in lines)
        value, node = _weigh(lines)
        caps = limits(request)
        result = recommend_result(value, scores, request.feedback, caps, thresholds)
        behaviour = recommend_behaviour(request.behaviour, thresholds)
        unknown = _unknown_codes(request, indicators)
        root = Explanation(
            label_id="Rekomendasi penilaian",
            label_en="Recommended appraisal",
            formula=f"{rule.id} {rule.version}",
            value=result.recommendation.value,
            children=(node, result.explanation, behaviour.explanation),
        )
        return ScoreResult(
            value=value,
            measured_weight=measured_share(scores),
            main_share_below=main_share_below(scores, thresholds.lower),
            result=result.recommendation,
            behaviour=behaviour.recommendation,
            reasons=(*result.reasons, *behaviour.reasons, *(r for line in lines for r in line.reasons), *unknown),
            caps=caps,
            lines=scores,
            rule=rule,
            explanation=root,
        )


def apply_targets(indicators: Sequence[Indicator], targets: Mapping[str, Target]) -> tuple[Indicator, ...]:
    """Return the indicators with the plan's baseline, target and weight where the plan has them."""
    return tuple(_apply_target(item, targets[item.code]) if item.code in targets else item for item in indicators)


def _apply_target(indicator: Indicator, plan: Target) -> Indicator:
    return replace(
        indicator,
        baseline=indicator.baseline if plan.baseline is None else plan.baseline,
        target=indicator.target if plan.target is None else plan.target,
        weight=indicator.weight if plan.weight is None else plan.weight,
    )


def _score_line(indicator: Indicator, request: ScoreRequest, measure: Measure | None) -> Line:
    code = indicator.code
    # The appraiser's "not delivered" is the later decision, so it goes before the employee's "not measurable".
    if code in request.not_delivered:
        reason = _not_delivered(indicator, request.not_delivered[code])
        return _line(indicator, MeasureStatus.NOT_DELIVERED, achievement=ZERO, reasons=(reason,))
    if code in request.not_measurable:
        reason = _not_measurable(indicator, request.not_measurable[code])
        return _line(indicator, MeasureStatus.NOT_MEASURABLE, reasons=(reason,))
    problem = target_problem(indicator)
    if problem is not None:
        return _line(indicator, MeasureStatus.NOT_MEASURABLE, reasons=(problem,))
    measured = (measure or single(indicator.inputs[0].name))(indicator, request)
    if measured.realised is None:
        return _line(indicator, MeasureStatus.NOT_MEASURABLE, reasons=measured.reasons)
    if indicator.gate is not None and measured.gate_figure is None:
        reason = _gate_unknown(indicator, indicator.gate.figure)
        return _line(indicator, MeasureStatus.NOT_MEASURABLE, reasons=(*measured.reasons, reason))
    return _measured_line(indicator, measured, measured.realised)


def _measured_line(indicator: Indicator, measured: Measurement, realised: Decimal) -> Line:
    achievement, node = explain_achievement(indicator, realised, measured.gate_figure, measured.children)
    reasons = (*measured.reasons, *_gate_reasons(indicator, measured.gate_figure, node))
    return _line(
        indicator,
        MeasureStatus.MEASURED,
        achievement=achievement,
        realised=realised,
        reasons=reasons,
        children=(node,),
    )


def _line(
    indicator: Indicator,
    status: MeasureStatus,
    *,
    reasons: tuple[Message, ...],
    achievement: Decimal | None = None,
    realised: Decimal | None = None,
    children: tuple[Explanation, ...] = (),
) -> Line:
    row = IndicatorScore(
        code=indicator.code,
        name_id=indicator.name_id,
        name_en=indicator.name_en,
        weight=indicator.weight,
        is_main=indicator.is_main,
        status=status,
        realised=realised,
        target=indicator.target,
        achievement=achievement,
    )
    inputs = {"weight": str(indicator.weight), "achievement": "" if achievement is None else str(achievement)}
    node = Explanation(
        label_id=f"{indicator.code} {indicator.name_id}",
        label_en=f"{indicator.code} {indicator.name_en}",
        formula="weight * achievement" if achievement is not None else status.value,
        inputs=inputs,
        value="" if achievement is None else str(indicator.weight * achievement),
        children=children,
    )
    return Line(row, reasons, node)


def _weigh(lines: Sequence[Line]) -> tuple[Decimal | None, Explanation]:
    counted = [(line.score.weight, line.score.achievement) for line in lines if line.score.achievement is not None]
    total = sum((weight * achieved for weight, achieved in counted), ZERO)
    weight = sum((weight for weight, _ in counted), ZERO)
    value = total / weight if weight else None
    node = Explanation(
        label_id="Nilai indikatif hasil kerja",
        label_en="Indicative value of the work result",
        formula="total / weight",
        inputs={"total": str(total), "weight": str(weight)},
        value="" if value is None else str(value),
        children=tuple(line.explanation for line in lines),
    )
    return value, node


def _gate_reasons(indicator: Indicator, figure: Decimal | None, node: Explanation) -> tuple[Message, ...]:
    gate = indicator.gate
    factor = node.inputs["gate"]
    if gate is None or figure is None or Decimal(factor) == 1:
        return ()
    reason = message(
        "gate_not_open",
        gate.reason_id,
        gate.reason_en,
        code=indicator.code,
        factor=Decimal(factor),
        figure=figure,
    )
    return (reason,)


def _gate_unknown(indicator: Indicator, figure: str) -> Message:
    return message(
        "gate_unknown",
        "Indikator {code} tidak dihitung: {figure} belum diketahui. Bobotnya dibagi ke indikator lain.",
        "Indicator {code} does not count: {figure} is unknown. Its weight goes to the others.",
        code=indicator.code,
        figure=figure,
    )


def _not_delivered(indicator: Indicator, why: str) -> Message:
    shown = message(
        "not_delivered",
        "Indikator {code} dihitung 0: hasil tidak diserahkan ({why}).",
        "Indicator {code} counts as 0: the result was not delivered ({why}).",
        code=indicator.code,
        why=_NOT_ENTERED if why == NOT_ENTERED else why,
    )
    return replace(shown, params={**shown.params, "why": why})


def _not_measurable(indicator: Indicator, why: str) -> Message:
    return message(
        "not_measurable",
        "Indikator {code} tidak dapat diukur ({why}). Bobotnya dibagi ke indikator lain.",
        "Indicator {code} cannot be measured ({why}). Its weight goes to the others.",
        code=indicator.code,
        why=why,
    )


def _unknown_codes(request: ScoreRequest, indicators: Sequence[Indicator]) -> tuple[Message, ...]:
    known = {item.code for item in indicators}
    given = {*request.measured, *request.not_measurable, *request.not_delivered, *request.targets}
    return tuple(
        message(
            "indicator_unknown",
            "Kode indikator {code} tidak ada pada jabatan ini dan diabaikan.",
            "The indicator code {code} does not belong to this position and is ignored.",
            code=code,
        )
        for code in sorted(given - known)
    )
