"""How much memory a case takes while a step is made in it."""

import gc
import tracemalloc
from statistics import median
from typing import Any

from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun
from tests.bench.machine import AlurCase, Still
from tests.bench.story import Story

CASES = 50


def measure_memory(release: Release, story: Story) -> dict[str, Any]:
    """Return KiB of a loaded case after each step of a story: nothing of it stays when the step is over."""
    case, kept = AlurCase(release, Still(), story.variables), []
    for step in story.steps:
        case.move(step, case.waiting_at(step.element)[0], step.answers)
        if case.state is not None:
            kept.append(_loaded_kib(release, case.state))
    return {"kib_of_a_loaded_case": round(median(kept), 1), "at_most": round(max(kept), 1)}


def _loaded_kib(release: Release, state: bytes) -> float:
    around = Still()
    CaseRun(release, around, state)  # what is made once for all cases is not counted
    gc.collect()
    tracemalloc.start()
    loaded = [CaseRun(release, around, state) for _ in range(CASES)]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(loaded) / 1024
