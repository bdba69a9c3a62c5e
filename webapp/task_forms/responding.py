"""Forms around the answer of the employee: accept or object, and the decision about an objection."""

from functools import lru_cache
from typing import Any, Final

from forms import AlurForm, Condition, Length, Option, RadioField, Required, Text, TextAreaField
from processes.people.city import Rating
from webapp.task_forms.context import FormContext, TaskForm
from webapp.task_forms.rating import BEHAVIOUR, NOTE_LENGTH, SHORTEST_NOTE, WORK, rating_options

ACCEPT: Final = Option("accept", Text("Saya menerima hasil evaluasi ini", "I accept this result"))
OBJECT: Final = Option("object", Text("Saya mengajukan keberatan", "I object to this result"))
UPHOLD: Final = Option("uphold", Text("Menguatkan: hasil evaluasi tetap", "Uphold: the result stays"))
CHANGE: Final = Option("change", Text("Mengubah: rating diganti", "Change: the ratings are replaced"))

_ANSWER = Text("Tanggapan Anda", "Your answer")


def build_respond(context: FormContext) -> TaskForm:
    """Return the employee's answer; a final result (signed by the appraiser's superior) can only be accepted."""
    return TaskForm(FinalResultForm if context.variables["rating_by"]["is_final"] else ResponseForm)


def build_decide_objection(context: FormContext) -> TaskForm:
    """Return the superior's decision; new ratings are asked only when it changes the result."""
    ratings = context.variables["ratings"]
    return TaskForm(_decision_class(Rating(ratings["work"]), Rating(ratings["behaviour"])))


class FinalResultForm(AlurForm):
    """A result that takes no objection: the employee confirms to have received it."""

    answer = RadioField(_ANSWER, [Required()], options=[ACCEPT])


class ResponseForm(AlurForm):
    """The employee accepts the result or objects with a reason."""

    answer = RadioField(_ANSWER, [Required()], options=[ACCEPT, OBJECT])
    reason = TextAreaField(
        Text("Alasan keberatan", "Reason for the objection"),
        [Required(), Length(SHORTEST_NOTE)],
        max_length=5000,
        rows=6,
        show_when=Condition("answer", equals="object"),
        hint=Text(
            "Sebutkan bagian yang tidak sesuai dan fakta pendukungnya. Atasan pejabat penilai yang memutuskan.",
            "Name what is wrong and the facts behind it. The appraiser's superior decides.",
        ),
    )


class DecisionForm(AlurForm):
    """The superior upholds the result or gives new ratings, always with the reason."""

    before: tuple[Rating, Rating]

    outcome = RadioField(Text("Keputusan", "Decision"), [Required()], options=[UPHOLD, CHANGE])
    work = RadioField(WORK, [Required()], options=rating_options(), show_when=Condition("outcome", equals=CHANGE.value))
    behaviour = RadioField(
        BEHAVIOUR, [Required()], options=rating_options(), show_when=Condition("outcome", equals=CHANGE.value)
    )
    reason = TextAreaField(
        Text("Pertimbangan", "Grounds"),
        [Required(), Length(SHORTEST_NOTE)],
        max_length=NOTE_LENGTH,
        hint=Text(
            "Ringkas penjelasan penilai dan pegawai, serta dasar keputusan Anda; keduanya dapat membacanya.",
            "Sum up what appraiser and employee said and why you decide so; both can read it.",
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether the answers are good; a change has to change something."""
        is_good = super().validate(extra_validators)
        if is_good and self["outcome"].data == CHANGE.value and self._is_as_before():
            words = Text(
                "Rating yang dipilih sama dengan rating semula. Ubah salah satunya, atau pilih Menguatkan.",
                "These are the ratings as they were. Change one of them, or choose Uphold.",
            )
            self.add_error("outcome", words.to(self.language))
            return False
        return is_good

    def _is_as_before(self) -> bool:
        return (self["work"].data, self["behaviour"].data) == self.before


@lru_cache
def _decision_class(work: Rating, behaviour: Rating) -> type[DecisionForm]:
    class DecisionAgainForm(DecisionForm):
        """The decision about an evaluation with these ratings."""

        before = (work, behaviour)

    return DecisionAgainForm
