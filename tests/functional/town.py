"""A small town for the functional tests: two cities, few people, each with the part they play."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import Connection

from engine.policy.actor import system_actor
from processes.people.records import Role, employee, placement, post, role_grant, unit
from webapp.app import create_app
from webapp.auth.accounts import give_password
from webapp.auth.commands.open_city import OpenCity
from webapp.auth.passwords import hash_new_password
from webapp.migrations import upgrade
from webapp.wiring import Alur

PASSWORD = "panci sendok wajan kompor"
CITY, OTHER_CITY = "tebingtinggi", "mataram"
SINCE = date(2026, 1, 1)
OPENING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Moment:
    """A clock that tests move."""

    def __init__(self, now: datetime = OPENING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time go by."""
        self.now += timedelta(**span)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the town."""

    id: int
    name: str
    parent: int | None = None
    city: str = CITY


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the town; without a password nobody has given him a code yet."""

    id: int
    name: str
    nip: str
    unit: int
    post: str
    role: Role | None = None
    role_unit: int | None = None
    has_password: bool = True
    city: str = CITY


AGENCY = Unit(1, "Dinas Pendidikan")
SCHOOL = Unit(2, "SD Negeri 1", parent=1)
CLINIC = Unit(3, "Puskesmas Rambutan")
FAR_OFFICE = Unit(4, "Dinas Kesehatan", city=OTHER_CITY)

TEACHER = Person(11, "Siti Aminah, S.Pd.", "198503152010012003", SCHOOL.id, "Guru")
NEW_TEACHER = Person(12, "Budi Santoso", "199001012015031004", SCHOOL.id, "Guru Baru", has_password=False)
NURSE = Person(13, "Rina Marpaung", "198801022012012005", CLINIC.id, "Perawat", has_password=False)
OFFICER = Person(
    14, "Nurul Nasution", "198304042009042001", AGENCY.id, "Kasubbag Umum", Role.UNIT_HR_OFFICER, role_unit=AGENCY.id
)
ADMIN = Person(15, "Fajar Siregar", "198002022005011002", AGENCY.id, "Analis", Role.CITY_ADMIN)
INSPECTOR = Person(16, "Hotma Sinaga", "197903032004031003", SCHOOL.id, "Auditor", Role.INSPECTOR)
STRANGER = Person(17, "Made Wirawan", "198505052010011001", FAR_OFFICE.id, "Analis", city=OTHER_CITY)

UNITS = (AGENCY, SCHOOL, CLINIC, FAR_OFFICE)
PEOPLE = (TEACHER, NEW_TEACHER, NURSE, OFFICER, ADMIN, INSPECTOR, STRANGER)


def hash_quickly(app: Flask) -> Flask:
    """Let a password cost next to nothing: tests sign in a thousand times. test_security sees what it costs others."""
    app.extensions["security"].pwd_context.update(argon2__rounds=1, argon2__memory_cost=8, argon2__parallelism=1)
    return app


def settle(alur: Alur) -> None:
    """Make the tables, open the cities and let everybody in."""
    upgrade(alur.database)
    for city in (CITY, OTHER_CITY):
        alur.engine.run(OpenCity(None), system_actor(city))
    with hash_quickly(create_app(alur, parts=("auth",))).app_context():
        hashed = hash_new_password(PASSWORD)
    with alur.database.writing() as connection:
        _add_units(connection)
        for person in PEOPLE:
            _add_person(connection, person)
            if person.has_password:
                give_password(connection, person.city, person.id, hashed, account_id=person.id + 1000, now=alur.clock())


def _add_units(connection: Connection) -> None:
    for item in UNITS:
        row = {"id": item.id, "tenant": item.city, "code": f"U{item.id}", "name": item.name, "parent_id": item.parent}
        connection.execute(unit.insert(), {**row, "kind": "education_office", "week": 5})


def _add_person(connection: Connection, person: Person) -> None:
    own = {"tenant": person.city, "employee_id": person.id, "valid_from": SINCE}
    connection.execute(
        employee.insert(),
        {"id": person.id, "tenant": person.city, "nip": person.nip, "name": person.name, "kind": "PNS"},
    )
    connection.execute(
        post.insert(),
        {
            "id": person.id + 100,
            "tenant": person.city,
            "code": f"P{person.id}",
            "name": person.post,
            "unit_id": person.unit,
            "level": "executor",
            "family": "general",
        },
    )
    place = {**own, "id": person.id + 200, "unit_id": person.unit, "post_id": person.id + 100}
    connection.execute(placement.insert(), place)
    if person.role is not None:
        grant = {**own, "id": person.id + 300, "role": str(person.role), "unit_id": person.role_unit}
        connection.execute(role_grant.insert(), grant)
