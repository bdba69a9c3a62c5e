"""Fault 16: a delivery fails, or comes again. The receiver sees one effect for each thing that was sent."""

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from engine.commands.retry_incident import RetryIncident
from engine.delivering import damaged_rows
from engine.policy.actor import system_actor
from engine.records.case import case_state
from engine.records.outbox import MESSAGE, SIGNAL, outbox
from engine.worker import empty_outbox, reconcile
from tests.faults.crowd import CROWD, together
from tests.faults.history import check_history
from tests.unit.engine.diagrams import catch, diagram, end, path, start, throw, user
from tests.unit.engine.world import CITY, World

ANN = 11
LISTENERS = 4


@pytest.fixture
def listeners(world: World, tmp_path: Path) -> list[int]:
    """Cases that wait for a message, which has been sent and not yet delivered."""
    hearing = start(), catch("hear", '"k"'), user("read", "11"), end(), path("begin", "hear", "read", "done")
    saying = start(), throw("say", '"k"', "{}"), end(), path("begin", "say", "done")
    world.deploy(diagram(tmp_path, *hearing, process="listener"))
    world.deploy(diagram(tmp_path, *saying, process="speaker"))
    cases = [world.start("listener", str(number)) for number in range(LISTENERS)]
    world.start("speaker")
    return cases


def waits(world: World) -> int:
    with world.engine.database.reading() as read:
        return len(read.execute(select(outbox.c.id)).all())


def test_eight_deliveries_at_once_are_one(world: World, listeners: list[int]) -> None:
    together([partial(empty_outbox, world.engine)] * CROWD)
    world.work()

    assert len(world.tasks(ANN)) == LISTENERS
    assert waits(world) == 0
    check_history(world)


def test_a_delivery_whose_job_was_lost_is_made_up_for(world: World, listeners: list[int]) -> None:
    reconcile(world.engine)
    world.work()
    reconcile(world.engine)
    world.work()

    assert len(world.tasks(ANN)) == LISTENERS
    check_history(world)


def test_what_is_damaged_stays_and_holds_up_none_behind_it(world: World, listeners: list[int]) -> None:
    damaged = {"tenant": "mataram", "payload": b"\x01", "created_at": world.clock()}
    with world.engine.database.writing() as connection:
        connection.execute(
            insert(outbox), [{**damaged, "id": 1, "kind": MESSAGE}, {**damaged, "id": 2, "kind": SIGNAL}]
        )

    for _ in range(2):
        reconcile(world.engine)
        world.work()

    with world.engine.database.reading() as read:
        assert list(damaged_rows(read)) == [(1, "mataram"), (2, "mataram")]
    assert (len(world.tasks(ANN)), waits(world)) == (LISTENERS, 2)
    empty_outbox(world.engine)  # its job does not fail: that would make everybody's messages wait for its retry


def test_what_one_receiver_could_not_take_waits_for_it_alone(world: World, listeners: list[int]) -> None:
    with world.engine.database.writing() as connection:
        one = case_state.c.case_id == listeners[1]
        state = connection.execute(select(case_state.c.content).where(one)).scalar_one()
        connection.execute(update(case_state).where(one).values(content=state[:20]))
    world.work()
    assert (len(world.tasks(ANN)), waits(world)) == (LISTENERS - 1, 1)

    with world.engine.database.writing() as connection:
        connection.execute(update(case_state).where(one).values(content=state))
    world.engine.run(RetryIncident(listeners[1], 0), system_actor(CITY))
    reconcile(world.engine)
    world.work()

    assert (len(world.tasks(ANN)), waits(world)) == (LISTENERS, 0)
    check_history(world)
