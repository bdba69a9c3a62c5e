"""Serang, rule 2025.1: results weigh at least half; presence, activity and the forum never carry a rating alone.

Published: never edited. A change is a new module beside this one.
"""

from __future__ import annotations

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
    Perspective,
    PositionFacts,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    Thresholds,
    UnitKind,
    Who,
    figure,
    message,
    missing,
    realised_node,
    require_service_perspective,
    require_weight,
    score_indicators,
    share,
)

VERSION = "2025.1"
VALID_FROM = date(2025, 1, 1)
HUNDRED = Decimal(100)

PARAMETERS = ParameterSet(
    key="appraisal.score",
    version=VERSION,
    valid_from=VALID_FROM,
    source="Rancangan Alur untuk Kota Serang; menunggu penetapan Peraturan Wali Kota",
    values={
        "lower": Decimal(90),
        "upper": Decimal(110),
        "main_share_below": Decimal("0.5"),
        "positive_feedback": Decimal("0.60"),
        "measured_weight": Decimal(70),
        "plus_marks": Decimal(4),
        "evidence_days": Decimal(2),
        "superior_share": Decimal("0.6"),
        "peer_share": Decimal("0.4"),
        "least_peers": Decimal(3),
        "trim_from_peers": Decimal(5),
        "performance_weight": Decimal(50),
    },
)

MOST_PEERS = 9
EDUCATION = frozenset({UnitKind.EDUCATION_OFFICE, UnitKind.SCHOOL})
#: Units that serve inside the government; their service recipients are other units, so a complaint time says little.
INTERNAL = frozenset(
    {
        UnitKind.SECRETARIAT,
        UnitKind.COUNCIL_SECRETARIAT,
        UnitKind.INSPECTORATE,
        UnitKind.PLANNING_AGENCY,
        UnitKind.FINANCE_AGENCY,
        UnitKind.PERSONNEL_AGENCY,
        UnitKind.OTHER,
    }
)
#: What counts as performance, as opposed to presence, activity and opinion (SR-04).
PERFORMANCE = ("R1", "R2", "R6", "R7", "R8")


def indicators(position: PositionFacts, period: Period) -> tuple[Indicator, ...]:
    """Return the set of education, civil registry, internal or other serving units."""
    del period
    if position.unit_kind in EDUCATION:
        return EDUCATION_SET
    if position.unit_kind is UnitKind.CIVIL_REGISTRY:
        return REGISTRY_SET
    return INTERNAL_SET if position.unit_kind in INTERNAL else SERVICE_SET


