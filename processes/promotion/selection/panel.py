"""Whether a panel is one as the regulation wants it: odd, neither small nor large, and mostly from outside."""

from collections.abc import Collection
from enum import StrEnum

from processes.people.city import ParameterSet

_HUNDRED = 100


class PanelProblem(StrEnum):
    """Why a panel may not score."""

    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    EVEN = "even"
    TOO_MANY_INTERNAL = "too_many_internal"


def panel_problem(internal: Collection[bool], rules: ParameterSet) -> PanelProblem | None:
    """Return why a panel may not score, None if it may.

    :param internal: for each member whether he is of the city.
    """
    size = len(internal)
    if size < rules.values["least_members"]:
        return PanelProblem.TOO_FEW
    if size > rules.values["most_members"]:
        return PanelProblem.TOO_MANY
    if size % 2 == 0:
        return PanelProblem.EVEN
    is_mostly_outside = sum(internal) * _HUNDRED <= rules.values["most_internal"] * size
    return None if is_mostly_outside else PanelProblem.TOO_MANY_INTERNAL
