"""A demonstration city in its third quarter, loaded once through the import path and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from engine.queries.inbox import InboxRow, my_tasks
from engine.records.case import case
from engine.records.tenant import tenant
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.definitions import PROCESSES, release_files
from processes.appraisal.rules.fields import behaviour_prefix
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.city import CoreValue
from processes.people.queries import employee_by_nip, groups_on, placement_on
from tests.cities import cities_of
from tests.functional.staff_pages import Browser
from tests.sqlite import open_database
from webapp.app import create_app
from webapp.auth.cookie import NAME
from webapp.auth.records import account
from webapp.auth.sessions import begin_session
from webapp.demo.load import load_demo
from webapp.demo.personas import personas
from webapp.wiring import Alur, Settings, build
from webapp.wiring.parts import import_records

CITY = "serang"
MORNING = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OPENS = date(2026, 10, 1)

Clock = Callable[[], datetime]


@dataclass
class Quarter:
    """A city with its application, in the course of a quarter.

    :param people: the personas' keys in the records, by their part: `employee`, `appraiser`, ...
    """

    alur: Alur
    people: dict[str, int]
    clock: list[datetime]
    browsers: dict[int, Browser] = field(default_factory=dict)

    def browser(self, who: str | int) -> Browser:
        """Return the browser of a persona or an employee, signed in."""
        person = self.people[who] if isinstance(who, str) else who
        if person not in self.browsers:
            client = self.app.test_client()
            client.set_cookie(NAME, self._session(person), path=f"/{CITY}", domain="localhost")
            self.browsers[person] = Browser(client)
        return self.browsers[person]

    @cached_property
    def app(self) -> Flask:
        """The web application."""
        return create_app(self.alur)

    def actor(self, person: int) -> Actor:
        """Return a person with the roles of the day."""
        with self.alur.database.reading() as read:
            return Actor(CITY, person, groups_on(read, CITY, person, OPENS))

    def case_of(self, subject: int, process: str = EMPLOYEE_PROCESS) -> int:
        """Return the case of an employee or unit."""
        found = case.select().where(case.c.subject == subject, case.c.process == process, case.c.tenant == CITY)
        with self.alur.database.reading() as read:
            return int(read.execute(found).one().id)

    def tasks(self, person: int) -> tuple[InboxRow, ...]:
        """Return what waits for a person."""
        return self.alur.engine.read(my_tasks, Actor(CITY, person)).rows

    def does(self, person: int, element: str, subject: int, process: str = EMPLOYEE_PROCESS, **answers: Any) -> None:
        """Let a person complete a task of somebody's case, and the worker run."""
        case_id = self.case_of(subject, process)
        row = next(row for row in self.tasks(person) if (row.case_id, row.element) == (case_id, element))
        self.alur.engine.run(CompleteTask(case_id, row.token, answers), Actor(CITY, person))
        run_until_idle(self.alur.jobs)

    def until_recommended(self, *subjects: int, org: str = "BAIK") -> None:
        """Take the evaluations of some people of one unit to the ratings that wait for their appraiser."""
        for subject in subjects:
            self.does(subject, "record_realisation", subject)
            self.does(self.rater_of(subject), "assess_behaviour", subject, **assessment())
        unit = self.unit_of(subjects[0])
        self.does(self.setter_of(unit), "set_org_predicate", unit, UNIT_PROCESS, predicate=org, note="Tercapai")

    def unit_of(self, person: int) -> int:
        """Return the unit in which a person works."""
        with self.alur.database.reading() as read:
            place = placement_on(read, CITY, person, OPENS)
        assert place is not None
        return place.unit_id

    def rater_of(self, subject: int) -> int:
        """Return who rates somebody."""
        return int(self._variables(self.case_of(subject))["rating_by"]["person"])

    def setter_of(self, unit: int) -> int:
        """Return who sets the predicate of a unit."""
        return int(self._variables(self.case_of(unit, UNIT_PROCESS))["head_superior"])

    def team_of(self, rater: int) -> list[int]:
        """Return the people whose behaviour a person is asked to assess."""
        rows = [row for row in self.tasks(rater) if row.element == "assess_behaviour"]
        with self.alur.database.reading() as read:
            found = read.execute(case.select().where(case.c.id.in_([row.case_id for row in rows])))
            return [int(row.subject) for row in found]

    def _variables(self, case_id: int) -> Any:
        return self.alur.engine.read(view_case, system_actor(CITY), case_id).history[0].data["variables"]

    def _session(self, person: int) -> str:
        row = {"id": person, "tenant": CITY, "employee_id": person, "fs_uniquifier": f"f{person}", "code_tries": 0}
        with self.alur.database.writing() as connection:
            connection.execute(account.insert(), {**row, "active": True, "created_at": self.clock[0]})
            return begin_session(connection, self.alur, CITY, person)


