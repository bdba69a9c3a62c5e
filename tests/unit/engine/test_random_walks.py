"""A case that is stored and loaded at every step behaves like one that never leaves memory, on random diagrams."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn.hearing import Earlier
from engine.bpmn.model import Outline
from engine.bpmn.notes import INCIDENT, PLAN, RACE
from engine.bpmn.outcome import Outcome
from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun
from engine.bpmn.state import CaseState, Stand, decode_state
from engine.calendar import WorkCalendar
from engine.errors import ElementFailed, ErrorThrown
from tests.unit.engine.random_diagrams import random_release
from tests.unit.engine.random_happenings import eventful_release

MOST_STEPS = 60
VARIABLES = {"x": 1}


@dataclass
class Around:
    """Surroundings that both cases share: what happens in them is a matter of the hour and of what is asked for."""

    now: datetime = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    absent: frozenset[int] = frozenset()

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        return WorkCalendar("test", frozenset(), 5)

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        if self.now.hour % 3 == 0:
            raise ElementFailed(f"{service} at {self.now.hour}")
        if self.now.hour % 3 == 1:
            raise ErrorThrown("late", at=self.now.hour)
        return inputs["x"] + 1

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        return Earlier({"n": 1}) if key.endswith("7") else None


@dataclass
class Tables:
    """What waits, as the tables of the database would hold it."""

    tasks: dict[int, Any] = field(default_factory=dict)
    timers: dict[int, Any] = field(default_factory=dict)
    subscriptions: dict[int, Any] = field(default_factory=dict)
    incidents: dict[int, Any] = field(default_factory=dict)

    def apply(self, outcome: Outcome) -> None:
        for table, closed in (
            (self.tasks, outcome.closed.tasks),
            (self.timers, outcome.closed.timers),
            (self.subscriptions, outcome.closed.subscriptions),
            (self.incidents, outcome.closed.incidents),
        ):
            for token in closed:
                del table[token]
        self.open(outcome)

    def open(self, outcome: Outcome) -> None:
        """Add what waits now; what was there before keeps what it was opened with."""
        self.tasks = {item.token: (item.element, item.assignee) for item in outcome.tasks} | self.tasks
        self.timers = {item.token: item.due for item in outcome.timers} | self.timers
        self.subscriptions = {item.token: item.key for item in outcome.subscriptions} | self.subscriptions
        self.incidents = {item.token: (item.element, item.code) for item in outcome.incidents} | self.incidents

    def keep(self, outcome: Outcome) -> None:
        """Drop what an outcome that lists everything does not list."""
        self.open(outcome)
        for table, live in (
            (self.tasks, outcome.tasks),
            (self.timers, outcome.timers),
            (self.subscriptions, outcome.subscriptions),
            (self.incidents, outcome.incidents),
        ):
            for token in table.keys() - {item.token for item in live}:
                del table[token]

    @property
    def choices(self) -> list[tuple[str, int]]:
        waiting = {"complete": self.tasks, "fire": self.timers, "hear": self.subscriptions, "retry": self.incidents}
        return [(kind, token) for kind, table in waiting.items() for token in sorted(table)]


@dataclass
class Walk:
    """The same case twice: kept in memory, and stored and loaded at every step."""

    release: Release
    random: Random

    def run(self) -> int:
        """Walk until the case ends, comparing after every step; return how many steps it took."""
        self.around = Around()
        self.kept, self.kept_tables, self.passed = CaseRun(self.release, self.around, None, VARIABLES), Tables(), 0
        self.stored_tables, self.sent = Tables(), 0
        self.state = self.compare(self.kept, CaseRun(self.release, self.around, None, VARIABLES))
        for step in range(MOST_STEPS):
            if self.state is None:
                return step
            choice, number = self.random.choice(self.stored_tables.choices), self.random.randint(0, 5)
            self.around.now += timedelta(hours=self.random.randint(0, 4))
            stored = CaseRun(self.release, self.around, self.state)
            for case in (self.kept, stored):
                act(case, *choice, number)
            self.state = self.compare(self.kept, stored)
        return MOST_STEPS

    def compare(self, kept: CaseRun, stored: CaseRun) -> bytes | None:
        in_memory, outcome = kept.outcome(), stored.outcome()
        self.kept_tables.keep(in_memory)
        self.stored_tables.apply(outcome)
        passed, self.passed = in_memory.passed[self.passed :], len(in_memory.passed)
        sent, self.sent = in_memory.messages[self.sent :], len(in_memory.messages)
        assert self.stored_tables == self.kept_tables
        assert (outcome.passed, outcome.messages) == (passed, sent)
        assert dict(outcome.variables) == dict(in_memory.variables)
        assert (outcome.state is None) == (in_memory.state is None) == (not self.stored_tables.choices)
        if outcome.state is not None:
            state = decode_state(outcome.state)
            assert state == decode_state(in_memory.state or b"")
            assert_whole(state, self.release.outline)
        return outcome.state


def assert_whole(state: CaseState, outline: Outline) -> None:
    """Every token waits for something that can happen, and every scope goes on for somebody."""
    tokens = {token.number: token for token in state.tokens}
    hosts = {scope.host for scope in state.scopes}
    for token in state.tokens:
        waits = token.stand in (Stand.ASKS, Stand.WAITS, Stand.LISTENS) or INCIDENT in token.notes
        assert waits or (token.stand is Stand.HOLDS and (token.number in hosts or PLAN in token.notes)), token
        assert RACE not in token.notes or outline.elements[token.element].waits
    for scope in state.scopes[1:]:
        assert tokens[scope.host or 0].scope == scope.parent
        assert any(token.scope == scope.number and token.stand is not Stand.LISTENS for token in state.tokens), scope


def act(case: CaseRun, kind: str, token: int, number: int) -> None:
    if kind == "complete":
        case.complete(token, {"n": number})
    elif kind == "retry":
        case.retry(token)
    else:
        case.wake(token, {"n": number} if kind == "hear" else None)


def walk_all(seeds: range) -> int:
    """Walk three times over the diagram of every seed; return how many walks reached the end.

    In every other diagram things are thrown, called, undone and fail; in the others it is the ways that count.
    """
    ended = 0
    for seed in seeds:
        release = (eventful_release if seed % 2 else random_release)(Random(seed))
        for turn in range(3):
            try:
                ended += Walk(release, Random(seed * 3 + turn)).run() < MOST_STEPS
            except Exception as error:
                error.add_note(f"diagram of seed {seed}, walk {turn}:\n{release.diagram.decode()}")
                raise
    return ended


def test_storing_at_every_step_changes_nothing() -> None:
    assert walk_all(range(100)) > 200


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_storing_at_every_step_changes_nothing_in_ten_thousand_walks() -> None:
    assert walk_all(range(1000, 4334)) > 6000
