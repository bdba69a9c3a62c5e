"""Counts what an action does, the same on every machine: calls and steps of Python functions, bytes at its peak."""

import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any


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


def steps_of(action: Callable[[], object]) -> int:
    """Return how many instructions of Python functions an action takes: loops count that call nothing."""
    count = 0

    def step(frame: FrameType, event: str, about: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


def peak_of(action: Callable[[], object]) -> int:
    """Return the most bytes that an action holds at once."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
