"""What the talent box says on pages, and how its figures came about."""

from collections.abc import Mapping
from typing import Any, Final

from processes.appraisal.rules import label
from processes.people.city import Rating
from processes.people.follow_ups import ACTIONS, STATES, FollowUpState
from processes.promotion.queries.talents import Box, Talent
from processes.promotion.talent import Axis, Potential
from webapp.texts import gettext as _
from webapp.texts import language, lazy, show_number

Node = dict[str, Any]
POTENTIAL: Final[Mapping[Potential, str]] = {
    Potential.LOW: lazy("Rendah"),
    Potential.MEDIUM: lazy("Menengah"),
    Potential.HIGH: lazy("Tinggi"),
}
_PARTS: Final[Mapping[str, str]] = {
    "main": lazy("Predikat dua tahun terakhir"),
    "support": lazy("Penghargaan lima tahun terakhir"),
    "competency": lazy("Kompetensi terhadap standar jabatan"),
    "potential": lazy("Hasil uji potensi"),
    "qualification": lazy("Pendidikan"),
    "integrity": lazy("Integritas dan disiplin"),
}
_TONES: Final[Mapping[FollowUpState, str]] = {
    FollowUpState.PLANNED: "info",
    FollowUpState.UNDER_WAY: "warning",
    FollowUpState.DONE: "success",
    FollowUpState.DROPPED: "",
}


def row_words(row: Rating) -> str:
    """Return a row of the box in the reader's language."""
    text = label(row)
    return text.en if language() == "en" else text.id


def box_words(box: Box) -> str:
    """Return what follows from a box, in the reader's language."""
    return box.follow_up_en if language() == "en" else box.follow_up_id


def part_words(name: str) -> str:
    """Return what a part of an axis is called."""
    return _(_PARTS[name])


def talent_tree(talent: Talent) -> list[Node]:
    """Return how both axes came about, part by part."""
    axes = ((_("Sumbu kinerja"), talent.performance), (_("Sumbu potensial"), talent.potential))
    inputs = [_axis(name, axis) for name, axis in axes]
    if talent.value is None:
        return inputs
    total = {"label": _("Nilai akhir talenta"), "value": show_number(talent.value, 2), "inputs": inputs}
    return [{**total, "formula": _("Rata-rata kedua sumbu")}]


def action_words(action: str) -> str:
    """Return what a follow-up is called, in the reader's language; its code where nobody knows it."""
    text = ACTIONS.get(action)
    if text is None:
        return action
    return text.en if language() == "en" else text.id


def state_words(state: FollowUpState) -> tuple[str, str]:
    """Return where a follow-up stands, with the tone."""
    text = STATES[state]
    return text.en if language() == "en" else text.id, _TONES[state]


#: What the templates about follow-ups say things with.
FOLLOW_UP_WORDS: Final[dict[str, Any]] = {"action_words": action_words, "follow_up_state": state_words}


def _axis(name: str, axis: Axis) -> Node:
    value = show_number(axis.value, 2) if axis.value is not None else _("belum lengkap")
    return {
        "label": name,
        "value": value,
        "inputs": [
            {
                "label": part_words(part.name),
                "value": show_number(part.score, 2) if part.score is not None else _("belum ada data"),
                "formula": _("Bobot %(weight)s%%", weight=show_number(part.weight)),
            }
            for part in axis.parts
        ],
    }
