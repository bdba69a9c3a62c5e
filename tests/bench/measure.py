"""Times contenders in turns (A B C A B C ...), so that a busy machine slows all of them alike."""

import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median
from typing import Any

START, COMPLETION, EVENT, READ = "start", "completion", "event", "read"
WARM_UP = 3  # cases that fill caches before anything is timed

Counter = Callable[[], AbstractContextManager[list[str]]]


@dataclass(frozen=True, slots=True)
class Phase:
    """A piece of timed work; what a contender does between two phases is not timed.

    :param kind: phases of one kind add up to one figure, such as all completions of a case.
    :param units: how many of them `run` does.
    """

    kind: str
    name: str
    units: int
    run: Callable[[], object]


Contender = Callable[[int], Iterator[Phase]]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a phase cost in one round, in seconds."""

    phase: Phase
    cpu: float
    wall: float


def take_turns(contenders: Mapping[str, Contender], cases: int, rounds: int) -> dict[str, dict[str, Any]]:
    """Return the figures of each contender: median over the rounds of CPU ms per unit, by kind and by step."""
    spent: dict[str, list[list[Spent]]] = {name: [] for name in contenders}
    for contender in contenders.values():
        _run(contender, WARM_UP)
    for _ in range(rounds):
        for name, contender in contenders.items():
            spent[name].append(_run(contender, cases))
    return {name: _figures(turns) for name, turns in spent.items()}


def count_statements(contender: Contender, counter: Counter) -> dict[str, int]:
    """Return how many statements each step of one case sends."""
    found = {}
    for phase in contender(1):
        with counter() as statements:
            phase.run()
        found[phase.name] = len(statements)
    return found


def _run(contender: Contender, cases: int) -> list[Spent]:
    gc.collect()
    return [_time(phase) for phase in contender(cases)]


def _time(phase: Phase) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    phase.run()
    return Spent(phase, time.process_time() - cpu, time.perf_counter() - wall)


def _figures(turns: list[list[Spent]]) -> dict[str, Any]:
    kinds = dict.fromkeys(item.phase.kind for item in turns[0])
    steps = dict.fromkeys(item.phase.name for item in turns[0])
    figures: dict[str, Any] = {}
    for kind in kinds:
        figures |= _of_kind(kind, [[item for item in turn if item.phase.kind == kind] for turn in turns])
    figures["cpu_ms_by_step"] = {
        step: _milliseconds([[item for item in turn if item.phase.name == step] for turn in turns]) for step in steps
    }
    return figures


def _of_kind(kind: str, turns: list[list[Spent]]) -> dict[str, float]:
    per_second = [_units(turn) / sum(item.wall for item in turn) for turn in turns]
    return {f"cpu_ms_per_{kind}": _milliseconds(turns), f"{kind}s_per_second": round(median(per_second), 1)}


def _milliseconds(turns: list[list[Spent]]) -> float:
    return round(median(1000 * sum(item.cpu for item in turn) / _units(turn) for turn in turns), 3)


def _units(turn: list[Spent]) -> int:
    return sum(item.phase.units for item in turn)
