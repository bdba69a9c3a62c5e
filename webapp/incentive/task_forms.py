"""The decision about a disputed allowance slip, which depends on what the unit answered."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from forms import (
    AlurForm,
    Between,
    ChoiceField,
    Condition,
    DateField,
    FileField,
    IntegerField,
    Length,
    NotInFuture,
    Option,
    RadioField,
    Required,
    Text,
    TextAreaField,
)
from webapp.task_forms.context import FormContext, TaskForm
from webapp.task_forms.rating import NOTE_LENGTH, SHORTEST_NOTE

MOST_MINUTES: Final = 600
AS_ANSWERED: Final = Option("as_answered", Text("Kabulkan seperti usulan unit", "Grant it as the unit proposes"))
OTHER: Final = Option("other", Text("Kabulkan: kehadiran satu hari dikoreksi", "Grant it: correct a day's attendance"))
MENDED: Final = Option(
    "mended",
    Text("Kabulkan: data lain sudah diperbaiki, hitung ulang", "Grant it: other data were mended, compute again"),
)
DENY: Final = Option("deny", Text("Tolak: slip sudah benar", "Deny it: the slip is right"))

_KINDS: Final = [
    Option("hadir", Text("Hadir", "Present")),
    Option("dinas_luar", Text("Dinas luar", "On duty elsewhere")),
    Option("diklat", Text("Pelatihan", "In training")),
    Option("cuti", Text("Cuti", "On leave")),
    Option("sakit", Text("Sakit", "Ill")),
    Option("izin", Text("Izin", "Excused")),
    Option("tanpa_keterangan", Text("Tanpa keterangan", "Absent without reason")),
    Option("libur", Text("Hari libur", "Day off")),
]
_IS_OTHER: Final = Condition("outcome", equals=OTHER.value)
_IS_PRESENT: Final = Condition("kind", equals="hadir")
_MINUTES: Final = Text("menit", "minutes")


def build_decide_dispute(context: FormContext) -> TaskForm:
    """Return the form; granting as the unit proposes is offered only where the unit proposed something."""
    answer = context.variables.get("answer") or {}
    return TaskForm(_form_of(is_proposed=answer.get("outcome") in ("wrong", "mended")))


@lru_cache
def _form_of(*, is_proposed: bool) -> type[AlurForm]:
    options = [*([AS_ANSWERED] if is_proposed else []), OTHER, MENDED, DENY]
    fields = {
        "outcome": RadioField(Text("Keputusan", "Decision"), [Required()], options=options),
        "day": DateField(
            Text("Hari yang dikoreksi", "Day to correct"), [Required(), NotInFuture()], show_when=_IS_OTHER
        ),
        "kind": ChoiceField(
            Text("Yang sebenarnya", "What it really was"), [Required()], options=_KINDS, show_when=_IS_OTHER
        ),
        "late": _minutes(Text("Terlambat", "Late")),
        "early": _minutes(Text("Pulang lebih awal", "Left early")),
        "evidence": FileField(Text("Bukti", "Evidence"), [Required()], max_files=1, show_when=_IS_OTHER),
        "reason": TextAreaField(
            Text("Pertimbangan", "Grounds"),
            [Required(), Length(SHORTEST_NOTE)],
            max_length=NOTE_LENGTH,
            hint=Text("Pegawai dan unitnya membacanya.", "The employee and the unit read it."),
        ),
    }
    return type("DecideDisputeForm", (AlurForm,), fields)


def _minutes(label: Text) -> IntegerField:
    return IntegerField(label, [Between(0, MOST_MINUTES)], unit=_MINUTES, show_when=_IS_PRESENT)


BUILDERS: Final[Mapping[str, object]] = {"incentive.decide_dispute": build_decide_dispute}
