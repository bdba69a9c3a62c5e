"""Messages in a row: who listens again and again hears each once and in order, who comes late finds the latest."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine import delivering
from engine.commands.deliver_message import DeliverMessage
from engine.commands.retry_incident import RetryIncident
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Conflict
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.records.case import WHOLE_CASE, case_state
from engine.records.outbox import delivery
from engine.worker import empty_outbox, reconcile
from tests.unit.engine.diagrams import end, path, start, user
from tests.unit.engine.listening import (
    ANN,
    BOB,
    deploy,
    deploy_listener,
    deploy_reader,
    deploy_speaker,
    hears_again,
    undelivered,
)
from tests.unit.engine.world import CITY, World


@pytest.fixture
def town(world: World, tmp_path: Path) -> World:
    """A world with readers, listeners and speakers."""
    for make in (deploy_reader, deploy_listener, deploy_speaker):
        make(world, tmp_path)
    return world


def say(world: World, *texts: str) -> None:
    """Send news about the weather."""
    for text in texts:
        world.start("speaker", text, topic="weather", text=text)


def heard(world: World, case: int) -> list[Any]:
    """Return what a case was told, in order."""
    history = world.engine.read(view_case, system_actor(CITY), case).history
    return [step.data["what"] for step in history if step.kind == "wake"]


def test_two_messages_in_quick_succession_are_both_heard_in_order(town: World) -> None:
    case = town.start("reader", topic="weather")

    say(town, "rain", "snow")
    town.work()

    assert heard(town, case) == ["rain", "snow"]
    assert [row.element for row in town.tasks(BOB)] == ["read", "read"]
    assert undelivered(town) == (0, 0)


def test_no_message_is_heard_twice_however_often_the_worker_looks(town: World) -> None:
    case = town.start("reader", topic="weather")
    say(town, "rain")

    for _ in range(3):
        empty_outbox(town.engine)
        reconcile(town.engine)
        town.work()

    assert heard(town, case) == ["rain"]


def test_two_workers_with_one_delivery_tell_the_case_once(town: World) -> None:
    case = town.start("reader", topic="weather")
    say(town, "rain")
    with town.engine.database.reading() as read:
        row = read.execute(select(delivery)).one()
    command = DeliverMessage(row.outbox_id, case, row.listener, {"what": "rain"})

    town.engine.run(command, system_actor(CITY))
    with pytest.raises(Conflict):
        town.engine.run(command, system_actor(CITY))
    town.work()

    assert heard(town, case) == ["rain"]


def test_what_was_sent_before_a_task_is_no_business_of_the_event_at_its_edge(town: World) -> None:
    say(town, "rain")

    case = town.start("reader", topic="weather")
    town.work()
    reconcile(town.engine)
    town.work()

    assert heard(town, case) == []


def test_who_comes_late_finds_the_latest_message_only(town: World) -> None:
    say(town, "rain", "snow")
    town.work()

    town.start("listener", topic="weather")

    assert [row.variables["heard"] for row in town.tasks(ANN)] == [{"what": "snow"}]


def test_cases_that_are_started_together_are_all_heard(town: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "BATCH", 2)
    case = town.start("reader", topic="weather")
    texts = ["rain", "snow", "fog", "sun", "wind"]
    new = tuple(NewCase(text, 1, "Kasus", {"topic": "weather", "text": text}) for text in texts)

    town.engine.run(StartCases("speaker", new), system_actor(CITY))
    town.work()

    assert heard(town, case) == texts
    assert undelivered(town) == (0, 0)


def test_who_waits_once_takes_the_first_of_two_messages(town: World) -> None:
    case = town.start("listener", topic="weather")

    say(town, "rain", "snow")
    town.work()

    assert heard(town, case) == ["rain"]
    assert undelivered(town) == (0, 0)


def test_an_event_sub_process_hears_each_message_once(world: World, tmp_path: Path) -> None:
    begins = hears_again("news", "write").replace("boundaryEvent", "startEvent")
    begins = begins.replace(' attachedToRef="write" cancelActivity="false"', ' isInterrupting="false"')
    inner = begins + user("read", "12") + end("heard_it") + path("news", "read", "heard_it")
    beside = f'<bpmn:subProcess id="beside" name="beside" triggeredByEvent="true">{inner}</bpmn:subProcess>'
    deploy(world, tmp_path, "reader", start(), user("write", "11"), beside, end(), path("begin", "write", "done"))
    deploy_speaker(world, tmp_path)
    case = world.start("reader", topic="weather")

    say(world, "rain", "snow")
    world.work()
    say(world, "fog")
    world.work()

    assert heard(world, case) == ["rain", "snow", "fog"]


def test_a_case_that_cannot_be_read_hears_what_it_missed_when_it_is_mended(town: World) -> None:
    case = town.start("reader", topic="weather")
    this = case_state.c.case_id == case
    with town.engine.database.writing() as connection:
        state = connection.execute(select(case_state.c.content).where(this)).scalar_one()
        connection.execute(case_state.update().where(this).values(content=b"\x02 damaged"))
    say(town, "rain", "snow")
    town.work()
    assert undelivered(town) == (2, 2)

    with town.engine.database.writing() as connection:
        connection.execute(case_state.update().where(this).values(content=state))
    town.engine.run(RetryIncident(case, WHOLE_CASE), system_actor(CITY))
    reconcile(town.engine)
    town.work()

    assert heard(town, case) == ["rain", "snow"]
    assert undelivered(town) == (0, 0)
