"""How long scenarios are played: so many elements each, and no further once somebody has waited long enough."""

from collections.abc import Callable
from time import thread_time
from typing import Final

from engine.errors import Problem

#: What may happen within one play: elements that are left, rounds that begin, steps and timers.
MOST_ELEMENTS: Final = 20_000

#: What one play may compute, in seconds, where nobody says more: the longest that Alur ships needs a thirtieth of one.
LONGEST_SECONDS: Final = 5.0

TOO_LONG: Final = "too_long"
OUT_OF_TIME: Final = "out_of_time"
_TEXTS: Final = {
    TOO_LONG: {
        "id": "terlalu lama, dihentikan sebelum selesai. Periksa putaran dan pengatur waktunya.",
        "en": "it takes too long and was stopped before its end. Check its loops and timers.",
    },
    OUT_OF_TIME: {
        "id": "belum dijalankan sampai selesai: semuanya bersama-sama terlalu lama.",
        "en": "it was not played to its end: all together take too long.",
    },
}


class GivenUp(Exception):  # said as it is caught
    """A play was stopped before its end; `code` says why."""

    def __init__(self, code: str) -> None:
        """Remember why."""
        super().__init__(_TEXTS[code]["en"])
        self.code = code

    def problem(self, where: str) -> Problem:
        """Return what is to be said of it, at a place in the scenario."""
        return Problem(where, self.code, _TEXTS[self.code])


def never() -> bool:
    """Say that the time for playing is not over: nobody waits."""
    return False


def time_limit(seconds: float) -> Callable[[], bool]:
    """Return what says whether this thread has computed for so many seconds from now."""
    end = thread_time() + seconds
    return lambda: thread_time() > end
