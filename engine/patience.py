"""How long others may have to wait for what somebody computes: a moment, and never for code that is not Alur's own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import thread_time
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


@contextmanager
def others_wait(make_way: Callable[[], None]) -> Iterator[None]:
    """Compute something for which others wait.

    :param make_way: lets them go on; raises `TakesLong` if what is computed is to be left.
    """
    token = _waiting.set(_Waiting(make_way, thread_time() + MOMENT))
    try:
        yield
    finally:
        _waiting.reset(token)


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
