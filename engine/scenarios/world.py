"""What a scenario says of the world around its case: the instant, what services answer, what was sent before."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any, Final

from engine.bpmn.hearing import Earlier
from engine.calendar import WorkCalendar
from engine.errors import ElementFailed, ErrorThrown
from engine.scenarios.patience import MOST_ELEMENTS, OUT_OF_TIME, TOO_LONG, GivenUp, never

_MONDAY_TO_FRIDAY: Final = WorkCalendar("scenario", frozenset(), 5)


class AnswerMissing(ElementFailed):
    """The scenario does not say what a service answers."""


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A service that was called, as it would be in earnest.

    :param token: where the case called it.
    :param number: the how manieth call of this service, from 1.
    :param answer: what the scenario has it answer; None while it says nothing, see `is_answered`.
    """

    token: int
    service: str
    inputs: Mapping[str, Any]
    number: int
    answer: Any = None
    is_answered: bool = True


@dataclass
class World:
    """The surroundings of a case in a scenario.

    :ivar days: the days that count.
    :ivar repeats: the last answer of a service counts for all later calls.
    :ivar token: the token for which something is done just now.
    :ivar calls: what was called since they were last taken, in order.
    :ivar left: how much more may happen.
    :ivar is_over: says whether the time for playing is over.
    :ivar is_late: says whether the time for this play alone is over.
    """

    now: datetime
    zone: tzinfo
    services: Mapping[str, Sequence[Any]]
    repeats: bool = True
    token: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    calls: list[ServiceCall] = field(default_factory=list)
    sent: dict[tuple[str, str], Earlier] = field(default_factory=dict)
    left: int = MOST_ELEMENTS
    is_over: Callable[[], bool] = never
    is_late: Callable[[], bool] = never
    days: WorkCalendar = _MONDAY_TO_FRIDAY

    @property
    def absent(self) -> Collection[int]:
        """Nobody is known not to be there."""
        return ()

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days, the same ones for everybody."""
        return self.days

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Return what the scenario has the service answer.

        :raise AnswerMissing: it says nothing.
        :raise ElementFailed: it has the service fail.
        :raise ErrorThrown: it has the service report an error of the process.
        """
        number, answers = self.counts.get(service, 0) + 1, self.services.get(service, ())
        asked = ServiceCall(self.token, service, dict(inputs), number)
        if not answers or (number > len(answers) and not self.repeats):
            self.calls.append(replace(asked, is_answered=False))
            raise AnswerMissing(f"The scenario does not say what service '{service}' answers.", service=service)
        self.counts[service] = number
        value = answers[min(number, len(answers)) - 1]
        self.calls.append(replace(asked, answer=value))
        return _answer(service, value)

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        """Return the latest message that was sent under a key, or None."""
        found = self.sent.get((message, key))
        return None if found is None or found.number in (heard or ()) else found

    def spend(self) -> None:
        """Hear that something happens.

        :raise GivenUp: it is too much, or the time is over.
        """
        self.left -= 1
        if self.left < 0 or self.is_late():
            raise GivenUp(TOO_LONG)
        if self.is_over():
            raise GivenUp(OUT_OF_TIME)

    def take_calls(self) -> tuple[ServiceCall, ...]:
        """Return what was called since this was last asked."""
        calls, self.calls = tuple(self.calls), []
        return calls

    def fork(self) -> "World":
        """Return a world that goes on by itself from here."""
        return replace(self, counts=dict(self.counts), calls=[], sent=dict(self.sent))


def is_thrown(value: object) -> bool:
    """Say whether an answer is an error of the process: `{"throws": CODE}`, with or without a payload."""
    return isinstance(value, Mapping) and "throws" in value and set(value) <= {"throws", "payload"}


def _answer(service: str, value: Any) -> Any:
    if isinstance(value, Mapping) and set(value) == {"fails"}:
        raise ElementFailed(f"Service '{service}': {value['fails']}", service=service)
    if is_thrown(value):
        payload = value.get("payload", {})
        if not isinstance(payload, Mapping):
            raise ElementFailed(f"Service '{service}': the payload of '{value['throws']}' must be an object.")
        raise ErrorThrown(str(value["throws"]), **payload)
    return value
