"""What the filling of posts is called on pages: its stages, conditions, answers, and how values came about."""

from decimal import Decimal
from typing import Any, Final

from engine.records.case import CaseStatus
from processes.people.city import Predicate
from processes.people.conflicts import Interest
from processes.promotion.board.queries.considered import Candidate
from processes.promotion.board.queries.fillings import FillingRow, Signed
from processes.promotion.board.records import Answer, Outcome
from webapp.promotion.rank_words import predicate_words
from webapp.texts import gettext as _
from webapp.texts import lazy, show_number

#: Each stage with the steps at which people are asked in it.
STAGES: Final = (
    (lazy("Bobot ditetapkan dan ditandatangani"), ("set_criteria", "sign_criteria")),
    (lazy("Calon dicari dan ditelaah"), ("no_candidate", "complete_board", "review")),
    (lazy("Berita acara tim"), ("keep_minutes",)),
    (lazy("Keputusan PPK"), ("decide",)),
    (lazy("Pertimbangan teknis BKN"), ("await_approval",)),
    (lazy("SK pengangkatan"), ("issue_decree",)),
    (lazy("Pelantikan"), ("inaugurate",)),
)
_STEPS: Final = {
    "set_criteria": lazy("Menunggu bobot dari BKPSDM"),
    "sign_criteria": lazy("Menunggu tanda tangan pejabat yang berwenang"),
    "no_candidate": lazy("Tidak ada calon; BKPSDM menindaklanjuti"),
    "complete_board": lazy("Tim belum kuorum; BKPSDM melengkapi"),
    "review": lazy("Anggota tim menelaah"),
    "keep_minutes": lazy("Menunggu berita acara"),
    "decide": lazy("Menunggu keputusan PPK"),
    "await_approval": lazy("Menunggu jawaban BKN"),
    "issue_decree": lazy("Menunggu SK"),
    "inaugurate": lazy("Menunggu pelantikan"),
}
_MISSES: Final = {
    "not_civil_servant": lazy("Bukan PNS"),
    "grade_unknown": lazy("Golongan belum tercatat"),
    "grade_low": lazy("Golongan belum cukup"),
    "education_unknown": lazy("Pendidikan belum tercatat"),
    "education_low": lazy("Pendidikan belum cukup"),
    "experience_unknown": lazy("Riwayat jabatan belum tercatat"),
    "experience_short": lazy("Masa di jenjang sebelumnya belum cukup"),
    "predicate_missing": lazy("Predikat dua tahun terakhir belum lengkap"),
    "predicate_low": lazy("Ada predikat di bawah Baik dalam dua tahun terakhir"),
    "sanctioned": lazy("Hukuman disiplin masih berlaku"),
    "competency_unknown": lazy("Kompetensi belum dinilai"),
    "competency_short": lazy("Kompetensi di bawah 70% standar jabatan"),
    "retiring": lazy("Pensiun dalam 12 bulan"),
}
_ANSWERS: Final = {
    Answer.AGREES: (lazy("Data sesuai"), "success"),
    Answer.REMARK: (lazy("Ada catatan"), "warning"),
    Answer.CONFLICT: (lazy("Menyatakan benturan kepentingan"), "info"),
    Answer.SILENT: (lazy("Tidak menjawab"), ""),
    Answer.LEFT_OUT: (lazy("Tidak diikutkan"), "info"),
}
_INTERESTS: Final = {
    Interest.ONESELF: lazy("ia sendiri calon"),
    Interest.FAMILY: lazy("keluarga calon"),
    Interest.OWN_SUPERIOR: lazy("calon atau jabatan ini adalah atasannya"),
}


def miss_words(code: str) -> str:
    """Return a condition that is not met, in a line; a city's own condition says its code."""
    found = _MISSES.get(code)
    return _(found) if found is not None else code


def stage_words(row: FillingRow) -> tuple[str, str]:
    """Return where a filling stands, with its tone."""
    if row.status is CaseStatus.CANCELLED:
        return _("Dibatalkan"), ""
    if row.ended is not None and row.ended.outcome == Outcome.CLOSED:
        return _("Dihentikan tanpa calon terpilih"), ""
    if row.status is CaseStatus.FINISHED:
        return _("Selesai"), "success"
    return _(_STEPS[row.step]) if row.step in _STEPS else _("Sedang diproses"), "info"


def stages_of(row: FillingRow) -> list[dict[str, str]]:
    """Return the stages in their order: what is over, where it stands, what is to come."""
    here = next((number for number, (_name, steps) in enumerate(STAGES) if row.step in steps), None)
    if here is None and row.status.is_running:
        here = len(STAGES)  # inaugurated, and the day of effect is still to come
    return [_stage(_(name), number, here) for number, (name, _steps) in enumerate(STAGES)] if here is not None else []


def answer_words(answer: str, interest: str | None) -> tuple[str, str]:
    """Return what a member said, with its tone; for one who was left out, why."""
    words, tone = _ANSWERS[Answer(answer)]
    return f"{_(words)}: {_(_INTERESTS[Interest(interest)])}" if interest else _(words), tone


def percent(value: Decimal | None) -> str:
    """Return a figure of the ranking with two decimals; it is rounded here alone."""
    return "–" if value is None else show_number(value, 2)


def years_words(one: Candidate) -> str:
    """Return the predicates of the two years, `2024: Baik; 2025: Sangat Baik`."""
    found = ((year, Predicate(predicate) if predicate else None) for year, predicate in one.predicates)
    return "; ".join(f"{year}: {predicate_words(predicate)}" for year, predicate in found)


def place_words(one: Candidate) -> str:
    """Return the place, and that it is shared if it is."""
    if one.place is None:
        return "–"
    return _("%(place)s (nilai sama)", place=one.place) if one.is_shared else str(one.place)


def explain_value(one: Candidate, signed: Signed) -> list[dict[str, Any]]:
    """Return how a value came about, from the signed weights and both figures."""
    weights = {"performance": show_number(signed.performance), "competency": show_number(signed.competency)}
    formula = _(
        "(%(performance)s%% × %(first)s) + (%(competency)s%% × %(second)s)",
        first=percent(one.performance),
        second=percent(one.competency),
        **weights,
    )
    levels = _("%(had)s dari %(asked)s tingkat yang diminta", had=one.levels_had, asked=one.levels_asked)
    performance = {"label": _("Kinerja"), "value": percent(one.performance), "source": years_words(one)}
    competency = {"label": _("Kompetensi"), "value": percent(one.competency), "source": levels}
    whole = {"label": _("Nilai peringkat"), "value": percent(one.total), "formula": formula}
    return [{**whole, "inputs": [performance, competency]}]


def _stage(name: str, number: int, here: int) -> dict[str, str]:
    if number < here:
        return {"title": name, "when": _("Selesai"), "tone": "success", "mark": "done"}
    if number == here:
        return {"title": name, "when": _("Sekarang"), "tone": "info", "mark": "clock"}
    return {"title": name, "when": _("Nanti"), "tone": "", "mark": "dot"}
