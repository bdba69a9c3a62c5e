"""Runs one step of a case: loads its state, lets a person or an event move it, and says what changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.codec import CaseState, decode_state, encode_state
from engine.bpmn.model import HUMAN_TASKS, Element, Kind
from engine.bpmn.release import Release
from engine.bpmn.specs import DUE, HOST, KEY, element_of
from engine.bpmn.timers import due_instant, is_literal, literal_value, taken_away_at
from engine.bpmn.workflow import INCIDENT, NUMBER, CaseWorkflow
from engine.calendar import WorkCalendar
from engine.dmn import DecisionConflict, DecisionInvalid
from engine.errors import Conflict, ElementFailed, Invalid
from engine.feel import Environment, FeelError, compile_expression
from engine.records.packing import NotStorable, check_storable

LONGEST_KEY = 80  # characters of a correlation key and of a candidate group, as their columns hold
PERSONS_END = 2**63


class Surroundings(Protocol):
    """What a step needs from outside: the instant, the zone, the working days, services and sent messages."""

    @property
    def now(self) -> datetime:
        """The instant of the step."""
        ...

    @property
    def zone(self) -> tzinfo:
        """The time zone in which the city counts its days."""
        ...

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of the case."""
        ...

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Call a service; what it wants written is kept by the surroundings.

        :raise ElementFailed: the service failed.
        """
        ...

    def published(self, message: str, key: str) -> Mapping[str, Any] | None:
        """Return the payload of a message that was sent before, or None."""
        ...


@dataclass(frozen=True, slots=True)
class OpenedTask:
    """A task that now waits for a person."""

    token: int
    element: str
    assignee: int | None
    candidate: str | None
    due: date | None


@dataclass(frozen=True, slots=True)
class OpenedTimer:
    """A timer that now waits."""

    token: int
    due: datetime


@dataclass(frozen=True, slots=True)
class OpenedSubscription:
    """An event that now waits for a message."""

    token: int
    message: str
    key: str


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message for other cases; it stays available to cases that come to wait for it later."""

    message: str
    key: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OpenedIncident:
    """An element that could not be executed."""

    token: int
    element: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ClosedTokens:
    """Tokens that no longer wait, by the table in which they stood."""

    tasks: tuple[int, ...] = ()
    timers: tuple[int, ...] = ()
    subscriptions: tuple[int, ...] = ()
    incidents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step changed.

    :param state: the new state, None when the case has finished.
    """

    state: bytes | None
    variables: Mapping[str, Any]
    passed: tuple[str, ...]
    closed: ClosedTokens
    tasks: tuple[OpenedTask, ...] = ()
    timers: tuple[OpenedTimer, ...] = ()
    subscriptions: tuple[OpenedSubscription, ...] = ()
    messages: tuple[SentMessage, ...] = ()
    incidents: tuple[OpenedIncident, ...] = ()


@dataclass
class _Performer:
    """Does what elements ask for, with FEEL, decision tables and named services only."""

    release: Release
    surroundings: Surroundings
    sent: list[SentMessage] = field(default_factory=list)

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        try:
            return compile_expression(expression).evaluate(variables, self.environment(expression, variables)).value
        except FeelError as error:
            raise ElementFailed(f"Expression '{expression}': {error.message('en')}", expression=expression) from error

    def environment(self, expression: str, variables: Mapping[str, Any]) -> Environment:
        calendar = self.surroundings.calendar(variables) if "working" in expression else None
        return Environment(now=self.surroundings.now.astimezone(self.surroundings.zone), calendar=calendar)

    def perform(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        value = self._value_of(element, variables)
        try:
            check_storable(value)
        except NotStorable as error:
            raise ElementFailed(f"The result of '{element.id}' cannot be kept: {error}") from error
        return {element.result: value} if element.result else {}

    def _value_of(self, element: Element, variables: Mapping[str, Any]) -> Any:
        if element.kind is Kind.SCRIPT_TASK:
            return self.evaluate(element.script or "null", variables)
        if element.kind is Kind.BUSINESS_RULE_TASK:
            return self._decide(element.decision or "", variables)
        inputs = {name: self.evaluate(expression, variables) for name, expression in element.inputs.items()}
        return self.surroundings.call(element.service or "", inputs, variables)

    def _decide(self, name: str, variables: Mapping[str, Any]) -> Any:
        try:
            return self.release.decisions[name].decide(variables, self.environment("", variables)).value
        except (DecisionConflict, DecisionInvalid, FeelError) as error:
            raise ElementFailed(f"Decision '{name}': {error}", decision=name) from error

    def throw(self, element: Element, variables: Mapping[str, Any]) -> None:
        use = element.message
        if use is None:
            return
        payload = self.evaluate(use.payload, variables) if use.payload else {}
        if not isinstance(payload, dict):
            raise ElementFailed(f"The payload of message '{use.name}' is no context.", event=use.name)
        try:
            check_storable(payload)
        except NotStorable as error:
            raise ElementFailed(f"The payload of message '{use.name}' cannot be kept: {error}") from error
        self.sent.append(SentMessage(use.name, self._key(element, variables), payload))

    def wait(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        if element.timer is not None:
            return {DUE: self._due(element, variables)}
        key = self._key(element, variables)
        use = element.message
        payload = self.surroundings.published(use.name, key) if use and not element.attached_to else None
        return {KEY: key} if payload is None else {KEY: key, "received": received_variables(element, payload)}

    def _due(self, element: Element, variables: Mapping[str, Any]) -> datetime:
        timer = element.timer
        if timer is None:
            raise ElementFailed(f"Element '{element.id}' is no timer.")
        value = literal_value(timer) if is_literal(timer) else self.evaluate(timer.expression, variables)
        return due_instant(timer, value, self.surroundings.now, self.surroundings.zone)

    def _key(self, element: Element, variables: Mapping[str, Any]) -> str:
        expression = element.message.key if element.message else "null"
        value = self.evaluate(expression, variables)
        if isinstance(value, Decimal) and value.is_finite():
            value = f"{value.normalize():f}"  # 7, 7.0 and 7E+0 are one number, and so one key
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_KEY:
            raise ElementFailed(
                f"The correlation key '{expression}' of '{element.id}' gives no number and no text "
                f"of 1 to {LONGEST_KEY} characters."
            )
        return value


def received_variables(element: Element, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables that a caught message sets: one context under its result name, or the payload's entries."""
    result = element.message.result if element.message else None
    return {result: dict(payload)} if result else dict(payload)


