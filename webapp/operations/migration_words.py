"""How a move of cases is told: what became of how many, how far a run is, and what changes for whom."""

from collections.abc import Iterable, Mapping
from typing import Final

from engine.bpmn.migrate import Verdict
from engine.bpmn.model import Outline
from engine.bpmn.plan import Reason
from engine.moving.runs import Route
from engine.queries.migration import RunView
from engine.records.migration import Fate
from webapp.operations.naming import name_of
from webapp.texts import gettext as _
from webapp.texts import language, lazy, text_for

_FATES: Final[Mapping[Fate, str]] = {
    Fate.SAME: lazy("%(count)s sama"),
    Fate.MAPPED: lazy("%(count)s disesuaikan"),
    Fate.STUCK: lazy("%(count)s tertahan"),
    Fate.UNDONE: lazy("%(count)s dikembalikan"),
}
#: What becomes of a case: a word, its tone, and what it means.
VERDICTS: Final[Mapping[Verdict, tuple[str, str, str]]] = {
    Verdict.SAME: (
        lazy("sama"),
        "success",
        lazy("Tidak ada yang berbeda di langkahnya sekarang; hanya rilisnya yang berganti."),
    ),
    Verdict.MAPPED: (
        lazy("disesuaikan"),
        "info",
        lazy("Tugas, batas waktu, dan draf dibawa serta; yang berubah tertulis di bawah."),
    ),
    Verdict.STUCK: (
        lazy("tertahan"),
        "warning",
        lazy("Tetap di rilis lama dan berjalan seperti biasa; sebabnya tertulis di bawah."),
    ),
}


def verdict_in_words(counts: Mapping[Verdict, int]) -> str:
    """Return in a sentence how many of the cases that were looked at could be moved."""
    movable, total = counts.get(Verdict.SAME, 0) + counts.get(Verdict.MAPPED, 0), sum(counts.values())
    if not movable:
        return _("Tidak satu pun dari %(total)s kasus dapat dipindahkan.", total=total)
    if movable == total:
        return _("Semua %(total)s kasus dapat dipindahkan. Belum ada yang dipindahkan.", total=total)
    return _(
        "%(count)s dari %(total)s kasus dapat dipindahkan. Belum ada yang dipindahkan.", count=movable, total=total
    )


def counts_in_words(fates: Mapping[Fate, int]) -> str:
    """Return in a line what became of the cases of a run."""
    return ", ".join(_(text, count=fates[fate]) for fate, text in _FATES.items() if fates.get(fate)) or "–"


def run_state(view: RunView, *, is_taken_back: bool = False) -> tuple[str, str]:
    """Return how far a run is, in a word, with its tone.

    :param is_taken_back: its cases are being taken back just now.
    """
    if is_taken_back:
        return _("sedang dikembalikan"), "info"
    if view.run.ended_at is None:
        return _("belum selesai"), "info"
    if view.fates.get(Fate.UNDONE):
        return _("dikembalikan"), ""
    if view.fates.get(Fate.STUCK):
        return _("selesai, ada yang tertahan"), "warning"
    return _("selesai"), "success"


def said(reason: Reason, route: Route) -> str:
    """Return a reason or a remark with the names that people know from the diagram."""
    outlines = route.plan.pair.old.outline, route.plan.pair.new.outline
    element = _label(reason.element, outlines)
    targets = (_named(name, outlines, element) for name in reason.target.split(", "))
    params = {"element": _named(reason.element, outlines), "target": ", ".join(targets) if reason.target else "–"}
    return text_for(reason.code, params, language())


def _label(name: str, outlines: Iterable[Outline]) -> str | None:
    found = next((outline for outline in outlines if name in outline.elements), None)
    return name_of(found, name) if found is not None else None


def _named(name: str, outlines: Iterable[Outline], other: str | None = None) -> str:
    """Return the name of a step, with its id if another one that is spoken of has the same."""
    label = _label(name, outlines)
    if label is None:
        return name
    return f"“{label}” ({name})" if label == other else f"“{label}”"


def quoted(outline: Outline, names: Iterable[str], other: str) -> str:
    """Return the names of some steps in a line; those with the name of another one also with their ids."""
    return ", ".join(_named(name, (outline,), other) for name in names)
