"""Where the case of a scenario stands when all its steps have happened, and how it came there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.bpmn.asking import OpenedTask
from engine.bpmn.notes import DUE, INCIDENT, KEY, SIGNAL
from engine.bpmn.outcome import SentMessage
from engine.bpmn.release import Release
from engine.bpmn.state import Stand, Token
from engine.errors import Problem
from engine.scenarios.case import ScenarioCase, is_timer
from engine.scenarios.coverage import Walk
from engine.scenarios.patience import OUT_OF_TIME, TOO_LONG, GivenUp, never
from engine.scenarios.script import Expectation, Scenario
from engine.scenarios.story import Move
from engine.scenarios.world import ServiceCall


class Waits(StrEnum):
    """What a point of a case waits for."""

    TASK = "task"
    TIMER = "timer"
    MESSAGE = "message"
    CONDITION = "condition"
    ANSWER = "answer"
    """Of a service, which the scenario does not say."""
    MENDING = "mending"
    """Something failed."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point at which the case stands.

    :param place: which of several tasks of its element it is, from 0.
    :param task: who is asked, until when; of a task.
    :param due: the instant of a timer.
    :param message: of an event that waits for one, or for a signal.
    :param key: under which it waits; None for a signal.
    :param call: of a service whose answer is missing.
    :param reason: why it failed.
    """

    token: int
    element: str
    waits: Waits
    place: int = 0
    task: OpenedTask | None = None
    due: datetime | None = None
    message: str | None = None
    key: str | None = None
    call: ServiceCall | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands.

    :param waiting: the elements where it waits, as an expectation names them.
    :param problem: the step of the scenario that could not happen; nothing after it did.
    """

    now: datetime
    has_ended: bool
    points: tuple[Point, ...]
    waiting: tuple[str, ...]
    failed: tuple[str, ...]
    variables: Mapping[str, Any]
    sent: tuple[SentMessage, ...]
    moves: tuple[Move, ...]
    walk: Walk
    problem: Problem | None = None

    @property
    def next_timer(self) -> datetime | None:
        """When the next timer is due; None if none waits."""
        return min((point.due for point in self.points if point.due is not None), default=None)

    @property
    def unanswered(self) -> tuple[Point, ...]:
        """Where a service waits for an answer that the scenario does not give."""
        return tuple(point for point in self.points if point.waits is Waits.ANSWER)

    def expectation(self, variables: Iterable[str] = ()) -> Expectation:
        """Return what a scenario expects that ends here.

        :param variables: the names of those whose values belong to it.
        """
        kept = {name: self.variables[name] for name in variables if name in self.variables}
        names = [message.message for message in self.sent]
        at = None if self.has_ended else self.waiting
        return Expectation(self.has_ended, at, self.failed, names or None, kept)


def look(release: Release, scenario: Scenario, is_over: Callable[[], bool] = never) -> Standing:
    """Let everything in a scenario happen, and say where the case stands then; what it expects is not looked at.

    :param is_over: says whether the time for playing is over.
    """
    case = ScenarioCase(release, scenario, is_over)
    problems = case.run()
    return standing_of(case, problems)


def standing_of(case: ScenarioCase, problems: Sequence[Problem] = ()) -> Standing:
    """Return where a case stands.

    :param problems: why it did not get further.
    """
    return Standing(
        case.world.now,
        case.state is None and bool(case.moves),
        tuple(_points(case)),
        tuple(case.waiting()),
        tuple(case.incidents()),
        case.variables,
        tuple(case.sent),
        tuple(case.moves),
        case.walk,
        problems[0] if problems else None,
    )


def with_expectation(
    release: Release,
    scenario: Scenario,
    variables: Iterable[str] | None = None,
    is_over: Callable[[], bool] = never,
) -> Scenario:
    """Return a scenario that expects what comes of it now.

    :param variables: the names of those whose values it expects; as before if it is not said.
    :param is_over: says whether the time for playing is over.
    :raise GivenUp: it takes too long, so that nobody knows what comes of it.
    """
    names = scenario.expect.variables if variables is None else variables
    standing = look(release, scenario, is_over)
    if standing.problem is not None and standing.problem.code in (TOO_LONG, OUT_OF_TIME):
        raise GivenUp(standing.problem.code)
    return replace(scenario, expect=standing.expectation(names))


def _points(case: ScenarioCase) -> Iterator[Point]:
    places: dict[str, int] = {}
    for token in case.tokens:
        if token.stand is Stand.ASKS and INCIDENT not in token.notes:
            place = places[token.element] = places.get(token.element, -1) + 1
            yield Point(token.number, token.element, Waits.TASK, place, task=case.asked.get(token.number))
        elif INCIDENT in token.notes:
            yield _failed(case, token)
        elif is_timer(token):
            yield Point(token.number, token.element, Waits.TIMER, due=token.notes[DUE])
        elif token.stand in (Stand.WAITS, Stand.LISTENS):
            yield _listening(case, token)


def _failed(case: ScenarioCase, token: Token) -> Point:
    call, reason = case.calls.get(token.number), case.failed.get(token.number, "")
    if call is not None and not call.is_answered:
        return Point(token.number, token.element, Waits.ANSWER, call=call, reason=reason)
    return Point(token.number, token.element, Waits.MENDING, reason=reason)


def _listening(case: ScenarioCase, token: Token) -> Point:
    event, key = case.release.element(token.element).event, token.notes.get(KEY)
    if key is None:
        return Point(token.number, token.element, Waits.CONDITION)
    name = event.name if event is not None else None
    return Point(token.number, token.element, Waits.MESSAGE, message=name, key=None if key == SIGNAL else key)
