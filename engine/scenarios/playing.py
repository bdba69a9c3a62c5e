"""Plays a scenario: the real diagram, its real tables and expressions, in memory; services answer what it says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from engine.bpmn.hearing import Earlier
from engine.bpmn.model import Flow
from engine.bpmn.notes import DUE, INCIDENT, KEY
from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun, Outcome, SentMessage
from engine.bpmn.state import CaseState, Stand, Token, decode_state
from engine.bpmn.workflow import CaseWorkflow
from engine.calendar import WorkCalendar
from engine.errors import ElementFailed, EngineError, ErrorThrown, Problem
from engine.scenarios.coverage import Walk, tables_of
from engine.scenarios.script import Complete, Expectation, Hear, Pass, Retry, Scenario, Step

#: Timers that fire within one step of a scenario; a cycle without end stops there.
MOST_TIMERS: Final = 1000
_NO_TIME: Final = timedelta(0)
_CALENDAR: Final = WorkCalendar("scenario", frozenset(), 5)


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a scenario.

    :param problems: where it is not as the scenario says; none if it is.
    """

    problems: tuple[Problem, ...]
    walk: Walk


class _Watched(CaseWorkflow):
    """A case that notes where it goes."""

    def __init__(self, *arguments: Any) -> None:
        self.walk = Walk()
        super().__init__(*arguments)

    def left(self, name: str) -> None:
        super().left(name)
        self.walk.nodes.add(name)

    def broken_off(self, name: str) -> None:
        self.walk.nodes.add(name)

    def took(self, flow: Flow) -> None:
        self.walk.flows.add(flow.id)


class _WatchedRun(CaseRun):
    """A step of such a case."""

    workflow_type = _Watched

    @property
    def walk(self) -> Walk:
        """Where the case went."""
        assert isinstance(self._workflow, _Watched)
        return self._workflow.walk


@dataclass
class _Around:
    """What a scenario says of the world: the instant, answers of services, messages that were sent before."""

    now: datetime
    zone: tzinfo
    services: Mapping[str, Sequence[Any]]
    calls: dict[str, int] = field(default_factory=dict)
    sent: dict[tuple[str, str], Earlier] = field(default_factory=dict)

    @property
    def absent(self) -> Collection[int]:
        return ()

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        return _CALENDAR

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        answers = self.services.get(service)
        if answers is None:
            raise ElementFailed(f"The scenario does not say what service '{service}' answers.", service=service)
        number = self.calls[service] = self.calls.get(service, 0) + 1
        return _answer(service, answers[min(number, len(answers)) - 1])

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        found = self.sent.get((message, key))
        return None if found is None or found.number in (heard or ()) else found


def _answer(service: str, value: Any) -> Any:
    if isinstance(value, Mapping) and set(value) == {"fails"}:
        raise ElementFailed(f"Service '{service}': {value['fails']}", service=service)
    if isinstance(value, Mapping) and "throws" in value and set(value) <= {"throws", "payload"}:
        raise ErrorThrown(str(value["throws"]), **value.get("payload", {}))
    return value


def play(release: Release, scenario: Scenario) -> Played:
    """Play a scenario and say what is not as it expects, and what of the diagram it has walked.

    Time begins where the scenario says, days are counted from Monday to Friday without holidays.
    """
    case = _Case(release, scenario)
    try:
        case.begin()
        for number, step in enumerate(scenario.steps):
            case.act(step, f"steps[{number}]")
    except _Impossible as found:
        case.problems.append(found.problem)
    else:
        case.compare(scenario.expect)
    return Played(tuple(case.problems), case.walk)


class _Impossible(Exception):
    """The scenario wants what the case does not offer."""

    def __init__(self, where: str, code: str, id_text: str, en_text: str) -> None:
        self.problem = Problem(where, code, {"id": id_text, "en": en_text})


