"""Tanjung Selor (Kabupaten Bulungan), rule 2025.1: citizens' direct rating weighs 30, with care for small samples.

Published: never edited. A change is a new module beside this one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plugins.api import (
    Aspect,
    Cap,
    Direction,
    Finding,
    Indicator,
    IndicatorKind,
    IndicatorLevel,
    Measure,
    MeasureField,
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
    quality_cap,
    quality_index,
    require_weight,
    score_indicators,
    share,
    shrunk_index,
)

VERSION = "2025.1"
VALID_FROM = date(2025, 1, 1)
HUNDRED = Decimal(100)

PARAMETERS = ParameterSet(
    key="appraisal.score",
    version=VERSION,
    valid_from=VALID_FROM,
    source="Rancangan Alur untuk Kabupaten Bulungan; menunggu penetapan Peraturan Bupati",
    values={
        "lower": Decimal(90),
        "upper": Decimal(110),
        "main_share_below": Decimal("0.5"),
        "positive_feedback": Decimal("0.60"),
        "measured_weight": Decimal(70),
        "plus_marks": Decimal(4),
        "evidence_days": Decimal(2),
        "citizen_weight": Decimal(30),
    },
)

#: Units whose task is education; the others carry two results of their own plan instead of S1 and S2.
EDUCATION = frozenset({UnitKind.EDUCATION_OFFICE, UnitKind.SCHOOL})


def indicators(position: PositionFacts, period: Period) -> tuple[Indicator, ...]:
    """Return the set of units with education tasks, or of all others."""
    del period
    own = (PARTICIPATION, LITERACY) if position.unit_kind in EDUCATION else (FIRST_RESULT, SECOND_RESULT)
    return (*own, CITIZENS, DAILY_REPORTS, ON_TIME)


def score(request: ScoreRequest, own: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score with the shrunk satisfaction index; a bad grade limits the recommendation."""
    return score_indicators(
        request,
        own,
        rule,
        measures=MEASURES,
        limits=citizen_limit,
        thresholds=Thresholds.from_values(PARAMETERS.values),
    )


def citizen_limit(request: ScoreRequest) -> tuple[Cap, ...]:
    """Return the cap of the counter's grade from 30 answers, else of the unit's grade."""
    index = quality_index(CITIZENS, request)
    cap = None if index is None else quality_cap(index)
    return () if cap is None else (cap,)


def check_plan(own: tuple[Indicator, ...]) -> tuple[Finding, ...]:
    """Return an error if citizens' rating weighs less than 30: every service plan holds it (TS-03, TS-17)."""
    return require_weight(
        own, ("S3",), PARAMETERS.values["citizen_weight"], "Penilaian langsung masyarakat (S3)", "Citizens' rating (S3)"
    )


def _count(name: str, label_id: str, label_en: str, who: Who) -> MeasureField:
    return MeasureField(name=name, label_id=label_id, label_en=label_en, who=who, decimals=0)


def _percent(label_id: str, label_en: str, who: Who, maximum: int = 100) -> MeasureField:
    return MeasureField(name="value", label_id=label_id, label_en=label_en, who=who, unit="%", maximum=Decimal(maximum))


def _planned_result(code: str, name_id: str, name_en: str, weight: int) -> Indicator:
    return Indicator(
        code=code,
        name_id=name_id,
        name_en=name_en,
        aspect=Aspect.QUANTITY,
        perspective=Perspective.BUSINESS_PROCESS,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=HUNDRED,
        weight=Decimal(weight),
        is_main=True,
        source="SKP",
        level=IndicatorLevel.EMPLOYEE,
        evidence_kinds=("laporan", "dokumen"),
        valid_from=VALID_FROM,
        inputs=(_percent("Capaian rencana hasil kerja", "Achievement of the planned result", Who.EMPLOYEE, 1000),),
        controllability_note="Kendali tinggi: hasil kerja sendiri.",
    )


PARTICIPATION = Indicator(
    code="S1",
    name_id="Angka partisipasi sekolah",
    name_en="School participation rate",
    aspect=Aspect.QUANTITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="%",
    direction=Direction.IMPROVE,
    baseline=Decimal("96.10"),
    target=Decimal("97.00"),
    weight=Decimal(20),
    is_main=True,
    source="BPS, Dapodik (usia 7-12 dan 13-15)",
    level=IndicatorLevel.OFFICE,
    evidence_kinds=("publikasi BPS", "ekspor Dapodik"),
    valid_from=VALID_FROM,
    inputs=(_percent("Angka partisipasi sekolah", "School participation rate", Who.UNIT),),
    controllability_note="Kendali rendah: hasil perangkat daerah bersama; angka awal dan target dari rencana.",
)

