"""Eight people at once, over HTTP and on one SQLite file: nobody meets a lock or a 500, and one task has one effect."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient

from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.case import view_case
from engine.records.case import case, open_task
from processes.people.commands.grant_role import GrantRole
from processes.people.queries import find_employee
from processes.people.records import Role
from tests.faults.crowd import together
from tests.functional.personas_world import HERE, World, open_personas_world
from tests.functional.staff_pages import Page
from webapp.demo.town import SINCE

CLIENTS, ROUNDS = 8, 4


@dataclass
class Desk:
    """Somebody with one open task, and the page of it."""

    client: FlaskClient
    person: int
    case_id: int
    token: int

    @property
    def address(self) -> str:
        return f"/{HERE}/tugas/{self.case_id}/{self.token}"

    def open(self) -> dict[str, str]:
        """Return what the page of the task would send, every number filled in."""
        values = Page(self.client.get(self.address)).values()
        return {
            name: value or ("50" if "__" in name and not name.endswith("note") else "")
            for name, value in values.items()
        }

    def token_of_page(self) -> dict[str, str]:
        """Return what every form of the page carries."""
        token = Page(self.client.get(self.address)).tree.xpath("string(//meta[@name='csrf-token']/@content)")
        return {"csrf_token": token}

    def send(self, values: dict[str, str], path: str = "") -> Page:
        return Page(self.client.post(f"{self.address}{path}", data=values))

    def work(self) -> list[int]:
        """Look at the inbox, open the task, hand it in, and look again; return the statuses."""
        inbox = f"/{HERE}/tugas"
        before = self.client.get(inbox).status_code
        done = self.send(self.open()).status
        return [before, done, self.client.get(inbox).status_code]


@pytest.fixture(scope="module")
def personas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with open_personas_world(tmp_path_factory.mktemp("crowd")) as opened:
        yield opened


@pytest.fixture
def world(personas: World) -> Iterator[World]:
    yield personas
    personas.restore()


def desks(world: World, number: int) -> list[Desk]:
    """Let people in who have their own results to enter, each in a case of his own."""
    waiting = (
        open_task.join(case)
        .select()
        .where(open_task.c.element == "record_realisation", open_task.c.tenant == HERE)
        .where(open_task.c.assignee.not_in(world.places[HERE].people.values()))
        .order_by(open_task.c.case_id)
        .limit(number)
    )
    with world.alur.database.reading() as read:
        rows = read.execute(waiting).all()
    return [Desk(world.let_in(HERE, row.assignee), row.assignee, row.case_id, row.token) for row in rows]


def completed(world: World, desk: Desk) -> list[str | None]:
    """Return the steps that people have completed in the case of a desk."""
    history = world.alur.engine.read(view_case, system_actor(HERE), desk.case_id).history
    return [step.element for step in history if step.kind == "complete"]


def name_of(world: World, person: int) -> str:
    with world.alur.database.reading() as read:
        return find_employee(read, HERE, person).name


def test_eight_people_finish_their_tasks_at_once_without_a_lock(world: World) -> None:
    crowd = desks(world, CLIENTS * ROUNDS)

    for start in range(0, len(crowd), CLIENTS):
        found = together([desk.work for desk in crowd[start : start + CLIENTS]])
        assert found == [[200, 303, 200]] * CLIENTS

    assert len(crowd) == CLIENTS * ROUNDS
    assert all(completed(world, desk) == ["record_realisation"] for desk in crowd)


def test_the_worker_goes_on_while_people_work(world: World) -> None:
    crowd = desks(world, CLIENTS)

    jobs: list[Callable[[], Any]] = [desk.work for desk in crowd]
    found = together([*jobs, lambda: run_until_idle(world.alur.jobs)])

    assert found[:CLIENTS] == [[200, 303, 200]] * CLIENTS
    assert isinstance(found[CLIENTS], int)


def test_one_form_sent_twice_at_once_has_one_effect(world: World) -> None:
    (desk,) = desks(world, 1)
    values = desk.open()

    found = together([lambda: desk.send(values)] * 2)

    assert [page.status for page in found if isinstance(page, Page)] == [303, 303]
    assert completed(world, desk) == ["record_realisation"]


def test_two_windows_of_one_task_have_one_effect_and_the_other_is_told(world: World) -> None:
    (desk,) = desks(world, 1)
    windows = [desk.open(), desk.open()]

    found = together([lambda: desk.send(windows[0]), lambda: desk.send(windows[1])])

    pages = {page.status: page for page in found if isinstance(page, Page)}
    assert set(pages) == {303, 409}
    assert "sudah Anda selesaikan" in pages[409].text
    assert completed(world, desk) == ["record_realisation"]


def test_of_two_people_who_take_one_queued_task_one_gets_it_and_the_other_is_told(world: World) -> None:
    task, place = world.places[HERE].objects["queue"], world.places[HERE]
    second = desks(world, 1)[0]
    world.alur.engine.run(GrantRole(second.person, Role.HR_VERIFIER, SINCE), system_actor(HERE))
    people = [
        Desk(world.client(HERE, "verifier"), place.people["verifier"], task["case_id"], task["token"]),
        Desk(second.client, second.person, task["case_id"], task["token"]),
    ]
    tokens = [desk.token_of_page() for desk in people]

    found = together([lambda: people[0].send(tokens[0], "/ambil"), lambda: people[1].send(tokens[1], "/ambil")])

    statuses = [page.status for page in found if isinstance(page, Page)]
    assert sorted(statuses) == [303, 409]
    winner, loser = people[statuses.index(303)], statuses.index(409)
    assert name_of(world, winner.person) in [page.text for page in found if isinstance(page, Page)][loser]
    assert people[loser].send({**tokens[loser], "note": "Sudah diperiksa"}).status == 404
    assert winner.send({**winner.open(), "note": "Sudah diperiksa"}).status == 303
