"""Tebing Tinggi, rule 2025.1: pupils' gain for teachers, school progress for principals, planned results for others.

Published: never edited. A change is a new module beside this one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plugins.api import (
    Aspect,
    Direction,
    Gate,
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
    Who,
    figure,
    message,
    missing,
    nothing_to_measure,
    realised_node,
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
    source="Rancangan Alur untuk Kota Tebing Tinggi; menunggu penetapan Peraturan Wali Kota",
    values={
        "lower": Decimal(90),
        "upper": Decimal(110),
        "main_share_below": Decimal("0.5"),
        "positive_feedback": Decimal("0.60"),
        "measured_weight": Decimal(70),
        "plus_marks": Decimal(4),
        "evidence_days": Decimal(2),
        "coverage": Decimal(95),
    },
)

COVERAGE = Gate(
    figure="coverage",
    lower=PARAMETERS.values["coverage"],
    upper=PARAMETERS.values["coverage"],
    floor=Decimal(0),
    reason_id="Capaian {code} dihitung 0 karena hanya {figure}% siswa ikut kedua tes (perlu 95%).",
    reason_en="{code} counts as 0 because only {figure}% of pupils sat both tests (95% needed).",
)


def indicators(position: PositionFacts, period: Period) -> tuple[Indicator, ...]:
    """Return the set of teachers, of principals, or of everybody else."""
    del period
    return SETS.get(position.family, GENERAL)


def score(request: ScoreRequest, own: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score with the gain measure for G1 and shares for counted things."""
    return score_indicators(request, own, rule, measures=MEASURES, thresholds=Thresholds.from_values(PARAMETERS.values))


def measure_gain(indicator: Indicator, request: ScoreRequest) -> Measurement:
    """Return the normalised gain of the class mean, and how many pupils sat both tests.

    Pupils excused with a document leave the denominator, so that nobody is punished for an ill child; leaving out
    weak pupils closes the gate.
    """
    names = ("pre_mean", "post_mean", "tested", "enrolled", "excused")
    given = {name: value for name in names if (value := figure(indicator, request, name)) is not None}
    absent = [name for name in names if name not in given]
    if absent:
        return missing(indicator, *absent)
    expected = given["enrolled"] - given["excused"]
    if expected <= 0:
        return nothing_to_measure(indicator, "enrolled")
    if given["pre_mean"] >= HUNDRED:
        return Measurement(reasons=(_no_room(indicator),))
    gain = HUNDRED * (given["post_mean"] - given["pre_mean"]) / (HUNDRED - given["pre_mean"])
    coverage = min(HUNDRED * given["tested"] / expected, HUNDRED)
    return Measurement(
        realised=gain,
        gate_figure=coverage,
        children=(
            realised_node("100 * (post_mean - pre_mean) / (100 - pre_mean)", given, gain),
            realised_node("min(100 * tested / (enrolled - excused), 100)", given, coverage),
        ),
    )


def _no_room(indicator: Indicator) -> Message:
    return message(
        "no_room_to_gain",
        "Indikator {code} tidak dihitung: rerata awal sudah 100, tidak ada ruang kenaikan.",
        "Indicator {code} does not count: the mean was 100 from the start, so there is nothing to gain.",
        code=indicator.code,
    )


def _field(name: str, label_id: str, label_en: str, who: Who = Who.EMPLOYEE) -> MeasureField:
    return MeasureField(name=name, label_id=label_id, label_en=label_en, who=who, decimals=0)


def _mean(name: str, label_id: str, label_en: str) -> MeasureField:
    return MeasureField(name=name, label_id=label_id, label_en=label_en, who=Who.EMPLOYEE, maximum=HUNDRED)


