"""Forms of the operators: a reason for everything, and what the operation needs besides."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from engine.commands.change_variables import LONGEST_NAME
from engine.operations import LONGEST_REASON
from forms import (
    AlurForm,
    CheckboxField,
    ChoiceField,
    Condition,
    Length,
    Option,
    Required,
    Text,
    TextAreaField,
    TextField,
)
from webapp.values import ValueKind

SHORTEST_REASON = 10
MOST_TYPED = 5000
LONGEST_NIP = 30  # typed with spaces

_KINDS: dict[ValueKind, Text] = {
    ValueKind.TEXT: Text("Teks", "Text"),
    ValueKind.NUMBER: Text("Angka", "Number"),
    ValueKind.DAY: Text("Tanggal", "Date"),
    ValueKind.YES_NO: Text("Ya atau tidak", "Yes or no"),
    ValueKind.FEEL: Text("Daftar atau kumpulan isian (FEEL)", "List or context (FEEL)"),
    ValueKind.NOTHING: Text("Kosong", "Nothing"),
}


def _reason() -> TextAreaField:
    return TextAreaField(
        Text("Alasan", "Reason"),
        [Required(), Length(SHORTEST_REASON)],
        max_length=LONGEST_REASON,
        rows=3,
        hint=Text(
            "Tertulis di riwayat kasus bersama nama Anda, dan dibaca semua yang boleh melihat kasus ini.",
            "Written into the history of the case with your name, and read by everybody who may see the case.",
        ),
    )


def _kind(label: Text) -> ChoiceField:
    return ChoiceField(label, [Required()], options=[Option(str(kind), text) for kind, text in _KINDS.items()])


def _value() -> TextAreaField:
    return TextAreaField(
        Text("Nilai", "Value"),
        [Required()],
        max_length=MOST_TYPED,
        rows=3,
        show_when=Condition("kind", not_equals=str(ValueKind.NOTHING)),
        hint=Text(
            'Tanggal: 17/08/2026. Angka: 1234,5. Daftar: [1, 2]. Kumpulan isian: {nama: "Ani"}.',
            'Date: 17/08/2026. Number: 1234.5. List: [1, 2]. Context: {name: "Ani"}.',
        ),
    )


class ReasonForm(AlurForm):
    """Why something is done."""

    reason = _reason()


class CancelForm(AlurForm):
    """Why a case is cancelled, and that it is meant."""

    reason = _reason()
    sure = CheckboxField(
        Text(
            "Saya mengerti: kasus yang dibatalkan tidak dapat dibuka lagi.",
            "I understand: a case that is cancelled cannot be opened again.",
        ),
        [Required()],
    )


class HandOverForm(AlurForm):
    """Who does a task in the place of somebody who has left, and why."""

    nip = TextField(
        Text("NIP pegawai yang mengerjakannya", "NIP of the employee who does it"),
        [Required()],
        max_length=LONGEST_NIP,
        hint=Text("18 angka; spasi boleh.", "18 digits; spaces are allowed."),
    )
    reason = _reason()


class SkipForm(AlurForm):
    """What a failed element would have given, and why it is passed over."""

    kind = _kind(Text("Hasil langkah ini", "Result of this step"))
    value = _value()
    reason = _reason()


class VariableForm(AlurForm):
    """A variable's new value."""

    name = TextField(
        Text("Nama variabel", "Name of the variable"),
        [Required()],
        max_length=LONGEST_NAME,
        hint=Text("Persis seperti di diagram, misalnya rating_by.", "Exactly as in the diagram, such as rating_by."),
    )
    kind = _kind(Text("Jenis nilai", "Kind of value"))
    value = _value()
    reason = _reason()


def move_form(targets: Iterable[tuple[str, str]]) -> "partial[AlurForm]":
    """Return the form that moves a token to one of some elements: id and name."""
    fields: dict[str, Any] = {
        "target": ChoiceField(
            Text("Lanjutkan dari langkah", "Go on from the step"),
            [Required()],
            options=[Option(name, Text(label, label)) for name, label in targets],
        ),
        "reason": _reason(),
    }
    return partial(type("MoveForm", (AlurForm,), fields))
