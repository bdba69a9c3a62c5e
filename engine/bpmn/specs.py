"""SpiffWorkflow task specs of our own: what each kind of element does when a token comes, runs and leaves.

A live case keeps only the points at which it stands. SpiffWorkflow runs one element at a time; its tree of predicted
and finished tasks is never built. What a spec does to the case it asks of `CaseWorkflow`.
"""

from collections.abc import Mapping
from typing import Any, cast

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.task import Task

from engine.bpmn.model import AWAITED, Element, Flow, Kind, Loop, Outline
from engine.bpmn.state import Scope, Stand, Token
from engine.bpmn.ways import elements_before
from engine.errors import ElementFailed

TOKEN = "token"  # noqa: S105  # where SpiffWorkflow's task keeps our token; nothing secret
ROUND = "#round"  # the spec of one instance of a looped activity stands beside that of the activity itself


def token_of(my_task: Task) -> Token:
    """Return the token that SpiffWorkflow's task runs for."""
    return cast(Token, my_task.internal_data[TOKEN])


class Node(BpmnSpecMixin):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A flow node: runs at once and goes on along the flows whose conditions hold.

    :param boundary: events attached to it that a token waits for while it is under way.
    """

    element: Element
    flows: tuple[Flow, ...] = ()
    boundary: tuple[Element, ...] = ()
    stand = Stand.RUNS

    def admits(self, scope: Scope, flow: str) -> bool:
        """Say whether what comes along a flow becomes a token here; a join waits until it has them all."""
        return True

    def begin(self, case: Any, token: Token) -> None:
        """Take up a token that has just come."""
        case.attach(token, self.boundary)
        self.wait(case, token)

    def wait(self, case: Any, token: Token) -> None:
        """Wait for what is to happen, if anything is."""

    def ways(self, case: Any, token: Token) -> list[Flow]:
        """Return the flows that are taken: all without a condition, those whose condition holds, else the default.

        :raise ElementFailed: there are flows, and none is taken.
        """
        taken = [flow for flow in self.flows if not flow.is_default and case.holds(token, flow.condition)]
        taken = taken or [flow for flow in self.flows if flow.is_default]
        if self.flows and not taken:
            raise _no_way(self.element)
        return taken

    def _run_hook(self, my_task: Task) -> bool | None:
        """Do what the element is for: True when it is done, None while it goes on in scopes of its own."""
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        """Leave nothing to SpiffWorkflow's tree: the case moves its tokens itself."""

    def _on_error_hook(self, my_task: Task) -> None:
        """Do nothing: the case leaves the token where it is."""


class HumanTask(Node):
    """A user or manual task: a person is asked."""

    stand = Stand.ASKS

    def wait(self, case: Any, token: Token) -> None:
        """Ask the person."""
        case.ask(token, self.element)


class AutomaticTask(Node):
    """A service, script or business rule task."""

    def _run_hook(self, my_task: Task) -> bool | None:
        return cast(bool, my_task.workflow.perform(token_of(my_task), self.element))


class Throw(Node):
    """An event or send task that tells somebody something."""

    def _run_hook(self, my_task: Task) -> bool | None:
        return cast("bool | None", my_task.workflow.throw(token_of(my_task), self.element))


class Catch(Node):
    """A message, timer, signal or condition on the path, at an activity or at the start of an event sub-process."""

    stand = Stand.WAITS

    def wait(self, case: Any, token: Token) -> None:
        """Wait, unless it has happened already."""
        if token.stand is not Stand.RUNS:
            case.wait(token, self.element)


class EventGateway(Node):
    """Waits for the first of the events behind it."""

    def _run_hook(self, my_task: Task) -> bool | None:
        my_task.workflow.race(token_of(my_task), self.flows)
        return True

    def ways(self, case: Any, token: Token) -> list[Flow]:
        """Return none: the events stand there already."""
        return []


class ExclusiveGateway(Node):
    """Takes the first flow whose condition is true, in the diagram's order, else the default flow."""

    def ways(self, case: Any, token: Token) -> list[Flow]:
        """Return the one flow that is taken.

        :raise ElementFailed: no condition is true, and there is no default flow.
        """
        open_ones = (flow for flow in self.flows if not flow.is_default and case.holds(token, flow.condition))
        default = next((flow for flow in self.flows if flow.is_default), None)
        taken = next(open_ones, default)
        if taken is None:
            raise _no_way(self.element)
        return [taken]


class ParallelGateway(Node):
    """Joins when every incoming flow has delivered a token; surplus tokens stay counted."""

    def admits(self, scope: Scope, flow: str) -> bool:
        """Count what comes, and take one of each flow when all are there."""
        if len(self.element.incoming) < 2:
            return True
        counts = count_arrival(scope, self.element, flow)
        return len(counts) == len(self.element.incoming) and take_arrivals(scope, self.element)

    def ways(self, case: Any, token: Token) -> list[Flow]:
        """Return all flows."""
        return list(self.flows)


