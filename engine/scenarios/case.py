"""The case of a scenario: run by the real engine in memory, one happening after another."""

from collections.abc import Callable, Mapping
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self, cast

from engine.bpmn.asking import OpenedTask
from engine.bpmn.hearing import Earlier
from engine.bpmn.model import Element, Flow
from engine.bpmn.notes import DUE, INCIDENT, KEY
from engine.bpmn.outcome import Outcome, SentMessage
from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun
from engine.bpmn.state import CaseState, Scope, Stand, Token, decode_state
from engine.bpmn.workflow import CaseWorkflow
from engine.errors import EngineError, Problem
from engine.scenarios.coverage import Walk, tables_of
from engine.scenarios.patience import GivenUp, never
from engine.scenarios.script import Complete, Hear, Pass, Retry, Scenario, Step
from engine.scenarios.story import Happening, Move
from engine.scenarios.world import ServiceCall, World

#: Timers that fire within one step of a scenario; a cycle without end stops there.
MOST_TIMERS: Final = 1000
_NO_TIME: Final = timedelta(0)


class Impossible(Exception):
    """The scenario wants what the case does not offer; `problem` says what."""

    def __init__(self, where: str, code: str, id_text: str, en_text: str) -> None:
        """Remember the place in the scenario, and what is wrong in both languages."""
        super().__init__(en_text)
        self.problem = Problem(where, code, {"id": id_text, "en": en_text})

    @classmethod
    def given_up(cls, error: GivenUp, where: str) -> Self:
        """Return what is raised where a play was stopped."""
        problem = error.problem(where)
        return cls(where, problem.code, problem.texts["id"], problem.texts["en"])


class _Watched(CaseWorkflow):
    """A case that notes where it goes, as far as the world of its scenario lets it."""

    def __init__(self, *arguments: Any) -> None:
        self.walk = Walk()
        super().__init__(*arguments)

    def left(self, name: str) -> None:
        self._world.spend()
        super().left(name)
        self.walk.nodes.add(name)

    def broken_off(self, name: str) -> None:
        self.walk.nodes.add(name)

    def took(self, flow: Flow) -> None:
        self.walk.flows.add(flow.id)

    def open_round(self, element: Element, scope: Scope) -> None:
        self._world.spend()
        super().open_round(element, scope)

    def perform(self, token: Token, element: Element) -> bool | None:
        self._world.token = token.number
        return super().perform(token, element)

    @property
    def _world(self) -> World:
        return cast(World, cast(Any, self.performer).surroundings)


class _WatchedRun(CaseRun):
    """A step of such a case."""

    workflow_type = _Watched

    @property
    def walk(self) -> Walk:
        """Where the case went."""
        assert isinstance(self._workflow, _Watched)
        return self._workflow.walk


