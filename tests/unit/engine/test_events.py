"""Timers, messages and incidents: what moves a case without a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.commands.retry_incident import RetryIncident
from engine.commands.wake_event import WakeEvent
from engine.errors import Conflict
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.records.case import CaseStatus
from engine.services import ServiceContext, ServiceFailed, ServiceResult
from engine.worker import fire_timer, reconcile, sweep_timers
from tests.unit.engine.diagrams import (
    boundary_timer,
    catch,
    diagram,
    end,
    flow,
    gateway,
    path,
    script,
    service,
    start,
    throw,
    user,
)
from tests.unit.engine.world import CITY, World, open_world

ANN, BOB = 11, 12


class Machine:
    """A service that works only when it is switched on."""

    def __init__(self) -> None:
        self.is_on = False
        self.calls = 0

    def __call__(self, call: ServiceContext) -> ServiceResult:
        self.calls += 1
        if not self.is_on:
            raise ServiceFailed("The machine is off.")
        return ServiceResult({"by": call.actor})


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def plant(tmp_path: Path, machine: Machine) -> Iterator[World]:
    """A world in which `machine.run` is a service."""

    def burn(call: ServiceContext) -> ServiceResult:
        raise RuntimeError("smoke")

    with open_world(tmp_path, {"machine.run": machine, "machine.burn": burn}) as opened:
        yield opened


def deploy_deadline(
    world: World, folder: Path, when: str, *, interrupting: bool = True, kind: str = "timeDuration"
) -> None:
    """Ann has a deadline, after which Bob gets a task."""
    world.deploy(
        diagram(
            folder,
            start(),
            user("write", "ann"),
            boundary_timer("late", "write", when, interrupting=interrupting, kind=kind),
            user("help", "bob"),
            end(),
            path("begin", "write", "done"),
            path("late", "help", "done"),
        )
    )
    world.start("test", ann=ANN, bob=BOB)


def elapse(world: World, **span: int) -> None:
    """Let time pass and the worker sweep."""
    world.clock.forward(**span)
    sweep_timers(world.engine)
    world.work()


def test_an_interrupting_timer_takes_the_task_away(world: World, tmp_path: Path) -> None:
    deploy_deadline(world, tmp_path, "PT1H")

    elapse(world, minutes=59)
    assert len(world.tasks(ANN)) == 1
    elapse(world, minutes=2)

    assert world.tasks(ANN) == ()
    assert [row.element for row in world.tasks(BOB)] == ["help"]


def test_a_timer_that_does_not_interrupt_leaves_the_task(world: World, tmp_path: Path) -> None:
    deploy_deadline(world, tmp_path, "PT1H", interrupting=False)

    elapse(world, hours=2)

    assert len(world.tasks(ANN)) == len(world.tasks(BOB)) == 1


def test_a_completed_task_takes_its_timer_along(world: World, tmp_path: Path) -> None:
    deploy_deadline(world, tmp_path, "PT1H")
    world.complete(ANN, world.tasks(ANN)[0])

    elapse(world, hours=2)

    assert world.tasks(BOB) == ()


def test_a_timer_fires_once_however_often_it_is_swept(world: World, tmp_path: Path) -> None:
    deploy_deadline(world, tmp_path, "PT1H", interrupting=False)
    world.clock.forward(hours=2)
    sweep_timers(world.engine)
    sweep_timers(world.engine)
    world.work()
    elapse(world, hours=2)

    assert len(world.tasks(BOB)) == 1


def test_a_timer_job_that_comes_too_early_does_nothing(world: World, tmp_path: Path) -> None:
    deploy_deadline(world, tmp_path, "PT1H")
    row = world.tasks(ANN)[0]

    fire_timer(world.engine, CITY, row.case_id, row.token + 1)

    assert len(world.tasks(ANN)) == 1


def test_a_day_is_over_when_it_has_ended_in_the_citys_zone(world: World, tmp_path: Path) -> None:
    deploy_deadline(world, tmp_path, "working days after(today(), 1)", kind="timeDate")
    # Monday 09:00 in Jakarta; Tuesday ends on Tuesday 17:00 UTC.

    elapse(world, hours=38)
    assert len(world.tasks(ANN)) == 1
    elapse(world, hours=2)

    assert len(world.tasks(BOB)) == 1


def test_the_interrupting_timer_of_a_task_is_its_due_date(world: World, tmp_path: Path) -> None:
    deploy_deadline(world, tmp_path, "working days after(today(), 3)", kind="timeDate")

    due = world.tasks(ANN)[0].due

    assert due is not None and due.isoformat() == "2026-10-08"


def test_waking_an_event_twice_is_a_conflict(world: World, tmp_path: Path) -> None:
    deploy_deadline(world, tmp_path, "PT1H")
    row = world.tasks(ANN)[0]
    command = WakeEvent(row.case_id, row.token + 1)
    world.engine.run(command, system_actor(CITY))

    with pytest.raises(Conflict):
        world.engine.run(command, system_actor(CITY))


def deploy_listener(world: World, folder: Path) -> None:
    """A case that waits for news about its topic, then asks Ann."""
    parts = (
        start(),
        catch("hear", "topic", "heard"),
        user("read", "ann"),
        end(),
        path("begin", "hear", "read", "done"),
    )
    world.deploy(diagram(folder, *parts, process="listener"))


def deploy_speaker(world: World, folder: Path) -> None:
    """A case that sends news about its topic."""
    parts = (start(), throw("say", "topic", '{what: "rain"}'), end(), path("begin", "say", "done"))
    world.deploy(diagram(folder, *parts, process="speaker"))


def test_a_message_reaches_every_case_that_waits_under_its_key(world: World, tmp_path: Path) -> None:
    deploy_listener(world, tmp_path)
    deploy_speaker(world, tmp_path)
    for key in ("a", "b"):
        world.start("listener", key, topic="weather", ann=ANN)
    world.start("listener", "c", topic="sports", ann=ANN)

    world.start("speaker", topic="weather")
    world.work()

    assert sorted(row.title for row in world.tasks(ANN)) == ["Kasus a", "Kasus b"]


def test_a_case_that_comes_later_finds_the_message_waiting(world: World, tmp_path: Path) -> None:
    deploy_listener(world, tmp_path)
    deploy_speaker(world, tmp_path)
    world.start("speaker", topic="weather")
    world.work()

    world.start("listener", topic="weather", ann=ANN)

    assert [row.element for row in world.tasks(ANN)] == ["read"]


def test_a_lost_delivery_is_made_up_for(world: World, tmp_path: Path) -> None:
    deploy_listener(world, tmp_path)
    deploy_speaker(world, tmp_path)
    world.start("listener", topic="weather", ann=ANN)
    world.start("speaker", topic="weather")
    with world.engine.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM procrastinate_jobs")
        connection.exec_driver_sql("DELETE FROM outbox")

    reconcile(world.engine)
    world.work()

    assert len(world.tasks(ANN)) == 1


def deploy_machine(world: World, folder: Path, name: str = "machine.run") -> int:
    """Ann writes, the machine works, Bob looks."""
    world.deploy(
        diagram(
            folder,
            start(),
            user("write", "ann"),
            service("work", name, "made"),
            user("look", "bob"),
            end(),
            path("begin", "write", "work", "look", "done"),
        )
    )
    return world.start("test", ann=ANN, bob=BOB)


def test_a_failing_service_keeps_the_persons_step_and_leaves_an_incident(
    plant: World, machine: Machine, tmp_path: Path
) -> None:
    case = deploy_machine(plant, tmp_path)

    plant.complete(ANN, plant.tasks(ANN)[0], text="kept")

    view = plant.engine.read(view_case, Actor(CITY, ANN), case)
    assert [(item.element, item.code) for item in view.incidents] == [("work", "element_failed")]
    assert "The machine is off." in view.incidents[0].text
    assert view.history[-1].data == {"text": "kept"}
    assert plant.tasks(ANN) == plant.tasks(BOB) == ()


def test_an_incident_that_is_retried_goes_on_where_it_stood(plant: World, machine: Machine, tmp_path: Path) -> None:
    case = deploy_machine(plant, tmp_path)
    plant.complete(ANN, plant.tasks(ANN)[0])
    token = plant.engine.read(view_case, Actor(CITY, ANN), case).incidents[0].token
    plant.engine.run(RetryIncident(case, token), system_actor(CITY))
    assert machine.calls == 2

    machine.is_on = True
    plant.engine.run(RetryIncident(case, token), system_actor(CITY))

    assert [row.element for row in plant.tasks(BOB)] == ["look"]
    assert plant.engine.read(view_case, Actor(CITY, ANN), case).incidents == ()


def test_whatever_a_service_raises_stops_only_its_element(plant: World, tmp_path: Path) -> None:
    case = deploy_machine(plant, tmp_path, "machine.burn")

    plant.complete(ANN, plant.tasks(ANN)[0])

    view = plant.engine.read(view_case, Actor(CITY, ANN), case)
    assert view.case.status is CaseStatus.OPEN
    assert "RuntimeError: smoke" in view.incidents[0].text


def test_a_condition_that_gives_no_answer_is_an_incident_not_a_guess(world: World, tmp_path: Path) -> None:
    world.deploy(
        diagram(
            tmp_path,
            start(),
            gateway("exclusive", "which", default="which-done"),
            user("ask"),
            end(),
            path("begin", "which"),
            flow("which", "ask", "missing > 3"),
            path("ask", "done"),
            flow("which", "done"),
        )
    )

    case = world.start("test", person=ANN)

    view = world.engine.read(view_case, Actor(CITY, ANN), case)
    assert [item.element for item in view.incidents] == ["which"]


def test_a_task_that_names_nobody_waits_with_an_incident_until_it_does(world: World, tmp_path: Path) -> None:
    world.deploy(diagram(tmp_path, start(), user("write", "nobody"), end(), path("begin", "write", "done")))

    case = world.start("test")

    view = world.engine.read(view_case, Actor(CITY, ANN), case)
    assert [(item.element, "Nobody is named" in item.text) for item in view.incidents] == [("write", True)]


def test_a_script_sets_its_variable_by_feel(world: World, tmp_path: Path) -> None:
    world.deploy(
        diagram(
            tmp_path,
            start(),
            script("plus", "person", "first + 1"),
            user("write"),
            end(),
            path("begin", "plus", "write", "done"),
        )
    )

    world.start("test", first=ANN)

    assert len(world.tasks(ANN + 1)) == 1


def test_terminate_ends_the_case_whatever_else_waits(world: World, tmp_path: Path) -> None:
    world.deploy(
        diagram(
            tmp_path,
            start(),
            gateway("parallel", "split"),
            user("left", "ann"),
            user("right", "bob"),
            end(),
            end("stop", "<bpmn:terminateEventDefinition />"),
            path("begin", "split", "left", "stop"),
            path("split", "right", "done"),
        )
    )
    case = world.start("test", ann=ANN, bob=BOB)

    world.complete(ANN, world.tasks(ANN)[0])

    assert world.tasks(BOB) == ()
    assert world.engine.read(view_case, Actor(CITY, ANN), case).case.status is CaseStatus.FINISHED
