"""What somebody handed in with a step, in one or two plain sentences, as far as the reader may know it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from processes.appraisal.rules import label
from processes.people.city import OrgPredicate, Rating
from webapp.cases.reading import SeenCase
from webapp.texts import gettext as _
from webapp.texts import language, show_day

Answers = Mapping[str, Any]


def describe_answers(form: str | None, answers: Answers, seen: SeenCase) -> str:
    """Return what a step's answers say; empty where there is nothing to say, or nothing for this reader."""
    tell = _TELLERS.get(form or "") if seen.sees_person else None
    return " ".join(filter(None, tell(answers, seen))) if tell is not None and answers else ""


def _realisation(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    numbers = sum(1 for name, value in answers.items() if "__" in name and value is not None and value is not False)
    files = len(answers.get("evidence") or ())
    filled = _("%(count)s isian terisi.", count=numbers)
    return filled, _("%(count)s berkas bukti dukung.", count=files) if files else _("Tanpa berkas bukti dukung.")


def _rating_inputs(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    if not seen.sees_notes or not answers.get("feedback_text"):
        return ()
    tone = _("Umpan balik positif") if answers.get("feedback_tone") == "positive" else _("Umpan balik perbaikan")
    return (f"{tone}: “{answers['feedback_text']}”",)


def _ratings(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    if not seen.sees_notes and not _is_handed_over(seen):
        return ()
    given = _two_ratings(answers)
    notes = (answers.get("work_note"), answers.get("behaviour_note"))
    return given, *(f"“{note}”" for note in dict.fromkeys(notes) if note)


def _signature(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    return (_quoted(_("Pembenaran"), answers.get("justification")),) if seen.sees_notes else ()


def _signature_or_return(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    if answers.get("outcome") != "return":
        return _signature(answers, seen)
    reason = f"“{answers['reason']}”" if seen.sees_notes and answers.get("reason") else ""
    return _("Belum ditandatangani: kembali ke penilaian."), reason


def _hand_over(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    held = _("Dialog kinerja pada %(day)s.", day=show_day(answers.get("dialogue_on")))
    return held, f"“{answers['note']}”" if answers.get("note") else ""


def _response(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    if answers.get("answer") == "object":
        return _("Mengajukan keberatan."), f"“{answers['reason']}”" if answers.get("reason") else ""
    return (_("Menerima hasil."),)


def _decision(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    is_changed = answers.get("outcome") == "change"
    outcome = _("Rating diubah.") if is_changed else _("Hasil dikuatkan.")
    ratings = _two_ratings(answers) if is_changed else ""
    return outcome, ratings, f"“{answers['reason']}”" if answers.get("reason") else ""


def _org_predicate(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    predicate = answers.get("predicate")
    words = _("Predikat unit: %(predicate)s.", predicate=in_words(OrgPredicate(predicate))) if predicate else ""
    return words, f"“{answers['note']}”" if answers.get("note") else ""


def _justification(answers: Answers, seen: SeenCase) -> tuple[str, ...]:
    return (_quoted(_("Pembenaran"), answers.get("reason")),)


def _quoted(what: str, text: str | None) -> str:
    return f"{what}: “{text}”" if text else ""


def _two_ratings(answers: Answers) -> str:
    work, behaviour = answers.get("work"), answers.get("behaviour")
    if not (work and behaviour):
        return ""
    return _(
        "Hasil kerja: %(work)s; perilaku kerja: %(behaviour)s.",
        work=in_words(Rating(work)),
        behaviour=in_words(Rating(behaviour)),
    )


def in_words(value: StrEnum) -> str:
    """Return the label of a rating or predicate in the reader's language."""
    words = label(value)
    return words.id if language() == "id" else words.en


def _is_handed_over(seen: SeenCase) -> bool:
    return "record_hand_over" in seen.view.passed


_TELLERS: Final[Mapping[str, Callable[[Answers, SeenCase], tuple[str, ...]]]] = {
    "appraisal.realisation": _realisation,
    "appraisal.rating_inputs": _rating_inputs,
    "appraisal.confirm_ratings": _ratings,
    "appraisal.sign": _signature,
    "appraisal.sign_or_return": _signature_or_return,
    "appraisal.respond": _response,
    "appraisal.decide_objection": _decision,
    "hand_over": _hand_over,
    "org_predicate": _org_predicate,
    "distribution_justification": _justification,
}
