"""Identifiers that can be made before the row is written: 63 bits, ordered by time, not guessable."""

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from engine.clock import Clock

RANDOM_BITS = 21
EPOCH_MS = 1_735_689_600_000  # 2025-01-01T00:00:00Z: 42 bits of milliseconds stay positive for 139 years

IdSource = Callable[[], int]


def instant_of(identifier: int) -> datetime:
    """Return when an identifier was made, to the millisecond; never before one that was made earlier by that source."""
    return datetime.fromtimestamp(((identifier >> RANDOM_BITS) + EPOCH_MS) / 1000, UTC)


def first_of(instant: datetime) -> int:
    """Return the lowest identifier that can be made at an instant, to the millisecond."""
    return max(0, int(instant.timestamp() * 1000) - EPOCH_MS) << RANDOM_BITS


def make_ids(clock: Clock) -> IdSource:
    """Return a source of new identifiers that follow the given clock; each is larger than the one before."""
    lock = threading.Lock()
    last = 0

    def new_id() -> int:
        nonlocal last
        milliseconds = int(clock().timestamp() * 1000) - EPOCH_MS
        made = (milliseconds << RANDOM_BITS) | secrets.randbits(RANDOM_BITS)
        with lock:
            # Within one millisecond count on from the last one, by a step that cannot be guessed.
            last = made if made > last else last + 1 + secrets.randbelow(64)
            return last

    return new_id
