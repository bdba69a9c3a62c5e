"""One case in a test, told by the names of elements; it is stored and loaded before everything that happens to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.bpmn.hearing import Earlier
from engine.bpmn.model import Kind
from engine.bpmn.notes import DUE, INCIDENT, KEY
from engine.bpmn.outcome import SentMessage
from engine.bpmn.release import Release, load_release, pack_files
from engine.bpmn.run import CaseRun
from engine.bpmn.state import CaseState, Stand, Token, decode_state
from engine.calendar import WorkCalendar
from engine.errors import ElementFailed, ErrorThrown


@dataclass
class Around:
    """Surroundings in which a test decides what happens."""

    now: datetime = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    services: dict[str, Any] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    earlier: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    number: int = 1
    absent: frozenset[int] = frozenset()

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        return WorkCalendar("test", frozenset(), 5)

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        self.called.append(service)
        given = self.services.get(service, ElementFailed(f"no {service}"))
        if isinstance(given, ElementFailed | ErrorThrown):
            raise given
        return given

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        payload = self.earlier.get((message, key))
        return None if payload is None or self.number in (heard or ()) else Earlier(payload, self.number)


class Story:
    """A case of a diagram that is not checked first: these tests are about the machine."""

    def __init__(self, diagram: str, around: Around | None = None, start: str | None = None, **variables: Any) -> None:
        """Begin the case."""
        self.around = around or Around()
        self.release: Release = load_release("test", pack_files({"test.bpmn": diagram.encode()}))
        self.passed: list[str] = []
        self.sent: list[SentMessage] = []
        self._take(CaseRun(self.release, self.around, None, variables, start))

    def _take(self, run: CaseRun) -> None:
        outcome = run.outcome()
        self.bytes, self.variables = outcome.state, dict(outcome.variables)
        self.passed += outcome.passed
        self.sent += outcome.messages
        self.state = decode_state(outcome.state) if outcome.state is not None else CaseState((), (), 0)

    def complete(self, element: str, place: int = 0, **answers: Any) -> None:
        """Complete a person's task, the one at that place of those that wait there."""
        self._act(lambda run: run.complete(self._at(element, Stand.ASKS)[place].number, answers))

    def fire(self, element: str, place: int = 0) -> None:
        """Let a timer fire."""
        self._act(lambda run: run.wake(self._at(element, Stand.WAITS, Stand.LISTENS)[place].number))

    def hear(self, element: str, **payload: Any) -> None:
        """Let a message or signal arrive."""
        self._act(lambda run: run.wake(self._at(element, Stand.WAITS, Stand.LISTENS)[0].number, payload))

    def retry(self, element: str) -> None:
        """Try a failed element again."""
        self._act(lambda run: run.retry(next(token.number for token in self._failed() if token.element == element)))

    def change(self, **values: Any) -> None:
        """Set variables of the case by hand."""
        self._act(lambda run: run.change(None, values, goes_on=False))

    def _act(self, act: Any) -> None:
        run = CaseRun(self.release, self.around, self.bytes)
        act(run)
        self._take(run)

    def _at(self, element: str, *stands: Stand) -> list[Token]:
        return [token for token in self.state.tokens if token.element == element and token.stand in stands]

    def _failed(self) -> list[Token]:
        return [token for token in self.state.tokens if INCIDENT in token.notes]

    @property
    def asked(self) -> list[str]:
        """The tasks that wait for a person."""
        return sorted(token.element for token in self.state.tokens if token.stand is Stand.ASKS)

    @property
    def awaited(self) -> list[str]:
        """The events that wait."""
        events = (token for token in self.state.tokens if token.stand in (Stand.WAITS, Stand.LISTENS))
        return sorted(token.element for token in events if token.notes.keys() & {DUE, KEY, "held"})

    @property
    def failed(self) -> list[str]:
        """The elements that wait with an incident."""
        return sorted(token.element for token in self._failed())

    @property
    def is_over(self) -> bool:
        """The case has finished."""
        return self.bytes is None

    def due_after(self, element: str) -> timedelta:
        """Return how long after now a timer fires."""
        due: datetime = self._at(element, Stand.WAITS, Stand.LISTENS)[0].notes[DUE]
        return due - self.around.now

    def seen_at(self, element: str, place: int = 0) -> dict[str, Any]:
        """Return the variables of the scope in which a task is asked, without those around it."""
        token = self._at(element, Stand.ASKS)[place]
        return next(scope.variables or {} for scope in self.state.scopes if scope.number == token.scope)

    def seen_around(self, element: str) -> dict[str, Any]:
        """Return the variables of the nearest scope around a task that has its own."""
        scopes = {scope.number: scope for scope in self.state.scopes}
        scope = scopes[self._at(element, Stand.ASKS)[0].scope]
        while scope.variables is None:
            scope = scopes[scope.parent or 0]
        return scope.variables

    @property
    def done(self) -> list[str]:
        """The elements that were left, but for starts and gateways."""
        kinds = (Kind.START, Kind.EXCLUSIVE_GATEWAY, Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY)
        return [name for name in self.passed if self.release.element(name).kind not in kinds]


def number(value: int) -> Decimal:
    """Return a number as FEEL gives it."""
    return Decimal(value)
