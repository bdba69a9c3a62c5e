"""What is stuck for one cause is one line, and is tried again together, a batch at a time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import retrying
from engine.causes import cause_of, without_values
from engine.commands.retry_incidents import RetryIncidents
from engine.commands.suspend_case import SuspendCase
from engine.errors import NotFound
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.incidents import (
    IncidentGroup,
    incident_group,
    incident_groups,
    retry_progress,
    stuck_cases,
    suspended_cases,
)
from engine.records.history import audit
from engine.retrying import retry_group
from engine.services import ServiceContext, ServiceFailed, ServiceResult
from tests.unit.engine.diagrams import diagram, end, path, service, start, user
from tests.unit.engine.world import CITY, MONDAY, World, open_world

ANN = 11
SYSTEM = system_actor(CITY)
OWNER = Actor(CITY, 99, frozenset({"process_owner"}))


class Service:
    """A service that fails until it is mended."""

    def __init__(self) -> None:
        self.is_mended, self.calls = False, 0

    def __call__(self, call: ServiceContext) -> ServiceResult:
        self.calls += 1
        if not self.is_mended or call.variables.get("bad"):
            raise ServiceFailed(f"Nothing is known of 'Budi Rahasia', number {call.case_id}.")
        return ServiceResult()


@pytest.fixture
def work() -> Service:
    """The service."""
    return Service()


@pytest.fixture
def world(kind: str, tmp_path: Path, work: Service) -> Iterator[World]:
    """A world with that service, and diagrams that call it."""
    with open_world(tmp_path, {"work": work}) as opened:
        parts = start(), service("work", "work"), user("look", "ann"), end()
        ways = path("begin", "work", "look", "done")
        opened.deploy(diagram(tmp_path, *parts, ways))
        opened.deploy(diagram(tmp_path, *parts, ways, process="other"))
        yield opened


def groups(world: World) -> tuple[IncidentGroup, ...]:
    return world.engine.read(incident_groups, SYSTEM)


def begin(world: World, number: int, process: str = "test", *, bad: bool = False) -> list[int]:
    return [world.start(process, str(key), ann=ANN, bad=bad) for key in range(number)]


def order(world: World, actor: Actor = SYSTEM) -> None:
    group = groups(world)[0]
    world.engine.run(RetryIncidents(group.process, group.cause), actor)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Service 'tax.rate' knows nothing of 'Budi Rahasia' (1986).", "Service 'tax.rate' knows nothing of '…' (#)."),
        ("Condition 'x > 1,5' gives \"Ya\", 3.14 times", "Condition '…' gives '…', # times"),
    ],
)
def test_a_cause_is_said_without_any_value(text: str, said: str) -> None:
    assert without_values(text) == said


def test_a_cause_is_one_code_one_element_and_one_text_but_for_its_values() -> None:
    one = cause_of("element_failed", "work", "Nobody is 17 'Budi'.")

    assert one == cause_of("element_failed", "work", "Nobody is 18 'Siti'.")
    others = {
        cause_of("service_failed", "work", "Nobody is 17 'Budi'."),
        cause_of("element_failed", "rest", "Nobody is 17 'Budi'."),
        cause_of("element_failed", "work", "Somebody is 17 'Budi'."),
    }
    assert len(others | {one}) == 4


def test_incidents_of_one_cause_are_one_group_with_its_size_and_times(world: World) -> None:
    begin(world, 2)
    world.clock.forward(hours=1)
    world.start("test", "late", ann=ANN)
    begin(world, 1, "other")

    first, second = groups(world)

    assert (first.process, first.size, second.process, second.size) == ("test", 3, "other", 1)
    assert (first.first_at, first.last_at) == (MONDAY, world.clock())
    assert first.element is not None
    assert (first.element.id, first.releases, "Budi" in first.text) == ("work", 1, False)


def test_one_group_is_read_with_its_cases_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = begin(world, 3)
    group = groups(world)[0]
    monkeypatch.setattr("engine.queries.incidents.PAGE", 2)

    assert world.engine.read(incident_group, SYSTEM, "test", group.cause) == group
    first = world.engine.read(stuck_cases, SYSTEM, "test", group.cause)
    assert first.next_after is not None
    second = world.engine.read(stuck_cases, SYSTEM, "test", group.cause, first.next_after)

    assert [[row.case_id for row in page.rows] for page in (first, second)] == [cases[:2], cases[2:]]
    assert second.next_after is None


def test_nothing_is_read_of_another_city(world: World) -> None:
    begin(world, 1)
    stranger = system_actor("mataram")

    assert world.engine.read(incident_groups, stranger) == ()
    with pytest.raises(NotFound):
        world.engine.read(incident_group, stranger, "test", groups(world)[0].cause)
    with pytest.raises(NotFound):
        world.engine.run(RetryIncidents("test", groups(world)[0].cause), stranger)


def test_everything_that_is_stuck_for_one_cause_is_tried_again_in_batches(
    world: World, work: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "BATCH", 2)
    monkeypatch.setattr(retrying, "_next", retrying._next.limit(2))
    cases = begin(world, 5)
    work.is_mended, work.calls = True, 0

    order(world)
    world.work()

    assert (groups(world), work.calls, len(world.tasks(ANN))) == ((), 5, 5)
    assert all(world.engine.read(view_case, SYSTEM, case).incidents == () for case in cases)


def test_the_journal_says_who_ordered_it(world: World, work: Service) -> None:
    (case,) = begin(world, 1)
    work.is_mended = True

    order(world, OWNER)
    world.work()

    step = world.engine.read(view_case, SYSTEM, case).history[-1]
    assert (step.kind, step.actor, step.data["by"]) == ("retry", None, OWNER.person)
    with world.engine.database.reading() as read:
        assert ("RetryIncidents", 99) in [(row.command, row.actor) for row in read.execute(select(audit))]


def test_what_fails_again_is_tried_once_in_one_order(world: World, work: Service) -> None:
    begin(world, 3, bad=True)
    work.calls = 0

    order(world)
    world.work()

    assert (work.calls, groups(world)[0].size) == (3, 3)


def test_an_order_that_runs_twice_tries_nothing_twice(world: World, work: Service) -> None:
    begin(world, 3, bad=True)
    group, before = groups(world)[0], world.clock().isoformat()
    world.clock.forward(minutes=1)
    work.calls = 0

    for _ in range(2):  # as after a worker was killed with the job in its hands
        retry_group(world.engine, tenant=CITY, process="test", cause=group.cause, before=before, total=3)

    assert work.calls == 3


def test_asking_twice_before_it_begins_makes_one_job(world: World, work: Service) -> None:
    begin(world, 2)
    work.is_mended, work.calls = True, 0

    order(world)
    order(world)
    world.work()

    assert work.calls == 2


def test_a_suspended_case_of_the_group_is_left_alone(world: World, work: Service) -> None:
    one, _ = begin(world, 2)
    world.engine.run(SuspendCase(one, "Diperiksa dahulu"), SYSTEM)
    work.is_mended = True

    order(world)
    world.work()

    (group,) = groups(world)
    assert (group.size, len(world.tasks(ANN))) == (1, 1)
    assert world.engine.read(stuck_cases, SYSTEM, "test", group.cause).rows[0].is_suspended
    found, total = world.engine.read(suspended_cases, SYSTEM)
    assert ([item.case_id for item in found], total) == ([one], 1)


def test_progress_is_told_while_the_order_is_under_way(world: World, work: Service) -> None:
    begin(world, 3)
    group = groups(world)[0]
    order(world)
    asked = "test", group.cause

    begun = world.engine.read(retry_progress, SYSTEM, *asked)
    work.is_mended = True
    world.work()

    assert begun is not None
    assert (begun.done, begun.total) == (0, 3)
    assert world.engine.read(retry_progress, SYSTEM, *asked) is None


def test_there_is_nothing_to_order_where_nothing_is_stuck(world: World) -> None:
    with pytest.raises(NotFound):
        world.engine.run(RetryIncidents("test", "0" * 16), SYSTEM)
