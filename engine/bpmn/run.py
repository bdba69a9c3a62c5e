"""Runs one step of a case: loads its state, lets a person or an event move it, and says what changed."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol

from engine.bpmn import repairs
from engine.bpmn.asking import OpenedTask, ask, is_absent
from engine.bpmn.days import last_day_before
from engine.bpmn.deciding import Decided
from engine.bpmn.evaluating import Then, When, by_calendar_of, environment, evaluate
from engine.bpmn.hearing import Earlier, keep_in_mind, numbers_heard, takes_earlier
from engine.bpmn.model import Element, EventUse, Kind, Trigger
from engine.bpmn.notes import DUE, HOST, INCIDENT, KEY, LAST, LEFT, SIGNAL, SINCE
from engine.bpmn.release import Release
from engine.bpmn.standing import StandingToken, WaitingJoin, standing_tokens, waiting_joins
from engine.bpmn.state import ROOT, Stand, Token, encode_state, first_state, load_state
from engine.bpmn.timers import expression_in, next_due, taken_away_at
from engine.bpmn.waiting import together, waiting_tokens
from engine.bpmn.workflow import CaseWorkflow
from engine.dmn import DecisionConflict, DecisionInvalid
from engine.errors import Conflict, ElementFailed, Invalid
from engine.feel import FeelError
from engine.feel.values import NUMBERS
from engine.moments import Layers, layers_of
from engine.records.packing import NotStorable, check_storable

LONGEST_KEY = 80  # characters of a correlation key, as its column holds


class Surroundings(When, Protocol):
    """What a step needs from outside: the instant, the zone, the working days, services and sent messages."""

    @property
    def absent(self) -> Collection[int]:
        """The persons who are known not to be there: a task that asks one of them is an incident."""
        ...

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Call a service; what it wants written is kept by the surroundings.

        :raise ElementFailed: the service failed.
        """
        ...

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        """Return the latest message that was sent under a key, or None.

        :param heard: the numbers of those that are not given any more; None if none is kept in mind.
        """
        ...


@dataclass(frozen=True, slots=True)
class OpenedTimer:
    """A timer that now waits."""

    token: int
    due: datetime


