"""A task of any process whose assignee has left is found, and given to somebody who is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from engine.commands.hand_over_task import HandOverTask
from engine.errors import AlreadyDone, NotFound, OperationRefused
from engine.policy.actor import Actor, system_actor
from engine.queries.notices import latest_notices
from engine.queries.verification import verify
from engine.records.case import draft
from engine.records.packing import pack
from processes.people.queries.asked import STAFF
from processes.people.queries.left_tasks import left_tasks
from processes.people.records import employee
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, MONDAY, World, open_world

ANN, BOB, GONE = 11, 12, 13
SYSTEM = system_actor(CITY)
WHY = "Ann berhenti"


@dataclass
class Office:
    """A case whose task waits for Ann, who has left since."""

    world: World
    case: int
    token: int

    def hand_over(self, person: int) -> None:
        self.world.engine.run(HandOverTask(self.case, self.token, person, WHY), SYSTEM)

    def left(self, *besides: str) -> list[tuple[int, int]]:
        with self.world.engine.database.reading() as read:
            return [(row.case_id, row.token) for row in left_tasks(read, CITY, date(2026, 10, 5), besides)]


@pytest.fixture
def office(kind: str, tmp_path: Path) -> Iterator[Office]:
    with open_world(tmp_path) as world:
        world.directory.persons = STAFF
        rows = [{"id": n, "tenant": CITY, "nip": str(n), "name": f"N{n}", "kind": "PNS"} for n in (ANN, BOB, GONE)]
        with world.engine.database.writing() as connection:
            connection.execute(insert(employee), rows)
        world.deploy(diagram(tmp_path, start(), user("write", "11"), end(), path("begin", "write", "done")))
        case = world.start("test")
        token = world.tasks(ANN)[0].token
        leave(world, ANN, GONE)
        yield Office(world, case, token)


def leave(world: World, *persons: int) -> None:
    """Let people leave on the day before the world's Monday."""
    gone = update(employee).where(employee.c.id.in_(persons)).values(active_to=date(2026, 10, 4))
    with world.engine.database.writing() as connection:
        connection.execute(gone)


def test_a_task_of_somebody_who_has_left_is_found_and_that_of_others_is_not(office: Office) -> None:
    assert office.left() == [(office.case, office.token)]
    assert office.left("test") == []  # its process sees to it itself

    office.hand_over(BOB)

    assert office.left() == []


def test_whoever_it_is_handed_to_is_told_and_does_it(office: Office) -> None:
    office.hand_over(BOB)

    told = office.world.engine.read(latest_notices, Actor(CITY, BOB))
    office.world.complete(BOB, office.world.tasks(BOB)[0])

    assert [item.code for item in told] == ["task.delegated"]
    with office.world.engine.database.reading() as read:
        assert list(verify(read, office.world.directory).findings()) == []


def test_the_draft_of_who_has_left_does_not_go_along(office: Office) -> None:
    half = {"case_id": office.case, "token": office.token, "person": ANN, "content": pack({}), "saved_at": MONDAY}
    with office.world.engine.database.writing() as connection:
        connection.execute(insert(draft), half)

    office.hand_over(BOB)

    with office.world.engine.database.reading() as read:
        assert read.execute(select(draft)).all() == []


def test_nobody_takes_a_task_away_from_somebody_who_is_there(office: Office) -> None:
    office.hand_over(BOB)

    with pytest.raises(OperationRefused) as refused:
        office.hand_over(BOB)

    assert refused.value.why == "still_there"


@pytest.mark.parametrize("person", [GONE, 99])
def test_a_task_is_handed_to_somebody_who_is_there(office: Office, person: int) -> None:
    with pytest.raises(OperationRefused) as refused:
        office.hand_over(person)

    assert refused.value.why == "nobody_there"


def test_a_task_that_waits_no_more_and_one_of_another_city_are_not_handed_over(office: Office) -> None:
    office.hand_over(BOB)
    office.world.complete(BOB, office.world.tasks(BOB)[0])
    with pytest.raises(AlreadyDone):
        office.hand_over(BOB)

    with pytest.raises(NotFound):
        office.world.engine.run(HandOverTask(office.case, office.token, BOB, WHY), system_actor("mataram"))