def score(request: ScoreRequest, own: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score with the forum's trimmed mean and counted shares."""
    return score_indicators(request, own, rule, measures=MEASURES, thresholds=Thresholds.from_values(PARAMETERS.values))


def check_plan(position: PositionFacts, own: tuple[Indicator, ...]) -> tuple[Finding, ...]:
    """Return an error if performance weighs less than 50, or a leader's plan forgets the service recipients."""
    least = PARAMETERS.values["performance_weight"]
    return (
        *require_weight(own, PERFORMANCE, least, "Indikator kinerja (R1, R2, R6, R7, R8)", "Performance indicators"),
        *require_service_perspective(position, own),
    )


def measure_forum(indicator: Indicator, request: ScoreRequest) -> Measurement:
    """Return 0.6 of the superior's score and 0.4 of the peers' mean.

    Three peers are needed; from five on the lowest and the highest are dropped, so that one friend or enemy moves
    little. With fewer the superior's score stands alone, flagged.
    """
    superior = figure(indicator, request, "superior")
    if superior is None:
        return missing(indicator, "superior")
    names = [f"peer_{number}" for number in range(1, MOST_PEERS + 1)]
    peers = sorted(value for name in names if (value := figure(indicator, request, name)) is not None)
    values = PARAMETERS.values
    if len(peers) < values["least_peers"]:
        return Measurement(realised=superior, reasons=(_too_few_peers(indicator, len(peers)),))
    kept = peers[1:-1] if len(peers) >= values["trim_from_peers"] else peers
    mean = sum(kept, Decimal(0)) / len(kept)
    value = values["superior_share"] * superior + values["peer_share"] * mean
    inputs = {
        "a": values["superior_share"],
        "superior": superior,
        "b": values["peer_share"],
        "peers": mean,
        "count": Decimal(len(peers)),
        "kept": Decimal(len(kept)),
    }
    return Measurement(realised=value, children=(realised_node("a * superior + b * peers", inputs, value),))


def _too_few_peers(indicator: Indicator, count: int) -> Message:
    return message(
        "too_few_peers",
        "Forum {code}: baru {count} rekan memberi nilai (perlu 3), sehingga hanya nilai atasan yang dipakai.",
        "Forum {code}: only {count} peers gave a score (3 needed), so the superior's score stands alone.",
        code=indicator.code,
        count=count,
    )


def _score_field(name: str, label_id: str, label_en: str, who: Who) -> MeasureField:
    return MeasureField(name=name, label_id=label_id, label_en=label_en, who=who, maximum=HUNDRED)


def _plan_progress(weight: int) -> Indicator:
    return Indicator(
        code="R1",
        name_id="Kemajuan rencana kerja tahunan",
        name_en="Progress of the yearly work plan",
        aspect=Aspect.QUANTITY,
        perspective=Perspective.BUSINESS_PROCESS,
        kind=IndicatorKind.QUANTITATIVE,
        unit="% rencana",
        direction=Direction.UP,
        target=Decimal(50),
        weight=Decimal(weight),
        is_main=True,
        source="rencana aksi",
        level=IndicatorLevel.EMPLOYEE,
        evidence_kinds=("laporan", "dokumen"),
        valid_from=VALID_FROM,
        inputs=(
            MeasureField(
                name="value",
                label_id="Rencana setahun yang telah selesai",
                label_en="Part of the year's plan that is done",
                who=Who.EMPLOYEE,
                unit="%",
                maximum=HUNDRED,
            ),
        ),
        controllability_note="Kendali tinggi; target adalah bagian rencana yang jatuh tempo pada akhir periode.",
    )


def _presence() -> Indicator:
    return Indicator(
        code="R3",
        name_id="Kehadiran",
        name_en="Attendance",
        aspect=Aspect.TIME,
        perspective=Perspective.INTERNAL_STRENGTH,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=Decimal(97),
        cap=HUNDRED,
        weight=Decimal(10),
        is_main=False,
        source="presensi",
        level=IndicatorLevel.EMPLOYEE,
        valid_from=VALID_FROM,
        inputs=(
            MeasureField(
                name="attendance",
                label_id="Kehadiran",
                label_en="Attendance",
                who=Who.UNIT,
                unit="%",
                maximum=HUNDRED,
            ),
        ),
        controllability_note="Kendali tinggi; dibatasi 100 dan tidak pernah utama: hadir saja bukan hasil.",
    )


def _contribution(weight: int) -> Indicator:
    return Indicator(
        code="R4",
        name_id="Kontribusi aktivitas: menit disetujui yang terkait rencana hasil kerja",
        name_en="Contribution: approved minutes linked to planned results",
        aspect=Aspect.QUANTITY,
        perspective=Perspective.INTERNAL_STRENGTH,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=Decimal(80),
        cap=Decimal(110),
        weight=Decimal(weight),
        is_main=False,
        source="laporan harian",
        source_en="daily reports",
        level=IndicatorLevel.EMPLOYEE,
        valid_from=VALID_FROM,
        inputs=(
            MeasureField(
                name="linked",
                label_id="Menit terkait rencana hasil kerja",
                label_en="Minutes linked to planned results",
                who=Who.SYSTEM,
                decimals=0,
            ),
            MeasureField(
                name="approved",
                label_id="Menit kerja disetujui",
                label_en="Approved minutes",
                who=Who.SYSTEM,
                decimals=0,
            ),
        ),
        controllability_note="Kendali tinggi; dibatasi 110 karena aktivitas bukan hasil.",
    )


def _forum(weight: int) -> Indicator:
    peers = tuple(
        _score_field(f"peer_{number}", f"Nilai rekan {number}", f"Score of peer {number}", Who.SYSTEM)
        for number in range(1, MOST_PEERS + 1)
    )
    return Indicator(
        code="R5",
        name_id="Forum evaluasi: 60% atasan, 40% rekan",
        name_en="Evaluation forum: 60% superior, 40% peers",
        aspect=Aspect.QUALITY,
        perspective=Perspective.INTERNAL_STRENGTH,
        kind=IndicatorKind.QUALITATIVE,
        unit="nilai",
        direction=Direction.UP,
        target=Decimal(80),
        weight=Decimal(weight),
        is_main=True,
        source="forum evaluasi",
        source_en="evaluation forum",
        level=IndicatorLevel.EMPLOYEE,
        evidence_kinds=("berita acara forum",),
        valid_from=VALID_FROM,
        inputs=(
            _score_field("superior", "Nilai atasan dalam forum", "The superior's forum score", Who.APPRAISER),
            *peers,
        ),
        controllability_note="Kendali sedang: pandangan orang lain; nilai ekstrem dibuang, diri sendiri tidak ikut.",
    )


def _complaints(weight: int) -> Indicator:
    return Indicator(
        code="R7",
        name_id="Waktu respon keluhan",
        name_en="Time to answer a complaint",
        aspect=Aspect.TIME,
        perspective=Perspective.SERVICE_RECIPIENTS,
        kind=IndicatorKind.QUANTITATIVE,
        unit="hari",
        direction=Direction.DOWN,
        target=Decimal(3),
        weight=Decimal(weight),
        is_main=True,
        source="pengaduan; ditutup tanpa konfirmasi warga dihitung terbuka sampai masa buka kembali habis",
        level=IndicatorLevel.UNIT,
        evidence_kinds=("rekap pengaduan",),
        valid_from=VALID_FROM,
        inputs=(
            MeasureField(
                name="value",
                label_id="Rerata hari sampai keluhan selesai",
                label_en="Mean days until a complaint is settled",
                who=Who.EMPLOYEE,
                unit="hari",
                maximum=Decimal(1000),
            ),
        ),
        controllability_note="Kendali sedang: bergantung pada jenis keluhan.",
    )


EDUCATION_QUALITY = Indicator(
    code="R2",
    name_id="Peningkatan kualitas pendidikan wilayah",
    name_en="Improvement of the area's quality of education",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="poin",
    direction=Direction.IMPROVE,
    baseline=Decimal("60.0"),
    target=Decimal("62.0"),
    weight=Decimal(30),
    is_main=True,
    source="rapor pendidikan per kecamatan",
    level=IndicatorLevel.OFFICE,
    evidence_kinds=("rapor pendidikan",),
    valid_from=VALID_FROM,
    inputs=(_score_field("value", "Nilai kualitas pendidikan wilayah", "The area's quality of education", Who.UNIT),),
    controllability_note="Kendali sedang: hasil wilayah binaan; angka awal dan target dari rencana.",
)

SERVICE_TIME = Indicator(
    code="R6",
    name_id="Waktu layanan",
    name_en="Service time",
    aspect=Aspect.TIME,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="jam",
    direction=Direction.DOWN,
    target=Decimal(24),
    weight=Decimal(20),
    is_main=True,
    source="aplikasi layanan",
    level=IndicatorLevel.COUNTER,
    evidence_kinds=("ekspor aplikasi layanan",),
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="value",
            label_id="Rerata waktu layanan",
            label_en="Mean service time",
            who=Who.EMPLOYEE,
            unit="jam",
            maximum=Decimal(10000),
        ),
    ),
    controllability_note="Kendali tinggi pada loket sendiri.",
)

