"""What goes wrong inside a case stays at its element: the person's step is kept, the token waits with an incident."""

import logging
import re
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from engine.bpmn import pacing
from engine.casework import variables_of
from engine.command import Changes
from engine.commands.complete_task import CompleteTask
from engine.commands.retry_incident import RetryIncident
from engine.errors import EngineError, Invalid
from engine.policy.actor import Actor, system_actor
from engine.queries.case import CaseView, view_case
from engine.queries.task import view_task
from engine.records.case import CaseStatus, insert_draft, timer
from engine.records.changes import Write, WriteRefused, apply_writes, write
from engine.records.tenant import insert_tenant, tenant
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult
from engine.worker import sweep_timers
from tests.unit.engine.diagrams import (
    boundary_timer,
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
from tests.unit.engine.world import CITY, MONDAY, World, open_world

ANN, BOB = 11, 12
SECRET = "Budi Rahasia 198611162014011901"
delete_one = tenant.delete().where(tenant.c.code == bindparam("of"))


def give_float(call: ServiceContext) -> ServiceResult:
    return ServiceResult(0.5)


def leave(call: ServiceContext) -> ServiceResult:
    raise SystemExit(3)


def write_nonsense(call: ServiceContext) -> ServiceResult:
    row = write(insert_tenant, code=None, created_at=call.now)
    return ServiceResult("never kept", (row,), (Notice(ANN, "x"),))


def write_twice(call: ServiceContext) -> ServiceResult:
    row = write(insert_tenant, code=SECRET, created_at=call.now)
    return ServiceResult("never kept", (row, write(delete_one, of=SECRET, expect=1), row, row))


def write_wrong_type(call: ServiceContext) -> ServiceResult:
    return ServiceResult("never kept", (write(insert_tenant, code="x", created_at=SECRET),))


def write_to_nobody(call: ServiceContext) -> ServiceResult:
    row = write(insert_draft, case_id=-1, token=1, person=1, content=SECRET.encode(), saved_at=call.now)
    return ServiceResult("never kept", (row,))


def write_too_late(call: ServiceContext) -> ServiceResult:
    gone = timer.update().where(timer.c.case_id == -1).values(due=call.now)
    return ServiceResult("never kept", (write(gone, expect=1),))


def scribble(call: ServiceContext) -> ServiceResult:
    call.variables["list"].append("scribbled")
    return ServiceResult()


def name_the_doer(call: ServiceContext) -> ServiceResult:
    if call.read.execute(select(tenant.c.code).where(tenant.c.code == "mended")).first() is None:
        raise ServiceFailed("Not mended yet.")
    return ServiceResult(call.actor)


SERVICES = {
    "doer": name_the_doer,
    "float": give_float,
    "exit": leave,
    "nonsense": write_nonsense,
    "late": write_too_late,
    "twice": write_twice,
    "wrong": write_wrong_type,
    "nobody": write_to_nobody,
    "scribble": scribble,
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world of services that misbehave."""
    with open_world(tmp_path, SERVICES) as opened:
        yield opened


def after_ann(world: World, folder: Path, *parts: str, last: str, **variables: Any) -> CaseView:
    """Let Ann complete a task with these elements behind it, and return the case."""
    end_of_it = path("begin", "write", last) + path(last, "look", "done")
    world.deploy(diagram(folder, start(), user("write", "ann"), *parts, user("look", "bob"), end(), end_of_it))
    case = world.start("test", ann=ANN, bob=BOB, list=[], **variables)
    world.complete(ANN, world.tasks(ANN)[0], text="kept")
    return seen(world, case)


def refuse(world: World, wanted: Write) -> str:
    """Return the traceback of a service's write that the database refuses, as a log would show it."""
    with pytest.raises(WriteRefused) as caught, world.engine.database.writing() as connection:
        apply_writes(connection, [replace(wanted, service="work")])
    return "".join(traceback.format_exception(caught.value))


def seen(world: World, case: int) -> CaseView:
    return world.engine.read(view_case, system_actor(CITY), case)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("float", "a float cannot be stored"),
        ("exit", "SystemExit"),
        ("nonsense", "NOT NULL"),
        ("late", "Somebody else changed"),
    ],
)
def test_whatever_a_service_does_the_persons_step_is_kept(world: World, tmp_path: Path, name: str, reason: str) -> None:
    view = after_ann(world, tmp_path, service("work", name, "made"), last="work")

    assert [item.element for item in view.incidents] == ["work"]
    assert reason in view.incidents[0].text
    assert view.history[-1].data == {"text": "kept"}
    assert world.tasks(ANN) == world.tasks(BOB) == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nonsense", r"table 'tenant': a value is missing \(NOT NULL\) in (tenant\.)?code\."),
        ("twice", r"table 'tenant': such a row exists already \(UNIQUE\) in (tenant\.code|pk_tenant)\."),
        ("wrong", "table 'tenant': a value has the wrong type or form"),
        ("nobody", r"table 'draft': it refers to a row that does not exist \(FOREIGN KEY\)( in fk_draft_\w+)?\."),
        ("late", "table 'timer': another number of rows than expected."),
    ],
)
def test_why_a_write_was_refused_is_said_without_any_value_of_it(
    world: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, reason: str
) -> None:
    caplog.set_level(logging.DEBUG)

    view = after_ann(world, tmp_path, service("work", name, "made"), last="work")

    assert re.search(reason, view.incidents[0].text)
    assert not [word for word in ("Rahasia", "INSERT", "UPDATE", "VALUES") if word in view.incidents[0].text]
    assert "Rahasia" not in caplog.text


