"""Runs one step of a case: loads its state, lets a person or an event move it, and says what changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from engine.bpmn.model import Element, EventUse, Kind, Trigger
from engine.bpmn.notes import DUE, HOST, INCIDENT, KEY, LEFT
from engine.bpmn.release import Release
from engine.bpmn.state import ROOT, Stand, Token, decode_state, encode_state, first_state
from engine.bpmn.timers import next_due, taken_away_at
from engine.bpmn.workflow import CaseWorkflow
from engine.calendar import WorkCalendar
from engine.dmn import DecisionConflict, DecisionInvalid
from engine.errors import Conflict, ElementFailed, Invalid
from engine.feel import Environment, FeelError, compile_expression
from engine.records.packing import NotStorable, check_storable

LONGEST_KEY = 80  # characters of a correlation key and of a candidate group, as their columns hold
PERSONS_END = 2**63
SIGNAL = "*"  # stands for the key of whoever waits for a signal


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
    """A message for other cases, which stays for those that come to wait for it later; or a signal, which does not."""

    message: str
    key: str
    payload: Mapping[str, Any]
    is_signal: bool = False


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

    def send(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        use = _use(element)
        payload = self.evaluate(use.payload, variables) if use.payload else {}
        if not isinstance(payload, dict):
            raise ElementFailed(f"The payload of message '{use.name}' is no context.", event=use.name)
        try:
            check_storable(payload)
        except NotStorable as error:
            raise ElementFailed(f"The payload of message '{use.name}' cannot be kept: {error}") from error
        is_signal = element.trigger is Trigger.SIGNAL
        key = SIGNAL if is_signal else self._key(element, variables)
        self.sent.append(SentMessage(use.name or "", key, payload, is_signal=is_signal))
        return payload

    def wait(self, element: Element, variables: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
        if element.trigger is Trigger.TIMER:
            return self._timer(element, variables, before)
        if element.trigger is Trigger.SIGNAL:
            return {KEY: SIGNAL}
        key, name = self._key(element, variables), _use(element).name or ""
        # What came before an activity or a scope began is none of the business of the events at its edge.
        is_edge = element.kind in (Kind.BOUNDARY, Kind.START)
        payload = None if is_edge else self.surroundings.published(name, key)
        return {KEY: key} if payload is None else {KEY: key, "received": payload}

    def _timer(self, element: Element, variables: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
        if element.timer is None:
            raise ElementFailed(f"Element '{element.id}' is no timer.")
        due, left = next_due(
            element.timer,
            lambda text: self.evaluate(text, variables),
            (before.get(DUE), before.get(LEFT)),
            self.surroundings.now,
            self.surroundings.zone,
        )
        return {DUE: due} if left is None else {DUE: due, LEFT: left}

    def _key(self, element: Element, variables: Mapping[str, Any]) -> str:
        expression = _use(element).key or "null"
        value = self.evaluate(expression, variables)
        if isinstance(value, Decimal) and value.is_finite():
            value = f"{value.normalize():f}"  # 7, 7.0 and 7E+0 are one number, and so one key
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_KEY:
            raise ElementFailed(
                f"The correlation key '{expression}' of '{element.id}' gives no number and no text "
                f"of 1 to {LONGEST_KEY} characters."
            )
        return value


def _use(element: Element) -> EventUse:
    if element.event is None:
        raise ElementFailed(f"Element '{element.id}' names no message and no signal.")
    return element.event


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Tokens that wait, in order, by the table in which they stand."""

    tasks: tuple[int, ...]
    timers: tuple[int, ...]
    subscriptions: tuple[int, ...]
    incidents: tuple[int, ...]


def _waiting(tokens: Collection[Token]) -> _Waiting:
    """Sort tokens by what they wait for; one whose element has failed waits for a retry as well."""
    events = [token for token in tokens if token.stand in (Stand.WAITS, Stand.LISTENS)]
    return _Waiting(
        tuple(token.number for token in tokens if token.stand is Stand.ASKS),
        tuple(token.number for token in events if DUE in token.notes),
        tuple(token.number for token in events if KEY in token.notes),
        tuple(token.number for token in tokens if INCIDENT in token.notes),
    )


