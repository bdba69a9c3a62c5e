"""The variables of a filling, by one name each, as services read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from processes.people.city import PositionLevel

BOARD_PROCESS: Final = "post_promotion"
#: Levels of posts that the board fills.
FILLED_BY_BOARD: Final = (PositionLevel.ADMINISTRATOR, PositionLevel.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Filling:
    """Which post is filled, of which level."""

    post: int
    level: PositionLevel


def read_filling(variables: Mapping[str, Any]) -> Filling:
    """Return what a case began with."""
    return Filling(int(variables["post"]), PositionLevel(variables["level"]))


def round_of(variables: Mapping[str, Any]) -> int:
    """Return how often people have been looked for so far; 0 before the criteria are signed."""
    return int((variables.get("pool") or {}).get("round", 0))


def business_key(post: int, times: int) -> str:
    """Return the key of the case in which a post is filled for the so many-th time."""
    return f"{post}:{times}"