LITERACY = Indicator(
    code="S2",
    name_id="Kualitas pendidikan: literasi dan numerasi",
    name_en="Quality of education: literacy and numeracy",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="poin",
    direction=Direction.IMPROVE,
    baseline=Decimal("61.0"),
    target=Decimal("64.0"),
    weight=Decimal(15),
    is_main=True,
    source="rapor pendidikan",
    level=IndicatorLevel.OFFICE,
    evidence_kinds=("rapor pendidikan",),
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="value",
            label_id="Nilai literasi dan numerasi",
            label_en="Literacy and numeracy score",
            who=Who.UNIT,
            maximum=HUNDRED,
        ),
    ),
    controllability_note="Kendali rendah: hasil perangkat daerah bersama.",
)

FIRST_RESULT = _planned_result("P1", "Rencana hasil kerja utama pertama", "First main planned result", 20)
SECOND_RESULT = _planned_result("P2", "Rencana hasil kerja utama kedua", "Second main planned result", 15)

CITIZENS = Indicator(
    code="S3",
    name_id="Penilaian langsung masyarakat (IKM loket atau layanan)",
    name_en="Citizens' direct rating (satisfaction index of the counter or service)",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="IKM",
    direction=Direction.UP,
    target=Decimal(82),
    weight=Decimal(30),
    is_main=True,
    source="survei per nomor layanan",
    source_en="survey by service number",
    level=IndicatorLevel.COUNTER,
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="mean",
            label_id="Rerata jawaban survei (1-4)",
            label_en="Mean of the survey's answers (1-4)",
            who=Who.SYSTEM,
            minimum=Decimal(1),
            maximum=Decimal(4),
            decimals=4,
        ),
        _count("n", "Jumlah jawaban survei", "Number of survey answers", Who.SYSTEM),
    ),
    controllability_note="Kendali tinggi pada sikap layanan; sampel kecil ditarik ke rerata unit.",
)

DAILY_REPORTS = Indicator(
    code="S4",
    name_id="Laporan harian lengkap dan disetujui",
    name_en="Daily reports complete and approved",
    aspect=Aspect.TIME,
    perspective=Perspective.INTERNAL_STRENGTH,
    kind=IndicatorKind.QUANTITATIVE,
    unit="%",
    direction=Direction.UP,
    target=Decimal(95),
    cap=HUNDRED,
    weight=Decimal(15),
    is_main=False,
    source="laporan harian",
    source_en="daily reports",
    level=IndicatorLevel.EMPLOYEE,
    valid_from=VALID_FROM,
    inputs=(
        _count("approved", "Laporan harian disetujui", "Daily reports approved", Who.SYSTEM),
        _count("due", "Hari kerja wajib lapor", "Working days to report on", Who.SYSTEM),
    ),
    controllability_note="Kendali tinggi; dibatasi 100 karena laporan bukan hasil kerja.",
)

ON_TIME = Indicator(
    code="S5",
    name_id="Tugas selesai tepat waktu (yang dibuka kembali dihitung belum selesai)",
    name_en="Tasks finished in time (reopened ones count as not finished)",
    aspect=Aspect.TIME,
    perspective=Perspective.BUSINESS_PROCESS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="%",
    direction=Direction.UP,
    target=Decimal(90),
    weight=Decimal(20),
    is_main=True,
    source="daftar tugas",
    level=IndicatorLevel.EMPLOYEE,
    evidence_kinds=("daftar tugas",),
    valid_from=VALID_FROM,
    inputs=(
        _count("on_time", "Tugas selesai tepat waktu", "Tasks finished in time", Who.EMPLOYEE),
        _count("due", "Tugas yang jatuh tempo", "Tasks due", Who.EMPLOYEE),
        _count("reopened", "Tugas yang dibuka kembali", "Tasks reopened", Who.EMPLOYEE),
    ),
    controllability_note="Kendali tinggi: pekerjaan sendiri.",
)

MEASURES: dict[str, Measure] = {
    "S3": shrunk_index(),
    "S4": share("approved", "due"),
    "S5": share("on_time", "due", less="reopened"),
}
