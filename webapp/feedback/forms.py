"""Forms of feedback: whom to look for, and what to say."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from forms import AlurForm, ChoiceField, Length, Option, RadioField, Required, Text, TextAreaField, TextField
from processes.appraisal.commands.give_feedback import MAX_TEXT
from processes.people.queries import Unit

PRAISE: Final = "praise"
IMPROVE: Final = "improve"
SHORTEST_TEXT = 10


class AllOrOneField(ChoiceField):
    """A list whose first entry means "all"."""

    has_placeholder = False


def search_form(units: Iterable[Unit]) -> "partial[AlurForm]":
    """Return the form that finds a colleague; sent by POST, because an address must not hold a name."""
    every = Option("", Text("Semua unit", "All units"))
    options = [every, *(Option(str(unit.id), Text(unit.name, unit.name)) for unit in units)]
    fields = {
        "cari": TextField(Text("Nama rekan", "Name of the colleague"), max_length=100),
        "unit": AllOrOneField(Text("Unit kerja", "Unit"), options=options),
    }
    return partial(type("ColleagueForm", (AlurForm,), fields))


class FeedbackForm(AlurForm):
    """What a colleague is told."""

    tone = RadioField(
        Text("Apa yang ingin Anda sampaikan?", "What do you want to say?"),
        [Required()],
        options=(
            Option(PRAISE, Text("Apresiasi: ada yang baik dan patut diteruskan", "Praise: something to go on with")),
            Option(IMPROVE, Text("Saran: ada yang dapat diperbaiki", "Suggestion: something that could be better")),
        ),
    )
    text = TextAreaField(
        Text("Umpan balik Anda", "Your feedback"),
        [Required(), Length(SHORTEST_TEXT)],
        max_length=MAX_TEXT,
        rows=8,
        hint=Text(
            "Tulis apa yang terjadi, satu contoh, dan akibatnya bagi pekerjaan. Paling banyak 2.000 karakter.",
            "Write what happened, one example, and its effect on the work. At most 2,000 characters.",
        ),
    )

    @property
    def is_positive(self) -> bool:
        """It is praise."""
        return bool(self["tone"].data == PRAISE)

    @property
    def words(self) -> str:
        """The text."""
        return str(self["text"].data or "")
