"""Tanjungbalai, rule 2025.1: service time and quality; volume counts only as far as quality lets it.

Published: never edited. A change is a new module beside this one. Rule 2024.1 is built from this module too.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plugins.api import (
    QUALITY_GATE,
    Aspect,
    Cap,
    Direction,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    Measure,
    MeasureField,
    Measurement,
    ParameterSet,
    Period,
    Perspective,
    PositionFacts,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    Thresholds,
    UnitKind,
    Who,
    figure,
    middle,
    missing,
    own_index,
    own_service_index,
    quality_cap,
    score_indicators,
    share,
)

VERSION = "2025.1"
VALID_FROM = date(2025, 1, 1)
HUNDRED = Decimal(100)
PANEL = 3

PARAMETERS = ParameterSet(
    key="appraisal.score",
    version=VERSION,
    valid_from=VALID_FROM,
    source="Rancangan Alur untuk Kota Tanjungbalai; menunggu penetapan Peraturan Wali Kota",
    values={
        "lower": Decimal(90),
        "upper": Decimal(110),
        "main_share_below": Decimal("0.5"),
        "positive_feedback": Decimal("0.60"),
        "measured_weight": Decimal(70),
        "plus_marks": Decimal(4),
        "evidence_days": Decimal(2),
        "gate_lower": QUALITY_GATE.lower,
        "gate_upper": QUALITY_GATE.upper,
        "gate_floor": QUALITY_GATE.floor,
    },
)

EDUCATION = frozenset({UnitKind.EDUCATION_OFFICE, UnitKind.SCHOOL})


def indicators(position: PositionFacts, period: Period) -> tuple[Indicator, ...]:
    """Return the set of the civil registry, of education, or of all other units."""
    del period
    if position.unit_kind is UnitKind.CIVIL_REGISTRY:
        return REGISTRY_SET
    return EDUCATION_SET if position.unit_kind in EDUCATION else GENERAL_SET


def score(request: ScoreRequest, own: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score with gated volume; a bad satisfaction grade limits the recommendation."""
    return score_indicators(
        request,
        own,
        rule,
        measures=MEASURES,
        limits=quality_limit,
        thresholds=Thresholds.from_values(PARAMETERS.values),
    )


def quality_limit(request: ScoreRequest) -> tuple[Cap, ...]:
    """Return the cap of the counter's satisfaction grade (from 30 answers, else the unit's)."""
    index = own_service_index(SATISFACTION, request)
    cap = None if index is None else quality_cap(index.value)
    return () if cap is None else (cap,)


def measure_volume(indicator: Indicator, request: ScoreRequest) -> Measurement:
    """Return the volume, with the satisfaction index that opens its gate."""
    value = figure(indicator, request, "value")
    if value is None:
        return missing(indicator, "value")
    index = own_service_index(SATISFACTION, request)
    return Measurement(realised=value, gate_figure=None if index is None else index.value)


def _number(
    name: str, label_id: str, label_en: str, unit: str, *, who: Who = Who.EMPLOYEE, maximum: int = 100_000
) -> MeasureField:
    return MeasureField(name=name, label_id=label_id, label_en=label_en, who=who, unit=unit, maximum=Decimal(maximum))


def _volume(code: str, name_id: str, name_en: str, unit: str, target: int) -> Indicator:
    return Indicator(
        code=code,
        name_id=name_id,
        name_en=name_en,
        aspect=Aspect.QUANTITY,
        perspective=Perspective.BUSINESS_PROCESS,
        kind=IndicatorKind.QUANTITATIVE,
        unit=unit,
        direction=Direction.UP,
        target=Decimal(target),
        weight=Decimal(15),
        is_main=False,
        source="antrean layanan, rekap keluaran",
        level=IndicatorLevel.EMPLOYEE,
        gate=QUALITY_GATE,
        evidence_kinds=("rekap antrean", "laporan"),
        valid_from=VALID_FROM,
        inputs=(_number("value", "Jumlah yang diselesaikan", "Number completed", unit),),
        controllability_note="Kendali tinggi; dikalikan gerbang mutu agar jumlah tidak mengalahkan mutu.",
    )


ISSUING_TIME = Indicator(
    code="T1",
    name_id="Median waktu penerbitan KTP-el",
    name_en="Median time to issue an identity card",
    aspect=Aspect.TIME,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="jam",
    direction=Direction.DOWN,
    target=Decimal(24),
    weight=Decimal(30),
    is_main=True,
    source="ekspor antrean/SIAK, dihitung sejak berkas lengkap",
    level=IndicatorLevel.COUNTER,
    evidence_kinds=("ekspor antrean", "ekspor SIAK"),
    valid_from=VALID_FROM,
    inputs=(_number("value", "Median waktu penerbitan", "Median time to issue", "jam"),),
    controllability_note="Kendali sedang: jaringan dan blangko di luar kendali; gangguan dicatat tidak terukur.",
)

