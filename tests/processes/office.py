"""What every office of the process tests is: an engine with all that ships, its worker, and a clock of its own."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self, TypeVar

from procrastinate import App

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.engine import Engine
from engine.jobs import make_app, run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.policy.rules import Policy
from engine.queries.case import CaseView, view_case
from engine.records.case import open_task
from engine.records.database import Database
from engine.services import Service
from engine.worker import TASKS, WorkerQueue, sweep_timers
from processes.people.queries import groups_on
from processes.people.records import employee
from tests.cities import cities_of
from tests.sqlite import content_of, open_database
from webapp.wiring.directory import CityDirectory
from webapp.wiring.parts import collect_parts, import_records, offers

CITY = "serang"
MINUTE = timedelta(minutes=1)
Kind = TypeVar("Kind", bound="Office")


@dataclass(eq=False)
class Office(ABC):
    """Somebody's office on a database; a class of it says what is there, and when a test begins."""

    begins: ClassVar[datetime]
    engine: Engine
    app: App
    now: datetime

    @classmethod
    def on(cls, database: Database) -> Self:
        """Return the office on a database, at the moment at which its tests begin."""
        offices: list[Self] = []  # the engine looks at the clock before there is an office
        engine = Engine(
            database,
            directory=CityDirectory(cls.services(), cities_of(CITY)),
            policy=cls.policy(),
            jobs=WorkerQueue(),
            clock=lambda: offices[0].now if offices else cls.begins,
        )
        offices.append(cls(engine, make_app(database, TASKS, engine), cls.begins))
        return offices[0]

    @classmethod
    def services(cls) -> Mapping[str, Service]:
        """Return what diagrams may call: everything that ships."""
        return collect_parts().services

    @classmethod
    def policy(cls) -> Policy:
        """Return who may do what: everything that ships."""
        parts = collect_parts()
        return Policy(*parts.rules, limits=parts.limits)

    @abstractmethod
    def settle(self) -> None:
        """Let people, records and releases be there."""

    @classmethod
    @cache
    def settled(cls) -> bytes:
        """Return a SQLite file with all that is there before a test."""
        return content_of(lambda database: settle_before(cls.on(database)))

    def deploys(self, releases: Iterable[Mapping[str, bytes]]) -> None:
        """Let releases of processes come into force."""
        for files in releases:
            self.engine.run(DeployRelease(files, collect_parts().catalogue), system_actor(CITY))

    def actor(self, person: int) -> Actor:
        """Return somebody with the roles of the day."""
        day = self.now.date()
        with self.engine.database.reading() as read:
            return Actor(CITY, person, groups_on(read, CITY, person, day), day)

    def let_pass(self, **span: int) -> None:
        """Let time pass and the worker wake what is due."""
        self.now += timedelta(**span)
        sweep_timers(self.engine)
        run_until_idle(self.app)


class _WithCase(Protocol):
    """An office whose tests are about one case."""

    case: int

    @property
    def engine(self) -> Engine: ...

    @property
    def app(self) -> App: ...

    def actor(self, person: int) -> Actor: ...

    def waiting(self) -> list[Any]: ...


class OneCase:
    """What people do in the one case that the tests of an office are about."""

    def does(self: _WithCase, person: int, element: str, **answers: Any) -> None:
        """Let somebody do a step of the case, out of a group's queue if it lies there."""
        task = next(row for row in self.waiting() if row.element == element and row.assignee in (person, None))
        if task.assignee is None:
            self.engine.run(ClaimTask(self.case, task.token), self.actor(person))
        self.engine.run(CompleteTask(self.case, task.token, answers), self.actor(person))
        run_until_idle(self.app)

    def waiting(self: _WithCase) -> list[Any]:
        """Return the tasks of the case."""
        with self.engine.database.reading() as read:
            return list(read.execute(open_task.select().where(open_task.c.case_id == self.case)))

    def steps(self: _WithCase) -> set[tuple[str, int | str]]:
        """Return the steps that wait, each with its person or group."""
        return {(row.element, row.assignee or row.candidate) for row in self.waiting()}

    def view(self: _WithCase) -> CaseView:
        """Return the case as its page shows it."""
        return self.engine.read(view_case, system_actor(CITY), self.case)


@contextmanager
def open_office(folder: Path, kind: type[Kind]) -> Iterator[Kind]:
    """Give an office, with all that is there before a test, on the database of a folder, or as it was left there."""
    import_records()
    offers("jobs")
    database = open_database(folder, kind.settled)
    try:
        office = kind.on(database)
        with database.reading() as read:
            is_new = read.execute(employee.select()).first() is None
        if is_new:
            settle_before(office)
        yield office
    finally:
        database.dispose()


def settle_before(office: Office) -> None:
    """Let all be there a minute before the test begins: what it makes is newer, by its number, too."""
    office.now -= MINUTE
    office.settle()
    office.now += MINUTE