class InclusiveGateway(Node):
    """Joins when no token can come any more along a flow that has none; splits along every condition that holds.

    :param upstream: by incoming flow, the elements from which a token can come along it without passing here.
    :param along_flows: the same without those from which it could come only by an event at their edge.
    """

    upstream: Mapping[str, frozenset[str]]
    along_flows: Mapping[str, frozenset[str]]

    def admits(self, scope: Scope, flow: str) -> bool:
        """Count what comes; whether it is all that can come is seen when nothing moves any more."""
        if len(self.element.incoming) < 2:
            return True
        counts = count_arrival(scope, self.element, flow)
        return len(counts) == len(self.element.incoming) and take_arrivals(scope, self.element)

    def is_complete(self, scope: Scope, places: set[str]) -> bool:
        """Say whether nothing more can come, given the elements at which tokens of the scope stand."""
        counts = scope.arrivals[self.element.id]
        filled = [names for flow, names in self.along_flows.items() if flow in counts]
        empty = [names for flow, names in self.upstream.items() if flow not in counts]
        # What can come along a flow that has its token already is none that the others wait for.
        coming = {place for place in places if any(place in names for names in empty)}
        return all(any(place in names for names in filled) for place in coming)


class Compound(Node):
    """A sub-process, transaction or call activity: goes on in a scope of its own."""

    def _run_hook(self, my_task: Task) -> bool | None:
        return True if my_task.workflow.run_inside(token_of(my_task), self.element) else None


class Looped(Node):
    """An activity that runs more than once: goes on in one scope for each round."""

    def _run_hook(self, my_task: Task) -> bool | None:
        loop = cast(Loop, self.element.loop)
        return True if my_task.workflow.run_rounds(token_of(my_task), self.element, loop) else None


def count_arrival(scope: Scope, element: Element, flow: str) -> dict[str, int]:
    """Note that a token has come along a flow; return the counts by flow."""
    counts = scope.arrivals.setdefault(element.id, {})
    counts[flow] = counts.get(flow, 0) + 1
    return counts


def take_arrivals(scope: Scope, element: Element) -> bool:
    """Take one token of every flow that has one; True, for something was taken."""
    left = {flow: count - 1 for flow, count in scope.arrivals.pop(element.id).items() if count > 1}
    if left:
        scope.arrivals[element.id] = left
    return True


def _no_way(element: Element) -> ElementFailed:
    return ElementFailed(f"No condition after '{element.id}' is true, and there is no default flow.")


_SPECS: Mapping[Kind, type[Node]] = {
    Kind.USER_TASK: HumanTask,
    Kind.MANUAL_TASK: HumanTask,
    Kind.SERVICE_TASK: AutomaticTask,
    Kind.SCRIPT_TASK: AutomaticTask,
    Kind.BUSINESS_RULE_TASK: AutomaticTask,
    Kind.SEND_TASK: Throw,
    Kind.RECEIVE_TASK: Catch,
    Kind.THROW: Throw,
    Kind.END: Throw,
    Kind.EXCLUSIVE_GATEWAY: ExclusiveGateway,
    Kind.PARALLEL_GATEWAY: ParallelGateway,
    Kind.INCLUSIVE_GATEWAY: InclusiveGateway,
    Kind.EVENT_GATEWAY: EventGateway,
    Kind.SUB_PROCESS: Compound,
    Kind.TRANSACTION: Compound,
    Kind.EVENT_SUB_PROCESS: Compound,
    Kind.CALL_ACTIVITY: Compound,
}


def add_specs(wf_spec: Any, element: Element, outline: Outline) -> None:
    """Add the spec of an element, and that of its rounds if it is looped, to a specification."""
    kind = Catch if element.trigger in AWAITED and element.kind in _CATCHING else _SPECS.get(element.kind, Node)
    outer = (Looped if element.loop else kind)(wf_spec, element.id, bpmn_name=element.names["id"])
    outer.element, outer.flows = element, tuple(outline.flows[name] for name in element.outgoing)
    outer.boundary = tuple(event for event in outline.boundaries.get(element.id, ()) if event.trigger in AWAITED)
    if isinstance(outer, InclusiveGateway):
        outer.upstream = {flow: elements_before(outline, element.id, flow) for flow in element.incoming}
        outer.along_flows = {
            flow: elements_before(outline, element.id, flow, along_flows=True) for flow in element.incoming
        }
    if element.loop:
        inner = kind(wf_spec, element.id + ROUND, bpmn_name=element.names["id"])
        inner.element = element


_CATCHING = frozenset({Kind.START, Kind.CATCH, Kind.BOUNDARY, Kind.RECEIVE_TASK})
