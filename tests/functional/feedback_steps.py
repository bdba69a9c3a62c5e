"""Giving feedback through the pages, step by step, and what is kept of it."""

from sqlalchemy import select

from engine.policy.actor import Actor
from processes.appraisal.colleagues import FEWEST_GIVERS
from processes.appraisal.queries.feedback import my_given
from processes.appraisal.records import feedback
from processes.people.queries import employees_of_unit, find_employee
from tests.functional.quarter_world import CITY, OPENS
from tests.functional.quarter_world import Quarter as World
from tests.functional.staff_pages import Page

HOME, GIVEN, RECEIVED = "/umpan-balik", "/umpan-balik/kiriman", "/umpan-balik/untuk-saya"
PRAISE = {"tone": "praise", "text": "Berkas mutasi September selesai lebih cepat.\nWarga tidak perlu datang dua kali."}
SUGGESTION = {"tone": "improve", "text": "Lampiran dua kali tertinggal; daftar periksa akan membantu."}


def name_of(world: World, person: int) -> str:
    with world.alur.database.reading() as read:
        return find_employee(read, CITY, person).name


def colleagues(world: World, count: int = FEWEST_GIVERS) -> list[int]:
    """People of the employee's unit who do not appraise him."""
    about = world.people["employee"]
    with world.alur.database.reading() as read:
        members = employees_of_unit(read, CITY, world.unit_of(about), OPENS)
    return [one.id for one in members if one.id not in (about, world.rater_of(about))][:count]


def address(person: int) -> str:
    return f"{HOME}/{person}"


def sure(world: World, giver: int, about: int, **said: str) -> Page:
    """The page that asks once more."""
    return world.browser(giver).post(address(about), {**PRAISE, **said})


def give(world: World, giver: int, about: int, **said: str) -> Page:
    values = sure(world, giver, about, **said).values("sure-form")
    return world.browser(giver).post(address(about), values)


def rows_about(world: World, person: int) -> list[tuple[int, bool, str]]:
    with world.alur.database.reading() as read:
        found = read.execute(select(feedback).where(feedback.c.employee_id == person).order_by(feedback.c.id))
        return [(row.giver_id, row.is_positive, row.text) for row in found]


def only_given(world: World, giver: int) -> int:
    (given,) = world.alur.engine.read(my_given, Actor(CITY, giver))
    return given.id
