"""Does what the elements of a diagram ask for, and says what that needs from outside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from engine.bpmn.asking import OpenedTask, ask
from engine.bpmn.deciding import Decided
from engine.bpmn.evaluating import Then, When, by_calendar_of, environment, evaluate
from engine.bpmn.hearing import Earlier
from engine.bpmn.model import Element, EventUse, Kind, Trigger
from engine.bpmn.notes import DUE, KEY, LAST, LEFT, SIGNAL
from engine.bpmn.outcome import SentMessage
from engine.bpmn.release import Release
from engine.bpmn.timers import expression_in, next_due
from engine.dmn import DecisionConflict, DecisionInvalid
from engine.errors import ElementFailed
from engine.feel import FeelError
from engine.feel.values import NUMBERS
from engine.moments import layers_of
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


@dataclass
class Performer:
    """Does what elements ask for, with FEEL, decision tables and named services only."""

    release: Release
    surroundings: Surroundings
    sent: list[SentMessage] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        """Return what an expression gives."""
        return evaluate(expression, variables, self.surroundings)

    def ask(self, token: int, element: Element, variables: Mapping[str, Any]) -> OpenedTask:
        """Return the task that asks a person."""
        return ask(token, element, variables, self.surroundings)

    def perform(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what an automatic step sets, by the names of variables.

        :raise ElementFailed: it fails, or its result cannot be kept.
        """
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
        """Send a message or a signal, and return what it carries.

        :raise ElementFailed: it says nothing that can be sent.
        """
        use = use_of(element)
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
        """Return the notes of a token that waits: until when, or for which key."""
        if element.trigger is Trigger.TIMER:
            return self._timer(element, variables, before)
        if element.trigger is Trigger.SIGNAL:
            return {KEY: SIGNAL}
        return {KEY: self._key(element, variables)}

    def earlier(self, element: Element, key: str, heard: Collection[int] | None) -> Earlier | None:
        """Return the latest message that was sent before anybody waited for it, or None."""
        return self.surroundings.published(use_of(element).name or "", key, heard)

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
        expression = use_of(element).key or "null"
        value = self.evaluate(expression, variables)
        if isinstance(value, Decimal) and value.is_finite():
            value = f"{value.normalize(NUMBERS):f}"  # 7, 7.0 and 7E+0 are one number, and so one key
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_KEY:
            raise ElementFailed(
                f"The correlation key '{expression}' of '{element.id}' gives no number and no text "
                f"of 1 to {LONGEST_KEY} characters."
            )
        return value


def use_of(element: Element) -> EventUse:
    """Return which message or signal an element names.

    :raise ElementFailed: it names none.
    """
    if element.event is None:
        raise ElementFailed(f"Element '{element.id}' names no message and no signal.")
    return element.event