class CaseRun:
    """One case in the course of one step."""

    def __init__(
        self,
        release: Release,
        surroundings: Surroundings,
        state: bytes | None,
        variables: Mapping[str, Any] = MappingProxyType({}),
        start: str | None = None,
    ) -> None:
        """Load a case, or begin a new one with these variables when there is no state yet.

        :param start: the start event with which a new case begins; None for the plain one.
        :raise Unreadable: the stored state is damaged.
        """
        self._performer = _Performer(release, surroundings)
        self._outline = release.outline
        loaded = decode_state(state) if state is not None else first_state(release.process, variables)
        self._before = _waiting(loaded.tokens)
        self._due_before = taken_away_at(release.outline, loaded.tokens)
        self._reopened: set[int] = set()
        self._workflow = CaseWorkflow(release.spec, self._performer, loaded, start)
        self._zone = surroundings.zone
        if state is None:
            self._workflow.advance()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the case as they are now."""
        return self._workflow.variables

    def taken_away_at(self, token: int) -> datetime | None:
        """Return when a timer takes a waiting task away, as the case was loaded; None if no timer does."""
        return self._due_before.get(token)

    def complete(self, token: int, answers: Mapping[str, Any]) -> None:
        """Complete a person's task: its answers go into the variable that the task names.

        :raise Conflict: nobody waits at that token any more.
        :raise Invalid: an answer is of a type that cannot be kept with a case.
        """
        found = self._find(token, Stand.ASKS)
        element = self._outline.elements[found.element]
        try:
            check_storable(answers)
        except NotStorable as error:
            raise Invalid(f"The answers to '{element.id}' cannot be kept: {error}") from error
        found.notes.pop(INCIDENT, None)
        if element.result:
            self._workflow.assign(found.scope, {element.result: dict(answers)})
        self._workflow.complete(found)

    def wake(self, token: int, payload: Mapping[str, Any] | None = None) -> None:
        """Let a timer fire (no payload) or a message arrive.

        :raise Conflict: the event no longer waits.
        """
        self._workflow.wake(self._find(token, Stand.WAITS, Stand.LISTENS), payload or {})

    def retry(self, token: int) -> None:
        """Try a failed element again.

        :raise Conflict: it no longer waits, or nothing failed there.
        """
        found = self._find(token, *Stand)
        if INCIDENT not in found.notes:
            raise Conflict()
        self._reopened.add(token)
        self._workflow.retry(found)

    def renew(self, variables: Mapping[str, Any], tokens: Collection[int]) -> None:
        """Take over variables that changed outside the diagram, and open some waiting tasks anew by them.

        A task keeps its token; who is asked, until when, and when its timers fire is evaluated again.

        :raise Conflict: nobody waits at one of these tokens any more.
        """
        self._workflow.assign(ROOT, variables)
        for number in tokens:
            self._find(number, Stand.ASKS).notes.pop(INCIDENT, None)
        for token in list(self._workflow.tokens.values()):
            is_limit = DUE in token.notes and token.notes.get(HOST) in tokens
            if token.number in tokens or is_limit:
                self._reopened.add(token.number)
            if is_limit:
                self._workflow.wait(token, self._outline.elements[token.element])

    def _find(self, number: int, *stands: Stand) -> Token:
        token = self._workflow.tokens.get(number)
        if token is None or token.stand not in stands:
            raise Conflict()
        return token

    def outcome(self) -> Outcome:
        """Return what this step changed."""
        workflow, before = self._workflow, self._before
        live = workflow.tokens
        # First, for whoever cannot be found for a task is an incident.
        tasks = tuple(
            self._opened_task(live[number]) for number in self._opened(_waiting(live.values()).tasks, before.tasks)
        )
        now, state = _waiting(live.values()), workflow.state()
        return Outcome(
            None if workflow.is_finished else encode_state(state),
            state.variables,
            tuple(workflow.passed),
            ClosedTokens(
                self._closed(before.tasks, now.tasks),
                self._closed(before.timers, now.timers),
                self._closed(before.subscriptions, now.subscriptions),
                self._closed(before.incidents, now.incidents),
            ),
            tasks,
            tuple(_opened_timer(live[number]) for number in self._opened(now.timers, before.timers)),
            tuple(self._subscription(live[number]) for number in self._opened(now.subscriptions, before.subscriptions)),
            tuple(self._performer.sent),
            tuple(self._incident(live[number]) for number in self._opened(now.incidents, before.incidents)),
        )

    def _opened(self, now: tuple[int, ...], before: tuple[int, ...]) -> list[int]:
        known = set(before) - self._reopened
        return [number for number in now if number not in known]

    def _closed(self, before: tuple[int, ...], now: tuple[int, ...]) -> tuple[int, ...]:
        left = set(now) - self._reopened
        return tuple(number for number in before if number not in left)

    def _subscription(self, token: Token) -> OpenedSubscription:
        element = self._outline.elements[token.element]
        return OpenedSubscription(token.number, _use(element).name or "", token.notes[KEY])

    def _incident(self, token: Token) -> OpenedIncident:
        error = self._workflow.incidents[token.number]
        return OpenedIncident(token.number, token.element, error.code, str(error))

    def _opened_task(self, token: Token) -> OpenedTask:
        element = self._outline.elements[token.element]
        try:
            assignee, candidate, due = self._assignment(element, self._workflow.seen_from(token.scope))
        except ElementFailed as error:
            self._workflow.fail(token, error)
            assignee, candidate, due = None, None, None
        return OpenedTask(token.number, element.id, assignee, candidate, due or self._due_by_timer(token))

    def _assignment(self, element: Element, variables: Mapping[str, Any]) -> tuple[int | None, str | None, date | None]:
        values = [
            self._performer.evaluate(expression, variables) if expression else None
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

    def _due_by_timer(self, token: Token) -> date | None:
        """Take the earliest interrupting timer at a task as its due date: that is when it is taken away."""
        instant = taken_away_at(self._outline, self._workflow.tokens.values()).get(token.number)
        return (instant - timedelta(microseconds=1)).astimezone(self._zone).date() if instant else None


def _person(element: Element, value: object) -> int | None:
    if not element.assignee:
        return None
    if isinstance(value, Decimal) and value.is_finite() and value == int(value) and 0 < value < PERSONS_END:
        return int(value)
    raise ElementFailed(f"Nobody is named by '{element.assignee}' for task '{element.id}'.")


def _opened_timer(token: Token) -> OpenedTimer:
    due: datetime = token.notes[DUE]
    return OpenedTimer(token.number, due.astimezone(UTC))
