"""What an element saw when it failed stays with its incident, whatever happens to the case, and goes with it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from engine.casework import find_case
from engine.commands.cancel_case import CancelCase
from engine.commands.change_variables import ChangeVariables
from engine.commands.retry_incident import RetryIncident
from engine.moving.rows import INCIDENT, restored_changes
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.queries.operations import moments_of
from engine.queries.verification import Weight, verify
from engine.records.case import case_state, incident, incident_data
from engine.services import ServiceContext, ServiceFailed, ServiceResult
from tests.unit.engine.bpmn.drawings import instances
from tests.unit.engine.diagrams import diagram, end, gateway, path, script, service, start, user
from tests.unit.engine.moves import Movers
from tests.unit.engine.world import CITY, World, open_world

ANN = 11
SYSTEM = system_actor(CITY)
PEOPLE = 200
_EACH = (
    '<bpmn:serviceTask id="pay" name="pay"><bpmn:extensionElements><alur:service name="count" />'
    f"</bpmn:extensionElements>{instances(collection='people', item='person')}</bpmn:serviceTask>"
)


def count(call: ServiceContext) -> ServiceResult:
    if not isinstance(call.variables.get("limit"), Decimal):
        raise ServiceFailed("No limit is known.")
    return ServiceResult(call.variables["limit"] + 1)


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    """A world in which a service wants a number."""
    with open_world(tmp_path, {"count": count}) as opened:
        yield opened


def stuck(world: World, folder: Path, **variables: Any) -> tuple[int, int]:
    """Start a case whose first step fails; return it and the token."""
    parts = start(), service("work", "count", "made"), user("look", "11"), end()
    world.deploy(diagram(folder, *parts, path("begin", "work", "look", "done")))
    case_id = world.start("test", **variables)
    (found,) = world.engine.read(view_case, SYSTEM, case_id).incidents
    return case_id, found.token


def moments(world: World, case_id: int) -> Mapping[int, Mapping[str, Any]]:
    return world.engine.read(lambda read, actor: moments_of(read, find_case(read, actor.tenant, case_id)), SYSTEM)


def change(world: World, case_id: int, **values: Any) -> None:
    world.engine.run(ChangeVariables(case_id, values, "Diperbaiki"), SYSTEM)


def kept(world: World) -> int:
    with world.engine.database.reading() as read:
        return read.execute(select(func.count()).select_from(incident_data)).scalar_one()


def problems(world: World) -> list[str]:
    with world.engine.database.reading() as read:
        return [found.code for found in verify(read, world.directory).findings() if found.weight is Weight.ERROR]


def test_what_it_saw_stays_when_the_case_is_changed(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path, limit="sepuluh", note="asli")

    change(world, case_id, limit=Decimal(10), note="lain")

    assert moments(world, case_id) == {token: {"limit": "sepuluh", "note": "asli"}}
    assert problems(world) == []


def test_a_retry_that_fails_again_shows_what_it_saw_this_time(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path, limit="sepuluh")
    change(world, case_id, limit="sebelas")

    world.engine.run(RetryIncident(case_id, token), SYSTEM)

    assert moments(world, case_id) == {token: {"limit": "sebelas"}}
    assert kept(world) == 1


def test_nothing_of_it_is_left_once_it_is_mended(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path, limit="sepuluh")
    change(world, case_id, limit=Decimal(10))

    world.engine.run(RetryIncident(case_id, token), SYSTEM)

    assert kept(world) == 0


def test_nothing_of_it_is_left_once_the_case_has_ended(world: World, tmp_path: Path) -> None:
    case_id, _ = stuck(world, tmp_path, limit="sepuluh")

    world.engine.run(CancelCase(case_id, "Salah buka"), SYSTEM)

    assert kept(world) == 0
    assert problems(world) == []


def test_what_another_branch_does_in_the_same_step_is_not_part_of_it(world: World, tmp_path: Path) -> None:
    parts = start(), gateway("parallel", "split"), service("work", "count"), script("later", "limit", "5"), end()
    ways = path("begin", "split", "work", "done") + path("split", "later", "again", "last")
    world.deploy(diagram(tmp_path, *parts, script("again", "more", "limit + 1"), end("last"), ways))

    case_id = world.start("test", limit="sepuluh")

    ((_, seen),) = moments(world, case_id).items()
    assert seen == {"limit": "sepuluh"}


def test_each_of_many_keeps_its_own_and_what_they_share_is_kept_once(world: World, tmp_path: Path) -> None:
    world.deploy(diagram(tmp_path, start(), _EACH, end(), path("begin", "pay", "done")))
    people = [f"Pegawai {number} dengan nama yang panjang" for number in range(PEOPLE)]

    case_id = world.start("test", people=people, limit="sepuluh")

    seen = moments(world, case_id).values()
    assert [item["person"] for item in seen] == people
    assert all(item["people"] == people for item in seen)
    with world.engine.database.reading() as read:
        moment = read.execute(select(func.length(incident_data.c.content))).scalar_one()
        state = read.execute(select(func.length(case_state.c.content))).scalar_one()
    assert moment < 2 * state


def test_a_second_one_of_the_same_step_keeps_its_data_when_the_first_is_mended(world: World, tmp_path: Path) -> None:
    parts = start(), gateway("parallel", "split"), service("one", "count"), service("two", "count"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "split", "one", "done") + path("split", "two", "done")))
    case_id = world.start("test", limit="sepuluh")
    first, second = sorted(moments(world, case_id))
    change(world, case_id, limit=Decimal(10))

    world.engine.run(RetryIncident(case_id, first), SYSTEM)

    assert moments(world, case_id) == {second: {"limit": "sepuluh"}}


def test_a_case_that_moves_to_another_release_takes_it_along_and_back(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path, limit="sepuluh")
    parts = start(), service("work", "count", "made"), user("see", "11"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "work", "see", "done")))
    movers = Movers(world)

    movers.move("look=see")
    after = moments(world, case_id)
    movers.undo()

    assert after == moments(world, case_id) == {token: {"limit": "sepuluh"}}
    assert problems(world) == []


def test_a_row_kept_by_an_earlier_alur_gets_what_its_table_has_got_since() -> None:
    older = {"token": 2, "element": "work", "code": "element_failed"}

    (change,) = restored_changes([[INCIDENT, 2, older, None]])

    assert change.before is not None
    assert change.before["version"] is None
    assert change.before["element"] == "work"


def test_one_of_before_this_was_kept_has_none_and_can_be_mended(world: World, tmp_path: Path) -> None:
    case_id, token = stuck(world, tmp_path, limit="sepuluh")
    with world.engine.database.writing() as connection:
        connection.execute(incident_data.delete())
        connection.execute(update(incident).values(version=None))

    assert moments(world, case_id) == {}
    change(world, case_id, limit=Decimal(1))
    world.engine.run(RetryIncident(case_id, token), SYSTEM)
    assert world.tasks(ANN)
    assert problems(world) == []


def test_damaged_ones_are_left_out_and_named_by_the_checker(world: World, tmp_path: Path) -> None:
    case_id, _ = stuck(world, tmp_path, limit="sepuluh")
    with world.engine.database.writing() as connection:
        connection.execute(update(incident_data).values(content=b"\x02broken"))

    assert moments(world, case_id) == {}
    assert problems(world) == ["content_unreadable"]


def test_what_a_person_has_just_entered_is_part_of_it(world: World, tmp_path: Path) -> None:
    parts = start(), user("write", "11", "limit"), service("work", "count"), end()
    world.deploy(diagram(tmp_path, *parts, path("begin", "write", "work", "done")))
    case_id = world.start("test")

    world.complete(ANN, world.tasks(ANN)[0], text="sepuluh")

    ((_, seen),) = moments(world, case_id).items()
    assert seen == {"limit": {"text": "sepuluh"}}