def assessment(mark: str = "0") -> dict[str, Any]:
    """Return an appraiser's answers: the same mark for all seven values, and a positive feedback."""
    marks = {f"{behaviour_prefix(value)}__mark": mark for value in CoreValue}
    return {**marks, "feedback_tone": "positive", "feedback_text": "Laporan selalu rapi dan tepat waktu"}


# Named apart from their functions: a test module imports these, and its arguments must not hide what it imported.
@pytest.fixture(name="template")
def the_template(loaded_city: Path) -> Path:
    """The city's database file before its third quarter is opened."""
    return loaded_city


@pytest.fixture(name="quarter")
def the_quarter(tmp_path: Path, opened_city: Path) -> Iterator[Quarter]:
    """The city with its third quarter open, for this test alone."""
    with open_quarter_world(tmp_path, opened_city) as opened:
        yield opened


@pytest.fixture(name="city")
def the_city(tmp_path: Path, template: Path) -> Iterator[Quarter]:
    """The city before its third quarter is opened, for this test alone."""
    with open_quarter_world(tmp_path, template) as opened:
        yield opened


def make_template(folder: Path) -> Path:
    """Load the city into a database file, its quarter not yet opened, and return the file."""
    begun = MORNING - 2 * MINUTE
    import_records()
    open_database(folder).dispose()
    with _installation(folder, [begun]) as alur:
        with alur.database.writing() as connection:
            connection.execute(tenant.insert(), {"code": CITY, "created_at": begun})
        load_demo(alur.engine, CITY, system_actor(CITY))
        for process in PROCESSES:
            alur.engine.run(DeployRelease(release_files(process), alur.catalogue), system_actor(CITY))
    return folder / "alur.db"


def make_opened(folder: Path, template: Path) -> Path:
    """Open the third quarter on a copy of the template, and return the file."""
    shutil.copy(template, folder / "alur.db")
    # Not at the moment the tests begin: what they make is newer, by its number, too.
    with _installation(folder, [MORNING - MINUTE]) as alur:
        alur.engine.run(OpenQuarter(2026, 3), system_actor(CITY))
        run_until_idle(alur.jobs)
    return folder / "alur.db"


@contextmanager
def open_quarter_world(folder: Path, template: Path) -> Iterator[Quarter]:
    """Give the city on a copy of a file."""
    shutil.copy(template, folder / "alur.db")
    clock = [MORNING]
    with _installation(folder, clock) as alur:
        yield Quarter(alur, _personas(alur), clock)


@contextmanager
def _installation(folder: Path, clock: list[datetime]) -> Iterator[Alur]:
    settings = Settings(
        home=folder, database_url=f"sqlite:///{folder / 'alur.db'}", secret_key="k" * 32, pepper="p" * 32
    )
    alur = build(settings, clock=lambda: clock[0], cities=cities_of(CITY))
    try:
        yield alur
    finally:
        alur.close()


def _personas(alur: Alur) -> dict[str, int]:
    with alur.database.reading() as read:
        found = {persona.key: employee_by_nip(read, CITY, persona.nip) for persona in personas(CITY)}
    return {key: person.id for key, person in found.items() if person is not None}
