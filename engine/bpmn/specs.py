"""SpiffWorkflow task specs of our own: no prediction, counted joins, events that wait for our own tables.

A live case keeps only its waiting tokens. Three things make that possible:
children are created when their parent completes, never predicted; a parallel
join counts arrivals instead of searching the tree; boundary events are
siblings of the activity they are attached to, not a wrapper around it.
"""

from typing import Any, cast

from SpiffWorkflow.bpmn.specs.control import BpmnStartTask
from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway as SpiffExclusiveGateway
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.model import Element, Kind
from engine.errors import ElementFailed

HOST = "host"
DUE = "due"
KEY = "key"


class Eager(TaskSpec):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A task spec whose children exist only once it has completed."""

    def _predict(self, my_task: Task, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Predict nothing: a case in memory holds no guessed tasks."""

    def _update_hook(self, my_task: Task) -> bool:
        """Say that the task may run: variables are the case's, nothing is copied from the parent."""
        return True

    def _on_ready(self, my_task: Task) -> None:
        self._on_ready_hook(my_task)

    def _on_complete_hook(self, my_task: Task) -> None:
        if not my_task._children:
            for output in self.outputs:
                my_task._add_child(output, TaskState.FUTURE)


class Start(Eager, BpmnStartTask):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """The root of every case."""


class Node(Eager, BpmnSpecMixin):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A flow node of the diagram; `element` says what Alur knows about it."""

    element: Element
    boundary: tuple[str, ...] = ()

    def _on_ready_hook(self, my_task: Task) -> None:
        for name in self.boundary:
            token = my_task.parent._add_child(self._wf_spec.task_specs[name], TaskState.WAITING)
            token.internal_data[HOST] = my_task.id
            my_task.workflow.wait(token)

    def _on_complete_hook(self, my_task: Task) -> None:
        my_task.workflow.cancel_attached(my_task)
        super()._on_complete_hook(my_task)


class HumanTask(Node):
    """A user or manual task: waits for a person."""

    def __init__(self, wf_spec: Any, name: str, **kwargs: Any) -> None:
        """Mark the task as one that the engine never runs by itself."""
        super().__init__(wf_spec, name, **kwargs)
        self.manual = True


class AutomaticTask(Node):
    """A service, script or business rule task: the case's performer runs it."""

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.perform(self.element)
        return True


class ThrowMessage(Node):
    """An intermediate or end event that sends a message to other cases."""

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.throw(self.element)
        return True


class TerminateEnd(Node):
    """An end event that cancels whatever else still waits in the case."""

    def _run_hook(self, my_task: Task) -> bool:
        my_task.workflow.terminate(my_task)
        return True


class CatchEvent(Node):
    """A message or timer event on the path: waits until the engine's tables wake it."""

    def _update_hook(self, my_task: Task) -> bool:
        my_task._set_state(TaskState.WAITING)
        return bool(my_task.workflow.wait(my_task))


class BoundaryEvent(Node):
    """A message or timer event attached to an activity; runs only when woken."""


class ParallelGateway(Node):
    """Joins when every incoming flow has delivered a token, counted per flow; surplus tokens stay counted."""

    def _update_hook(self, my_task: Task) -> bool:
        sources = [spec.name for spec in self.inputs]
        if my_task.workflow.arrive(self.name, my_task.parent.task_spec.name, sources):
            return True
        my_task._set_state(TaskState.CANCELLED)
        return False


class ExclusiveGateway(Eager, SpiffExclusiveGateway):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """Takes the first flow whose FEEL condition is true, in the diagram's order, else the default flow."""

    element: Element
    boundary: tuple[str, ...] = ()

    def _run_hook(self, my_task: Task) -> bool:
        chosen = next(
            (name for condition, name in self.cond_task_specs if condition and condition._matches(my_task)), None
        )
        chosen = chosen or self.default_task_spec
        if chosen is None:
            raise ElementFailed(f"No condition after '{self.name}' is true, and there is no default flow.")
        my_task._add_child(self._wf_spec.task_specs[chosen], TaskState.FUTURE)
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        """Keep the one child that running the gateway chose."""


SPEC_OF_KIND: dict[Kind, type[Any]] = {
    Kind.START: Node,
    Kind.END: Node,
    Kind.TERMINATE_END: TerminateEnd,
    Kind.MESSAGE_END: ThrowMessage,
    Kind.USER_TASK: HumanTask,
    Kind.MANUAL_TASK: HumanTask,
    Kind.SERVICE_TASK: AutomaticTask,
    Kind.SCRIPT_TASK: AutomaticTask,
    Kind.BUSINESS_RULE_TASK: AutomaticTask,
    Kind.EXCLUSIVE_GATEWAY: ExclusiveGateway,
    Kind.PARALLEL_GATEWAY: ParallelGateway,
    Kind.MESSAGE_CATCH: CatchEvent,
    Kind.TIMER_CATCH: CatchEvent,
    Kind.MESSAGE_THROW: ThrowMessage,
    Kind.TIMER_BOUNDARY: BoundaryEvent,
    Kind.MESSAGE_BOUNDARY: BoundaryEvent,
}


def element_of(task: Task) -> Element:
    """Return what the diagram says about the node a task stands on."""
    return cast(Element, task.task_spec.element)
