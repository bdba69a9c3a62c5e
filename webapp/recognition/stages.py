"""The stages of a nomination as a list: what is over, where it stands, what is still to come."""

from dataclasses import dataclass
from typing import Final

from processes.recognition.queries.nominations import Nomination
from processes.recognition.records import Outcome
from webapp.texts import gettext as _
from webapp.texts import lazy

#: Each stage with the steps at which people are asked in it.
_STAGES: Final = (
    (lazy("Syarat diperiksa"), ("review_misses",)),
    (lazy("Panel menilai"), ("complete_panel", "score")),
    (lazy("Pejabat memutuskan"), ("decide",)),
    (lazy("Keputusan diterbitkan"), ("confirm_budget", "issue_decree")),
    (lazy("Pilihan publikasi"), ("consent",)),
)
#: How many stages lie behind a nomination that ended so.
_BEHIND: Final = {Outcome.NOT_ELIGIBLE: 1, Outcome.DECLINED: 3, Outcome.AWARDED: len(_STAGES)}


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage: its name, the word for how far it is, and the tone and mark of the line."""

    name: str
    state: str
    tone: str
    mark: str


def stages_of(one: Nomination) -> tuple[StageLine, ...]:
    """Return the stages of a nomination in their order; what it never came to is left out."""
    here = next((number for number, (_name, steps) in enumerate(_STAGES) if one.step in steps), None)
    if here is None and one.given is not None:
        return tuple(_line(_(name), is_over=True) for name, _steps in _STAGES[: _BEHIND[Outcome(one.given.outcome)]])
    return tuple(
        _line(_(name), is_over=here is not None and number < here, is_here=number == here)
        for number, (name, _steps) in enumerate(_STAGES)
    )


def _line(name: str, *, is_over: bool = False, is_here: bool = False) -> StageLine:
    if is_over:
        return StageLine(name, _("Selesai"), "success", "done")
    return StageLine(name, _("Sekarang"), "info", "clock") if is_here else StageLine(name, _("Nanti"), "", "dot")
