"""An indicator and a score for tests of the national rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from processes.appraisal.rules import (
    Aspect,
    Cap,
    Direction,
    Feedback,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    MeasureField,
    Period,
    Perspective,
    PositionFacts,
    PositionLevel,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    UnitKind,
    Who,
    score_indicators,
)

RULE = ScoreRule(id="test", version="1", content_hash="0" * 64, valid_from=date(2025, 1, 1))
POSITION = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.OTHER)
PERIOD = Period.quarter(2026, 2)
VALUE = MeasureField(name="value", label_id="Realisasi", label_en="Realised", who=Who.EMPLOYEE)


def indicator(code: str = "X1", weight: int = 100, *, is_main: bool = True, cap: int = 120) -> Indicator:
    return Indicator(
        code=code,
        name_id="Indikator",
        name_en="Indicator",
        aspect=Aspect.QUANTITY,
        perspective=Perspective.BUSINESS_PROCESS,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=Decimal(100),
        cap=Decimal(cap),
        weight=Decimal(weight),
        is_main=is_main,
        source="SKP",
        level=IndicatorLevel.EMPLOYEE,
        valid_from=date(2025, 1, 1),
        inputs=(VALUE,),
        controllability_note="Kendali tinggi.",
    )


def score(
    numbers: dict[str, int],
    own: tuple[Indicator, ...],
    *,
    positive: str | None = "0.8",
    request: ScoreRequest | None = None,
    caps: tuple[Cap, ...] = (),
) -> ScoreResult:
    asked = request or ScoreRequest(position=POSITION, period=PERIOD)
    measured = {code: {"value": Decimal(number)} for code, number in numbers.items()}
    feedback = Feedback(None if positive is None else Decimal(positive), 10)
    return score_indicators(replace(asked, measured=measured, feedback=feedback), own, RULE, limits=lambda _: caps)