class CaseRun:
    """One case in the course of one step."""

    def __init__(
        self,
        release: Release,
        surroundings: Surroundings,
        state: bytes | None,
        variables: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Load a case, or begin a new one with these variables when there is no state yet.

        :raise Unreadable: the stored state is damaged.
        """
        self._performer = _Performer(release, surroundings)
        loaded = decode_state(state) if state is not None else CaseState(variables, (), {}, 0)
        self._before = {token.number: token for token in loaded.tokens}
        self._reopened: set[int] = set()
        self._workflow = CaseWorkflow(release.spec, self._performer, loaded)
        self._zone = surroundings.zone
        if state is None:
            self._workflow.advance()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the case as they are now."""
        return self._workflow.variables

    def taken_away_at(self, token: int) -> datetime | None:
        """Return when a timer takes a waiting task away, as the case was loaded; None if no timer does."""
        return taken_away_at(self._performer.release.outline, self._before.values(), token)

    def complete(self, token: int, answers: Mapping[str, Any]) -> None:
        """Complete a person's task: its answers go into the variable that the task names.

        :raise Conflict: nobody waits at that token any more.
        :raise Invalid: an answer is of a type that cannot be kept with a case.
        """
        task = self._find(token, TaskState.READY)
        element = element_of(task)
        if element.kind not in HUMAN_TASKS:
            raise Conflict()
        try:
            check_storable(answers)
        except NotStorable as error:
            raise Invalid(f"The answers to '{element.id}' cannot be kept: {error}") from error
        task.internal_data.pop(INCIDENT, None)
        if element.result:
            self._workflow.variables[element.result] = dict(answers)
        self._workflow.complete_task(task)

    def wake(self, token: int, payload: Mapping[str, Any] | None = None) -> None:
        """Let a timer fire (no payload) or a message arrive.

        :raise Conflict: the event no longer waits.
        """
        task = self._find(token, TaskState.WAITING)
        self._workflow.wake(task, received_variables(element_of(task), payload) if payload is not None else {})

    def retry(self, token: int) -> None:
        """Try a failed element again.

        :raise Conflict: it no longer waits, or nothing failed there.
        """
        task = self._find(token, TaskState.READY | TaskState.WAITING)
        if INCIDENT not in task.internal_data:
            raise Conflict()
        self._reopened.add(token)
        self._workflow.retry(task)

    def renew(self, variables: Mapping[str, Any], tokens: Collection[int]) -> None:
        """Take over variables that changed outside the diagram, and open some waiting tasks anew by them.

        A task keeps its token; who is asked, until when, and when its timers fire is evaluated again.

        :raise Conflict: nobody waits at one of these tokens any more.
        """
        self._workflow.variables.update(variables)
        for token in tokens:
            self._find(token, TaskState.READY).internal_data.pop(INCIDENT, None)
        for task in self._workflow.live_tasks():
            if task.internal_data[NUMBER] in tokens:
                self._reopened.add(task.internal_data[NUMBER])
            elif DUE in task.internal_data and task.internal_data.get(HOST) in tokens:
                self._reopened.add(task.internal_data[NUMBER])
                self._workflow.wait(task)

    def _find(self, token: int, state: int) -> Task:
        task = self._workflow.token(token)
        if task is None or not task.has_state(state):
            raise Conflict()
        return task

    def outcome(self) -> Outcome:
        """Return what this step changed."""
        live = self._workflow.live_tasks()
        known = self._before.keys() - self._reopened
        opened = [task for task in live if task.internal_data[NUMBER] not in known]
        tasks = tuple(self._opened_task(task, live) for task in opened if element_of(task).kind in HUMAN_TASKS)
        numbers = {task.internal_data[NUMBER] for task in live}
        state = self._workflow.state()
        return Outcome(
            encode_state(state) if live else None,
            state.variables,
            tuple(self._workflow.passed),
            self._closed(numbers),
            tasks,
            tuple(_timer(task) for task in opened if DUE in task.internal_data),
            tuple(_subscription(task) for task in opened if KEY in task.internal_data),
            tuple(self._performer.sent),
            self._incidents(),
        )

    def _closed(self, numbers: set[int]) -> ClosedTokens:
        gone = [token for token in self._before.values() if token.number not in numbers - self._reopened]
        kinds = self._performer.release.outline.elements
        return ClosedTokens(
            tuple(token.number for token in gone if kinds[token.element].kind in HUMAN_TASKS),
            tuple(token.number for token in gone if DUE in token.notes),
            tuple(token.number for token in gone if KEY in token.notes),
            tuple(token.number for token in gone if INCIDENT in token.notes),
        )

    def _opened_task(self, task: Task, live: list[Task]) -> OpenedTask:
        element = element_of(task)
        try:
            assignee, candidate, due = self._assignment(element)
        except ElementFailed as error:
            self._workflow.fail(task, error)
            assignee, candidate, due = None, None, None
        return OpenedTask(
            task.internal_data[NUMBER], element.id, assignee, candidate, due or self._due_by_timer(task, live)
        )

    def _assignment(self, element: Element) -> tuple[int | None, str | None, date | None]:
        values = [
            self._performer.evaluate(expression, self._workflow.variables) if expression else None
            for expression in (element.assignee, element.candidate, element.due)
        ]
        assignee, candidate, due = values
        if element.candidate and not (isinstance(candidate, str) and 0 < len(candidate) <= LONGEST_KEY):
            raise ElementFailed(f"No group is named by '{element.candidate}' for task '{element.id}'.")
        return _person(element, assignee), candidate, self._day(element, due)

    def _day(self, element: Element, due: object) -> date | None:
        if isinstance(due, datetime):
            # Without an offset it is the city's own time already; astimezone would take it for the server's.
            return due.date() if due.tzinfo is None else due.astimezone(self._zone).date()
        if due is not None and not isinstance(due, date):
            raise ElementFailed(f"The due date '{element.due}' of task '{element.id}' gives no date.")
        return due

    def _due_by_timer(self, task: Task, live: list[Task]) -> date | None:
        """Take the earliest interrupting timer at a task as its due date: that is when it is taken away."""
        instants = [
            other.internal_data[DUE]
            for other in live
            if other.internal_data.get(HOST) == task.id
            and DUE in other.internal_data
            and element_of(other).is_interrupting
        ]
        if not instants:
            return None
        last: datetime = min(instants) - timedelta(microseconds=1)
        return last.astimezone(self._zone).date()

    def _incidents(self) -> tuple[OpenedIncident, ...]:
        found = []
        for task in self._workflow.live_tasks():
            error = self._workflow.incidents.get(task.id)
            if error is not None:
                found.append(OpenedIncident(task.internal_data[NUMBER], element_of(task).id, error.code, str(error)))
        return tuple(found)


def _person(element: Element, value: object) -> int | None:
    if not element.assignee:
        return None
    if isinstance(value, Decimal) and value.is_finite() and value == int(value) and 0 < value < PERSONS_END:
        return int(value)
    raise ElementFailed(f"Nobody is named by '{element.assignee}' for task '{element.id}'.")


def _timer(task: Task) -> OpenedTimer:
    due: datetime = task.internal_data[DUE]
    return OpenedTimer(task.internal_data[NUMBER], due.astimezone(UTC))


def _subscription(task: Task) -> OpenedSubscription:
    use = element_of(task).message
    return OpenedSubscription(task.internal_data[NUMBER], use.name if use else "", task.internal_data[KEY])