def _rubric(code: str, name_id: str, name_en: str, weight: int, source: str) -> Indicator:
    level = MeasureField(
        name="level",
        label_id="Tingkat hasil",
        label_en="Level of the result",
        who=Who.APPRAISER,
        minimum=Decimal(1),
        maximum=Decimal(5),
        decimals=0,
    )
    return Indicator(
        code=code,
        name_id=name_id,
        name_en=name_en,
        aspect=Aspect.QUALITY,
        perspective=Perspective.BUSINESS_PROCESS,
        kind=IndicatorKind.QUALITATIVE,
        unit="tingkat",
        direction=Direction.RUBRIC,
        weight=Decimal(weight),
        is_main=True,
        source=source,
        level=IndicatorLevel.EMPLOYEE,
        valid_from=VALID_FROM,
        inputs=(level,),
        controllability_note="Kendali tinggi: mutu pekerjaan sendiri, dinilai dengan bukti.",
    )


def _follow_up(code: str, weight: int) -> Indicator:
    return Indicator(
        code=code,
        name_id="Masukan masyarakat/orang tua ditindaklanjuti tepat waktu",
        name_en="Suggestions of citizens or parents followed up in time",
        aspect=Aspect.TIME,
        perspective=Perspective.SERVICE_RECIPIENTS,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=Decimal(90),
        weight=Decimal(weight),
        is_main=True,
        source="masukan publik",
        level=IndicatorLevel.EMPLOYEE,
        evidence_kinds=("daftar tindak lanjut",),
        valid_from=VALID_FROM,
        inputs=(
            _field("on_time", "Masukan ditindaklanjuti tepat waktu", "Suggestions followed up in time"),
            _field("received", "Masukan diterima", "Suggestions received"),
        ),
        controllability_note="Kendali tinggi: menjawab masukan; jumlah masukan di luar kendali.",
    )


def _freshness(code: str) -> Indicator:
    return Indicator(
        code=code,
        name_id="Kemutakhiran data: realisasi dicatat paling lambat 3 hari kerja",
        name_en="Fresh data: realisations entered within 3 working days",
        aspect=Aspect.TIME,
        perspective=Perspective.INTERNAL_STRENGTH,
        kind=IndicatorKind.QUANTITATIVE,
        unit="%",
        direction=Direction.UP,
        target=Decimal(95),
        cap=Decimal(105),
        weight=Decimal(15),
        is_main=False,
        source="sistem",
        source_en="system",
        level=IndicatorLevel.EMPLOYEE,
        valid_from=VALID_FROM,
        inputs=(
            _field("in_time", "Realisasi dicatat tepat waktu", "Realisations entered in time", Who.SYSTEM),
            _field("entries", "Realisasi dicatat", "Realisations entered", Who.SYSTEM),
        ),
        controllability_note="Kendali tinggi; dibatasi 105 agar kerajinan mencatat tidak menutupi hasil.",
    )


def _training(code: str) -> Indicator:
    return Indicator(
        code=code,
        name_id="Jam pelajaran pengembangan kompetensi",
        name_en="Training hours",
        aspect=Aspect.QUANTITY,
        perspective=Perspective.INTERNAL_STRENGTH,
        kind=IndicatorKind.QUANTITATIVE,
        unit="JP",
        direction=Direction.UP,
        target=Decimal(20),
        weight=Decimal(10),
        is_main=False,
        source="pelatihan",
        level=IndicatorLevel.EMPLOYEE,
        evidence_kinds=("sertifikat",),
        valid_from=VALID_FROM,
        inputs=(
            MeasureField(
                name="hours",
                label_id="Jam pelajaran",
                label_en="Training hours",
                who=Who.EMPLOYEE,
                unit="JP",
                maximum=Decimal(1000),
            ),
        ),
        controllability_note="Kendali sedang: bergantung pada kuota pelatihan.",
    )


GAIN = Indicator(
    code="G1",
    name_id="Kenaikan nilai siswa ternormalisasi",
    name_en="Normalised gain of pupils' marks",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="poin",
    direction=Direction.UP,
    target=Decimal(20),
    weight=Decimal(30),
    is_main=True,
    source="e-rapor, tes bersama yang dinilai silang",
    level=IndicatorLevel.EMPLOYEE,
    gate=COVERAGE,
    evidence_kinds=("ekspor e-rapor", "berita acara penilaian silang"),
    valid_from=VALID_FROM,
    inputs=(
        _mean("pre_mean", "Rerata kelas, tes awal", "Class mean, first test"),
        _mean("post_mean", "Rerata kelas, tes akhir", "Class mean, last test"),
        _field("tested", "Siswa yang ikut kedua tes", "Pupils who sat both tests"),
        _field("enrolled", "Siswa terdaftar", "Pupils enrolled"),
        _field("excused", "Siswa berhalangan dengan surat", "Pupils excused with a document"),
    ),
    controllability_note="Kendali sedang: kenaikan, bukan rerata, agar kelas lemah tidak merugikan gurunya.",
)

