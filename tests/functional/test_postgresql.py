"""The web application on PostgreSQL: a quarter from the first task to the decided objection, and every page."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.manager import Cities
from tests.functional.browser import Browser
from tests.functional.conftest import settings_of
from tests.functional.personas_settling import MORNING, Settling
from tests.functional.personas_world import ELSEWHERE, HERE, World
from tests.functional.staff_pages import Staff, open_staff
from tests.functional.staff_steps import QUARTER, do_step
from tests.functional.test_matrix import LINES, ask, said
from tests.functional.town import TEACHER, Moment, settle
from tests.postgresql import ADDRESS_FILE, PostgreSQL
from tests.processes.city_hall import DEWI
from webapp.app import create_app
from webapp.migrations import upgrade
from webapp.wiring import Alur, build


@pytest.fixture
def staff(postgresql_server: PostgreSQL, tmp_path: Path) -> Iterator[Staff]:
    """The city hall with its quarter open."""
    with postgresql_server.with_tables() as address:
        (tmp_path / ADDRESS_FILE).write_text(address)
        with open_staff(tmp_path) as opened:
            yield opened


@pytest.fixture
def alur(postgresql_server: PostgreSQL, tmp_path: Path) -> Iterator[Alur]:
    """The small town, on a database that went through every step."""
    with postgresql_server.empty() as address:
        (tmp_path / ADDRESS_FILE).write_text(address)
        built = build(settings_of(tmp_path), clock=Moment())
        settle(built)
        yield built
        built.close()


def test_a_quarter_is_worked_through_to_the_decided_objection(staff: Staff) -> None:
    answers = [do_step(staff, step).status for step in QUARTER]

    case = staff.hall.case(DEWI)
    assert answers == [303] * len(QUARTER)
    assert (case.case.state, case.waiting, case.incidents) == (None, (), ())
    assert len(staff.hall.result(DEWI).versions) == 1


def test_people_sign_in_look_around_and_sign_out(alur: Alur) -> None:
    browser = Browser(create_app(alur))

    seen = [browser.sign_in(TEACHER).status_code, browser.get("/").status_code]
    left = browser.post("/keluar")

    assert seen == [200, 200]
    assert left.status_code == 200
    assert 'name="secret"' in browser.page


@pytest.fixture
def personas(postgresql_server: PostgreSQL, tmp_path: Path) -> Iterator[World]:
    """Two demonstration cities with cases in several stages, and everybody who may come to a page."""
    with postgresql_server.empty() as address:
        (tmp_path / ADDRESS_FILE).write_text(address)
        built = build(settings_of(tmp_path), clock=lambda: MORNING, cities=Cities.installed(only=(HERE, ELSEWHERE)))
        upgrade(built.database)
        places = {code: Settling(built, code).place() for code in (HERE, ELSEWHERE)}
        yield World(built, create_app(built), places, tmp_path, sqlite3.connect(":memory:"))
        built.close()


@pytest.mark.long
def test_every_page_answers_everybody_as_on_sqlite(personas: World) -> None:
    pages = [line for line in LINES if line.method == "GET"]

    wrong = {
        (line.name, persona): (got, wanted)
        for line in pages
        for persona, wanted in line.cells.items()
        if (got := said(ask(personas, HERE, persona, line, personas.places[HERE].objects.get(line.thing, {}))))
        != wanted.removesuffix("*")
    }

    assert wrong == {}
