"""Eight people who complete tasks at the same moment, each commit on the disk before it is acknowledged."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor
from tests.bench.ours import numbered_cases, start_cases, take
from tests.bench.story import EMPLOYEE, Story
from tests.bench.twins import diagram, path, same, user
from tests.bench.world import Waiting, World
from tests.unit.engine import diagrams

CLIENTS = 8
PAGE = b"\0" * 4096
ONE_TASK = Story("one_task", {}, ())


def deploy_one_task(world: World) -> None:
    """Deploy a process of one task."""
    twins = diagram(
        ONE_TASK.process, same(diagrams.start()), user("do"), same(diagrams.end()), path("begin", "do", "done")
    )
    world.deploy({f"{ONE_TASK.process}.bpmn": twins.feel})


def measure_durable(world: World, folder: Path, seconds: float, rounds: int) -> dict[str, Any]:
    """Return completions and bare disk writes a second in turns, the CPU of a completion, and who got how many.

    The process of one task must be deployed; each client has cases of his own, so that nobody loses a race.
    """
    floors, rates, costs, shares = [], [], [], []
    begun = numbered_cases(ONE_TASK)
    for _ in range(rounds):
        floors.append(_writes_per_second(folder, seconds / 4))
        start_cases(world, ONE_TASK.process, take(begun, int(CLIENTS * 800 * seconds)), 1_000)
        counts, cpu, wall = _compete(world, seconds)
        rates.append(sum(counts) / wall)
        costs.append(1000 * cpu / sum(counts))
        shares.append(max(counts) / max(min(counts), 1))
    return {
        "fdatasync_per_second": round(median(floors)),
        "completions_per_second": round(median(rates)),
        "completions_over_fdatasync": round(median(rate / floor for rate, floor in zip(rates, floors, strict=True)), 3),
        "cpu_ms_per_completion": round(median(costs), 3),
        "largest_over_smallest_share": round(median(shares), 3),
    }


def _writes_per_second(folder: Path, seconds: float) -> float:
    """Return how often a second this disk says that a page is safe."""
    file = os.open(folder / "floor", os.O_RDWR | os.O_CREAT, 0o600)
    written, before = 0, time.perf_counter()
    while time.perf_counter() - before < seconds:
        os.pwrite(file, PAGE, written * len(PAGE))
        os.fdatasync(file)
        written += 1
    rate = written / (time.perf_counter() - before)
    os.close(file)
    return rate


def _compete(world: World, seconds: float) -> tuple[list[int], float, float]:
    """Let every client complete tasks for a while; return how many each did, CPU and wall seconds."""
    waiting = world.waiting("do", CLIENTS * int(800 * seconds))
    counts = [0] * CLIENTS
    until = time.perf_counter() + seconds
    clients = [
        threading.Thread(target=_complete_until, args=(world, waiting[place::CLIENTS], until, counts, place))
        for place in range(CLIENTS)
    ]
    cpu, wall = time.process_time(), time.perf_counter()
    _together(clients)
    return counts, time.process_time() - cpu, time.perf_counter() - wall


def _together(clients: Sequence[threading.Thread]) -> None:
    for client in clients:
        client.start()
    for client in clients:
        client.join()


def _complete_until(world: World, tasks: Sequence[Waiting], until: float, counts: list[int], place: int) -> None:
    actor = Actor(world.tenant, EMPLOYEE)
    complete: Callable[[Waiting], object] = lambda task: world.engine.run(  # noqa: E731
        CompleteTask(task.case_id, task.token, {"note": "selesai"}), actor
    )
    for task in tasks:
        if time.perf_counter() >= until:
            return
        complete(task)
        counts[place] += 1