class _Case:
    """The case of a scenario; it is stored and loaded before everything that happens to it."""

    def __init__(self, release: Release, scenario: Scenario) -> None:
        self.release, self.scenario = release, scenario
        zone = scenario.begins.tzinfo or UTC
        self.around = _Around(scenario.begins.astimezone(UTC), zone, scenario.services)
        self.problems: list[Problem] = []
        self.walk = Walk()
        self.sent: list[SentMessage] = []
        self.failed: dict[int, str] = {}
        self.state: bytes | None = None
        self.variables: Mapping[str, Any] = {}
        self._tables = {id(table): name for name, table in tables_of(release).items()}

    def begin(self) -> None:
        """Start the case."""
        given = self.scenario
        run = _WatchedRun(self.release, self.around, None, dict(given.start), given.start_event)
        self._take(run)
        self._fire_until(self.around.now)

    def act(self, step: Step, where: str) -> None:
        """Let one step of the scenario happen, and every timer that is due by then."""
        match step:
            case Pass():
                until = step.until.astimezone(UTC) if step.until else self.around.now + (step.lasts or _NO_TIME)
                self._fire_until(until)
                self.around.now = max(until, self.around.now)
                return
            case Complete():
                token = self._task(step, where)
                self._do(lambda run: run.complete(token, step.answers), where)
            case Retry():
                again = self._failed_at(step.element, where)
                self._do(lambda run: run.retry(again), where)
            case Hear():
                self._hear(step, where)
        self._fire_until(self.around.now)

    def compare(self, expected: Expectation) -> None:
        """Note what is not as expected."""
        tokens = self._tokens()
        failed = sorted(token.element for token in tokens if INCIDENT in token.notes)
        if failed != list(expected.failed):
            self._differs("failed", list(expected.failed), self._reasons())
        if expected.ended is not None and expected.ended != (self.state is None):
            self._differs("ended", expected.ended, f"waits at {self._waiting()}" if self.state else "ended")
        if expected.at is not None and list(expected.at) != self._waiting():
            self._differs("at", list(expected.at), self._waiting())
        names = [message.message for message in self.sent]
        if expected.sent is not None and list(expected.sent) != names:
            self._differs("sent", list(expected.sent), names)
        for name, value in expected.variables.items():
            if name not in self.variables or self.variables[name] != value:
                self._differs(f"variables.{name}", value, self.variables.get(name))

    def _reasons(self) -> list[str]:
        failed = (token for token in self._tokens() if INCIDENT in token.notes)
        return [f"{token.element}: {self.failed.get(token.number)}" for token in failed]

    def _differs(self, what: str, expected: object, found: object) -> None:
        id_text = f"menurut skenario {expected!r}, ternyata {found!r}."
        en_text = f"the scenario says {expected!r}, but it is {found!r}."
        self.problems.append(Problem(what, "differs", {"id": id_text, "en": en_text}))

    def _take(self, run: _WatchedRun) -> None:
        outcome = run.outcome()
        self.state, self.variables = outcome.state, outcome.variables
        self.walk.add(run.walk)
        self._note(outcome)
        for message in outcome.messages:
            self._send(message)

    def _note(self, outcome: Outcome) -> None:
        for incident in outcome.incidents:
            self.failed[incident.token] = incident.text
        for decided in outcome.decided:
            for trace in decided.answer.tables:
                name = self._tables.get(id(trace.table), decided.decision)
                self.walk.rules |= {(name, rule) for rule in trace.fired}

    def _send(self, message: SentMessage) -> None:
        """Keep a message for who comes to wait for it later; the case itself hears it where it waits already."""
        self.sent.append(message)
        if message.key is not None:
            self.around.sent[message.message, message.key] = Earlier(message.payload, len(self.sent))
        if self.state is not None and self._listening(message.message, message.key):
            self._hear(Hear(message.message, message.key, message.payload), "sent")

    def _do(self, act: Any, where: str) -> None:
        if self.state is None:
            raise _Impossible(where, "has_ended", "kasusnya sudah berakhir.", "the case has ended.")
        run = _WatchedRun(self.release, self.around, self.state)
        try:
            act(run)
        except EngineError as error:
            raise _Impossible(where, "refused", f"ditolak: {error}", f"refused: {error}") from error
        self._take(run)

    def _fire_until(self, until: datetime) -> None:
        """Let every timer fire that is due by an instant, the earliest first."""
        for _ in range(MOST_TIMERS):
            due = [token for token in self._tokens() if self._is_due(token, until)]
            if not due:
                return
            first = min(due, key=lambda token: (token.notes[DUE], token.number))
            self.around.now = max(self.around.now, first.notes[DUE])
            number = first.number
            self._do(lambda run, number=number: run.wake(number), first.element)
        raise _Impossible(
            str(until),
            "endless",
            f"lebih dari {MOST_TIMERS} pengatur waktu menyala.",
            f"more than {MOST_TIMERS} timers fire.",
        )

    def _is_due(self, token: Token, until: datetime) -> bool:
        is_waiting = token.stand in (Stand.WAITS, Stand.LISTENS) and INCIDENT not in token.notes
        return is_waiting and DUE in token.notes and token.notes[DUE] <= until

    def _task(self, step: Complete, where: str) -> int:
        found = [token for token in self._tokens() if token.element == step.element and token.stand is Stand.ASKS]
        if step.place >= len(found):
            raise self._nothing_there(where, step.element)
        return found[step.place].number

    def _failed_at(self, element: str, where: str) -> int:
        found = [token.number for token in self._tokens() if token.element == element and INCIDENT in token.notes]
        if not found:
            raise self._nothing_there(where, element)
        return found[0]

    def _hear(self, step: Hear, where: str) -> None:
        found = self._listening(step.message, step.key)
        if not found:
            raise self._nothing_there(where, step.message)
        self._do(lambda run: run.wake(found[0].number, step.payload), where)

    def _nothing_there(self, where: str, name: str) -> _Impossible:
        places = ", ".join(self._waiting()) or "-"
        id_text = f"tidak ada yang menunggu '{name}'; kasusnya menunggu di {places}."
        en_text = f"nothing waits for '{name}'; the case waits at {places}."
        return _Impossible(where, "nothing_there", id_text, en_text)

    def _listening(self, message: str, key: str | None) -> list[Token]:
        return [
            token
            for token in self._tokens()
            if token.stand in (Stand.WAITS, Stand.LISTENS)
            and KEY in token.notes
            and key in (None, token.notes[KEY])
            and self._name_of(token) == message
        ]

    def _name_of(self, token: Token) -> str | None:
        event = self.release.element(token.element).event
        return event.name if event is not None else None

    def _tokens(self) -> tuple[Token, ...]:
        return self._stored().tokens

    def _stored(self) -> CaseState:
        return decode_state(self.state) if self.state is not None else CaseState((), (), 0)

    def _waiting(self) -> list[str]:
        """Return where the case stands: tasks and events that wait, but for those at the edge of a task."""
        return sorted(token.element for token in self._tokens() if token.stand is Stand.ASKS or self._is_awaited(token))

    def _is_awaited(self, token: Token) -> bool:
        is_event = token.stand is Stand.WAITS and token.notes.keys() & {DUE, KEY}
        return bool(is_event) and self.release.element(token.element).attached_to is None
