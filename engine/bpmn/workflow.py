"""A case in memory: SpiffWorkflow's BpmnWorkflow with one scope of variables, in which only live tasks are kept."""

import logging
from collections.abc import Mapping
from typing import Any, Protocol

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs import WorkflowSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.codec import CaseState, Token
from engine.bpmn.model import Element, Kind, Outline
from engine.bpmn.specs import DUE, HOST, KEY, SPEC_OF_KIND, Start, element_of
from engine.errors import ElementFailed

# SpiffWorkflow builds its log records on every state change unless its loggers say they are not wanted.
for _name in ("spiff", "spiff.workflow", "spiff.task"):
    logging.getLogger(_name).setLevel(logging.WARNING)

MAX_STEPS = 500
INCIDENT = "incident"
NUMBER = "n"
ROOT: Any = -1  # token numbers count up from 1; SpiffWorkflow takes a falsy id for none


class Performer(Protocol):
    """What a case in memory asks of its surroundings while it runs."""

    def perform(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do an automatic element and return the variables it sets."""
        ...

    def throw(self, element: Element, variables: Mapping[str, Any]) -> None:
        """Send the message of a throwing event."""
        ...

    def wait(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what an event waits for: `due` or `key`; and `received` if its message is already there."""
        ...

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        """Return the value of a FEEL expression."""
        ...


class ProcessSpec(BpmnProcessSpec):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A SpiffWorkflow specification built from an `Outline`; all cases of a release share it, none changes it."""

    def __init__(self, outline: Outline) -> None:
        """Create the specs of all elements and connect them in the order of the diagram."""
        WorkflowSpec.__init__(self, name=outline.process)
        self.data_objects: dict[str, Any] = {}
        self.bpmn_start_events: list[Any] = []
        self.start = Start(self, "#start")
        for element in outline.elements.values():
            self._add_element(element, outline)
        for flow in outline.flows.values():
            source, target = self.task_specs[flow.source], self.task_specs[flow.target]
            is_choice = source.element.kind is Kind.EXCLUSIVE_GATEWAY and flow.condition and not flow.is_default
            source.connect_outgoing_if(flow.condition if is_choice else None, target)
        for element in outline.elements.values():
            if element.kind is Kind.START:
                self.start.connect(self.task_specs[element.id])

    def _add_element(self, element: Element, outline: Outline) -> None:
        spec = SPEC_OF_KIND[element.kind](self, element.id, bpmn_name=element.names["id"])
        spec.element = element
        spec.boundary = tuple(other.id for other in outline.elements.values() if other.attached_to == element.id)


class _Conditions:
    """Stands where SpiffWorkflow expects a script engine: it knows FEEL conditions and nothing else."""

    def __init__(self, workflow: "CaseWorkflow") -> None:
        self._workflow = workflow

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> bool:
        value = self._workflow.performer.evaluate(expression, self._workflow.variables)
        if not isinstance(value, bool):
            raise ElementFailed(
                f"Condition '{expression}' after '{task.task_spec.name}' gives {value!r}, neither true nor false.",
                expression=expression,
            )
        return value


class CaseWorkflow(BpmnWorkflow):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """One case: `variables` is the single scope that every element reads and writes."""

    def __init__(self, spec: ProcessSpec, performer: Performer, state: CaseState) -> None:
        """Restore a case; a state without tokens and with `last_number` 0 is a new one that stands at its start."""
        super().__init__(spec, script_engine=_Conditions(self), deserializing=True)
        self.performer = performer
        self.variables: dict[str, Any] = dict(state.variables)
        self.arrivals = {name: dict(counts) for name, counts in state.arrivals.items()}
        self.last_number = state.last_number
        self.passed: list[str] = []
        self.incidents: dict[Any, ElementFailed] = {}
        is_new = state.last_number == 0
        self.task_tree = Task(self, spec.start, state=TaskState.FUTURE if is_new else TaskState.COMPLETED, id=ROOT)
        for token in state.tokens:
            self._restore(token)
        if is_new:
            self.last_number = 1
            self.task_tree._ready()

    def _restore(self, token: Token) -> None:
        state = TaskState.READY if token.is_ready else TaskState.WAITING
        spec = self.spec.task_specs[token.element]
        number: Any = token.number  # serves as SpiffWorkflow's id, for which it expects a UUID
        task = Task(self, spec, self.task_tree, state=state, id=number)
        task.internal_data = {NUMBER: token.number, **token.notes}

    def token(self, number: int) -> Task | None:
        """Return the waiting task with that token number, or None if it is no longer there."""
        for task in self.tasks.values():
            if task.internal_data.get(NUMBER) == number and task.has_state(TaskState.READY | TaskState.WAITING):
                return task
        return None

    def live_tasks(self) -> list[Task]:
        """Return the tasks that wait, oldest first, each with a token number."""
        found = [task for task in self.tasks.values() if task.has_state(TaskState.READY | TaskState.WAITING)]
        for task in found:
            if NUMBER not in task.internal_data:
                self.last_number += 1
                task.internal_data[NUMBER] = self.last_number
        return found

    def state(self) -> CaseState:
        """Return what must be kept of the case."""
        live = self.live_tasks()
        numbers = {task.id: task.internal_data[NUMBER] for task in live}
        tokens = tuple(
            Token(numbers[task.id], task.task_spec.name, task.has_state(TaskState.READY), _notes(task, numbers))
            for task in live
        )
        return CaseState(self.variables, tokens, self.arrivals, self.last_number)

    def complete_task(self, task: Task) -> None:
        """Complete a person's task and run on as far as nobody is needed."""
        self._run(task)
        self.advance()

    def wake(self, task: Task, received: Mapping[str, Any]) -> None:
        """Let a waiting event go on, interrupting the activity it is attached to if it says so."""
        element = element_of(task)
        self.variables.update(received)
        if element.attached_to and element.is_interrupting:
            host = self.tasks.get(task.internal_data[HOST])
            if host is not None:
                self.cancel_attached(host, spare=task)
                host._set_state(TaskState.CANCELLED)
        task.internal_data.pop(HOST, None)
        task._set_state(TaskState.READY)
        self._run(task)
        self.advance()

    def retry(self, task: Task) -> None:
        """Try a failed element again and run on."""
        task.internal_data.pop(INCIDENT, None)
        if element_of(task).kind is Kind.PARALLEL_GATEWAY and task.has_state(TaskState.WAITING):
            task._set_state(TaskState.CANCELLED)  # a stranded join: `advance` strands it again if nothing has changed
            self._forget_finished()
        elif task.has_state(TaskState.WAITING) and self.wait(task):
            task._set_state(TaskState.READY)
        self.advance()

    def advance(self) -> None:
        """Run every element that needs nobody, one at a time; a failing one waits with an incident.

        After `MAX_STEPS` elements without anybody being asked the next one waits with an incident as well, and so does
        a join that nothing can complete any more: a case never ends with a token inside.
        """
        for _ in range(MAX_STEPS):
            task = self._next_automatic()
            if task is None:
                return self._strand_joins()
            self._run(task)
        while (task := self._next_automatic()) is not None:
            self.fail(task, ElementFailed(f"More than {MAX_STEPS} steps without a wait: the diagram loops."))
        return None

    def _strand_joins(self) -> None:
        if not self.arrivals or any(
            task.has_state(TaskState.READY | TaskState.WAITING) for task in self.tasks.values()
        ):
            return
        for name, counts in self.arrivals.items():
            spec = self.spec.task_specs[name]
            missing = ", ".join(sorted(source.name for source in spec.inputs if not counts.get(source.name)))
            error = ElementFailed(f"Join '{name}' waits for a token from {missing}, and nothing can send one any more.")
            self.fail(Task(self, spec, self.task_tree, state=TaskState.WAITING), error)

    def _next_automatic(self) -> Task | None:
        for task in self.tasks.values():
            if task.has_state(TaskState.READY) and not task.task_spec.manual and INCIDENT not in task.internal_data:
                return task
        return None

    def _run(self, task: Task) -> None:
        try:
            task.run()
        except ElementFailed as error:
            task._set_state(TaskState.READY)
            self.fail(task, error)
        else:
            if task.id != ROOT:
                self.passed.append(task.task_spec.name)
            self._forget_finished()

    def fail(self, task: Task, error: ElementFailed) -> None:
        """Leave a task where it is, marked with what went wrong."""
        task.internal_data[INCIDENT] = True
        self.incidents[task.id] = error

    def _forget_finished(self) -> None:
        finished = [task for task in self.tasks.values() if task.has_state(TaskState.FINISHED_MASK) and task.id != ROOT]
        for task in finished:
            for child in task.children:
                child.parent = self.task_tree
                self.task_tree._children.append(child.id)
            del self.tasks[task.id]
        gone = {task.id for task in finished}
        for task in self.tasks.values():
            task._children = [child for child in task._children if child not in gone]

    # What the specs call while they run.

    def perform(self, element: Element) -> None:
        """Run an automatic element and take over the variables it sets."""
        self.variables.update(self.performer.perform(element, self.variables))

    def throw(self, element: Element) -> None:
        """Send a message to whoever waits for it."""
        self.performer.throw(element, self.variables)

    def wait(self, task: Task) -> bool:
        """Note what an event waits for; True if its message has been sent before."""
        try:
            notes = dict(self.performer.wait(element_of(task), self.variables))
        except ElementFailed as error:
            self.fail(task, error)
            return False
        received = notes.pop("received", None)
        task.internal_data.update(notes)
        if received is not None:
            self.variables.update(received)
        return received is not None

    def cancel_attached(self, host: Task, spare: Task | None = None) -> None:
        """Cancel the boundary events that still wait at an activity."""
        for task in list(self.tasks.values()):
            if task.internal_data.get(HOST) == host.id and task is not spare and task.has_state(TaskState.WAITING):
                task._set_state(TaskState.CANCELLED)

    def terminate(self, ending: Task) -> None:
        """Cancel everything else that still waits."""
        for task in list(self.tasks.values()):
            if task is not ending and task.has_state(TaskState.NOT_FINISHED_MASK):
                task._set_state(TaskState.CANCELLED)
        self.arrivals.clear()

    def arrive(self, join: str, source: str, sources: list[str]) -> bool:
        """Count a token at a join; True, consuming one of each, when every source has delivered."""
        counts = self.arrivals.setdefault(join, {})
        counts[source] = counts.get(source, 0) + 1
        if any(not counts.get(name) for name in sources):
            return False
        left = {name: count - 1 for name, count in counts.items() if count > 1}
        if left:
            self.arrivals[join] = left
        else:
            del self.arrivals[join]
        return True

    def _task_completed_notify(self, task: Task) -> None:
        """Skip SpiffWorkflow's search for waiting tasks: ours are woken by tables."""
        self.last_task = task

    def do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> None:
        """Run on; SpiffWorkflow's name for `advance`."""
        self.advance()


def _notes(task: Task, numbers: Mapping[Any, int]) -> dict[str, Any]:
    kept = {name: task.internal_data[name] for name in (DUE, KEY, INCIDENT) if name in task.internal_data}
    if HOST in task.internal_data:
        kept[HOST] = numbers[task.internal_data[HOST]]
    return kept