def test_a_write_shows_its_values_to_no_log(world: World) -> None:
    wanted = write(insert_tenant, code=SECRET, created_at=None)

    assert SECRET not in repr(Changes((wanted,)))
    assert SECRET not in refuse(world, wanted)


def test_what_a_refused_service_wanted_is_not_written_in_part(world: World, tmp_path: Path) -> None:
    after_ann(world, tmp_path, service("work", "nonsense", "made"), last="work")

    with world.engine.database.reading() as read:
        assert read.exec_driver_sql("SELECT count(*) FROM notice").scalar() == 0
        assert read.exec_driver_sql("SELECT count(*) FROM journal").scalar() == 2


def test_a_service_cannot_change_the_case_behind_its_back(world: World, tmp_path: Path) -> None:
    after_ann(world, tmp_path, service("work", "scribble"), last="work")

    row = world.tasks(BOB)[0]
    view = world.engine.read(view_task, Actor(CITY, BOB), row.case_id, row.token)
    assert view.variables["list"] == []


TOO_LARGE = f'for i in 1..19000 return if ann = 0 then "" else "{"x" * 450}"'


def test_a_script_whose_value_cannot_be_kept_is_an_incident(world: World, tmp_path: Path) -> None:
    view = after_ann(world, tmp_path, script("think", "thought", TOO_LARGE), last="think")

    assert [item.element for item in view.incidents] == ["think"]
    assert "cannot be kept" in view.incidents[0].text


@pytest.mark.parametrize(
    ("payload", "reason"), [("[ann]", "is no context"), (f"{{all: {TOO_LARGE}}}", "cannot be kept")]
)
def test_a_message_that_cannot_be_sent_is_an_incident(world: World, tmp_path: Path, payload: str, reason: str) -> None:
    view = after_ann(world, tmp_path, throw("say", '"k"', payload), last="say")

    assert [item.element for item in view.incidents] == ["say"]
    assert reason in view.incidents[0].text


def test_a_choice_without_any_true_condition_is_an_incident(world: World, tmp_path: Path) -> None:
    parts = (gateway("exclusive", "which"), flow("which", "done", "list = [9]"))
    chosen = start(), user("write", "ann"), *parts, user("look", "bob"), end()
    world.deploy(
        diagram(
            tmp_path,
            *chosen,
            path("begin", "write", "which"),
            flow("which", "look", "list = [8]"),
            path("look", "done"),
        )
    )
    case = world.start("test", ann=ANN, bob=BOB, list=[])

    world.complete(ANN, world.tasks(ANN)[0])

    incident = seen(world, case).incidents[0]
    assert (incident.element, "no default flow" in incident.text) == ("which", True)


def test_a_step_that_goes_on_too_long_stops_with_an_incident(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "MOST_STEPS", 25)
    marker = '<bpmn:standardLoopCharacteristics loopMaximum="30" />'
    many = script("count", "counted", "1").replace("</bpmn:scriptTask>", f"{marker}</bpmn:scriptTask>")
    ways = path("begin", "write", "count", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "ann"), many, end(), ways))
    case = world.start("test", ann=ANN)

    world.complete(ANN, world.tasks(ANN)[0], text="kept")

    view = seen(world, case)
    assert ["25 steps without a wait" in item.text for item in view.incidents] == [True]
    assert view.history[-1].data == {"text": "kept"}


