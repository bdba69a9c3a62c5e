"""Mataram, rule 2025.1: quality and public impact carry half; impact weighs by how far a post can move it.

Published: never edited. A change is a new module beside this one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from plugins.api import (
    Aspect,
    Direction,
    Finding,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    Measure,
    MeasureField,
    Measurement,
    Message,
    ParameterSet,
    Period,
    PeriodKind,
    Perspective,
    PositionFacts,
    PositionLevel,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    Thresholds,
    UnitKind,
    Who,
    figure,
    message,
    require_kinds,
    require_weight,
    score_indicators,
    single,
)

VERSION = "2025.1"
VALID_FROM = date(2025, 1, 1)
HUNDRED = Decimal(100)
HALF = Decimal("0.5")

PARAMETERS = ParameterSet(
    key="appraisal.score",
    version=VERSION,
    valid_from=VALID_FROM,
    source="Rancangan Alur untuk Kota Mataram; menunggu penetapan Peraturan Wali Kota",
    values={
        "lower": Decimal(90),
        "upper": Decimal(110),
        "main_share_below": Decimal("0.5"),
        "positive_feedback": Decimal("0.60"),
        "measured_weight": Decimal(70),
        "plus_marks": Decimal(4),
        "evidence_days": Decimal(2),
        "impact_weight": Decimal(25),
        "quality_weight": Decimal(25),
        "lambda_high_leadership_post": Decimal("1.0"),
        "lambda_administrator": Decimal("0.6"),
        "lambda_supervisor": Decimal("0.6"),
        "lambda_executor": Decimal("0.3"),
        "lambda_functional_position": Decimal("0.3"),
        "impact_and_quality_weight": Decimal(50),
    },
)

HEALTH = frozenset({UnitKind.HEALTH_OFFICE, UnitKind.HEALTH_CENTRE, UnitKind.HOSPITAL})
EDUCATION = frozenset({UnitKind.EDUCATION_OFFICE, UnitKind.SCHOOL})
IMPACT_AND_QUALITY = ("M1", "M1H", "M1I", "M1E", "M2")


def indicators(position: PositionFacts, period: Period) -> tuple[Indicator, ...]:
    """Return the impact of the position's office, weighted by lambda, then quality, quantity, citizens, training.

    What lambda takes off the impact goes to quality, so the two always weigh 50 together.
    """
    values = PARAMETERS.values
    impact = values["impact_weight"] * impact_share(position.level)
    quality = values["quality_weight"] + values["impact_weight"] - impact
    outcomes = _outcomes(position.unit_kind, period.kind)
    weighted = tuple(replace(item, weight=item.weight * impact) for item in outcomes)
    return (*weighted, replace(QUALITY, weight=quality), QUANTITY, CITIZENS, TRAINING)


def impact_share(level: PositionLevel) -> Decimal:
    """Return lambda 0..1: how much of the impact's weight a post of this level carries."""
    return PARAMETERS.values[f"lambda_{level.value}"]


