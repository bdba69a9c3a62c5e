"""The history checker names messages, notices, drafts and orders that no step has made, and those that are gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from engine.commands.begin_migration import BeginMigration
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.save_draft import SaveDraft
from engine.jobs.tables import jobs
from engine.policy.actor import Actor, system_actor
from engine.queries.verification import Finding, Weight, verify
from engine.records.case import draft, timer
from engine.records.outbox import delivery, notice, outbox
from engine.records.packing import pack
from engine.records.release import release, start_event
from engine.worker import reconcile, sweep_timers
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, path, start, throw, user
from tests.unit.engine.world import CITY, World, open_world

ANN, BOB, EVE = 11, 12, 13


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world in which one case listens for what another one says, and both have a task with a limit."""
    with open_world(tmp_path) as opened:
        parts = start(), throw("say", '"k"', "{n: 1}"), user("write", "ann"), boundary_timer("late", "write", "P1D")
        ways = path("begin", "say", "write", "done") + path("late", "done")
        opened.deploy(diagram(tmp_path, *parts, end(), ways, process="speaker"))
        listening = start(), catch("hear", '"k"', "heard"), user("read", "ann"), end()
        opened.deploy(diagram(tmp_path, *listening, path("begin", "hear", "read", "done"), process="listener"))
        opened.directory.may_take = frozenset({EVE})
        yield opened


def findings(world: World) -> list[Finding]:
    with world.engine.database.reading() as read:
        return list(verify(read, world.directory).findings())


def codes(world: World) -> set[str]:
    return {finding.code for finding in findings(world)}


def damage(world: World, *statements: Any) -> None:
    with world.engine.database.writing() as connection:
        for statement in statements:
            connection.execute(statement)


def speak(world: World) -> int:
    """Let a case send what another one waits for; no worker has delivered it yet."""
    world.start("listener", ann=ANN)
    return world.start("speaker", ann=ANN)


def sent_by_nobody(world: World, **changed: Any) -> Any:
    with world.engine.database.reading() as read:
        row = read.execute(select(outbox)).one()
    return insert(outbox).values({**row._mapping, "id": row.id + 1, **changed})


def test_a_message_that_waits_and_one_that_was_delivered_are_right(world: World) -> None:
    speak(world)
    assert findings(world) == []

    world.work()

    assert findings(world) == []


def test_a_message_that_no_step_has_sent_is_named(world: World) -> None:
    speak(world)

    damage(world, sent_by_nobody(world))

    assert codes(world) == {"outbox_unexplained"}


@pytest.mark.parametrize(
    "changed",
    [
        {"payload": pack({"message": "test", "key": "k", "payload": {"n": 2}})},
        {"tenant": "other"},
        {"kind": "signal"},
    ],
)
def test_a_message_that_says_something_else_than_was_sent_is_named(world: World, changed: dict[str, Any]) -> None:
    speak(world)

    damage(world, update(outbox).values(changed))

    assert "outbox_unexplained" in codes(world)


def test_a_message_that_was_taken_away_before_it_was_delivered_is_missed(world: World) -> None:
    speak(world)

    damage(world, delete(delivery), delete(outbox))

    assert codes(world) == {"outbox_missing"}


def test_a_message_that_is_gone_is_missed_beside_others_that_were_delivered(world: World) -> None:
    speak(world)
    damage(world, delete(delivery), delete(outbox))
    world.clock.forward(seconds=5)
    world.start("speaker", "2", ann=ANN)
    world.work()

    found = [item for item in findings(world) if item.code == "outbox_missing"]

    assert [item.params["count"] for item in found] == [1]


def test_a_listener_that_was_forgotten_is_told_by_the_next_reconciliation(world: World) -> None:
    speak(world)
    damage(world, delete(delivery), delete(outbox), delete(jobs))

    reconcile(world.engine)
    world.work()

    assert [row.element for row in world.tasks(ANN)] == ["write", "read"]


def test_jobs_that_are_gone_are_made_again_for_timers_and_messages(world: World) -> None:
    speak(world)
    damage(world, delete(jobs))
    world.clock.forward(days=2)
    assert findings(world) == []

    reconcile(world.engine)
    sweep_timers(world.engine)
    world.work()

    with world.engine.database.reading() as read:
        assert (read.execute(select(timer)).all(), read.execute(select(outbox)).all()) == ([], [])


def test_a_move_of_cases_that_has_lost_its_job_is_noted_until_it_is_ordered_again(world: World, tmp_path: Path) -> None:
    ways = path("begin", "write", "done")
    releases = [
        world.deploy(diagram(tmp_path, start(), user("write", name), end(), ways, process="moves"))
        for name in ("ann", "bob")
    ]
    with world.engine.database.reading() as read:
        known = dict(read.execute(select(release.c.number, release.c.id).where(release.c.process == "moves")).all())
    order = BeginMigration(known[releases[0]], known[releases[1]], in_background=True)
    world.engine.run(order, system_actor(CITY))
    assert findings(world) == []

    damage(world, delete(jobs))

    assert [(item.code, item.weight) for item in findings(world)] == [("order_stopped", Weight.NOTE)]
    world.engine.run(order, system_actor(CITY))
    world.work()
    assert findings(world) == []


@pytest.mark.parametrize("changed", [{"message": "other"}, {"is_signal": True}, {"element": "x"}, {"process": "x"}])
def test_what_begins_cases_by_itself_is_what_the_newest_release_says(
    world: World, tmp_path: Path, changed: dict[str, Any]
) -> None:
    begun = '<bpmn:startEvent id="begin"><bpmn:messageEventDefinition messageRef="message_news" /></bpmn:startEvent>'
    ways = path("begin", "read", "done")
    world.deploy(diagram(tmp_path, begun, user("read", "ann"), end(), ways, process="begun"))
    assert findings(world) == []

    damage(world, update(start_event).values(changed))

    assert codes(world) == {"starts_differ"}


def test_a_notice_at_a_moment_at_which_nobody_did_anything_is_named(world: World) -> None:
    case_id = speak(world)
    world.clock.forward(seconds=1)
    row = {"id": 1, "person": ANN, "code": "x", "params": pack({}), "case_id": case_id, "at": world.clock()}

    damage(world, insert(notice).values(row))

    assert codes(world) == {"notice_unexplained"}


def write_draft(world: World) -> tuple[int, int]:
    case_id = world.start("speaker", ann=ANN)
    token = world.tasks(ANN)[0].token
    world.engine.run(SaveDraft(case_id, token, {"a": "b"}), Actor(CITY, ANN))
    return case_id, token


@pytest.mark.parametrize("changed", [{"person": EVE}, {"saved_at": None}])
def test_a_draft_that_its_writer_has_not_saved_is_named(world: World, changed: dict[str, Any]) -> None:
    write_draft(world)
    world.clock.forward(seconds=1)

    damage(world, update(draft).values({name: value or world.clock() for name, value in changed.items()}))

    assert codes(world) == {"draft_unexplained"}


def test_a_draft_stays_its_writers_when_the_task_is_handed_on(world: World) -> None:
    case_id, token = write_draft(world)

    world.engine.run(DelegateTask(case_id, token, EVE), Actor(CITY, ANN))

    assert findings(world) == []
    world.engine.run(CompleteTask(case_id, token, {}), Actor(CITY, EVE))
    assert findings(world) == []
    assert all(item.weight is Weight.ERROR for item in findings(world))