SATISFACTION = Indicator(
    code="T2",
    name_id="Kualitas layanan (IKM)",
    name_en="Quality of service (satisfaction index)",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="IKM",
    direction=Direction.UP,
    target=Decimal(82),
    weight=Decimal(30),
    is_main=True,
    source="survei kepuasan masyarakat",
    source_en="citizens' satisfaction survey",
    level=IndicatorLevel.COUNTER,
    valid_from=VALID_FROM,
    inputs=(
        _number("ikm", "IKM loket atau layanan", "The counter's index", "IKM", who=Who.SYSTEM, maximum=100),
        MeasureField(
            name="n",
            label_id="Jumlah jawaban survei",
            label_en="Number of survey answers",
            who=Who.SYSTEM,
            decimals=0,
        ),
    ),
    controllability_note="Kendali tinggi pada sikap layanan; di bawah 30 jawaban dipakai IKM unit.",
)

INNOVATION = Indicator(
    code="T4",
    name_id="Inovasi layanan, dinilai panel tiga orang",
    name_en="Service innovation, judged by a panel of three",
    aspect=Aspect.QUALITY,
    perspective=Perspective.INTERNAL_STRENGTH,
    kind=IndicatorKind.QUALITATIVE,
    unit="tingkat",
    direction=Direction.RUBRIC,
    weight=Decimal(15),
    is_main=True,
    source="panel inovasi",
    level=IndicatorLevel.EMPLOYEE,
    evidence_kinds=("uraian inovasi", "data sebelum dan sesudah"),
    valid_from=VALID_FROM,
    inputs=tuple(
        MeasureField(
            name=f"panel_{number}",
            label_id=f"Nilai anggota panel {number}",
            label_en=f"Score of panel member {number}",
            who=Who.APPRAISER,
            minimum=Decimal(1),
            maximum=Decimal(5),
            decimals=0,
        )
        for number in range(1, PANEL + 1)
    ),
    controllability_note="Kendali tinggi; di Dinas Pendidikan inovasi dinilai per tim.",
)

REWORK = Indicator(
    code="T5",
    name_id="Pengerjaan ulang",
    name_en="Work that had to be redone",
    aspect=Aspect.QUALITY,
    perspective=Perspective.BUSINESS_PROCESS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="%",
    direction=Direction.DOWN,
    target=Decimal(2),
    weight=Decimal(10),
    is_main=True,
    source="dokumen yang diterbitkan ulang atau dikembalikan",
    level=IndicatorLevel.EMPLOYEE,
    evidence_kinds=("rekap penerbitan ulang",),
    valid_from=VALID_FROM,
    inputs=(_number("value", "Bagian yang dikerjakan ulang", "Part that was redone", "%", maximum=100),),
    controllability_note="Kendali tinggi: ketelitian sendiri.",
)

EDUCATION_QUALITY = Indicator(
    code="E1",
    name_id="Peningkatan mutu layanan pendidikan",
    name_en="Improvement of the quality of education",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="poin",
    direction=Direction.IMPROVE,
    baseline=Decimal("60.0"),
    target=Decimal("62.0"),
    weight=Decimal(30),
    is_main=True,
    source="rapor pendidikan",
    level=IndicatorLevel.OFFICE,
    evidence_kinds=("rapor pendidikan",),
    valid_from=VALID_FROM,
    inputs=(_number("value", "Nilai rapor pendidikan", "Education report score", "poin", who=Who.UNIT, maximum=100),),
    controllability_note="Kendali sedang: hasil bersama; angka awal dan target dari rencana.",
)

IN_STANDARD = Indicator(
    code="W1",
    name_id="Layanan atau tugas selesai dalam standar waktu",
    name_en="Services or tasks finished within the standard time",
    aspect=Aspect.TIME,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="%",
    direction=Direction.UP,
    target=Decimal(90),
    weight=Decimal(30),
    is_main=True,
    source="standar pelayanan unit",
    level=IndicatorLevel.EMPLOYEE,
    evidence_kinds=("daftar layanan", "daftar tugas"),
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="in_standard",
            label_id="Selesai dalam standar waktu",
            label_en="Finished within the standard time",
            who=Who.EMPLOYEE,
            decimals=0,
        ),
        MeasureField(name="done", label_id="Semua yang selesai", label_en="All finished", who=Who.EMPLOYEE, decimals=0),
    ),
    controllability_note="Kendali tinggi: pekerjaan sendiri, menurut standar pelayanan unit.",
)

REGISTRY_SET = (
    ISSUING_TIME,
    SATISFACTION,
    _volume("T3", "Jumlah layanan", "Number of services", "layanan", 200),
    INNOVATION,
    REWORK,
)
EDUCATION_SET = (
    EDUCATION_QUALITY,
    SATISFACTION,
    _volume("E3", "Keluaran pendampingan, persen target", "Support given, percent of target", "%", 100),
    INNOVATION,
    REWORK,
)
#: Own design: units without identity cards measure time by their own service standard.
GENERAL_SET = (
    IN_STANDARD,
    SATISFACTION,
    _volume("W3", "Keluaran, persen target", "Output, percent of target", "%", 100),
    INNOVATION,
    REWORK,
)

MEASURES: dict[str, Measure] = {
    "T2": own_index(),
    "T3": measure_volume,
    "E3": measure_volume,
    "W3": measure_volume,
    "T4": middle("panel", PANEL),
    "W1": share("in_standard", "done"),
}
