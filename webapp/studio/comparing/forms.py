"""The form in which somebody chooses whose version is taken where two contradict each other."""

from collections.abc import Iterable
from typing import Any

from engine.designs.differing import Difference
from engine.designs.merging import Conflict, Merged, Side
from forms import AlurForm, Option, RadioField, Required, Text
from webapp.studio.comparing.reading import file_name
from webapp.texts import gettext as _
from webapp.texts import language

PREFIX = "pilih_"


def merge_form(merged: Merged, other: str, sent: Any = None) -> AlurForm:
    """Return one choice for each conflict.

    :param other: what the other version is called.
    """
    numbered = enumerate(merged.conflicts, 1)
    choices = {f"{PREFIX}{conflict.id}": _field(number, conflict, other) for number, conflict in numbered}
    form: AlurForm = type("MergeForm", (AlurForm,), choices)(sent, language=language())
    return form


def choices_in(form: AlurForm, merged: Merged) -> dict[str, Side]:
    """Return what was chosen, as far as it was."""
    data = form.typed_data()
    given = ((conflict.id, data.get(f"{PREFIX}{conflict.id}")) for conflict in merged.conflicts)
    return {conflict: Side(str(side)) for conflict, side in given if side}


def _field(number: int, conflict: Conflict, other: str) -> RadioField:
    label = f"{number}. {file_name(conflict.file)}"
    options = [
        Option(Side.MINE, f"{_('Rancangan ini')}: {_sentences(conflict.mine)}"),
        Option(Side.THEIRS, f"{other}: {_sentences(conflict.theirs)}"),
    ]
    return RadioField(Text(label, label), [Required()], options=options)


def _sentences(told: Iterable[Difference]) -> str:
    return " ".join(item.texts[language()] for item in told) or _("tidak berubah.")
