"""The form of level 4: the unit's figures before and after a training, as they were taken over or as somebody knows."""

from collections.abc import Mapping
from typing import Any, Final

from forms import (
    AlurForm,
    Between,
    DecimalField,
    IntegerField,
    Length,
    Required,
    Text,
    TextAreaField,
    TextField,
)
from webapp.task_forms.context import FormContext, TaskForm

SHORTEST_REASON: Final = 10
_NUMBERS: Final = ("before", "after", "sample")
_REASON: Final = Text(
    "Angka ini berbeda dari angka unit yang sudah diimpor. Tulis alasannya, paling sedikit 10 huruf.",
    "This differs from the unit's imported figures. Please write the reason, at least 10 characters.",
)
_TAKEN: Final = Text(
    "Angka di bawah ini diambil dari angka unit yang sudah diimpor. Periksa, lalu kirim; bila ada yang keliru, "
    "perbaiki dan tulis alasannya. Perubahan dapat pula punya sebab lain; karena itu unit pembanding ditulis.",
    "The figures below come from the unit's imported ones. Check and send them; if something is wrong, correct it and "
    "write the reason. There may be other causes, which is why other units are named.",
)
_ASKED: Final = Text(
    "Angka ini menghubungkan pelatihan dengan layanan unit. Perubahan dapat pula punya sebab lain; karena itu unit "
    "pembanding ditulis.",
    "These figures link the training with the unit's service. There may be other causes, which is why other units are "
    "named.",
)


def build_impact(context: FormContext) -> TaskForm:
    """Return the form of level 4, filled with the figures that were taken over, if there are any."""
    figures: Mapping[str, Any] = (context.variables.get("figures") or {}).get("impact") or {}
    if not figures.get("is_found"):
        return TaskForm(_impact_class({}, _ASKED.to(context.language)))
    known = {name: value for name, value in figures.items() if name != "is_found"}
    return TaskForm(_impact_class(known, _TAKEN.to(context.language)), known)


def _impact_class(known: Mapping[str, Any], words: str) -> type[AlurForm]:
    class ImpactForm(AlurForm):
        """What a training changed in the unit."""

        title = ""
        intro = words
        measure = TextField(
            Text("Indikator unit", "Indicator of the unit"),
            [Required()],
            max_length=200,
            hint=Text("Misalnya: IKM unit, waktu layanan.", "For example: the unit's IKM, service time."),
        )
        before = DecimalField(Text("Nilai sebelum pelatihan", "Value before the training"), [Required()])
        after = DecimalField(Text("Nilai sesudah pelatihan", "Value after the training"), [Required()])
        sample = IntegerField(
            Text("Jumlah responden atau kejadian (n)", "Respondents or events (n)"), [Required(), Between(1)]
        )
        others = TextAreaField(
            Text("Unit pembanding", "Units to compare with"),
            [Required()],
            max_length=1000,
            hint=Text(
                "Nama unit serupa dan nilainya pada masa yang sama.",
                "Name of similar units and their values at the same time.",
            ),
        )
        source = TextAreaField(Text("Sumber angka", "Where the figures come from"), [Required()], max_length=1000)
        if known:
            correction = TextAreaField(
                Text("Alasan bila angkanya diperbaiki", "Reason if a figure is corrected"),
                [Length(0)],
                max_length=1000,
                rows=2,
            )

        def validate(self, extra_validators: Any = None) -> bool:
            """Return whether all is there, and a figure that was corrected has its reason."""
            good = bool(super().validate(extra_validators))
            if good and known and self._differs() and len(self["correction"].data or "") < SHORTEST_REASON:
                self.add_error("correction", _REASON.to(self.language))
                return False
            return good

        def _differs(self) -> bool:
            return any(known.get(name) is not None and self[name].data != known[name] for name in _NUMBERS)

    return ImpactForm
