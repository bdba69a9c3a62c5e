"""What stages, reasons and files of open selections are called on pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from processes.promotion.selection.panel import PanelProblem
from processes.promotion.selection.queries.selections import Selection
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.records import FileKind, Step
from webapp.selection_steps import STEPS
from webapp.texts import gettext as _
from webapp.texts import lazy, show_day, show_number

_STAGES: Final[Mapping[Stage, str]] = {
    Stage.RECORD: lazy("Rekam jejak"),
    Stage.ASSESSMENT: lazy("Asesmen kompetensi"),
    Stage.PAPER: lazy("Makalah"),
    Stage.INTERVIEW: lazy("Wawancara akhir"),
}
_FILES: Final[Mapping[FileKind, str]] = {
    FileKind.LIFE: lazy("Daftar riwayat hidup"),
    FileKind.STATEMENT: lazy("Surat lamaran dan pernyataan"),
    FileKind.PAPER: lazy("Makalah"),
}
_MISSES: Final[Mapping[str, str]] = {
    "not_pns": lazy("Hanya untuk pegawai negeri sipil (PNS)."),
    "grade_low": lazy("Pangkat masih di bawah Pembina (IV/a)."),
    "grade_unknown": lazy("Pangkat belum tercatat."),
    "education_low": lazy("Pendidikan di bawah sarjana (S1) atau D4, atau belum tercatat."),
    "age_over": lazy("Usia lebih dari 56 tahun pada hari penutupan."),
    "age_unknown": lazy("Tanggal lahir tidak terbaca dari NIP."),
    "post_short": lazy("Belum dua tahun dalam jabatan administrator atau fungsional ahli madya."),
    "predicate_missing": lazy("Predikat kinerja dua tahun terakhir belum lengkap."),
    "predicate_low": lazy("Predikat kinerja pada salah satu dari dua tahun terakhir di bawah Baik."),
    "sanctioned": lazy("Sedang menjalani hukuman disiplin."),
    "documents": lazy("Berkas belum lengkap atau tidak sah."),
}
_PROBLEMS: Final[Mapping[PanelProblem, str]] = {
    PanelProblem.TOO_FEW: lazy("Anggota kurang dari batas paling sedikit."),
    PanelProblem.TOO_MANY: lazy("Anggota lebih dari batas paling banyak."),
    PanelProblem.EVEN: lazy("Jumlah anggota genap, padahal harus gasal."),
    PanelProblem.TOO_MANY_INTERNAL: lazy("Anggota dari dalam lebih dari 45 persen."),
}


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage as a line of a list: when it came, how far it is, and mark and tone of the line."""

    title: str
    when: str
    who: str
    mark: str
    tone: str


def stage_lines(found: Selection, zone: tzinfo) -> tuple[StageLine, ...]:
    """Return the stages of a selection in their order: what is over, where it stands, what is still to come.

    :param zone: in which the city counts its days.
    """
    last = {entry.stage: entry for entry in found.stages}
    shown = [step for step in Step if step is not Step.CLOSED and (step in last or Step.CLOSED not in last)]
    return tuple(_line(found, step, zone) for step in (*shown, *((Step.CLOSED,) if Step.CLOSED in last else ())))


def step_words(step: Step) -> str:
    """Return what a selection is at."""
    return _(STEPS[step])


def named_stages() -> tuple[tuple[Stage, str], ...]:
    """Return the parts of the value in their order, each with what it is called."""
    return tuple((stage, _(name)) for stage, name in _STAGES.items())


def file_words(kind: FileKind) -> str:
    """Return what a file of an application is called."""
    return _(_FILES[kind])


def miss_words(code: str) -> str:
    """Return in a sentence which requirement is not met; a release of a city's own may have others."""
    return _(_MISSES[code]) if code in _MISSES else code


def problem_words(problem: str | None) -> str:
    """Return in a sentence why a panel may not score; nothing if it may."""
    return _(_PROBLEMS[PanelProblem(problem)]) if problem else ""


def points(value: Decimal | None) -> str:
    """Return a score or value with two decimals."""
    return "–" if value is None else show_number(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _line(found: Selection, step: Step, zone: tzinfo) -> StageLine:
    entry = next((item for item in reversed(found.stages) if item.stage is step), None)
    title = step_words(step)
    if entry is None:
        return StageLine(title, _("Nanti"), "", "dot", "")
    when = show_day(entry.began_at.astimezone(zone).date())
    until = _("sampai %(day)s", day=show_day(entry.until)) if entry.until is not None else ""
    if step is found.stage and not found.is_over:
        return StageLine(title, when, until or _("Sekarang"), "clock", "info")
    return StageLine(title, when, until, "done", "" if step is Step.CLOSED else "success")


#: What the templates about selections say things with.
SELECTION_WORDS: Final[Mapping[str, object]] = {
    "file_words": file_words,
    "miss_words": miss_words,
    "named_stages": named_stages,
    "points": points,
    "stage_lines": stage_lines,
    "step_words": step_words,
}