WORK_QUALITY = Indicator(
    code="R8",
    name_id="Mutu hasil kerja bagi unit yang dilayani",
    name_en="Quality of the work for the units served",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUALITATIVE,
    unit="tingkat",
    direction=Direction.RUBRIC,
    weight=Decimal(25),
    is_main=True,
    source="pejabat penilai kinerja, dengan bukti",
    level=IndicatorLevel.EMPLOYEE,
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="level",
            label_id="Tingkat mutu hasil",
            label_en="Level of quality",
            who=Who.APPRAISER,
            minimum=Decimal(1),
            maximum=Decimal(5),
            decimals=0,
        ),
    ),
    controllability_note="Kendali tinggi: mutu hasil sendiri.",
)

EDUCATION_SET = (_plan_progress(30), EDUCATION_QUALITY, _presence(), _contribution(10), _forum(20))
REGISTRY_SET = (_plan_progress(30), SERVICE_TIME, _complaints(20), _presence(), _contribution(5), _forum(15))
#: Own design: units without education or registry tasks keep the plan, the complaints and the forum.
SERVICE_SET = (_plan_progress(35), _complaints(25), _presence(), _contribution(10), _forum(20))
INTERNAL_SET = (_plan_progress(35), WORK_QUALITY, _presence(), _contribution(10), _forum(20))

MEASURES: dict[str, Measure] = {"R4": share("linked", "approved"), "R5": measure_forum}
