"""What makes a plan unscorable or soft, found when the plan is made, not when it is scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from processes.appraisal.rules.achievement import target_problem
from processes.people.city import (
    Direction,
    Finding,
    Indicator,
    IndicatorKind,
    Perspective,
    PositionFacts,
    PositionLevel,
    Severity,
    message,
)

FULL_WEIGHT = Decimal(100)


def check_indicators(indicators: Sequence[Indicator]) -> tuple[Finding, ...]:
    """Return what no plan may have: codes twice, weights not adding up to 100, targets that cannot be scored.

    A target easier than the baseline only warns (a soft target is a known game).
    """
    findings = [*_check_codes(indicators), *_check_weights(indicators)]
    for indicator in indicators:
        problem = target_problem(indicator)
        if problem is not None:
            findings.append(Finding(Severity.ERROR, indicator.code, problem))
        elif _is_soft(indicator):
            findings.append(_soft_target(indicator))
    return tuple(findings)


def share_of_weight(indicators: Sequence[Indicator], codes: Sequence[str]) -> Decimal:
    """Return the percentage of the whole weight that these codes carry."""
    total = sum((item.weight for item in indicators), Decimal(0))
    part = sum((item.weight for item in indicators if item.code in codes), Decimal(0))
    return FULL_WEIGHT * part / total if total else Decimal(0)


def require_weight(
    indicators: Sequence[Indicator], codes: Sequence[str], least: Decimal, name_id: str, name_en: str
) -> tuple[Finding, ...]:
    """Return an error if these codes carry less than `least` percent of the weight."""
    share = share_of_weight(indicators, codes)
    if share >= least:
        return ()
    problem = message(
        "weight_too_small",
        "Bobot {name_id} hanya {share}%; sedikitnya {least}%.",
        "{name_en} weighs only {share}%; at least {least}% is required.",
        name_id=name_id,
        name_en=name_en,
        share=share,
        least=str(least),
    )
    return (Finding(Severity.ERROR, "", problem),)


def require_kinds(indicators: Sequence[Indicator]) -> tuple[Finding, ...]:
    """Return an error for each kind, quantitative or qualitative, that the plan lacks."""
    present = {item.kind for item in indicators}
    return tuple(
        Finding(
            Severity.ERROR,
            "",
            message(
                "kind_missing",
                "Rencana kinerja perlu sedikitnya satu indikator {kind}.",
                "The plan needs at least one {kind_en} indicator.",
                kind=kind.value,
                kind_en="quantitative" if kind is IndicatorKind.QUANTITATIVE else "qualitative",
            ),
        )
        for kind in IndicatorKind
        if kind not in present
    )


def require_service_perspective(position: PositionFacts, indicators: Sequence[Indicator]) -> tuple[Finding, ...]:
    """Return an error if the plan of a high leadership post has no indicator of the service recipients' perspective."""
    if position.level is not PositionLevel.HIGH_LEADERSHIP_POST:
        return ()
    if any(item.perspective is Perspective.SERVICE_RECIPIENTS for item in indicators):
        return ()
    problem = message(
        "perspective_missing",
        "Rencana kinerja pimpinan tinggi wajib memuat perspektif penerima layanan.",
        "The plan of a high leadership post must cover the service recipients' perspective.",
    )
    return (Finding(Severity.ERROR, "", problem),)


def _check_codes(indicators: Sequence[Indicator]) -> list[Finding]:
    return [
        Finding(
            Severity.ERROR,
            code,
            message(
                "code_twice",
                "Kode indikator {code} dipakai lebih dari sekali.",
                "The indicator code {code} is used more than once.",
                code=code,
            ),
        )
        for code, count in Counter(item.code for item in indicators).items()
        if count > 1
    ]


def _check_weights(indicators: Sequence[Indicator]) -> list[Finding]:
    findings = [
        Finding(
            Severity.ERROR,
            item.code,
            message(
                "weight_not_positive",
                "Bobot indikator {code} harus lebih dari 0.",
                "The weight of indicator {code} must be above 0.",
                code=item.code,
            ),
        )
        for item in indicators
        if item.weight <= 0
    ]
    total = sum((item.weight for item in indicators), Decimal(0))
    if total != FULL_WEIGHT:
        problem = message(
            "weights_not_100",
            "Jumlah bobot {total}, seharusnya 100. Sesuaikan bobot indikator.",
            "The weights add up to {total}, not 100. Please adjust them.",
            total=total,
        )
        findings.append(Finding(Severity.ERROR, "", problem))
    return findings


def _is_soft(indicator: Indicator) -> bool:
    target, baseline = indicator.target, indicator.baseline
    if target is None or baseline is None:
        return False
    if indicator.direction is Direction.UP:
        return target < baseline
    return indicator.direction is Direction.DOWN and target > baseline


def _soft_target(indicator: Indicator) -> Finding:
    problem = message(
        "target_soft",
        "Target {code} lebih ringan daripada capaian awal. Mohon jelaskan alasannya.",
        "The target of {code} is easier than its baseline. Please give the reason.",
        code=indicator.code,
    )
    return Finding(Severity.WARNING, indicator.code, problem)
