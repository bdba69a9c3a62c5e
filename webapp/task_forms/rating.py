"""Forms of the appraiser's decisions: confirm or override the recommended ratings, and sign."""

from functools import lru_cache
from typing import Any, Final

from forms import (
    AlurForm,
    CheckboxField,
    Condition,
    Length,
    NoteWhenOverridden,
    Option,
    RadioField,
    Required,
    Text,
    TextAreaField,
)
from processes.appraisal.rules import label
from processes.appraisal.variables import is_replaced, why_returned
from processes.people.city import Rating
from webapp.task_forms.context import FormContext, TaskForm

NOTE_LENGTH = 2000
#: A reason has at least so many characters: a full stop is none.
SHORTEST_NOTE = 10

SIGN: Final = Option(
    "sign",
    Text("Saya telah memeriksa hasil evaluasi ini dan menandatanganinya", "I have checked this evaluation and sign it"),
)
RETURN: Final = Option(
    "return",
    Text("Kembali ke penilaian: ada rating yang perlu diperbaiki", "Back to the ratings: one has to be mended"),
)

WORK: Final = Text("Rating hasil kerja", "Rating of work results")
BEHAVIOUR: Final = Text("Rating perilaku kerja", "Rating of work behaviour")

_RECOMMENDED = Text("{label} (disarankan)", "{label} (recommended)")
_WHEN_OVERRIDDEN = Text(
    "Wajib bila pilihan Anda berbeda dari yang disarankan; pegawai dapat membacanya.",
    "Needed if your choice differs from the recommendation; the employee can read it.",
)
_WITHOUT_RECOMMENDATION = Text(
    "Data belum cukup untuk menyarankan rating, maka alasan penetapan wajib ditulis; pegawai dapat membacanya.",
    "There are not enough data to recommend a rating, so the reason is needed; the employee can read it.",
)


def rating_options(recommended: Rating | None = None) -> list[Option]:
    """Return the three ratings, best first, the recommended one marked in words."""
    return [Option(rating.value, _labelled(rating, rating is recommended)) for rating in Rating]


def build_confirm_ratings(context: FormContext) -> TaskForm:
    """Return the form of both ratings; none is chosen beforehand, so that each is a decision of its own.

    What came back before it was signed shows the ratings as they were; a superior who took over chooses anew.
    """
    variables, recommendation = context.variables, context.variables["recommendation"]
    before = variables["ratings"] if why_returned(variables) and not is_replaced(variables) else {}
    return TaskForm(_confirm_class(_rating(recommendation["work"]), _rating(recommendation["behaviour"])), before)


def build_sign(context: FormContext) -> TaskForm:
    """Return the form of the signature; the unit's distribution outside the guide asks for a justification."""
    return TaskForm(JustifiedSignatureForm if context.variables["distribution"]["warnings"] else SignatureForm)


def build_sign_or_return(context: FormContext) -> TaskForm:
    """Return the form of the signature with the way back to the ratings; it asks for a justification as `build_sign`.

    Cases of releases that know no way back have the key of `build_sign`.
    """
    if _has_been_back_late(context):
        return build_sign(context)
    return TaskForm(JustifiedSigningForm if context.variables["distribution"]["warnings"] else SigningForm)


def _has_been_back_late(context: FormContext) -> bool:
    """Say whether the one way back after the window is used up: each opens new limits."""
    variables = context.variables
    is_limited = variables["rating_by"].get("is_last") is not True
    return is_limited and bool(why_returned(variables)) and context.today > variables["window_end"]


def _confirmation() -> CheckboxField:
    return CheckboxField(SIGN.label, [Required()])


def _justification(**when: Any) -> TextAreaField:
    return TextAreaField(
        Text("Pembenaran sebaran rating", "Justification of the distribution"),
        [Required(), Length(SHORTEST_NOTE)],
        max_length=NOTE_LENGTH,
        hint=Text(
            "Jelaskan mengapa rating pegawai ini tepat meskipun sebaran unit di luar pola.",
            "Say why this rating is right although the unit's distribution leaves the guide.",
        ),
        **when,
    )


class SignatureForm(AlurForm):
    """The appraiser signs the confirmed ratings."""

    confirmed = _confirmation()


class JustifiedSignatureForm(AlurForm):
    """The signature where the ratings of the unit leave the guide: SE MenPANRB 3/2023 asks why, and never blocks."""

    justification = _justification()
    confirmed = _confirmation()


class SigningForm(AlurForm):
    """The appraiser signs, or sends the evaluation back to the ratings and says what is to be mended."""

    outcome = RadioField(Text("Keputusan Anda", "Your decision"), [Required()], options=[SIGN, RETURN])
    reason = TextAreaField(
        Text("Yang perlu diperbaiki", "What has to be mended"),
        [Required(), Length(SHORTEST_NOTE)],
        max_length=NOTE_LENGTH,
        rows=3,
        show_when=Condition("outcome", equals=RETURN.value),
        hint=Text(
            "Sebutkan rating yang keliru. Yang menetapkan rating membacanya, lalu evaluasi ditandatangani kembali.",
            "Name the rating that is wrong. Whoever sets the ratings reads it; then the evaluation is signed again.",
        ),
    )


class JustifiedSigningForm(SigningForm):
    """The same where the ratings of the unit leave the guide: only a signature needs the justification."""

    justification = _justification(show_when=Condition("outcome", equals=SIGN.value))


@lru_cache
def _confirm_class(work: Rating | None, behaviour: Rating | None) -> type[AlurForm]:
    reasons = (
        Text("Alasan rating hasil kerja", "Reason for the work rating"),
        Text("Alasan rating perilaku kerja", "Reason for the behaviour rating"),
    )
    fields = {
        "work": RadioField(WORK, [Required()], options=rating_options(work)),
        "work_note": _note(reasons[0], "work", work),
        "behaviour": RadioField(BEHAVIOUR, [Required()], options=rating_options(behaviour)),
        "behaviour_note": _note(reasons[1], "behaviour", behaviour),
    }
    return type("ConfirmRatingsForm", (AlurForm,), fields)


def _note(text: Text, of: str, recommended: Rating | None) -> Any:
    if recommended is None:
        checks: list[Any] = [Required(), Length(SHORTEST_NOTE)]
        return TextAreaField(text, checks, max_length=NOTE_LENGTH, rows=3, hint=_WITHOUT_RECOMMENDATION)
    check = NoteWhenOverridden(of, recommended=recommended.value, min_length=SHORTEST_NOTE)
    return TextAreaField(text, [check], max_length=NOTE_LENGTH, rows=3, hint=_WHEN_OVERRIDDEN)


def _labelled(rating: Rating, is_recommended: bool) -> Text:
    words = label(rating)
    if not is_recommended:
        return Text(words.id, words.en)
    return Text(_RECOMMENDED.id.format(label=words.id), _RECOMMENDED.en.format(label=words.en))


def _rating(name: str | None) -> Rating | None:
    return Rating(name) if name else None
