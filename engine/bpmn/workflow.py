"""A case in memory: SpiffWorkflow's BpmnWorkflow over our own tokens and scopes, in which nothing finished is kept."""

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol, cast
from weakref import proxy

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs import WorkflowSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn import compensation, events
from engine.bpmn.asking import OpenedTask
from engine.bpmn.hearing import Earlier, find_hearing
from engine.bpmn.holding import Holding
from engine.bpmn.joins import complete_joins, strand_joins
from engine.bpmn.model import AWAITED, EVENTS, GATEWAYS, Element, Flow, Kind, Loop, Outline
from engine.bpmn.notes import DONE, FLOW, INCIDENT, LEAVES, PAYLOAD, TOLD, UNDOES
from engine.bpmn.pacing import Pace
from engine.bpmn.rounds import run_rounds
from engine.bpmn.specs import ROUND, TOKEN, Node, add_specs
from engine.bpmn.state import ROOT, CaseState, Scope, Stand, Token
from engine.errors import ElementFailed, ErrorThrown
from engine.moments import Layers, layers_of
from engine.records.packing import NotStorable, check_storable

# SpiffWorkflow builds its log records on every state change unless its loggers say they are not wanted.
for _name in ("spiff", "spiff.workflow", "spiff.task"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_COMES, _RUNS = Stand.COMES, Stand.RUNS  # to read a member of an enumeration takes longer than to compare it


class Performer(Protocol):
    """What a case in memory asks of its surroundings while it runs."""

    def ask(self, token: int, element: Element, variables: Mapping[str, Any]) -> OpenedTask:
        """Return the task with which a person is asked."""
        ...

    def perform(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do an automatic element and return the variables it sets."""
        ...

    def send(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send a message or signal to other cases and return what it carries."""
        ...

    def wait(self, element: Element, variables: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what an event waits for, as notes.

        :param before: the notes of the event when it waited last, for one that comes again and again.
        """
        ...

    def earlier(self, element: Element, key: str, heard: Collection[int] | None) -> Earlier | None:
        """Return the latest message that an event waits for, if it has been sent already.

        :param heard: the numbers of those that it does not take any more; None if nothing is kept in mind.
        """
        ...

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        """Return the value of a FEEL expression."""
        ...


class Passage(Task):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A token's passing of one element; what becomes of it is in the journal, so that nothing is gathered for a log."""

    def _set_state(self, value: int) -> None:
        self._state = value


class ProcessSpec(BpmnProcessSpec):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """A SpiffWorkflow specification built from an `Outline`; all cases of a release share it, none changes it."""

    def __init__(self, outline: Outline) -> None:
        """Create the specs of all elements."""
        WorkflowSpec.__init__(self, name=outline.process)
        self.data_objects: dict[str, Any] = {}
        self.outline = outline
        self.hearing = find_hearing(outline)
        self.start = Node(self, "#case")
        for element in outline.elements.values():
            add_specs(self, element, outline)


class CaseWorkflow(Holding, BpmnWorkflow):  # type: ignore[misc]  # SpiffWorkflow is untyped
    """One case: `tokens` by number, `scopes` by number; `passed` are the elements that were left, in order."""

    def __init__(self, spec: ProcessSpec, performer: Performer, state: CaseState, start: str | None = None) -> None:
        """Restore a case; a state without tokens and with `last_number` 0 is a new one, which begins.

        :param start: the start event that a new case begins with; None for the plain one.
        """
        BpmnWorkflow.__init__(self, spec, script_engine=_NoScripts(), deserializing=True)
        Holding.__init__(self, state)
        self.outline = spec.outline
        self.performer = performer
        self.passed: list[str] = []
        self.incidents: dict[int, ElementFailed] = {}
        self.moments: dict[int, Layers] = {}
        self.asked: dict[int, OpenedTask] = {}
        self.pace = Pace(self.last_number)
        self.queue: deque[int] = deque()
        # Nothing in it holds the case, so that all of a case goes when its step is over, not when Python cleans up.
        self.event_manager.workflow = proxy(self)
        self.root = Passage(proxy(self), spec.start, state=TaskState.COMPLETED, id=cast(Any, -1))
        self.queue.extend(self._under_way())
        if state.last_number == 0:
            self.enter(self.scopes[ROOT], start)

    # What is asked from outside, between two runs.

    def complete(self, token: Token) -> None:
        """Let a person's task go on, and run on as far as nobody is needed."""
        token.stand = _RUNS
        self.queue.append(token.number)
        self.advance()

    def wake(self, token: Token, payload: Mapping[str, Any]) -> None:
        """Let what a token waits for happen, and run on."""
        events.happen(self, token, payload)
        self.advance()

    def retry(self, token: Token) -> None:
        """Try a failed element again and run on."""
        del token.notes[INCIDENT]
        if token.stand is _RUNS:
            self.queue.append(token.number)
        elif self.outline.elements[token.element].kind in GATEWAYS:
            self.drop(token)  # a stranded join: it is stranded again if nothing has changed
        else:
            self.wait_anew(token)
        self.advance()

    def wait_anew(self, token: Token) -> None:
        """Let an element wait again for what its expressions say now."""
        self._try(token, self._spec(token).wait)

    def advance(self) -> None:
        """Run every element that needs nobody, one at a time; a failing one waits with an incident.

        After too many elements without anybody being asked (see `pacing`) the next one waits with an incident as well;
        the others stay on their way until the case moves again. So does a join that nothing can complete any more: a
        case never ends with a token inside.
        """
        self.pace = Pace(self.last_number)
        self._has_changed = True  # what a condition says about time may have changed in any case
        while self._look() or self.queue or self._move_on():
            token = self.tokens.get(self.queue.popleft()) if self.queue else None
            if token is None or INCIDENT in token.notes:
                continue
            if token.stand is _COMES:
                self._arrive(token)
                continue
            too_much = self.pace.step()
            if too_much is not None:
                self.fail(token, ElementFailed(too_much))
                self.queue = deque(self._under_way())
                return
            self._run(token)

    def _under_way(self) -> Iterator[int]:
        """Yield the tokens that go on as soon as the case moves."""
        return (
            token.number
            for token in self.tokens.values()
            if token.stand in (_COMES, _RUNS) and INCIDENT not in token.notes
        )

    def fail(self, token: Token, error: ElementFailed) -> None:
        """Leave a token where it is, marked with what went wrong; what it sees now is kept as it is."""
        token.notes[INCIDENT] = True
        self.incidents[token.number] = error
        self.moments[token.number] = layers_of(self.seen_from(token.scope))

    # How tokens come, run and leave.

    def _spec(self, token: Token) -> Node:
        is_round = self.scopes[token.scope].is_round
        return cast(Node, self.spec.task_specs[token.element + ROUND if is_round else token.element])

    def _arrive(self, token: Token) -> None:
        """Let a token that has come along a flow begin, or wait at a join for others."""
        scope, spec = self.scopes[token.scope], self._spec(token)
        self.entered(token.element)
        if spec.admits(scope, token.notes.pop(FLOW)):
            token.stand = spec.stand
            self._try(token, spec.begin)
        else:
            self.drop(token)
            self._settle(scope)

    def open(self, name: str, scope: Scope, stand: Stand, **notes: Any) -> Token:
        """Put a token on an element, which begins."""
        token = self.place(name, scope, stand, **notes)
        self._try(token, self._spec(token).begin)
        return token

    def _try(self, token: Token, begin: Callable[["CaseWorkflow", Token], None]) -> None:
        try:
            begin(self, token)
        except ElementFailed as error:
            self.fail(token, error)
        if token.stand is _RUNS:
            self.queue.append(token.number)

    def go_on(self, token: Token) -> None:
        """Let a token that has waited for something inside the case run."""
        token.stand = _RUNS
        self.queue.append(token.number)

    def _run(self, token: Token) -> None:
        """Run an element; what fails leaves the token where it is."""
        spec = self._spec(token)
        try:
            if LEAVES in token.notes or self._has_run(token, spec):
                self._leave(token, spec)
        except ElementFailed as error:
            self.fail(token, error)

    def _has_run(self, token: Token, spec: Node) -> bool:
        """Run an element through SpiffWorkflow; say whether it is done."""
        if UNDOES in token.notes:
            return compensation.go_on(self, token) is True
        task = Passage(self, spec, self.root, state=TaskState.READY, id=cast(Any, token.number))
        task.internal_data[TOKEN] = token
        try:
            return task.run() is True
        finally:
            self.root._children.clear()
            self.tasks.pop(task.id, None)

    def _leave(self, token: Token, spec: Node) -> None:
        """Take a token off its element and send it along the flows that are taken."""
        element = spec.element
        if token.number not in self.tokens:  # it has ended the scope it stood in, or itself by its own error
            self.passed += [element.id] if element.kind in EVENTS else []
            return
        scope, ways = self.scopes[token.scope], self._ways(token, spec)
        self._tell_left(token, element)
        if UNDOES not in token.notes:
            compensation.remember(self, scope, token, element)
        self.drop(token)
        for flow in ways:
            self.took(flow)
            self.queue.append(self.place(flow.target, scope, _COMES, **{FLOW: flow.id}).number)
        compensation.resume(self, token)
        self._settle(scope)

    def _tell_left(self, token: Token, element: Element) -> None:
        if UNDOES in token.notes:
            self.undone(element.id)
        elif TOLD not in token.notes:
            self.left(element.id)

    def _ways(self, token: Token, spec: Node) -> list[Flow]:
        if UNDOES in token.notes:
            return []
        try:
            return spec.ways(self, token)
        except ElementFailed:
            token.notes[LEAVES] = True  # what it has done must not be done again
            raise

    def break_off(self, token: Token) -> None:
        """Take away the activity that an event at it ends."""
        self.broken_off(token.element)
        self.drop(token)

    def _settle(self, scope: Scope) -> None:
        """Let the activity whose scope has run empty go on."""
        if scope.live or scope.arrivals or scope.number not in self.scopes:
            return
        if scope.host is None:
            self.clear(scope)
            return
        self.go_on(self.tokens[scope.host])

    def _look(self) -> bool:
        """Let happen what waits for a condition that has become true, be it for a moment only; say whether it did.

        All conditions are looked at when a variable may have changed, one that is new in any case.
        """
        if not (self._unseen or self._has_changed):
            return False
        looked_at = list(self.watching.values()) if self._has_changed else self._unseen
        self._unseen, self._has_changed = [], False
        return events.watch_conditions(self, looked_at)

    def _move_on(self) -> bool:
        """Say whether something moves although no element is ready: a join; else mark what is stuck."""
        if complete_joins(self):
            return True
        strand_joins(self)
        return False

    # What those hear who follow a case from outside.

    def entered(self, name: str) -> None:
        """Hear that a token has come to an element: along a flow, or because its scope begins there."""

    def left(self, name: str) -> None:
        """Hear that an element has done its part."""
        self.passed.append(name)

    def took(self, flow: Flow) -> None:
        """Hear that a token goes along a flow."""

    def undone(self, name: str) -> None:
        """Hear that what was done inside an activity is undone."""

    def broken_off(self, name: str) -> None:
        """Hear that an event at an activity has ended it."""

    # What the specs, events, rounds and compensations do to a case.

    def evaluate(self, token: Token, expression: str) -> Any:
        """Return the value of a FEEL expression where a token stands."""
        return self.performer.evaluate(expression, self.seen_from(token.scope))

    def holds(self, token: Token, condition: str | None, *, null: bool | None = None) -> bool:
        """Say whether a condition is true where a token stands; none at all always is.

        :param null: what null counts as; None for neither.
        :raise ElementFailed: it is neither true nor false.
        """
        value = True if condition is None else self.evaluate(token, condition)
        value = null if value is None else value
        if not isinstance(value, bool):
            raise ElementFailed(
                f"Condition '{condition}' at '{token.element}' gives {value!r}, neither true nor false.",
                expression=condition,
            )
        return value

    def perform(self, token: Token, element: Element) -> bool | None:
        """Run an automatic element and take over the variables it sets; an error it reports may be caught.

        An error event catches what the process itself calls an error. That an expression, a decision or a network has
        failed is none: it waits with an incident for whoever can mend it, and no path of the diagram hides it.
        """
        try:
            self.assign(token.scope, self.performer.perform(element, self.seen_from(token.scope)))
        except ErrorThrown as error:
            _check_storable(element, error.payload)
            events.throw_error(self, token, error.error_code, error.payload)
        return True

    def stand_at(self, name: str) -> Stand:
        """Return what a token that comes to an element is about."""
        return cast(Stand, self.spec.task_specs[name].stand)

    def open_round(self, element: Element, scope: Scope) -> None:
        """Put a token on a looped activity inside one of its rounds."""
        spec: Node = self.spec.task_specs[element.id + ROUND]
        self.open(element.id, scope, spec.stand)

    def enter(self, scope: Scope, start: str | None = None) -> None:
        """Begin what is drawn inside a scope; at one start event if that is named."""
        for element, listener in self.outline.event_sub_processes(scope.container):
            if listener.trigger in AWAITED and element.id != scope.container:
                self.open(listener.id, scope, Stand.LISTENS)
        for name in self.outline.first_of(scope.container, start):
            if self.outline.elements[name].kind is Kind.START:  # it has happened already
                self.open(name, scope, _RUNS)
            else:
                self.entered(name)
                self.open(name, scope, self.stand_at(name))

    def run_inside(self, token: Token, element: Element) -> bool:
        """Begin a compound activity, or end it when its scope has run empty."""
        found = self.hosted(token)
        if not found:
            self._go_inside(token, element)
            return False
        inside = found[0]
        seen = self.seen_from(inside.number)
        outputs = {name: self.performer.evaluate(value, seen) for name, value in element.outputs.items()}
        _check_storable(element, outputs)
        token.notes[DONE] = [inside.done, inside.variables]
        self.forget(inside)
        self.assign(token.scope, outputs)
        return True

    def _go_inside(self, token: Token, element: Element) -> None:
        own = None
        if element.kind is Kind.CALL_ACTIVITY:
            own = {name: self.evaluate(token, value) for name, value in element.inputs.items()}
            _check_storable(element, own)
        token.stand = Stand.HOLDS
        start, payload = token.notes.pop(PAYLOAD, (None, {}))
        scope = self.add_scope(self.outline.content(element), token, own, is_closed=own is not None)
        if start is not None:
            events.receive(self, scope.number, self.outline.elements[start], payload)
        self.enter(scope, start)
        self._settle(scope)

    def attach(self, token: Token, boundary: Sequence[Element]) -> None:
        """Let the events at an activity wait."""
        events.attach(self, token, boundary)

    def ask(self, token: Token, element: Element) -> None:
        """Ask a person, whom the variables of this moment name; what comes later in the same step changes nothing."""
        self.asked.pop(token.number, None)
        self.asked[token.number] = self.performer.ask(token.number, element, self.seen_from(token.scope))

    def wait(self, token: Token, element: Element) -> None:
        """Let an event wait."""
        events.wait(self, token, element)

    def throw(self, token: Token, element: Element) -> bool | None:
        """Let an event happen that tells somebody something."""
        return events.throw(self, token, element)

    def race(self, token: Token, flows: Sequence[Flow]) -> None:
        """Let the events behind a gateway wait for the first of them."""
        events.race(self, token, flows)

    def run_rounds(self, token: Token, element: Element, loop: Loop) -> bool:
        """Go on with a looped activity."""
        return run_rounds(self, token, element, loop)

    # What SpiffWorkflow calls.

    def _task_completed_notify(self, task: Task) -> None:
        """Skip SpiffWorkflow's search for waiting tasks: ours are woken by tables."""

    def do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> None:
        """Run on; SpiffWorkflow's name for `advance`."""
        self.advance()


def _check_storable(element: Element, values: Mapping[str, Any]) -> None:
    try:
        check_storable(values)
    except NotStorable as error:
        raise ElementFailed(f"What '{element.id}' hands over cannot be kept: {error}") from error


class _NoScripts:
    """Stands where SpiffWorkflow expects a script engine: there is none."""
