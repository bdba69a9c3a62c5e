"""The national rules, a plugin like any other: what holds where a city says nothing.

PermenPANRB 6/2022 gives categories and guidance, no formula; the numbers here are our own design and versioned.
"""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal

from plugins.hookspecs import hookimpl
from plugins.publishing import publish_rule
from processes.appraisal.rules import (
    Aspect,
    Direction,
    Finding,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    MeasureField,
    Period,
    Perspective,
    PositionFacts,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    Who,
    check_indicators,
    score_indicators,
    standard_form,
)
from processes.people.city import FormSpec, ParameterSet

VALID_FROM = date(2022, 1, 1)

PARAMETERS = (
    ParameterSet(
        key="appraisal.score",
        version="2022.1",
        valid_from=VALID_FROM,
        source="PermenPANRB 6/2022 lampiran IV; pita nilai PP 30/2019; ambang data: rancangan Alur",
        values={
            "lower": Decimal(90),
            "upper": Decimal(110),
            "main_share_below": Decimal("0.5"),
            "positive_feedback": Decimal("0.60"),
            "measured_weight": Decimal(70),
            "plus_marks": Decimal(4),
            "evidence_days": Decimal(2),
        },
    ),
)

_PERCENT = MeasureField(
    name="value",
    label_id="Realisasi",
    label_en="Realised",
    who=Who.EMPLOYEE,
    unit="%",
    maximum=Decimal(1000),
)
_LEVEL = MeasureField(
    name="level",
    label_id="Tingkat mutu hasil",
    label_en="Level of quality",
    who=Who.APPRAISER,
    minimum=Decimal(1),
    maximum=Decimal(5),
    decimals=0,
)

INDICATORS = (
    Indicator(
        code="N1",
        name_id="Capaian rencana hasil kerja utama",
        name_en="Achievement of the main planned results",
        aspect=Aspect.QUANTITY,
        perspective=Perspective.BUSINESS_PROCESS,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=Decimal(100),
        weight=Decimal(55),
        is_main=True,
        source="SKP",
        level=IndicatorLevel.EMPLOYEE,
        evidence_kinds=("laporan", "dokumen"),
        valid_from=VALID_FROM,
        inputs=(_PERCENT,),
        controllability_note="Kendali tinggi: hasil kerja sendiri.",
    ),
    Indicator(
        code="N2",
        name_id="Mutu hasil kerja utama menurut atasan",
        name_en="Quality of the main results as the superior sees it",
        aspect=Aspect.QUALITY,
        perspective=Perspective.SERVICE_RECIPIENTS,
        kind=IndicatorKind.QUALITATIVE,
        unit="tingkat",
        direction=Direction.RUBRIC,
        weight=Decimal(25),
        is_main=True,
        source="pejabat penilai kinerja",
        level=IndicatorLevel.EMPLOYEE,
        valid_from=VALID_FROM,
        inputs=(_LEVEL,),
        controllability_note="Kendali tinggi: mutu hasil sendiri, dengan bukti.",
    ),
    Indicator(
        code="N3",
        name_id="Capaian rencana hasil kerja tambahan",
        name_en="Achievement of the additional planned results",
        aspect=Aspect.QUANTITY,
        perspective=Perspective.INTERNAL_STRENGTH,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=Decimal(100),
        weight=Decimal(20),
        is_main=False,
        source="SKP",
        level=IndicatorLevel.EMPLOYEE,
        evidence_kinds=("laporan", "dokumen"),
        valid_from=VALID_FROM,
        inputs=(_PERCENT,),
        controllability_note="Kendali tinggi: hasil kerja sendiri.",
    ),
)

RULES = (publish_rule("national", "2022.1", sys.modules[__name__], valid_from=VALID_FROM),)


@hookimpl(trylast=True)
def asn_parameters() -> tuple[ParameterSet, ...]:
    """Give the national parameters."""
    return PARAMETERS


@hookimpl(trylast=True)
def asn_indicators(position: PositionFacts, period: Period, rule: ScoreRule) -> tuple[Indicator, ...]:
    """Give the general set: planned results and their quality, for every position."""
    del position, period, rule
    return INDICATORS


@hookimpl(trylast=True)
def asn_validate_plan(indicators: tuple[Indicator, ...]) -> tuple[Finding, ...]:
    """Find what no plan may have."""
    return check_indicators(indicators)


@hookimpl(trylast=True)
def asn_forms(task: str, indicators: tuple[Indicator, ...]) -> FormSpec | None:
    """Give the standard form of a task."""
    return standard_form(task, indicators)


@hookimpl(trylast=True)
def asn_score(request: ScoreRequest, indicators: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score with the national thresholds; each indicator takes its first number."""
    return score_indicators(request, indicators, rule)
