"""Alur as a contender: each step is one command through `Engine.run`, with its commit."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from random import Random

from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import NewCase, StartCases
from engine.commands.wake_event import WakeEvent
from engine.policy.actor import Actor, system_actor
from tests.bench.measure import COMPLETION, EVENT, START, Contender, Phase
from tests.bench.story import Step, Story
from tests.bench.world import Waiting, World

# Every form sends a key against doing things twice; it is stored, so it is counted.
_chance = Random(20261201)


def numbered_cases(story: Story) -> Iterator[NewCase]:
    """Yield new cases of a story without end, each about somebody else."""
    for number in count(1):
        yield NewCase(f"2026-3:{number}", number, f"Pegawai {number} · TW 3 2026", story.variables)


def take(new_cases: Iterator[NewCase], cases: int) -> list[NewCase]:
    """Return the next so many new cases.

    :raise ValueError: there are not enough people left.
    """
    taken = list(islice(new_cases, cases))
    if len(taken) < cases:
        raise ValueError(f"only {len(taken)} of {cases} new cases are left; add staff to the city")
    return taken


def alur(world: World, story: Story, new_cases: Iterator[NewCase]) -> Contender:
    """Return Alur carrying cases of a story through its engine, without the web."""

    def turn(cases: int) -> Iterator[Phase]:
        new = take(new_cases, cases)
        yield Phase(START, "start", cases, lambda: start_cases(world, story.process, new))
        for step in story.steps:
            yield _phase(world, step, cases)

    return turn


def start_cases(world: World, process: str, new: Sequence[NewCase], chunk: int = 1) -> None:
    """Start cases, so many in one transaction."""
    system = system_actor(world.tenant)
    for first in range(0, len(new), chunk):
        world.engine.run(StartCases(process, tuple(new[first : first + chunk])), system)


def _phase(world: World, step: Step, cases: int) -> Phase:
    if step.is_human:
        tasks = world.waiting(step.element, cases)
        return Phase(COMPLETION, step.element, len(tasks), _completing(world, step, tasks))
    events = world.awaited(cases)
    return Phase(EVENT, step.element, len(events), waking(world, step, events))


def _completing(world: World, step: Step, tasks: Sequence[Waiting]) -> Callable[[], None]:
    completions = [CompleteTask(task.case_id, task.token, step.answers_of(_chance)) for task in tasks]
    actors = [Actor(world.tenant, task.assignee) for task in tasks]

    def complete() -> None:
        for command, actor in zip(completions, actors, strict=True):
            world.engine.run(command, actor, _chance.randbytes(16))

    return complete


def waking(world: World, step: Step, events: Sequence[Waiting]) -> Callable[[], None]:
    """Return what lets each event go on with the payload of the step."""

    def wake() -> None:
        for event in events:
            world.engine.run(WakeEvent(event.case_id, event.token, step.answers), system_actor(world.tenant))

    return wake