def score(request: ScoreRequest, own: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score; an outcome that is still provisional is flagged."""
    return score_indicators(request, own, rule, measures=MEASURES, thresholds=Thresholds.from_values(PARAMETERS.values))


def check_plan(own: tuple[Indicator, ...]) -> tuple[Finding, ...]:
    """Return errors if a plan lacks a quantitative or a qualitative indicator, or impact and quality weigh below 50."""
    least = PARAMETERS.values["impact_and_quality_weight"]
    return (
        *require_kinds(own),
        *require_weight(own, IMPACT_AND_QUALITY, least, "Dampak dan mutu (M1, M2)", "Impact and quality (M1, M2)"),
    )


def measure_outcome(indicator: Indicator, request: ScoreRequest) -> Measurement:
    """Return the outcome; if it is provisional, say that it may change when the statistics office publishes."""
    measured = single("value")(indicator, request)
    if measured.realised is None or not figure(indicator, request, "provisional"):
        return measured
    return replace(measured, reasons=(*measured.reasons, _provisional(indicator)))


def _provisional(indicator: Indicator) -> Message:
    return message(
        "outcome_provisional",
        "Angka {code} masih sementara dan dapat berubah setelah rilis resmi.",
        "The figure of {code} is provisional and may change with the official release.",
        code=indicator.code,
    )


def _outcomes(unit_kind: UnitKind, period: PeriodKind) -> tuple[Indicator, ...]:
    # BPS publishes life expectancy and poverty once a year; shorter periods need figures that move within them.
    yearly = period is PeriodKind.YEAR
    if unit_kind in HEALTH:
        return _halves(INFANT_DEATHS, LIFE_EXPECTANCY) if yearly else (INFANT_DEATHS,)
    if unit_kind is UnitKind.SOCIAL_OFFICE:
        return (POVERTY,) if yearly else _halves(INCLUSION_ERROR, EXCLUSION_ERROR)
    return (EDUCATION_QUALITY,) if unit_kind in EDUCATION else (OFFICE_TARGETS,)


def _halves(*items: Indicator) -> tuple[Indicator, ...]:
    return tuple(replace(item, weight=HALF) for item in items)


def _outcome(
    code: str,
    name_id: str,
    name_en: str,
    unit: str,
    direction: Direction,
    *,
    target: str,
    source: str,
    baseline: str | None = None,
    note: str = "Kendali rendah: hasil kota; bobot menurut lambda jabatan.",
) -> Indicator:
    # The weight 1 is the whole impact; `indicators` multiplies it by the post's share.
    return Indicator(
        code=code,
        name_id=name_id,
        name_en=name_en,
        aspect=Aspect.QUALITY,
        perspective=Perspective.SERVICE_RECIPIENTS,
        kind=IndicatorKind.QUANTITATIVE,
        unit=unit,
        direction=direction,
        baseline=None if baseline is None else Decimal(baseline),
        target=Decimal(target),
        weight=Decimal(1),
        is_main=True,
        source=source,
        level=IndicatorLevel.OFFICE,
        evidence_kinds=("publikasi resmi",),
        valid_from=VALID_FROM,
        inputs=(
            MeasureField(
                name="value", label_id=name_id, label_en=name_en, who=Who.UNIT, unit=unit, maximum=Decimal(100_000)
            ),
            MeasureField(
                name="provisional",
                label_id="Angka sementara",
                label_en="Provisional figure",
                who=Who.UNIT,
                maximum=Decimal(1),
                decimals=0,
                is_flag=True,
            ),
        ),
        controllability_note=note,
    )


INFANT_DEATHS = _outcome(
    "M1",
    "Angka kematian bayi per 1.000 kelahiran hidup",
    "Infant deaths per 1,000 live births",
    "per 1.000",
    Direction.DOWN,
    target="10",
    source="Dinas Kesehatan; target ilustratif, rencana menentukan",
    note="Kendali rendah: angka kota, tidak pernah dibebankan kepada tenaga klinis perorangan.",
)
LIFE_EXPECTANCY = _outcome(
    "M1H",
    "Umur harapan hidup",
    "Life expectancy",
    "tahun",
    Direction.IMPROVE,
    baseline="74.83",
    target="75.10",
    source="BPS, tahunan; target ilustratif, rencana menentukan",
)
POVERTY = _outcome(
    "M1",
    "Persentase penduduk miskin",
    "Share of people in poverty",
    "%",
    Direction.IMPROVE,
    baseline="8.60",
    target="8.00",
    source="BPS, tahunan; angka ilustratif, rencana menentukan",
)
INCLUSION_ERROR = _outcome(
    "M1I",
    "Kesalahan inklusi bantuan sosial menurut verifikasi",
    "Social aid given to the wrong households, by verification",
    "%",
    Direction.DOWN,
    target="5",
    source="verifikasi sampel penerima bantuan sosial",
)
EXCLUSION_ERROR = _outcome(
    "M1E",
    "Kesalahan eksklusi bantuan sosial menurut verifikasi",
    "Entitled households without social aid, by verification",
    "%",
    Direction.DOWN,
    target="5",
    source="verifikasi sampel calon penerima bantuan sosial",
)
EDUCATION_QUALITY = _outcome(
    "M1",
    "Kualitas pendidikan wilayah",
    "Quality of education of the area",
    "poin",
    Direction.IMPROVE,
    baseline="60.0",
    target="62.0",
    source="rapor pendidikan; angka ilustratif, rencana menentukan",
)
#: Own design: every other office stands by its key indicators (IKU).
OFFICE_TARGETS = _outcome(
    "M1",
    "Capaian indikator kinerja utama perangkat daerah",
    "Achievement of the office's key indicators",
    "%",
    Direction.UP,
    target="100",
    source="perjanjian kinerja",
)

QUALITY = Indicator(
    code="M2",
    name_id="Kualitas hasil kerja menurut atasan langsung, dengan bukti",
    name_en="Quality of results as the direct superior sees it, with evidence",
    aspect=Aspect.QUALITY,
    perspective=Perspective.BUSINESS_PROCESS,
    kind=IndicatorKind.QUALITATIVE,
    unit="tingkat",
    direction=Direction.RUBRIC,
    weight=Decimal(25),
    is_main=True,
    source="pejabat penilai kinerja",
    level=IndicatorLevel.EMPLOYEE,
    evidence_kinds=("hasil kerja",),
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="level",
            label_id="Tingkat kualitas hasil",
            label_en="Level of quality",
            who=Who.APPRAISER,
            minimum=Decimal(1),
            maximum=Decimal(5),
            decimals=0,
        ),
    ),
    controllability_note="Kendali tinggi: mutu hasil sendiri.",
)
QUANTITY = Indicator(
    code="M3",
    name_id="Kuantitas keluaran, persen target",
    name_en="Quantity of output, percent of target",
    aspect=Aspect.QUANTITY,
    perspective=Perspective.BUSINESS_PROCESS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="%",
    direction=Direction.UP,
    target=HUNDRED,
    cap=Decimal(110),
    weight=Decimal(15),
    is_main=False,
    source="SKP",
    level=IndicatorLevel.EMPLOYEE,
    evidence_kinds=("laporan", "dokumen"),
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="value",
            label_id="Keluaran terhadap target",
            label_en="Output against target",
            who=Who.EMPLOYEE,
            unit="%",
            maximum=Decimal(1000),
        ),
    ),
    controllability_note="Kendali tinggi; dibatasi 110 dan tidak pernah utama.",
)
CITIZENS = Indicator(
    code="M4",
    name_id="Umpan balik masyarakat (IKM unit)",
    name_en="Citizens' feedback (satisfaction index of the unit)",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="IKM",
    direction=Direction.UP,
    target=Decimal(82),
    weight=Decimal(25),
    is_main=True,
    source="survei kepuasan masyarakat",
    level=IndicatorLevel.UNIT,
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="ikm", label_id="IKM unit", label_en="Satisfaction index of the unit", who=Who.UNIT, maximum=HUNDRED
        ),
    ),
    controllability_note="Kendali sedang: hasil unit bersama.",
)
TRAINING = Indicator(
    code="M5",
    name_id="Pelatihan yang diterapkan, dengan bukti penerapan",
    name_en="Training applied at work, with proof",
    aspect=Aspect.QUANTITY,
    perspective=Perspective.INTERNAL_STRENGTH,
    kind=IndicatorKind.QUANTITATIVE,
    unit="JP",
    direction=Direction.UP,
    target=Decimal(20),
    weight=Decimal(10),
    is_main=False,
    source="pelatihan, evaluasi pascapelatihan",
    level=IndicatorLevel.EMPLOYEE,
    evidence_kinds=("sertifikat", "bukti penerapan"),
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="hours",
            label_id="Jam pelajaran yang diterapkan",
            label_en="Training hours applied",
            who=Who.EMPLOYEE,
            unit="JP",
            maximum=Decimal(1000),
        ),
    ),
    controllability_note="Kendali sedang: bergantung pada kuota pelatihan.",
)

OUTCOMES: tuple[str, ...] = ("M1", "M1H", "M1I", "M1E")
MEASURES: dict[str, Measure] = dict.fromkeys(OUTCOMES, measure_outcome)
