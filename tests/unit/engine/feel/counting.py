"""Counts what an action does, the same on every machine: calls of Python functions, and bytes at its peak."""

import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType


def calls_of(action: Callable[[], object]) -> int:
    """Return how many Python functions an action calls."""
    count = 0

    def hear(frame: FrameType, event: str, about: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(hear)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


def peak_of(action: Callable[[], object]) -> int:
    """Return the most bytes that an action holds at once."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
