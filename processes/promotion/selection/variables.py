"""The variables of a selection's case, by one name each, as services, forms and panels read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from processes.promotion.appointing.records import AppointmentKind
from processes.promotion.selection.ranking import Stage

SELECTION_PROCESS: Final = "open_selection"
#: What a member answers who has no interest of his own.
NO_INTEREST: Final = "none"


@dataclass(frozen=True, slots=True)
class SelectionCase:
    """What a case began with.

    :param weights: in percent, fixed before any name was known.
    """

    post: int
    unit: int
    weights: Mapping[Stage, Decimal]


def read_case(variables: Mapping[str, Any]) -> SelectionCase:
    """Return what a case began with."""
    weights = {stage: Decimal(variables["weights"][stage]) for stage in Stage}
    return SelectionCase(int(variables["post"]), int(variables["unit"]), weights)


def start_variables(post: int, unit: int, closes_on: date, weights: Mapping[Stage, Decimal]) -> dict[str, Any]:
    """Return what a case begins with."""
    return {
        "post": post,
        "unit": unit,
        "appointment": str(AppointmentKind.OPEN_SELECTION),
        "weights": {str(stage): weights[stage] for stage in Stage},
        "window": {"closes_on": closes_on, "is_extended": False},
        "stage_now": {"number": 0},
        "screening": {"round": 0},
        "scoring": {"stage": str(Stage.PAPER), "silent": []},
        "declared": [],
        "given": [],
    }


def scores_of(variables: Mapping[str, Any], stage: Stage) -> Sequence[Mapping[str, Any]]:
    """Return what the members have given in a stage: `member`, and `rows` of `employee` and `score`."""
    return [item for item in variables["given"] if item["stage"] == stage]


def business_key(post: int, opened_on: date) -> str:
    """Return the key of a selection: a post is announced once a day at most."""
    return f"{post}:{opened_on.isoformat()}"
