"""People who work at the same time: threads that begin together."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import World

Result = TypeVar("Result")
LENGTH = 20
CROWD = 8
#: Seconds; only what is broken takes them.
PATIENCE = 120


def chain(folder: Path, length: int = LENGTH) -> Path:
    """One task after the other, all for the same person."""
    names = [f"step{number}" for number in range(length)]
    return diagram(folder, start(), *(user(name) for name in names), end(), path("begin", *names, "done"))


def together(jobs: Sequence[Callable[[], Result]]) -> list[Result | Exception]:
    """Run every job in a thread of its own, all at the same moment; return what each gave or raised."""
    gate = Barrier(len(jobs), timeout=PATIENCE)

    def begin(job: Callable[[], Result]) -> Result | Exception:
        gate.wait()
        try:
            return job()
        except Exception as error:  # what each of them met is what the test asks
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(begin, jobs))


def finish_all(world: World, person: int) -> int:
    """Complete whatever waits for a person until nothing is left; return how often."""
    count = 0
    while rows := world.tasks(person):
        world.complete(person, rows[0], note=f"step {count}")
        count += 1
    return count
