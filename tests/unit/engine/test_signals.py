"""A signal reaches every case that waits for it at that moment, once, and no other."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from engine.bpmn.check import Catalogue
from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.policy.actor import Actor, system_actor
from engine.queries.inbox import my_tasks
from engine.queries.task import view_task
from engine.records.case import subscription
from engine.records.outbox import delivery
from engine.worker import empty_outbox, reconcile
from tests.unit.engine.bpmn.drawings import edge, event_sub
from tests.unit.engine.diagrams import end, path, start, user
from tests.unit.engine.listening import (
    ANN,
    BOB,
    deploy,
    deploy_alarm,
    deploy_speaker,
    deploy_waiter,
    signal,
    undelivered,
)
from tests.unit.engine.world import CITY, World


def test_a_signal_reaches_every_case_that_waits_for_it(world: World, tmp_path: Path) -> None:
    deploy_waiter(world, tmp_path)
    deploy_alarm(world, tmp_path)
    for key in ("a", "b", "c"):
        world.start("waiter", key)

    world.start("siren")
    world.work()

    rows = world.tasks(ANN)
    assert sorted(row.title for row in rows) == ["Kasus a", "Kasus b", "Kasus c"]
    assert {row.variables["heard"]["where"] for row in rows} == {"hall"}
    assert undelivered(world) == (0, 0)


def test_who_begins_to_wait_after_a_signal_does_not_hear_it(world: World, tmp_path: Path) -> None:
    deploy_waiter(world, tmp_path)
    deploy_alarm(world, tmp_path)
    world.start("waiter", "early")
    world.start("siren")  # nobody has been told yet

    world.start("waiter", "late")
    world.work()
    reconcile(world.engine)
    world.work()

    assert [row.title for row in world.tasks(ANN)] == ["Kasus early"]


def test_a_signal_stays_in_its_city(world: World, tmp_path: Path) -> None:
    deploy_waiter(world, tmp_path)
    deploy_alarm(world, tmp_path)
    other, files = system_actor("mataram"), {"waiter.bpmn": (tmp_path / "waiter.bpmn").read_bytes()}
    world.engine.run(DeployRelease(files, Catalogue(forms=frozenset({"any"}))), other)
    world.engine.run(StartCases("waiter", (NewCase("a", 1, "Kasus"),)), other)

    world.start("siren")
    world.work()

    assert world.engine.read(my_tasks, Actor("mataram", ANN)).rows == ()


def test_a_signal_that_is_delivered_twice_is_heard_once(world: World, tmp_path: Path) -> None:
    rings = signal("boundaryEvent", "rings", attachedToRef="write", cancelActivity="false")
    parts = start(), user("write", "11"), rings, user("count", "12"), end()
    deploy(world, tmp_path, "waiter", *parts, path("begin", "write", "done"), path("rings", "count", "done"))
    deploy_alarm(world, tmp_path)
    case = world.start("waiter")
    world.start("siren")

    empty_outbox(world.engine)
    empty_outbox(world.engine)
    reconcile(world.engine)
    world.work()

    assert [(row.case_id, row.element) for row in world.tasks(BOB)] == [(case, "count")]


def test_an_event_that_interrupts_nothing_hears_every_signal(world: World, tmp_path: Path) -> None:
    calm = event_sub("help", "signal", user("count", "12"), calm=True).replace(
        'sourceRef="help_start" targetRef="help_end"', 'sourceRef="help_start" targetRef="count"'
    )
    calm = calm.replace("</bpmn:subProcess>", path("count", "help_end") + "</bpmn:subProcess>")
    deploy(world, tmp_path, "waiter", start(), user("write", "11"), calm, end(), path("begin", "write", "done"))
    deploy_alarm(world, tmp_path)
    world.start("waiter")

    world.start("siren", "1")
    world.start("siren", "2")
    world.work()
    world.start("siren", "3")
    world.work()

    assert [row.element for row in world.tasks(BOB)] == ["count"] * 3
    assert len(world.tasks(ANN)) == 1


def test_inside_its_own_case_a_signal_is_heard_at_once_and_only_once(world: World, tmp_path: Path) -> None:
    rings = signal("intermediateThrowEvent", "ring")
    calm = edge("rings", "write", "signal", calm=True)
    parts = start(), '<bpmn:parallelGateway id="split" />', user("write", "11"), user("press", "12"), rings, calm
    ways = (
        path("begin", "split", "write", "done"),
        path("split", "press", "ring", "done"),
        path("rings", "flee", "done"),
    )
    deploy(world, tmp_path, "alone", *parts, user("flee", "11"), end(), *ways)
    world.start("alone")

    world.complete(BOB, world.tasks(BOB)[0])
    assert sorted(row.element for row in world.tasks(ANN)) == ["flee", "write"]
    world.work()

    assert sorted(row.element for row in world.tasks(ANN)) == ["flee", "write"]
    assert undelivered(world) == (0, 0)


def test_a_delivery_to_an_event_that_waits_no_more_is_dropped(world: World, tmp_path: Path) -> None:
    rings = signal("boundaryEvent", "rings", attachedToRef="write")
    parts = start(), user("write", "11"), rings, user("flee", "12"), end()
    deploy(world, tmp_path, "waiter", *parts, path("begin", "write", "done"), path("rings", "flee", "done"))
    deploy_alarm(world, tmp_path)
    world.start("waiter")
    world.start("siren")

    world.complete(ANN, world.tasks(ANN)[0])
    world.work()

    assert world.tasks(BOB) == ()
    assert undelivered(world) == (0, 0)


def test_a_message_and_a_signal_of_one_name_are_not_mixed_up(world: World, tmp_path: Path) -> None:
    deploy_waiter(world, tmp_path)
    named = signal("intermediateThrowEvent", "ring")
    deploy(world, tmp_path, "siren", start(), named, end(), path("begin", "ring", "done"))
    case = world.start("waiter")
    with world.engine.database.writing() as connection:
        row = {"case_id": case, "token": 99, "tenant": CITY, "message": "alarm", "key": "*", "listener": 99}
        connection.execute(insert(subscription), {**row, "takes_earlier": False})

    world.start("siren")

    with world.engine.database.reading() as read:
        assert read.execute(select(delivery.c.listener)).scalars().all() != []
        assert 99 not in read.execute(select(delivery.c.listener)).scalars().all()


def test_what_a_signal_carries_is_kept_by_whoever_hears_it(world: World, tmp_path: Path) -> None:
    deploy_waiter(world, tmp_path)
    deploy_alarm(world, tmp_path)
    case = world.start("waiter")

    world.start("siren")
    world.work()

    row = world.tasks(ANN)[0]
    assert world.engine.read(view_task, Actor(CITY, ANN), case, row.token).variables["heard"] == {"where": "hall"}


@pytest.mark.parametrize("deploy_sender", [deploy_alarm, deploy_speaker])
def test_who_is_told_is_read_from_an_index(world: World, tmp_path: Path, deploy_sender: Any) -> None:
    deploy_sender(world, tmp_path)
    plan: list[str] = []
    # In a table as small as this PostgreSQL would read everything, and be right.
    is_sqlite = world.engine.database.is_sqlite
    explain = "EXPLAIN QUERY PLAN " if is_sqlite else "SET LOCAL enable_seqscan = off; EXPLAIN (COSTS OFF) "

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO delivery"):
            for part in (explain + statement).split("; "):
                cursor.execute(part, parameters if part.startswith("EXPLAIN") else ())
            plan.extend(str(row[-1]) for row in cursor.fetchall())

    world.engine.database.renew()
    event.listen(world.engine.database.write, "before_cursor_execute", note)
    world.start("siren" if deploy_sender is deploy_alarm else "speaker", topic="weather", text="rain")
    event.remove(world.engine.database.write, "before_cursor_execute", note)

    assert [step for step in plan if "ix_subscription_message" in step]
    assert not [step for step in plan if "SCAN subscription" in step or "Seq Scan" in step]
