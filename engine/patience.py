"""How long others may have to wait for what somebody computes: a moment, and never for code that is not Alur's own."""

from collections.abc import Callable
from contextvars import ContextVar
from time import thread_time
from types import TracebackType
from typing import Final, NamedTuple

#: Seconds of the processor: so long is a moment. A completion takes a hundredth of it.
MOMENT: Final = 0.02


class TakesLong(BaseException):
    """Leaves what is being computed for somebody else; no `except Exception` on the way may keep it."""


class _Waiting(NamedTuple):
    """What lets the others go on, and when their moment is over, by the processor's time of this thread."""

    make_way: Callable[[], None]
    until: float


_waiting: ContextVar[_Waiting | None] = ContextVar("waiting", default=None)


class OthersWait:
    """Surrounds what is computed for several.

    :param make_way: lets the others go on; raises `TakesLong` if what is computed is to be left.
    """

    __slots__ = ("_make_way", "_token")

    def __init__(self, make_way: Callable[[], None]) -> None:
        """Begin to count only inside."""
        self._make_way = make_way

    def __enter__(self) -> None:
        self._token = _waiting.set(_Waiting(self._make_way, thread_time() + MOMENT))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _waiting.reset(self._token)


def may_take_long() -> None:
    """Say that what comes now is not Alur's own, and let nobody wait for it."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.make_way()


def may_have_taken_long() -> None:
    """Let nobody wait any longer if a moment is over."""
    waiting = _waiting.get()
    if waiting is not None and thread_time() > waiting.until:
        waiting.make_way()
