"""Fault 13: the stored state of one case is damaged. It is shown as an incident, and all others go on."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.commands.retry_incident import RetryIncident
from engine.errors import CaseDamaged
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.records.case import case_state, incident, timer
from engine.records.history import audit
from engine.records.outbox import delivery
from engine.worker import sweep_timers
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, path, start, throw, user
from tests.unit.engine.world import CITY, World

ANN, BOB = 11, 12


def damage(world: World, case: int) -> bytes:
    """Cut the state of a case in half; return what it was."""
    with world.engine.database.writing() as connection:
        state = connection.execute(select(case_state.c.content).where(case_state.c.case_id == case)).scalar_one()
        connection.execute(
            case_state.update().where(case_state.c.case_id == case).values(content=state[: len(state) // 2])
        )
    return bytes(state)


@pytest.fixture
def deadlines(world: World, tmp_path: Path) -> list[int]:
    """Twenty cases with a deadline of an hour, the third of them damaged."""
    late = boundary_timer("late", "write", "PT1H"), user("help", "12"), end()
    ways = path("begin", "write", "done"), path("late", "help", "done")
    world.deploy(diagram(tmp_path, start(), user("write", "11"), *late, *ways, process="deadline"))
    return [world.start("deadline", str(number)) for number in range(20)]


def test_a_damaged_case_is_an_incident_and_nineteen_of_twenty_go_on(world: World, deadlines: list[int]) -> None:
    damage(world, deadlines[3])
    world.clock.forward(hours=2)

    sweep_timers(world.engine)
    world.work()

    assert len(world.tasks(BOB)) == 19
    with world.engine.database.reading() as read:
        rows = read.execute(select(incident.c.case_id, incident.c.code)).all()
    assert [tuple(row) for row in rows] == [(deadlines[3], "case_damaged")]


def test_a_damaged_case_is_reported_once_however_often_its_timer_comes(world: World, deadlines: list[int]) -> None:
    damage(world, deadlines[3])
    world.clock.forward(hours=2)

    for _ in range(3):
        sweep_timers(world.engine)
        world.work()

    with world.engine.database.reading() as read:
        assert len(read.execute(select(audit).where(audit.c.command == "ReportDamage")).all()) == 1


def test_a_case_that_was_mended_goes_on_when_its_incident_is_retried(world: World, deadlines: list[int]) -> None:
    state = damage(world, deadlines[3])
    world.clock.forward(hours=2)
    sweep_timers(world.engine)
    world.work()
    with pytest.raises(CaseDamaged):
        world.engine.run(RetryIncident(deadlines[3], 0), system_actor(CITY))

    with world.engine.database.writing() as connection:
        connection.execute(case_state.update().where(case_state.c.case_id == deadlines[3]).values(content=state))
    world.engine.run(RetryIncident(deadlines[3], 0), system_actor(CITY))
    sweep_timers(world.engine)
    world.work()

    assert len(world.tasks(BOB)) == 20
    assert world.engine.read(view_case, system_actor(CITY), deadlines[3]).incidents == ()


def test_a_damaged_case_keeps_no_message_from_the_others(world: World, tmp_path: Path) -> None:
    hearing = start(), catch("hear", '"k"'), user("read", "11"), end(), path("begin", "hear", "read", "done")
    saying = start(), throw("say", '"k"', "{}"), end(), path("begin", "say", "done")
    world.deploy(diagram(tmp_path, *hearing, process="listener"))
    world.deploy(diagram(tmp_path, *saying, process="speaker"))
    cases = [world.start("listener", str(number)) for number in range(5)]
    damage(world, cases[0])

    world.start("speaker")
    world.work()

    assert len(world.tasks(ANN)) == 4
    with world.engine.database.reading() as read:
        assert read.execute(select(delivery.c.case_id)).scalars().all() == cases[:1]  # told when it is mended
        assert read.execute(select(timer)).all() == []
