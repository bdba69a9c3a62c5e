"""The form by which the appointing authority chooses one of those whom the board proposes, or sends it back."""

from typing import Any, Final

from forms import AlurForm, Condition, Option, RadioField, Required, Text, TextAreaField
from processes.people.queries.names import names_of
from processes.promotion.board.services.deciding import SHORTEST_REASON
from webapp.promotion.board_words import percent
from webapp.task_forms.context import FormContext, TaskForm
from webapp.texts import gettext as _

_CHOOSE: Final = "choose"
_REASON: Final = Text(
    "Tulis alasannya, paling sedikit satu kalimat (20 huruf). Para calon membacanya.",
    "Please write the reason, one sentence at least (20 characters). The candidates read it.",
)


def build_choice(context: FormContext) -> TaskForm:
    """Return the form with those who are proposed, by place, name and value."""
    rows = context.variables["shortlist"]
    names = names_of(context.read, context.actor, (int(row["employee"]) for row in rows))
    options = [Option(str(row["employee"]), _words(row, names.get(int(row["employee"]), "–"))) for row in rows]
    return TaskForm(_choice_class(options, frozenset(str(row["employee"]) for row in rows if row["place"] == 1)))


def _words(row: Any, name: str) -> str:
    return _(
        "Peringkat %(place)s: %(name)s, nilai %(value)s", place=row["place"], name=name, value=percent(row["total"])
    )


def _choice_class(candidates: list[Option], firsts: frozenset[str]) -> type[AlurForm]:
    class ChoiceForm(AlurForm):
        """The decision among those who are proposed."""

        outcome = RadioField(
            Text("Keputusan", "Decision"),
            [Required()],
            options=[
                Option(_CHOOSE, Text("Pilih salah satu calon", "Choose one of the candidates")),
                Option("return", Text("Kembalikan kepada tim", "Return to the board")),
            ],
        )
        candidate = RadioField(
            Text("Calon yang dipilih", "Chosen candidate"),
            [Required()],
            options=candidates,
            show_when=Condition("outcome", equals=_CHOOSE),
        )
        reason = TextAreaField(
            Text("Alasan", "Reason"),
            max_length=2000,
            hint=Text(
                "Wajib bila bukan peringkat 1 atau bila dikembalikan. Para calon membacanya.",
                "Needed unless you choose the first place, and to send it back. The candidates read it.",
            ),
        )

        def validate(self, extra_validators: Any = None) -> bool:
            """Return whether the answers are good: whoever passes over the first place says why."""
            is_good = super().validate(extra_validators)
            is_first = self["outcome"].data == _CHOOSE and self["candidate"].data in firsts
            if is_good and not is_first and len((self["reason"].data or "").strip()) < SHORTEST_REASON:
                self.add_error("reason", _REASON.to(self.language))
                return False
            return is_good

    return ChoiceForm
