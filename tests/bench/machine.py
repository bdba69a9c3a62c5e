"""Contenders without a database: load a case from its bytes or text, complete one task, run on, encode it again."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.hearing import Earlier
from engine.bpmn.outcome import Outcome
from engine.bpmn.release import Release, load_release, pack_files
from engine.bpmn.run import CaseRun
from engine.bpmn.state import Stand, decode_state
from engine.calendar import WorkCalendar
from tests.bench.measure import COMPLETION, EVENT, START, Contender, Phase
from tests.bench.raw import json_ready
from tests.bench.story import Step, Story
from tests.bench.twins import Twins
from tests.bench.world import OPENING


@dataclass(frozen=True, slots=True)
class Still:
    """Surroundings in which nothing happens: no services, no earlier messages, no holidays."""

    now: datetime = OPENING
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    absent: frozenset[int] = frozenset()

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return a five-day week."""
        return WorkCalendar("bench", frozenset(), 5)

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Refuse: these diagrams call nothing."""
        raise NotImplementedError(service)

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        """Return nothing."""
        return None


_WAITING = (Stand.ASKS, Stand.WAITS)


class AlurCase:
    """A case of ours, kept as the bytes that the database would hold."""

    def __init__(self, release: Release, around: Still, variables: Mapping[str, Any]) -> None:
        """Begin it."""
        self._release, self._around = release, around
        self._tasks: dict[int, str] = {}
        self._take(CaseRun(release, around, None, variables).outcome())

    def _take(self, outcome: Outcome) -> None:
        self.state, self.variables = outcome.state, outcome.variables
        for token in outcome.closed.tasks:
            del self._tasks[token]
        self._tasks |= {task.token: task.element for task in outcome.tasks}

    def first_task(self) -> tuple[str, int]:
        """Return element and token of the oldest task."""
        token, element = next(iter(self._tasks.items()))
        return element, token

    def waiting_at(self, element: str) -> list[int]:
        """Return the tokens that wait at an element, outside the timed part."""
        tokens = decode_state(self.state).tokens if self.state is not None else ()
        return [token.number for token in tokens if token.element == element and token.stand in _WAITING]

    def move(self, step: Step, token: int, answers: Mapping[str, Any]) -> None:
        """Load, let a person or a message move it, run on, encode."""
        run = CaseRun(self._release, self._around, self.state)
        if step.is_human:
            run.complete(token, answers)
        else:
            run.wake(token, answers)
        self._take(run.outcome())


def load_ours(twins: Twins, process: str, tables: Mapping[str, str] | None = None) -> Release:
    """Return the release of a diagram and its decision tables."""
    files = {f"{process}.bpmn": twins.feel, **{f"{name}.dmn": text for name, text in (tables or {}).items()}}
    return load_release(process, pack_files({name: text.encode() for name, text in files.items()}))


def alur_machine(release: Release, story: Story) -> Contender:
    """Return our machine carrying cases of a story."""
    around, chance = Still(), Random(20261202)

    def turn(cases: int) -> Iterator[Phase]:
        begun: list[AlurCase] = []
        begin = lambda: begun.extend(AlurCase(release, around, story.variables) for _ in range(cases))  # noqa: E731
        yield Phase(START, "start", cases, begin)
        for step in story.steps:
            moves = [(case, case.waiting_at(step.element)[0], step.answers_of(chance)) for case in begun]
            yield Phase(_kind(step), step.element, cases, _moving(step, moves))
        assert all(case.state is None for case in begun), "a case did not end"

    return turn


def _moving(step: Step, moves: list[tuple[AlurCase, int, dict[str, Any]]]) -> Callable[[], None]:
    def move() -> None:
        for case, token, answers in moves:
            case.move(step, token, answers)

    return move


def _kind(step: Step) -> str:
    return COMPLETION if step.is_human else EVENT


class RawMachine:
    """SpiffWorkflow with the whole case in one JSON text, the specification inside, as its documentation shows."""

    def __init__(self, folder: Path, twins: Twins, process: str, tables: Mapping[str, str] | None = None) -> None:
        """Parse the twin once, as a careful user would."""
        parser = SpiffBpmnParser()
        for name, text in (tables or {}).items():
            parser.add_dmn_file(_write(folder / f"{name}.dmn", text))
        parser.add_bpmn_file(_write(folder / f"{process}_python.bpmn", twins.python))
        self._spec = parser.get_spec(process)
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))

    def begin(self, variables: Mapping[str, Any]) -> str:
        """Start a case and return its text."""
        workflow = BpmnWorkflow(self._spec)
        workflow.task_tree.set_data(**json_ready(variables))
        workflow.do_engine_steps()
        return self.dump(workflow)

    def asked(self, text: str) -> str | None:
        """Return an element that waits for a person, None when the case has ended."""
        ready = self.load(text).get_tasks(state=TaskState.READY)
        return ready[0].task_spec.name.removesuffix(" [child]") if ready else None

    def load(self, text: str) -> Any:
        """Return the case of a text."""
        return self._serializer.deserialize_json(text)

    def dump(self, workflow: Any) -> str:
        """Return the text of a case."""
        return str(self._serializer.serialize_json(workflow))

    def move(self, text: str, step: Step, answers: Mapping[str, Any]) -> str:
        """Load, let a person or a message move it, run on, and encode."""
        workflow = self.load(text)
        if step.result is not None:
            task = ready_task(workflow, step.element)
            task.set_data(**{step.result: answers})
            task.run()
        else:
            workflow.send_event(BpmnEvent(MessageEventDefinition("news"), answers))
        workflow.do_engine_steps()
        return self.dump(workflow)


def ready_task(workflow: Any, element: str) -> Any:
    """Return the first task that waits for a person at an element; a repeated one has its own name for that."""
    ready = workflow.get_tasks(state=TaskState.READY)
    return next(task for task in ready if task.task_spec.name.removesuffix(" [child]") == element)


def spiffworkflow_machine(machine: RawMachine, story: Story) -> Contender:
    """Return SpiffWorkflow carrying cases of a story."""

    def turn(cases: int) -> Iterator[Phase]:
        texts: list[str] = []
        begin = lambda: texts.extend(machine.begin(story.variables) for _ in range(cases))  # noqa: E731
        yield Phase(START, "start", cases, begin)
        for step in story.steps:
            yield Phase(_kind(step), step.element, cases, _raw_moving(machine, step, texts))

    return turn


def _raw_moving(machine: RawMachine, step: Step, texts: list[str]) -> Callable[[], None]:
    answers = json_ready(step.answers)

    def move() -> None:
        texts[:] = [machine.move(text, step, answers) for text in texts]

    return move


def _write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)