def test_a_timer_that_failed_is_made_again_when_it_is_retried(world: World, tmp_path: Path) -> None:
    parts = start(), user("write", "ann"), boundary_timer("late", "write", "limits.write"), user("help", "bob"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "write", "done"), path("late", "help", "done")))
    case = world.start("test", ann=ANN, bob=BOB, limits={})
    incident = seen(world, case).incidents[0]
    assert incident.element == "late"

    world.engine.run(RetryIncident(case, incident.token), system_actor(CITY))

    assert [item.element for item in seen(world, case).incidents] == ["late"]
    world.complete(ANN, world.tasks(ANN)[0])
    assert seen(world, case).incidents == ()
    assert seen(world, case).case.status is CaseStatus.FINISHED


def test_the_timer_at_a_task_that_names_nobody_still_helps(world: World, tmp_path: Path) -> None:
    parts = start(), user("write", "nobody"), boundary_timer("late", "write", "PT1H"), user("help", "bob"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "write", "done"), path("late", "help", "done")))
    case = world.start("test", bob=BOB)
    assert len(seen(world, case).incidents) == 1
    with world.engine.database.reading() as read:
        assert len(read.execute(select(timer)).all()) == 1

    world.clock.forward(hours=2)
    sweep_timers(world.engine)
    world.work()

    assert [row.element for row in world.tasks(BOB)] == ["help"]
    assert seen(world, case).incidents == ()


def test_answers_that_cannot_be_kept_are_refused_and_nothing_is_done(world: World, tmp_path: Path) -> None:
    world.deploy(diagram(tmp_path, start(), user("write", "ann"), end(), path("begin", "write", "done")))
    world.start("test", ann=ANN)
    row = world.tasks(ANN)[0]

    with pytest.raises(Invalid, match="float"):
        world.engine.run(CompleteTask(row.case_id, row.token, {"amount": 0.1}), Actor(CITY, ANN))

    assert len(world.tasks(ANN)) == 1


def test_a_city_whose_rules_are_broken_makes_an_incident_of_its_services(world: World, tmp_path: Path) -> None:
    class Broken(EngineError):
        """The plugin of the city is broken."""

    def no_city(tenant: str) -> None:
        raise Broken

    world.directory.city = no_city  # type: ignore[method-assign]  # a city that has broken while cases run

    view = after_ann(world, tmp_path, service("work", "scribble"), last="work")

    assert "The plugin of the city is broken" in view.incidents[0].text


def test_a_case_whose_working_days_nobody_knows_waits_with_an_incident(world: World, tmp_path: Path) -> None:
    def no_calendar(*_: Any) -> None:
        raise EngineError("no such unit")

    world.directory.calendar = no_calendar  # type: ignore[assignment,method-assign]  # a case that names no unit

    view = after_ann(world, tmp_path, script("count", "day", "working days after(today(), 3)"), last="count")

    assert "no such unit" in view.incidents[0].text


def two_stuck(world: World, folder: Path) -> int:
    """Let Ann and then Bob get stuck, each at an element of the own, and mend what they failed for."""
    parts = [start(), gateway("parallel", "split"), end()]
    for name in ("ann", "bob"):
        parts += [user(f"{name}_writes", name), service(f"keep_{name}", "doer", f"of_{name}"), user(f"look_{name}")]
        parts.append(path("split", f"{name}_writes", f"keep_{name}", f"look_{name}", "done"))
    world.deploy(diagram(folder, *parts, path("begin", "split")))
    case = world.start("test", ann=ANN, bob=BOB, person=BOB)
    world.complete(ANN, world.tasks(ANN)[0])
    world.clock.forward(hours=1)
    world.complete(BOB, world.tasks(BOB)[0])
    return case


@pytest.mark.parametrize(("name", "doer"), [("ann", ANN), ("bob", BOB)])
def test_a_retried_step_is_the_act_of_whoever_got_stuck_there(
    world: World, tmp_path: Path, name: str, doer: int
) -> None:
    case = two_stuck(world, tmp_path)
    (token,) = (item.token for item in seen(world, case).incidents if item.element == f"keep_{name}")
    world.clock.forward(hours=1)
    world.engine.run(RetryIncident(case, token), system_actor(CITY))
    with world.engine.database.writing() as connection:
        connection.execute(insert_tenant, {"code": "mended", "created_at": MONDAY})

    world.engine.run(RetryIncident(case, token), system_actor(CITY))

    assert variables_of(seen(world, case).case)[f"of_{name}"] == doer
