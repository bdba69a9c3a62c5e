"""A case that is stored and loaded at every step behaves like one that never leaves memory, on random diagrams."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun, Outcome
from engine.bpmn.state import decode_state
from engine.calendar import WorkCalendar
from engine.errors import ElementFailed
from tests.unit.engine.random_diagrams import random_release

MOST_STEPS = 60
VARIABLES = {"x": 1}


class Quiet:
    """Surroundings in which nothing happens by itself."""

    now = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    zone: tzinfo = ZoneInfo("Asia/Jakarta")

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        return WorkCalendar("test", frozenset(), 5)

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        raise ElementFailed(service)

    def published(self, message: str, key: str) -> Mapping[str, Any] | None:
        return None


@dataclass
class Tables:
    """What waits, as the tables of the database would hold it."""

    tasks: dict[int, Any] = field(default_factory=dict)
    timers: dict[int, Any] = field(default_factory=dict)
    subscriptions: dict[int, Any] = field(default_factory=dict)

    def apply(self, outcome: Outcome) -> None:
        for table, closed in (
            (self.tasks, outcome.closed.tasks),
            (self.timers, outcome.closed.timers),
            (self.subscriptions, outcome.closed.subscriptions),
        ):
            for token in closed:
                del table[token]
        self.open(outcome)

    def open(self, outcome: Outcome) -> None:
        """Add what waits now; what was there before keeps what it was opened with."""
        self.tasks = {item.token: (item.element, item.assignee) for item in outcome.tasks} | self.tasks
        self.timers = {item.token: item.due for item in outcome.timers} | self.timers
        self.subscriptions = {item.token: item.key for item in outcome.subscriptions} | self.subscriptions

    def keep(self, outcome: Outcome) -> None:
        """Drop what an outcome that lists everything does not list."""
        self.open(outcome)
        for table, live in (
            (self.tasks, outcome.tasks),
            (self.timers, outcome.timers),
            (self.subscriptions, outcome.subscriptions),
        ):
            for token in table.keys() - {item.token for item in live}:
                del table[token]

    @property
    def choices(self) -> list[tuple[str, int]]:
        waiting = {"complete": self.tasks, "fire": self.timers, "hear": self.subscriptions}
        return [(kind, token) for kind, table in waiting.items() for token in sorted(table)]


@dataclass
class Walk:
    """The same case twice: kept in memory, and stored and loaded at every step."""

    release: Release
    random: Random

    def run(self) -> int:
        """Walk until the case ends, comparing after every step; return how many steps it took."""
        self.kept, self.kept_tables, self.passed = CaseRun(self.release, Quiet(), None, VARIABLES), Tables(), 0
        self.stored_tables = Tables()
        self.state = self.compare(self.kept, CaseRun(self.release, Quiet(), None, VARIABLES))
        for step in range(MOST_STEPS):
            if self.state is None:
                return step
            choice, number = self.random.choice(self.stored_tables.choices), self.random.randint(0, 5)
            stored = CaseRun(self.release, Quiet(), self.state)
            for case in (self.kept, stored):
                act(case, *choice, number)
            self.state = self.compare(self.kept, stored)
        return MOST_STEPS

    def compare(self, kept: CaseRun, stored: CaseRun) -> bytes | None:
        in_memory, outcome = kept.outcome(), stored.outcome()
        self.kept_tables.keep(in_memory)
        self.stored_tables.apply(outcome)
        passed, self.passed = in_memory.passed[self.passed :], len(in_memory.passed)
        assert self.stored_tables == self.kept_tables
        assert outcome.passed == passed
        assert dict(outcome.variables) == dict(in_memory.variables)
        assert outcome.incidents == ()
        assert (outcome.state is None) == (in_memory.state is None) == (not self.stored_tables.choices)
        if outcome.state is not None:
            assert decode_state(outcome.state) == decode_state(in_memory.state or b"")
        return outcome.state


def act(case: CaseRun, kind: str, token: int, number: int) -> None:
    if kind == "complete":
        case.complete(token, {"n": number})
    else:
        case.wake(token, {"n": number} if kind == "hear" else None)


def walk_all(seeds: range) -> int:
    """Walk three times over the diagram of every seed; return how many walks reached the end."""
    ended = 0
    for seed in seeds:
        release = random_release(Random(seed))
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