class ScenarioCase:
    """The case of a scenario; it is stored and loaded before everything that happens to it.

    :ivar state: None before the case begins and when it has ended.
    :ivar failed: why elements failed, by token.
    :ivar asked: the tasks that were opened, by token.
    :ivar calls: the last call of each token.
    """

    def __init__(
        self,
        release: Release,
        scenario: Scenario,
        is_over: Callable[[], bool] = never,
        *,
        repeats: bool = True,
        is_late: Callable[[], bool] = never,
    ) -> None:
        """Prepare the case.

        :param is_over: says whether the time for playing is over; nothing happens any more then.
        :param repeats: the last answer of a service counts for all later calls.
        :param is_late: says whether the time for this play alone is over.
        """
        self.release, self.scenario = release, scenario
        zone = scenario.begins.tzinfo or UTC
        begins, days = scenario.begins.astimezone(UTC), scenario.work_days
        self.world = World(begins, zone, scenario.services, repeats, is_over=is_over, is_late=is_late, days=days)
        self.walk = Walk()
        self.moves: list[Move] = []
        self.sent: list[SentMessage] = []
        self.failed: dict[int, str] = {}
        self.asked: dict[int, OpenedTask] = {}
        self.calls: dict[int, ServiceCall] = {}
        self.state: bytes | None = None
        self.tokens: tuple[Token, ...] = ()
        self.variables: Mapping[str, Any] = {}
        self._step: int | None = None
        self._tables = {id(table): name for name, table in tables_of(release).items()}

    def run(self) -> tuple[Problem, ...]:
        """Start the case and let every step happen; return what the case does not offer, or why it was stopped."""
        try:
            self.begin()
            for place, step in enumerate(self.scenario.steps):
                self.act(step, place)
        except Impossible as found:
            return (found.problem,)
        return ()

    def begin(self) -> None:
        """Start the case.

        :raise Impossible: it cannot begin, or takes too long.
        """
        given = self.scenario
        self._require_start(given.start_event)
        try:
            self.world.spend()
            run = _WatchedRun(self.release, self.world, None, dict(given.start), given.start_event)
        except EngineError as error:
            raise Impossible("start", "refused", f"ditolak: {error}", f"refused: {error}") from error
        except GivenUp as error:
            raise Impossible.given_up(error, "start") from error
        self._take(run, Happening.BEGINS, self.release.process)
        self._fire_until(self.world.now)

    def _require_start(self, name: str | None) -> None:
        outline = self.release.outline
        if name is not None and name not in {start.id for start in outline.starts(outline.process)}:
            id_text = f"tidak ada peristiwa awal '{name}' di diagram ini."
            raise Impossible("start_event", "nothing_there", id_text, f"the diagram has no start event '{name}'.")

    def act(self, step: Step, place: int) -> None:
        """Let one step of the scenario happen, and every timer that is due by then.

        :raise Impossible: the case does not offer it, or takes too long.
        """
        self._step = place
        where = f"steps[{place}]"
        match step:
            case Pass():
                until = self._until(step, where)
                self._fire_until(until)
                self.world.now = max(until, self.world.now)
                return
            case Complete():
                token = self._task(step, where)
                self._do(lambda run: run.complete(token, step.answers), where, Happening.COMPLETE, step.element)
            case Retry():
                again = self._failed_at(step.element, where)
                self._do(lambda run: run.retry(again), where, Happening.RETRY, step.element)
            case Hear():
                self._hear(step, where)
        self._fire_until(self.world.now)

    def fork(self, scenario: Scenario) -> "ScenarioCase":
        """Return a case that goes on by itself from here, with the answers of another scenario."""
        twin = copy(self)
        twin.scenario, twin.world = scenario, self.world.fork()
        twin.world.services = scenario.services
        twin.walk = Walk(set(self.walk.nodes), set(self.walk.flows), set(self.walk.rules))
        twin.moves, twin.sent = list(self.moves), list(self.sent)
        twin.failed, twin.asked, twin.calls = dict(self.failed), dict(self.asked), dict(self.calls)
        return twin

    def answer(self, token: int) -> None:
        """Call the service of a token again, whose answer the scenario has by now.

        :raise Impossible: nothing failed there.
        """
        name = next((found.element for found in self.tokens if found.number == token), "")
        self._do(lambda run: run.retry(token), name, Happening.RETRY, name)
        self._fire_until(self.world.now)

    def waiting(self) -> list[str]:
        """Return where the case stands: tasks and events that wait, but for those at the edge of a task."""
        return sorted(token.element for token in self.tokens if token.stand is Stand.ASKS or self._is_awaited(token))

    def incidents(self) -> list[str]:
        """Return the elements that wait with an incident, sorted."""
        return sorted(token.element for token in self.tokens if INCIDENT in token.notes)

    def next_timer(self) -> datetime | None:
        """Return when the next timer is due; None if none waits."""
        return min((token.notes[DUE] for token in self.tokens if is_timer(token)), default=None)

    def _until(self, step: Pass, where: str) -> datetime:
        try:
            return step.until.astimezone(UTC) if step.until else self.world.now + (step.lasts or _NO_TIME)
        except OverflowError as error:
            id_text, en_text = "waktunya melewati tahun 9999.", "the time goes beyond the year 9999."
            raise Impossible(where, "endless", id_text, en_text) from error

    def _take(self, run: _WatchedRun, happening: Happening, name: str) -> None:
        outcome = run.outcome()
        self.state, self.variables = outcome.state, outcome.variables
        self.tokens = decode_state(outcome.state).tokens if outcome.state is not None else CaseState((), (), 0).tokens
        self.walk.add(run.walk)
        calls = self.world.take_calls()
        self._note(outcome, calls)
        self.moves.append(
            Move(
                happening,
                self._step,
                name,
                self.world.now,
                outcome.passed,
                outcome.decided,
                calls,
                outcome.messages,
                outcome.incidents,
            )
        )
        for message in outcome.messages:
            self._send(message)

    def _note(self, outcome: Outcome, calls: tuple[ServiceCall, ...]) -> None:
        self.failed |= {incident.token: incident.text for incident in outcome.incidents}
        self.asked |= {task.token: task for task in outcome.tasks}
        self.calls |= {call.token: call for call in calls}
        for decided in outcome.decided:
            for trace in decided.answer.tables:
                name = self._tables.get(id(trace.table), decided.decision)
                self.walk.rules |= {(name, rule) for rule in trace.fired}

    def _send(self, message: SentMessage) -> None:
        """Keep a message for who comes to wait for it later; the case itself hears it where it waits already."""
        self.sent.append(message)
        if message.key is not None:
            self.world.sent[message.message, message.key] = Earlier(message.payload, len(self.sent))
        if self.state is not None and self._listening(message.message, message.key):
            self._hear(Hear(message.message, message.key, message.payload), "sent")

    def _do(self, act: Callable[[_WatchedRun], object], where: str, happening: Happening, name: str) -> None:
        if self.state is None:
            raise Impossible(where, "has_ended", "kasusnya sudah berakhir.", "the case has ended.")
        try:
            self.world.spend()
            run = _WatchedRun(self.release, self.world, self.state)
            act(run)
        except EngineError as error:
            raise Impossible(where, "refused", f"ditolak: {error}", f"refused: {error}") from error
        except GivenUp as error:
            raise Impossible.given_up(error, where) from error
        self._take(run, happening, name)

    def _fire_until(self, until: datetime) -> None:
        """Let every timer fire that is due by an instant, the earliest first."""
        for _ in range(MOST_TIMERS):
            due = [token for token in self.tokens if is_timer(token) and token.notes[DUE] <= until]
            if not due:
                return
            first = min(due, key=lambda token: (token.notes[DUE], token.number))
            self.world.now = max(self.world.now, first.notes[DUE])
            self._do(_waking(first), first.element, Happening.TIMER, first.element)
        raise Impossible(
            str(until),
            "endless",
            f"lebih dari {MOST_TIMERS} pengatur waktu menyala.",
            f"more than {MOST_TIMERS} timers fire.",
        )

    def _task(self, step: Complete, where: str) -> int:
        found = [token for token in self.tokens if token.element == step.element and token.stand is Stand.ASKS]
        if step.place >= len(found):
            raise self._nothing_there(where, step.element)
        return found[step.place].number

    def _failed_at(self, element: str, where: str) -> int:
        found = [token.number for token in self.tokens if token.element == element and INCIDENT in token.notes]
        if not found:
            raise self._nothing_there(where, element)
        return found[0]

    def _hear(self, step: Hear, where: str) -> None:
        found = self._listening(step.message, step.key)
        if not found:
            raise self._nothing_there(where, step.message)
        for number in [token.number for token in found]:
            if any(token.number == number for token in self._listening(step.message, step.key)):
                self._wake(number, step, where)

    def _wake(self, number: int, step: Hear, where: str) -> None:
        self._do(lambda run: run.wake(number, step.payload), where, Happening.MESSAGE, step.message)

    def _nothing_there(self, where: str, name: str) -> Impossible:
        places = ", ".join(self.waiting()) or "-"
        id_text = f"tidak ada yang menunggu '{name}'; kasusnya menunggu di {places}."
        en_text = f"nothing waits for '{name}'; the case waits at {places}."
        return Impossible(where, "nothing_there", id_text, en_text)

    def _listening(self, message: str, key: str | None) -> list[Token]:
        return [
            token
            for token in self.tokens
            if token.stand in (Stand.WAITS, Stand.LISTENS)
            and KEY in token.notes
            and key in (None, token.notes[KEY])
            and self._name_of(token) == message
        ]

    def _name_of(self, token: Token) -> str | None:
        event = self.release.element(token.element).event
        return event.name if event is not None else None

    def _is_awaited(self, token: Token) -> bool:
        is_event = token.stand is Stand.WAITS and token.notes.keys() & {DUE, KEY}
        return bool(is_event) and self.release.element(token.element).attached_to is None


def _waking(token: Token) -> Callable[[_WatchedRun], object]:
    return lambda run: run.wake(token.number)


def is_timer(token: Token) -> bool:
    """Say whether a token waits for its time."""
    return token.stand in (Stand.WAITS, Stand.LISTENS) and INCIDENT not in token.notes and DUE in token.notes
