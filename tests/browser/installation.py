"""A real installation with the five demonstration cities, served on loopback while a test drives a browser at it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from waitress.server import create_server

from engine.commands.complete_task import CompleteTask
from engine.jobs import run_until_idle
from engine.policy.actor import Actor
from engine.queries.inbox import InboxRow, my_tasks
from engine.records.case import case
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.queries import employee_by_nip, find_unit, placement_on
from webapp.app import create_app
from webapp.auth.records import account
from webapp.auth.sessions import begin_session
from webapp.demo import Persona, personas
from webapp.migrations import upgrade
from webapp.setup import load_demonstration, open_city
from webapp.wiring import Alur, Settings, build

#: Ten in the morning (WIB) of the first working day after the third quarter.
MORNING = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)
OPENS = date(2026, 10, 1)
SECRET, PEPPER = "made up for browser tests", "made up for browser tests as well"
THREADS = 6
#: For what is being answered when the server ends.
PATIENCE_S = 240

T = TypeVar("T")


@dataclass
class Clock:
    """What the installation takes for the present; tests move it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Office:
    """An installation that is being served.

    :param address: without a slash at the end.
    """

    alur: Alur
    clock: Clock
    address: str

    def work(self) -> None:
        """Let the worker do what is due."""
        _elsewhere(run_until_idle, self.alur.jobs)

    def person(self, city: str, part: str) -> int:
        """Return the key of a persona in the records."""
        with self.alur.database.reading() as read:
            found = employee_by_nip(read, city, persona(city, part).nip)
        assert found is not None, f"{city} has a persona {part!r}"
        return found.id

    def session_of(self, city: str, part: str) -> str:
        """Begin a session of a persona, and return what the browser's cookie holds."""
        whose = account.c.employee_id == self.person(city, part)
        with self.alur.database.writing() as connection:
            found = connection.execute(account.select().where(account.c.tenant == city, whose)).one()
            return begin_session(connection, self.alur, city, found.id)

    def tasks(self, city: str, part: str) -> tuple[InboxRow, ...]:
        """Return what waits for a persona."""
        return self.tasks_of(city, self.person(city, part))

    def tasks_of(self, city: str, person: int) -> tuple[InboxRow, ...]:
        """Return what waits for an employee."""
        return self.alur.engine.read(my_tasks, Actor(city, person)).rows

    def complete(self, city: str, person: int, row: InboxRow, **answers: Any) -> None:
        """Complete somebody's task without its page."""
        self.alur.engine.run(CompleteTask(row.case_id, row.token, answers), Actor(city, person))

    def subject_of(self, case_id: int) -> int:
        """Return the employee whom a case is about."""
        with self.alur.database.reading() as read:
            return int(read.execute(case.select().where(case.c.id == case_id)).one().subject)

    def unit_of(self, city: str, part: str) -> str:
        """Return the name of the unit in which a persona works."""
        with self.alur.database.reading() as read:
            place = placement_on(read, city, self.person(city, part), OPENS)
            assert place is not None, f"{part} of {city} has a post"
            return find_unit(read, city, place.unit_id).name

    def case_of(self, city: str, part: str) -> int:
        """Return the case of a persona's quarter."""
        found = case.select().where(
            case.c.tenant == city, case.c.subject == self.person(city, part), case.c.process == EMPLOYEE_PROCESS
        )
        with self.alur.database.reading() as read:
            return int(read.execute(found).one().id)


def _elsewhere(do: Callable[[T], object], what: T) -> None:
    """Do something in a thread of its own: the worker starts a loop, and Playwright's runs in that of the tests."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(do, what).result()


@cache
def persona(city: str, part: str) -> Persona:
    """Return a persona of a city by its part: `employee`, `appraiser`, ..."""
    return next(one for one in personas(city) if one.key == part)


def make_template(home: Path) -> None:
    """Load the five cities into a folder."""
    _elsewhere(_load, home)


def _load(home: Path) -> None:
    # Not at the moment the tests begin: what they make is newer, by its number, too.
    alur = build(_settings(home), clock=Clock(MORNING - timedelta(minutes=1)))
    try:
        upgrade(alur.database)
        load_demonstration(alur, lambda _line: None)
    finally:
        alur.close()


def _settings(home: Path) -> Settings:
    return Settings(home, f"sqlite:///{home / 'alur.db'}", secret_key=SECRET, pepper=PEPPER)


@contextmanager
def open_office(folder: Path, template: Path) -> Iterator[Office]:
    """Serve a copy of the template."""
    home = folder / "home"
    shutil.copytree(template, home)
    clock = Clock()
    alur = build(_settings(home), clock=clock)
    try:
        with _serving(alur) as port:
            yield Office(alur, clock, f"http://127.0.0.1:{port}")
    finally:
        alur.close()


@contextmanager
def open_empty_city(folder: Path, city: str) -> Iterator[tuple[Office, str]]:
    """Serve an installation with a city that has nobody yet; give it with the path of its one-time link."""
    alur = build(_settings(folder), clock=(clock := Clock()))
    try:
        upgrade(alur.database)
        link = open_city(alur, city)
        with _serving(alur) as port:
            yield Office(alur, clock, f"http://127.0.0.1:{port}"), urlsplit(link).path
    finally:
        alur.close()


@contextmanager
def _serving(alur: Alur) -> Iterator[int]:
    """Answer requests in a thread, by the server that `alur serve` uses; jobs run when a test says so."""
    server: Any = create_server(create_app(alur), host="127.0.0.1", port=0, threads=THREADS, ident=None)
    thread = threading.Thread(target=server.run, name="alur-web")
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        # Inside the server's own loop: a socket closed under it by another thread would end it with an error.
        server.trigger.pull_trigger(lambda: [one.close() for one in list(server._map.values())])
        thread.join()
        # A last answer may still be in the making; the database is closed after it, not under it.
        server.task_dispatcher.shutdown(timeout=PATIENCE_S)
