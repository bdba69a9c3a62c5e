"""Figures are the same however often they are taken in: after each step, now and then, or all at once in the end."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from engine.calendar import WorkCalendar
from engine.commands.claim_task import ClaimTask, UnclaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.forget_figures import ForgetFigures
from engine.folding import fold_city
from engine.mining.figures import SUMS, read_figures
from engine.mining.office import OfficeTime
from engine.mining.spread import bin_of
from engine.policy.actor import Actor, system_actor
from engine.queries.inbox import InboxRow
from engine.queries.verification import verify
from engine.records import mining
from engine.worker import sweep_timers
from tests.unit.engine.diagrams import boundary_timer, diagram, end, flow, gateway, path, start, user
from tests.unit.engine.world import CITY, World, open_world

PEOPLE = (11, 12, 13)
GROUP = "checkers"
JUDGE = 20
STEPS = 40


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    """Two tasks wait in one queue side by side, one of them in vain after two days; then they may begin again."""
    with open_world(tmp_path) as world:
        world.deploy(_in_two_queues(tmp_path))
        world.directory.may_take = frozenset(PEOPLE)
        yield world


def _in_two_queues(folder: Path) -> Path:
    return diagram(
        folder,
        start(),
        gateway("exclusive", "again"),
        gateway("parallel", "fork"),
        user("left", "", candidate=f'"{GROUP}"'),
        user("right", "", candidate=f'"{GROUP}"'),
        boundary_timer("late", "right", "P2D"),
        gateway("exclusive", "over"),
        gateway("parallel", "join"),
        user("judge", "judge"),
        gateway("exclusive", "good", "good-done"),
        end(),
        path("begin", "again", "fork", "left", "join", "judge", "good", "done"),
        path("fork", "right", "over", "join"),
        path("late", "over"),
        flow("good", "again", "judge.again = true"),
    )


@dataclass
class Walk:
    """People do what comes to their minds, each with one task of a queue at most.

    :ivar truth: of the tasks that were done, since when they were in the queue, and when they were taken for good.
    """

    world: World
    chance: Random
    truth: list[tuple[datetime, datetime]] = field(default_factory=list[tuple[datetime, datetime]])
    _taken: dict[tuple[int, int], datetime] = field(default_factory=dict[tuple[int, int], datetime])

    def step(self) -> None:
        """Let time go on and somebody do something."""
        self.world.clock.forward(minutes=self.chance.randrange(1, 400))
        sweep_timers(self.world.engine)
        self.world.work()
        person = self.chance.choice(PEOPLE)
        mine = [row for row in self.world.tasks(person) if row.element != "judge"]
        move = self.chance.choice((self._take, self._take, self._do, self._do, self._give_back, self._hand_on))
        move(person, mine)
        if self.chance.random() < 0.4:
            self._judge()

    def _take(self, person: int, mine: list[InboxRow]) -> None:
        queue = self.world.queue(person, GROUP)
        if not mine and queue:
            row = self.chance.choice(queue)
            self.world.engine.run(ClaimTask(row.case_id, row.token), _member(person))
            self._taken[row.case_id, row.token] = self.world.clock()

    def _do(self, person: int, mine: list[InboxRow]) -> None:
        for row in mine[:1]:
            self.world.engine.run(CompleteTask(row.case_id, row.token, {}), _member(person))
            self.truth.append((row.opened_at, self._taken[row.case_id, row.token]))

    def _give_back(self, person: int, mine: list[InboxRow]) -> None:
        for row in mine[:1]:
            self.world.engine.run(UnclaimTask(row.case_id, row.token), _member(person))

    def _hand_on(self, person: int, mine: list[InboxRow]) -> None:
        other = self.chance.choice([one for one in PEOPLE if one != person])
        if mine and not self.world.tasks(other):
            self.world.engine.run(DelegateTask(mine[0].case_id, mine[0].token, other), _member(person))

    def _judge(self) -> None:
        for row in self.world.tasks(JUDGE):
            self.world.complete(JUDGE, row, again=self.chance.random() < 0.6)


def _member(person: int) -> Actor:
    return Actor(CITY, person, frozenset({GROUP}))


def taken_in(world: World) -> dict[str, Any]:
    """Take everything in and return every figure, but what is known only from tasks that were open then."""
    assert fold_city(world.engine, CITY)
    with world.engine.database.reading() as read:
        figures = {
            (row.element, row.month): replace(
                read_figures({name: getattr(row, name) for name in SUMS}, row.content), on_time=0, late=0
            )
            for row in read.execute(select(mining.element_figure))
        }
        standing = {tuple(row) for row in read.execute(select(mining.element_standing))}
    return {"figures": figures, "standing": standing}


def waited(found: dict[str, Any]) -> Counter[int]:
    """Return how long tasks of queues waited, over all places."""
    return sum((one.queued for one in found["figures"].values()), Counter[int]())


def test_a_task_that_is_handed_on_at_once_waits_for_the_claim_before(office: World) -> None:
    office.start("test", judge=JUDGE)
    row = office.queue(PEOPLE[0], GROUP)[0]
    office.engine.run(ClaimTask(row.case_id, row.token), _member(PEOPLE[0]))
    office.clock.forward(seconds=30)
    office.engine.run(DelegateTask(row.case_id, row.token, PEOPLE[1]), _member(PEOPLE[0]))
    office.clock.forward(seconds=15)
    fold_city(office.engine, CITY)
    office.clock.forward(hours=1)
    office.engine.run(CompleteTask(row.case_id, row.token, {}), _member(PEOPLE[1]))
    office.clock.forward(minutes=10)
    now_and_then = taken_in(office)

    office.engine.run(ForgetFigures(), system_actor(CITY))

    assert taken_in(office) == now_and_then
    assert waited(now_and_then).total() == 1


SEEDS = (5, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 26)))


@pytest.mark.parametrize("seed", SEEDS)
def test_taking_in_now_and_then_gives_the_same_as_all_at_once(office: World, seed: int) -> None:
    chance = Random(seed)
    for key in "123":
        office.start("test", key=key, subject=int(key), judge=JUDGE)
    walk = Walk(office, chance)
    for _ in range(STEPS):
        walk.step()
        if chance.random() < 0.3:
            fold_city(office.engine, CITY, most=chance.randrange(1, 4), size=chance.randrange(1, 4))
    office.clock.forward(minutes=10)
    now_and_then = taken_in(office)

    office.engine.run(ForgetFigures(), system_actor(CITY))
    at_once = taken_in(office)

    clock = OfficeTime(WorkCalendar("test", frozenset(), 5), office.directory.zone(CITY))
    assert at_once == now_and_then
    assert waited(at_once) == Counter(bin_of(clock.minutes_between(*span)) for span in walk.truth)
    assert walk.truth
    with office.engine.database.reading() as read:
        assert [item for item in verify(read, office.directory).findings() if item.code == "figures_differ"] == []