@dataclass(frozen=True, slots=True)
class OpenedSubscription:
    """An event that now waits for a message or signal.

    :param key: None for a signal.
    :param listener: the first token of an event that listens again and again; its own number otherwise.
    :param takes_earlier: it also takes the latest message that was sent before it came.
    :param heard: but not the one of this number, which was heard on the way to it.
    """

    token: int
    message: str
    key: str | None
    listener: int
    takes_earlier: bool
    heard: int | None = None


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message for other cases, which stays for those that come to wait for it later; or a signal, which does not.

    :param key: None for a signal.
    """

    message: str
    key: str | None
    payload: Mapping[str, Any]

    @property
    def is_signal(self) -> bool:
        """It goes to everybody, and only at that moment."""
        return self.key is None


@dataclass(frozen=True, slots=True)
class OpenedIncident:
    """An element that could not be executed.

    :param seen: the variables that it saw then, scope by scope.
    """

    token: int
    element: str
    code: str
    text: str
    seen: Layers = field(default=(), repr=False)


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
    :param renewed: the variables that changed outside the diagram, and the tasks that were opened anew by them.
    :param absent: whom it would have asked, had they been there.
    :param decided: the decisions that gave something, in the order in which they were asked.
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
    renewed: tuple[Any, ...] = ()
    absent: tuple[int, ...] = ()
    decided: tuple[Decided, ...] = ()


@dataclass
class _Performer:
    """Does what elements ask for, with FEEL, decision tables and named services only."""

    release: Release
    surroundings: Surroundings
    sent: list[SentMessage] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        return evaluate(expression, variables, self.surroundings)

    def ask(self, token: int, element: Element, variables: Mapping[str, Any]) -> OpenedTask:
        return ask(token, element, variables, self.surroundings)

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
            return self._decide(element.id, element.decision or "", variables)
        inputs = {name: self.evaluate(expression, variables) for name, expression in element.inputs.items()}
        return self.surroundings.call(element.service or "", inputs, variables)

    def _decide(self, element: str, name: str, variables: Mapping[str, Any]) -> Any:
        try:
            answer = self.release.decisions[name].decide(variables, environment("", variables, self.surroundings))
        except (DecisionConflict, DecisionInvalid, FeelError) as error:
            raise ElementFailed(f"Decision '{name}': {error}", decision=name) from error
        self.decided.append(Decided(element, name, answer, layers_of(variables)))
        return answer.value

    def send(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        use = _use(element)
        payload = self.evaluate(use.payload, variables) if use.payload else {}
        if not isinstance(payload, dict):
            raise ElementFailed(f"The payload of message '{use.name}' is no context.", event=use.name)
        try:
            check_storable(payload)
        except NotStorable as error:
            raise ElementFailed(f"The payload of message '{use.name}' cannot be kept: {error}") from error
        key = None if element.trigger is Trigger.SIGNAL else self._key(element, variables)
        self.sent.append(SentMessage(use.name or "", key, payload))
        return payload

    def wait(self, element: Element, variables: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
        if element.trigger is Trigger.TIMER:
            return self._timer(element, variables, before)
        if element.trigger is Trigger.SIGNAL:
            return {KEY: SIGNAL}
        return {KEY: self._key(element, variables)}

    def earlier(self, element: Element, key: str, heard: Collection[int] | None) -> Earlier | None:
        return self.surroundings.published(_use(element).name or "", key, heard)

    def _timer(self, element: Element, variables: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
        if element.timer is None:
            raise ElementFailed(f"Element '{element.id}' is no timer.")
        when = by_calendar_of(element, self.surroundings)
        due, left = next_due(
            element.timer,
            lambda text, at: evaluate(text, variables, Then(when, at)),
            (before.get(DUE), before.get(LEFT)),
            self.surroundings.now,
            self.surroundings.zone,
        )
        if left is None:
            return {DUE: due}
        is_counted = expression_in(element.timer) is not None and DUE in before
        return {DUE: due, LEFT: left, LAST: before[DUE]} if is_counted else {DUE: due, LEFT: left}

    def _key(self, element: Element, variables: Mapping[str, Any]) -> str:
        expression = _use(element).key or "null"
        value = self.evaluate(expression, variables)
        if isinstance(value, Decimal) and value.is_finite():
            value = f"{value.normalize(NUMBERS):f}"  # 7, 7.0 and 7E+0 are one number, and so one key
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


class CaseRun:
    """One case in the course of one step."""

    workflow_type: type[CaseWorkflow] = CaseWorkflow

    def __init__(
        self,
        release: Release,
        surroundings: Surroundings,
        state: bytes | None,
        variables: Mapping[str, Any] = MappingProxyType({}),
        start: str | None = None,
        *,
        told: tuple[str, int] | None = None,
    ) -> None:
        """Load a case, or begin a new one with these variables when there is no state yet.

        :param start: the start event with which a new case begins; None for the plain one.
        :param told: key and number of the message that begins it, if the case is to keep it in mind.
        :raise Unreadable: the stored state is damaged.
        """
        self._performer = _Performer(release, surroundings)
        self._outline = release.outline
        loaded = load_state(state) if state is not None else first_state(release.process, variables)
        self._before = waiting_tokens(loaded.tokens)
        self._reopened: set[int] = set()
        self._renewed: tuple[Any, ...] = ()
        if told is not None and start is not None:
            loaded.scopes[0].heard[start] = {told[0]: told[1]}
        self._workflow = self.workflow_type(release.spec, self._performer, loaded, start)
        self._zone = surroundings.zone
        if state is None:
            self._workflow.advance()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the case as they are now."""
        return self._workflow.variables

    def taken_away_at(self, token: int) -> datetime | None:
        """Return when a timer takes a waiting task away, as the case is now; None if no timer does."""
        self._workflow.find(token)
        return taken_away_at(self._outline, self._workflow.state()).get(token)

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
        if found.notes.pop(INCIDENT, None):
            self._reopened.add(token)  # whatever fails now is another incident
        if element.result:
            self._workflow.assign(found.scope, {element.result: dict(answers)})
        self._workflow.complete(found)

    def wake(self, token: int, payload: Mapping[str, Any] | None = None, number: int | None = None) -> int | None:
        """Let a timer fire (no payload) or a message arrive; return its number if the case keeps it in mind.

        :param number: of the message, in the outbox.
        :raise Conflict: the event no longer waits.
        """
        found = self._find(token, Stand.WAITS, Stand.LISTENS)
        is_kept = keep_in_mind(self._workflow, found, number)
        self._workflow.wake(found, payload or {})
        return number if is_kept else None

    def retry(self, token: int) -> None:
        """Try a failed element again.

        :raise Conflict: it no longer waits, or nothing failed there.
        """
        found = self._find(token, *Stand)
        if INCIDENT not in found.notes:
            raise Conflict()
        self._reopened.add(token)
        self._workflow.retry(found)

    def skip(self, token: int, result: Any) -> None:
        """Pass a failed automatic element over, with a result that somebody gives; the case goes on behind it.

        :raise Conflict: the token is gone.
        :raise OperationRefused: the element has not failed, or cannot be passed over.
        """
        found = self._find(token, *Stand)
        self._reopened.add(token)
        repairs.skip(self._workflow, found, result)

    def move(self, token: int, target: str) -> None:
        """Take a token off the element at which it waits and let it begin at another one.

        :raise Conflict: the token is gone.
        :raise OperationRefused: the diagram does not allow it.
        """
        self._workflow.rouse_all()
        repairs.move(self._workflow, self._find(token, *Stand), target)

    def change(self, token: int | None, values: Mapping[str, Any], *, goes_on: bool) -> Mapping[str, Any]:
        """Set variables as a token sees them and return the old values of those that there were.

        :param token: None for the variables of the case itself.
        :param goes_on: a condition that has become true lets its event happen.
        :raise Conflict: the token is gone.
        """
        self._workflow.rouse_all()
        scope = ROOT if token is None else self._find(token, *Stand).scope
        old = repairs.change(self._workflow, scope, values)
        if goes_on:
            self._workflow.advance()
        return old

    def renew(self, variables: Mapping[str, Any], tokens: Collection[int]) -> None:
        """Take over variables that changed outside the diagram, and open some waiting tasks anew by them.

        A task keeps its token; who is asked, until when, and when its timers fire is evaluated again.

        :raise Conflict: nobody waits at one of these tokens any more.
        """
        self._workflow.rouse_all()
        self._renewed = (dict(variables), list(tokens))  # it is done once in a step
        self._workflow.assign(ROOT, variables)
        for number in tokens:
            self._find(number, Stand.ASKS).notes.pop(INCIDENT, None)
        for token in list(self._workflow.tokens.values()):
            is_limit = DUE in token.notes and token.notes.get(HOST) in tokens
            if token.number in tokens or is_limit:
                self._reopened.add(token.number)
            if is_limit or token.number in tokens:
                self._workflow.wait_anew(token)
        self._workflow.advance()

    def settle(self, token: int) -> bool:
        """Let a task that failed wait for whoever has it by now, without asking anew; say whether it had failed.

        :raise Conflict: nobody waits at that token any more.
        """
        return self._find(token, Stand.ASKS).notes.pop(INCIDENT, None) is not None

    def standing(self) -> tuple[StandingToken, ...]:
        """Return the tokens of the case as it is now, each with what an operator may do to it."""
        self._workflow.rouse_all()
        return tuple(standing_tokens(self._workflow))

    def waiting_joins(self) -> tuple[WaitingJoin, ...]:
        """Return the joins that wait for more tokens, as the case is now."""
        self._workflow.rouse_all()
        return tuple(waiting_joins(self._workflow))

    def running_inside(self) -> Counter[str]:
        """Return how many scopes are open in which activity, as the case is now."""
        self._workflow.rouse_all()
        return Counter(scope.container for scope in self._workflow.scopes.values() if scope.number != ROOT)

    def _find(self, number: int, *stands: Stand) -> Token:
        token = self._workflow.find(number)
        if token is None or token.stand not in stands:
            raise Conflict()
        return token

    def outcome(self) -> Outcome:
        """Return what this step changed."""
        workflow, live = self._workflow, self._workflow.tokens
        absent = self._fail_for_absent()
        before = together((self._before, *workflow.roused)) if workflow.roused else self._before
        now, state = waiting_tokens(live.values()), workflow.state()
        opened = self._opened(now.tasks, before.tasks)
        limits = taken_away_at(self._outline, state) if opened else {}
        tasks = tuple(self._opened_task(live[number], limits.get(number)) for number in opened)
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
            self._renewed,
            absent,
            tuple(self._performer.decided),
        )

    def _fail_for_absent(self) -> tuple[int, ...]:
        """Mark the tasks that would ask somebody who is not there, and return whom; they still say who was meant."""
        known = self._performer.surroundings.absent
        if not known:
            return ()
        tasks = [task for task in self._workflow.asked.values() if task.assignee in known]
        found = [task for task in tasks if task.token in self._workflow.tokens]
        for task in found:
            error = is_absent(task, self._outline.elements[task.element])
            self._workflow.fail(self._workflow.tokens[task.token], error)
        return tuple(sorted({task.assignee for task in found if task.assignee is not None}))

    def _opened(self, now: tuple[int, ...], before: tuple[int, ...]) -> list[int]:
        known = set(before) - self._reopened
        return [number for number in now if number not in known]

    def _closed(self, before: tuple[int, ...], now: tuple[int, ...]) -> tuple[int, ...]:
        left = set(now) - self._reopened
        return tuple(number for number in before if number not in left)

    def _subscription(self, token: Token) -> OpenedSubscription:
        element = self._outline.elements[token.element]
        is_signal = element.trigger is Trigger.SIGNAL
        heard = numbers_heard(self._workflow, token, token.notes[KEY])
        return OpenedSubscription(
            token.number,
            _use(element).name or "",
            None if is_signal else token.notes[KEY],
            token.notes.get(SINCE, token.number),
            takes_earlier(element),
            max(heard or (), default=None),
        )

    def _incident(self, token: Token) -> OpenedIncident:
        error, seen = self._workflow.incidents[token.number], self._workflow.moments[token.number]
        return OpenedIncident(token.number, token.element, error.code, str(error), seen)

    def _opened_task(self, token: Token, taken_away: datetime | None) -> OpenedTask:
        """Return a task; without a due date of its own it is due when a timer takes it away."""
        task = self._workflow.asked.get(token.number) or OpenedTask(token.number, token.element)
        if task.due is not None or taken_away is None:
            return task
        return replace(task, due=last_day_before(taken_away, self._zone))


def _opened_timer(token: Token) -> OpenedTimer:
    due: datetime = token.notes[DUE]
    return OpenedTimer(token.number, due.astimezone(UTC))
