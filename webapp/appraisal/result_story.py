"""What happened to a result from the ratings to the lock, as moments of a time line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from processes.appraisal.queries.result import EvaluationVersion
from webapp.appraisal.result_reading import SeenResult
from webapp.appraisal.wording import in_words, show_here
from webapp.texts import gettext as _
from webapp.texts import lazy, show_day

_ANSWERS = {
    "accepted": lazy("Pegawai menerima hasil"),
    "silent": lazy("Pegawai tidak menanggapi sampai batas waktu; hasil dianggap diterima"),
    "objected": lazy("Pegawai mengajukan keberatan"),
    "final": lazy("Hasil final"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment, as the time line of `layout/lists.html` takes it."""

    when: str
    title: str
    who: str
    detail: str
    mark: str
    tone: str = "success"


def moments(seen: SeenResult) -> tuple[Moment, ...]:
    """Return the moments of all versions, oldest first."""
    first = seen.result.versions[0]
    return (*_rated(seen), *_first(first, seen), *_decision(first, seen), *_lock(seen))


def _rated(seen: SeenResult) -> Iterator[Moment]:
    """Yield who assessed behaviour and rubric, and who set the ratings: two steps, often of the same person."""
    result = seen.result
    if result.assessed_at:
        who = seen.names.get(result.assessed_by or 0, "–")
        yield _moment(result.assessed_at, _("Perilaku dan rubrik dinilai"), who, "", "edit")
    if seen.rated_at:
        yield _moment(seen.rated_at, _("Rating ditetapkan"), seen.names.get(seen.rated_by or 0, "–"), "", "done")


def _first(item: EvaluationVersion, seen: SeenResult) -> Iterator[Moment]:
    rater = seen.names.get(item.rater_id or 0, "–")
    if item.signed_at:
        detail = (item.justification or "") if seen.sees_notes else ""
        yield _moment(item.signed_at, _("Ditandatangani"), rater, detail, "sign")
    if item.handed_over_at:
        talked = _("Dialog kinerja pada %(day)s.", day=show_day(item.dialogue_on)) if item.dialogue_on else ""
        detail = " ".join(filter(None, (talked, item.dialogue_note)))
        title = _("Disampaikan dalam dialog kinerja") if item.dialogue_on else _("Disampaikan secara elektronik")
        yield _moment(item.handed_over_at, title, rater if item.dialogue_on else _("Sistem"), detail, "chat")
    if item.responded_at and item.response:
        who = _("Sistem") if item.response == "silent" else seen.employee
        yield _moment(item.responded_at, _(_ANSWERS[item.response]), who, item.objection or "", "flag")


def _decision(item: EvaluationVersion, seen: SeenResult) -> Iterator[Moment]:
    if not item.decided_at:
        return
    is_changed = item.decision == "change"
    title = _("Keberatan diputus: rating diubah") if is_changed else _("Keberatan diputus: hasil dikuatkan")
    yield _moment(item.decided_at, title, seen.names.get(item.decided_by or 0, "–"), item.decision_note or "", "edit")


def _lock(seen: SeenResult) -> Iterator[Moment]:
    latest = seen.result.versions[-1]
    if latest.locked_at:
        detail = _("Predikat yang berlaku: %(predicate)s.", predicate=in_words(latest.predicate))
        yield _moment(latest.locked_at, _("Dilaporkan dan dikunci"), _("Sistem"), detail, "lock")


def _moment(at: datetime, title: str, who: str, detail: str, mark: str) -> Moment:
    return Moment(show_here(at), title, who, detail, mark)
