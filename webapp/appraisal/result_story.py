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


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below the printed result: who answers for it, and what that person did when."""

    role: str
    name: str
    act: str


def signatures(seen: SeenResult) -> tuple[Signature, ...]:
    """Return who signed, who answered and, after an objection, who decided."""
    first = seen.result.versions[0]
    rater, decider = who_did("sign", first.rater_id, seen), who_did("decide_objection", first.decided_by, seen)
    signed = _at(_("Ditandatangani secara elektronik"), first.signed_at) or _("Belum ditandatangani")
    answer = _(_ANSWERS[first.response]) if first.response else ""
    own = Signature(_("Pegawai"), seen.employee, _at(answer, first.responded_at) or _("Belum menanggapi"))
    decided = Signature(_("Pemutus keberatan"), decider, _at(_decided(first), first.decided_at))
    return (Signature(_("Pejabat penilai"), rater, signed), own, *((decided,) if first.decided_at else ()))


def who_did(element: str, person: int | None, seen: SeenResult) -> str:
    """Return the name of whoever did a step, with the one for whom it was done where that is somebody else."""
    name, principal = seen.names.get(person or 0, "–"), seen.behalf.get(element)
    if principal is None:
        return name
    return _("%(name)s, atas nama %(principal)s", name=name, principal=seen.names.get(principal, "–"))


def _at(act: str, at: datetime | None) -> str:
    """Return what was done and when; empty for what was not done yet."""
    return _("%(name)s, %(when)s", name=act, when=show_here(at)) if at is not None else ""


def _decided(item: EvaluationVersion) -> str:
    is_changed = item.decision == "change"
    return _("Keberatan diputus: rating diubah") if is_changed else _("Keberatan diputus: hasil dikuatkan")


def moments(seen: SeenResult) -> tuple[Moment, ...]:
    """Return the moments of all versions, oldest first."""
    first = seen.result.versions[0]
    return (*_rated(seen), *_first(first, seen), *_decision(first, seen), *_lock(seen))


def _rated(seen: SeenResult) -> Iterator[Moment]:
    """Yield who assessed behaviour and rubric, and who set the ratings: two steps, often of the same person."""
    result = seen.result
    if result.assessed_at:
        who = who_did("assess_behaviour", result.assessed_by, seen)
        yield _moment(result.assessed_at, _("Perilaku dan rubrik dinilai"), who, "", "edit")
    if seen.rated_at:
        who = who_did("confirm_ratings", seen.rated_by, seen)
        yield _moment(seen.rated_at, _("Rating ditetapkan"), who, "", "done")


def _first(item: EvaluationVersion, seen: SeenResult) -> Iterator[Moment]:
    if item.signed_at:
        detail = (item.justification or "") if seen.sees_notes else ""
        yield _moment(item.signed_at, _("Ditandatangani"), who_did("sign", item.rater_id, seen), detail, "sign")
    if item.handed_over_at:
        talked = _("Dialog kinerja pada %(day)s.", day=show_day(item.dialogue_on)) if item.dialogue_on else ""
        detail = " ".join(filter(None, (talked, item.dialogue_note)))
        title = _("Disampaikan dalam dialog kinerja") if item.dialogue_on else _("Disampaikan secara elektronik")
        who = who_did("hand_over", seen.doers.get("hand_over"), seen) if item.dialogue_on else _("Sistem")
        yield _moment(item.handed_over_at, title, who, detail, "chat")
    if item.responded_at and item.response:
        who = _("Sistem") if item.response == "silent" else seen.employee
        yield _moment(item.responded_at, _(_ANSWERS[item.response]), who, item.objection or "", "flag")


def _decision(item: EvaluationVersion, seen: SeenResult) -> Iterator[Moment]:
    if not item.decided_at:
        return
    who = who_did("decide_objection", item.decided_by, seen)
    yield _moment(item.decided_at, _decided(item), who, item.decision_note or "", "edit")


def _lock(seen: SeenResult) -> Iterator[Moment]:
    latest = seen.result.versions[-1]
    if latest.locked_at:
        detail = _("Predikat yang berlaku: %(predicate)s.", predicate=in_words(latest.predicate))
        yield _moment(latest.locked_at, _("Dilaporkan dan dikunci"), _("Sistem"), detail, "lock")


def _moment(at: datetime, title: str, who: str, detail: str, mark: str) -> Moment:
    return Moment(show_here(at), title, who, detail, mark)
