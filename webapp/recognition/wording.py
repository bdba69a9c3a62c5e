"""What stages, kinds and outcomes are called on the pages of recognition."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from processes.recognition.records import Kind, Outcome, Reward, Shown, Stage
from processes.recognition.rules import EXCELLENT, SERVICE_TIME
from webapp.texts import gettext as _
from webapp.texts import lazy, show_number

_KINDS: Final = {
    Kind.INNOVATION: lazy("Inovasi"),
    Kind.GOOD_PRACTICE: lazy("Praktik baik"),
    Kind.ACTIVITY: lazy("Kegiatan tim"),
}
_STAGES: Final = {
    Stage.IDEA: (lazy("Gagasan"), ""),
    Stage.TRIAL: (lazy("Uji coba"), "info"),
    Stage.ADOPTED: (lazy("Diterapkan"), "success"),
    Stage.STOPPED: (lazy("Dihentikan"), ""),
    Stage.TOLD: (lazy("Dicatat"), "success"),
}
_STEPS: Final = {
    "review_misses": lazy("Syarat diperiksa petugas kepegawaian"),
    "complete_panel": lazy("Panel dilengkapi"),
    "score": lazy("Dinilai panel"),
    "decide": lazy("Menunggu keputusan pejabat"),
    "confirm_budget": lazy("Anggaran dipastikan bendahara"),
    "issue_decree": lazy("Keputusan diterbitkan"),
    "consent": lazy("Menunggu pilihan publikasi"),
}
_OUTCOMES: Final = {
    Outcome.AWARDED: (lazy("Diberikan"), "success"),
    Outcome.DECLINED: (lazy("Tidak diberikan"), ""),
    Outcome.NOT_ELIGIBLE: (lazy("Tidak dilanjutkan"), ""),
}
_REWARDS: Final = {
    Reward.MONEY: lazy("Piagam dan uang hadiah"),
    Reward.RECOGNITION: lazy("Piagam, prioritas pelatihan, dan publikasi"),
}
_RULES: Final = {
    SERVICE_TIME: lazy("Waktu layanan membaik tiga bulan berturut-turut"),
    EXCELLENT: lazy("Predikat Sangat Baik berturut-turut"),
}
_MISSES: Final = {
    "not_in_service": lazy("Tidak lagi, atau belum, bertugas."),
    "sanction_in_force": lazy("Sedang menjalani hukuman disiplin."),
    "no_result": lazy("Belum ada hasil evaluasi kinerja yang terkunci."),
    "predicate_below_good": lazy("Predikat kinerja terakhir di bawah Baik."),
    "short_service": lazy("Masa kerja kurang dari satu tahun."),
    "awarded_recently": lazy("Menerima penghargaan yang sama dalam 24 bulan terakhir."),
}
_SHOWN: Final = {
    Shown.ASKED: lazy("Belum Anda putuskan"),
    Shown.SHOWN: lazy("Tampil di dinding unit"),
    Shown.KEPT: lazy("Hanya untuk Anda"),
}


def kind_name(kind: Kind) -> str:
    """Return what a kind of entry is called."""
    return _(_KINDS[kind])


def stage_chip(stage: Stage) -> tuple[str, str]:
    """Return what a stage of an idea is called, with its tone."""
    name, tone = _STAGES[stage]
    return _(name), tone


def step_name(step: str | None) -> str:
    """Return where a nomination stands that is under way; one that is stuck is looked after."""
    return _(_STEPS[step]) if step in _STEPS else _("Sedang diproses")


def outcome_chip(outcome: str) -> tuple[str, str]:
    """Return how a nomination ended, with its tone."""
    name, tone = _OUTCOMES[Outcome(outcome)]
    return _(name), tone


def miss_text(miss: str) -> str:
    """Return in a sentence which criterion is not met; a release of a city's own may have others."""
    return _(_MISSES[miss]) if miss in _MISSES else miss


def reward_name(reward: str) -> str:
    """Return what goes with an award."""
    return _(_REWARDS[Reward(reward)])


def rule_name(rule: str | None) -> str:
    """Return what a proposing rule looks for; that people alone nominate where there is none."""
    return _(_RULES[rule]) if rule in _RULES else _("Hanya usulan orang")


def shown_name(shown: Shown) -> str:
    """Return who reads thanks, as told to whom they are for."""
    return _(_SHOWN[shown])


def rupiah(amount: Decimal) -> str:
    """Return money in whole rupiah."""
    return f"Rp\N{NO-BREAK SPACE}{show_number(amount.quantize(Decimal(1), ROUND_HALF_UP))}"


def quarter_name(year: int, quarter: int) -> str:
    """Return what a quarter is called."""
    return _("triwulan %(quarter)s tahun %(year)s", quarter=quarter, year=year)


def points(value: Decimal) -> str:
    """Return a panel's value with two decimals."""
    return show_number(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
