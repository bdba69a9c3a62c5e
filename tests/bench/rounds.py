"""What is done very often in one case: 500 assessors at once or one by one, a revision loop of thousands of rounds."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import NewCase, StartCases
from engine.engine import Engine
from engine.policy.actor import Actor, system_actor
from tests.bench.machine import RawMachine
from tests.bench.raw import RawRow
from tests.bench.story import NOTE, Step
from tests.bench.twins import Twins, diagram, each, flow, path, same, user
from tests.bench.world import World
from tests.unit.engine import diagrams

ANSWERS = {"score": 4, "note": NOTE}
PERSON = 1


def many_assessors(process: str) -> Twins:
    """Return a diagram in which every assessor does the same task, `parallel` or `sequential`."""
    loop = each("assessors", "assessor", "assessments", "assessment", one_by_one=process == "sequential")
    return diagram(
        process,
        same(diagrams.start()),
        user("assess", "assessment", loop),
        same(diagrams.end()),
        path("begin", "assess", "done"),
    )


def revision_loop() -> Twins:
    """Return a diagram in which a plan goes back until it is agreed."""
    return diagram(
        "revision",
        same(diagrams.start()),
        user("plan"),
        user("review"),
        same(diagrams.gateway("exclusive", "again")),
        same(diagrams.gateway("exclusive", "is_agreed", "is_agreed-done")),
        same(diagrams.end()),
        path("begin", "again", "plan", "review", "is_agreed", "done"),
        flow("is_agreed", "again", 'review.answer = "revise"', "review['answer'] == 'revise'"),
    )


PEOPLE = {"assessors": list(range(500))}
#: Diagram and variables by name.
PROCESSES: Mapping[str, tuple[Twins, Mapping[str, Any]]] = {
    "parallel": (many_assessors("parallel"), PEOPLE),
    "sequential": (many_assessors("sequential"), PEOPLE),
    "revision": (revision_loop(), {}),
}


@dataclass(frozen=True, slots=True)
class Walk:
    """A case carried from its start to its end.

    :param seconds: CPU of each step, the start first.
    :param sizes: bytes of the stored state after each step.
    """

    seconds: tuple[float, ...]
    sizes: tuple[int, ...]

    @property
    def cpu(self) -> float:
        """CPU seconds of all of it."""
        return sum(self.seconds)

    @property
    def growth(self) -> float:
        """How many times the first tenth of the steps the last tenth costs."""
        tenth = max(len(self.seconds) // 10, 1)
        return round(median(self.seconds[-tenth:]) / median(self.seconds[1 : tenth + 1]), 2)

    def to_plain(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        return {
            "cpu_seconds": round(self.cpu, 3),
            "cpu_ms_per_step": round(1000 * self.cpu / len(self.seconds), 3),
            "last_tenth_over_first": self.growth,
            "largest_state_bytes": max(self.sizes),
            "written_state_bytes": sum(self.sizes),
        }


@dataclass(frozen=True, slots=True)
class Walker:
    """A contender that carries one case.

    :param begin: starts it.
    :param prepare: finds the next thing to do, or nothing when the case has ended; not timed.
    :param size: bytes of the state as it is stored now; not timed.
    """

    begin: Callable[[], None]
    prepare: Callable[[], Callable[[], None] | None]
    size: Callable[[], int]


def walk(walker: Walker) -> Walk:
    """Time the start and every step until the case has ended."""
    seconds, sizes = [_timed(walker.begin)], [walker.size()]
    while (step := walker.prepare()) is not None:
        seconds.append(_timed(step))
        sizes.append(walker.size())
    return Walk(tuple(seconds), tuple(sizes))


def _timed(act: Callable[[], None]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


class Answers:
    """What is said at each task of a case: `agree` only in the last round of a loop."""

    def __init__(self, rounds: int) -> None:
        """Count down so many rounds."""
        self._left = rounds

    def at(self, element: str) -> dict[str, Any]:
        """Return the next answers."""
        if element != "review":
            return ANSWERS
        self._left -= 1
        return {"answer": "revise" if self._left > 0 else "agree"}


def alur_walker(world: World, process: str, variables: Mapping[str, Any], business_key: str, rounds: int = 1) -> Walker:
    """Return Alur through `Engine.run`: state, journal, tasks, audit, one commit a step."""
    answers, engine = Answers(rounds), world.engine

    def begin() -> None:
        new = NewCase(business_key, PERSON, "Kasus", variables)
        engine.run(StartCases(process, (new,)), system_actor(world.tenant))

    def prepare() -> Callable[[], None] | None:
        task = world.one_task()
        if task is None:
            return None
        command = CompleteTask(task.case_id, task.token, answers.at(task.element))
        return lambda: _run(engine, command, Actor(world.tenant, PERSON))

    return Walker(begin, prepare, world.state_bytes)


def _run(engine: Engine, command: CompleteTask, actor: Actor) -> None:
    engine.run(command, actor, PERSON.to_bytes(16))


def raw_walker(row: RawRow, machine: RawMachine, variables: Mapping[str, Any], rounds: int = 1) -> Walker:
    """Return SpiffWorkflow that loads its one row, moves on, and saves it."""
    answers = Answers(rounds)

    def begin() -> None:
        row.write(machine.begin(variables))

    def prepare() -> Callable[[], None] | None:
        element = machine.asked(row.read())
        if element is None:
            return None
        said = answers.at(element)
        step = Step(element, said, {"assess": "assessment"}.get(element, element))
        return lambda: row.write(machine.move(row.read(), step, said))

    return Walker(begin, prepare, lambda: len(row.read()))
