"""Watches the clock: timers are not run by one that stands before what was done last, and a jump is told."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from engine.clock import Clock
from engine.ids import instant_of
from engine.records.history import latest_audit

#: How far the clocks of several servers may differ, and how far one may be set back while it is kept in time.
TOLERANCE = timedelta(seconds=30)
#: From which the clock has jumped and was not only corrected.
JUMP = timedelta(minutes=1)


def is_behind(read: Connection, now: datetime) -> bool:
    """Say whether the clock stands before the last thing that was done here: then it does not tell what is due."""
    last: int | None = read.execute(latest_audit).scalar_one_or_none()
    # By the id, not by the instant beside it: ids go on counting up when the clock has been set back.
    return last is not None and now < instant_of(last) - TOLERANCE


class ClockWatch:
    """Compares the clock with how long the process has run since it was looked at last."""

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Begin to watch."""
        self._clock = clock
        self._monotonic = monotonic
        self._seen = clock(), monotonic()

    def look(self) -> timedelta | None:
        """Return how far the clock has jumped forwards since the last look; None if it only went on."""
        (before, then), self._seen = self._seen, (self._clock(), self._monotonic())
        now, passed = self._seen
        jump = now - before - timedelta(seconds=passed - then)
        return jump if jump > JUMP else None