PROGRESS = Indicator(
    code="K1",
    name_id="Peningkatan prestasi akademik sekolah",
    name_en="Improvement of the school's academic results",
    aspect=Aspect.QUALITY,
    perspective=Perspective.SERVICE_RECIPIENTS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="poin",
    direction=Direction.IMPROVE,
    baseline=Decimal("68.0"),
    target=Decimal("71.0"),
    weight=Decimal(35),
    is_main=True,
    source="rapor pendidikan, ANBK",
    level=IndicatorLevel.UNIT,
    evidence_kinds=("rapor pendidikan",),
    valid_from=VALID_FROM,
    inputs=(_mean("value", "Nilai sekolah periode ini", "The school's result in this period"),),
    controllability_note="Kendali sedang: hasil sekolah bersama; angka awal dan target dari rencana.",
)

CLUBS = Indicator(
    code="K2",
    name_id="Partisipasi ekstrakurikuler: siswa hadir 8 pertemuan atau lebih",
    name_en="Extracurricular participation: pupils present at 8 or more meetings",
    aspect=Aspect.QUANTITY,
    perspective=Perspective.BUSINESS_PROCESS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="%",
    direction=Direction.UP,
    target=Decimal(60),
    weight=Decimal(20),
    is_main=True,
    source="absensi ekstrakurikuler",
    level=IndicatorLevel.UNIT,
    evidence_kinds=("absensi ekstrakurikuler",),
    valid_from=VALID_FROM,
    inputs=(
        _field("active", "Siswa berbeda yang hadir 8 pertemuan", "Different pupils present at 8 meetings"),
        _field("pupils", "Seluruh siswa", "All pupils"),
    ),
    controllability_note="Kendali sedang: siswa berbeda dengan daftar hadir, bukan jumlah klub.",
)

PLANNED = Indicator(
    code="U1",
    name_id="Capaian target rencana hasil kerja",
    name_en="Achievement of the planned results",
    aspect=Aspect.QUANTITY,
    perspective=Perspective.BUSINESS_PROCESS,
    kind=IndicatorKind.QUANTITATIVE,
    unit="%",
    direction=Direction.UP,
    target=HUNDRED,
    weight=Decimal(55),
    is_main=True,
    source="SKP",
    level=IndicatorLevel.EMPLOYEE,
    evidence_kinds=("laporan", "dokumen"),
    valid_from=VALID_FROM,
    inputs=(
        MeasureField(
            name="value",
            label_id="Capaian rencana hasil kerja",
            label_en="Achievement of the planned results",
            who=Who.EMPLOYEE,
            unit="%",
            maximum=Decimal(1000),
        ),
    ),
    controllability_note="Kendali tinggi: hasil kerja sendiri.",
)

TEACHER = (
    GAIN,
    _rubric("G2", "Tugas pokok menurut SKP", "Main duties of the plan", 30, "kepala sekolah"),
    _follow_up("G3", 15),
    _freshness("G4"),
    _training("G5"),
)
PRINCIPAL = (
    PROGRESS,
    CLUBS,
    _rubric("K3", "Tugas manajerial", "Managerial duties", 20, "pengawas sekolah, Dinas Pendidikan"),
    _follow_up("K4", 15),
    _training("K5"),
)
GENERAL = (PLANNED, _follow_up("U2", 20), _freshness("U3"), _training("U4"))

SETS = {"teacher": TEACHER, "principal": PRINCIPAL, "general": GENERAL}

MEASURES: dict[str, Measure] = {
    "G1": measure_gain,
    "K2": share("active", "pupils"),
    **{code: share("on_time", "received") for code in ("G3", "K4", "U2")},
    **{code: share("in_time", "entries") for code in ("G4", "U3")},
}
