"""Forms about people: a corrected reporting line, the decision about it, and a file to import."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from forms import AlurForm, ChoiceField, DateField, Length, Option, RadioField, Required, Text, TextAreaField, TextField
from processes.people.queries import Unit
from webapp.people.line_reading import Choice

SHORTEST_REASON = 10


class SearchForm(AlurForm):
    """Part of a name, or a NIP; sent by POST, because an address must hold neither."""

    cari = TextField(Text("Cari nama atau NIP", "Search by name or NIP"), max_length=100)


class AllOrOneField(ChoiceField):
    """A list whose first entry means "all"."""

    has_placeholder = False


def unit_form(units: Iterable[Unit]) -> "partial[AlurForm]":
    """Return the form by which people are filtered by unit."""
    every = Option("", Text("Semua unit", "All units"))
    options = [every, *(Option(str(unit.id), Text(unit.name, unit.name)) for unit in units)]
    return partial(type("UnitForm", (AlurForm,), {"unit": AllOrOneField(Text("Unit", "Unit"), options=options)}))


def line_form(choices: Iterable[Choice]) -> "partial[AlurForm]":
    """Return the form of a corrected line with the people that the search has found."""
    options = [_option(choice) for choice in choices]
    fields: dict[str, Any] = {
        "appraiser": RadioField(
            Text("Pejabat penilai yang benar", "The right appraiser"), [Required()], options=options
        ),
        "valid_from": DateField(
            Text("Berlaku sejak", "Valid from"),
            [Required()],
            hint=Text(
                "Boleh hari yang sudah lewat, bila garisnya memang sudah lama keliru.",
                "It may lie in the past, if the line has been wrong for some time.",
            ),
        ),
        "reason": TextAreaField(
            Text("Alasan", "Reason"),
            [Required(), Length(SHORTEST_REASON)],
            max_length=1000,
            hint=Text(
                "Apa yang keliru, dan dasar perbaikannya (misalnya nomor SK).",
                "What is wrong, and what the correction is based on (such as a decree).",
            ),
        ),
    }
    return partial(type("LineForm", (AlurForm,), fields))


def _option(choice: Choice) -> Option:
    words = " – ".join(filter(None, (choice.name, choice.post, choice.unit)))
    return Option(str(choice.id), Text(words, words))


class RefusalForm(AlurForm):
    """Why a correction is refused."""

    note = TextAreaField(
        Text("Alasan penolakan", "Reason for refusing"), [Required(), Length(SHORTEST_REASON)], max_length=1000, rows=2
    )
