"""A small world for engine tests: a real database, the real engine and worker, and a fixed clock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from procrastinate import App
from sqlalchemy import Connection

from engine.bpmn.check import Catalogue
from engine.calendar import WorkCalendar
from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase, StartCases
from engine.engine import Engine
from engine.jobs import make_app, run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.policy.rules import Policy
from engine.queries.inbox import InboxRow, group_tasks, my_tasks
from engine.records.asking import Persons
from engine.services import Service
from engine.worker import TASKS, WorkerQueue
from tests.sqlite import open_database

CITY = "serang"
MONDAY = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: int) -> None:
        self.now += timedelta(**span)


@dataclass
class SmallDirectory:
    """A directory of one city with a five-day week."""

    services: Mapping[str, Service] = field(default_factory=dict)
    may_take: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    counted: Mapping[str, int] = field(default_factory=dict)
    persons: Persons | None = None

    def zone(self, tenant: str) -> tzinfo:
        return ZoneInfo("Asia/Jakarta")

    def calendar(self, read: Connection, tenant: str, variables: Mapping[str, Any]) -> WorkCalendar:
        return WorkCalendar(f"test {len(self.holidays)}", self.holidays, 5)

    def unit_calendars(self, read: Connection, tenant: str) -> Mapping[int, WorkCalendar]:
        return {}

    def counted_days(self, process: str, started_on: date, calendar: WorkCalendar) -> Mapping[str, date]:
        return {name: calendar.add_working_days(started_on, days) for name, days in self.counted.items()}

    def city(self, tenant: str) -> Any:
        return None

    def samples(self, tenant: str) -> Sequence[object]:
        return ()

    def delegates(self, read: Connection, tenant: str, task: Any, now: datetime) -> frozenset[int]:
        return self.may_take


@dataclass
class World:
    """Everything a test needs to run cases."""

    engine: Engine
    directory: SmallDirectory
    clock: FixedClock
    app: App

    @property
    def catalogue(self) -> Catalogue:
        return Catalogue(frozenset(self.directory.services), frozenset({"any"}))

    def deploy(self, *files: Path, forms: Mapping[str, str] | None = None) -> int:
        contents = {path.name: path.read_bytes() for path in files}
        contents |= {f"forms/{key}.json": text.encode() for key, text in (forms or {}).items()}
        number: int = self.engine.run(DeployRelease(contents, self.catalogue), system_actor(CITY)).value
        return number

    def start(self, process: str, key: str = "1", subject: int = 1, **variables: Any) -> int:
        new = NewCase(key, subject, f"Kasus {key}", variables)
        receipt = self.engine.run(StartCases(process, (new,)), system_actor(CITY))
        identifier: int = receipt.value[0]
        return identifier

    def tasks(self, person: int) -> tuple[InboxRow, ...]:
        return self.engine.read(my_tasks, Actor(CITY, person)).rows

    def queue(self, person: int, *groups: str) -> tuple[InboxRow, ...]:
        return self.engine.read(group_tasks, Actor(CITY, person, frozenset(groups))).rows

    def complete(self, person: int, row: InboxRow, **answers: Any) -> None:
        self.engine.run(CompleteTask(row.case_id, row.token, answers), Actor(CITY, person))

    def work(self) -> None:
        """Run every job that is due, as the worker would."""
        run_until_idle(self.app)


@contextmanager
def open_world(folder: Path, services: Mapping[str, Service] | None = None) -> Iterator[World]:
    """Give a world on the database of a folder; a SQLite file gets its tables here."""
    database = open_database(folder)
    directory, clock = SmallDirectory(services or {}), FixedClock()
    engine = Engine(database, directory=directory, policy=Policy(), jobs=WorkerQueue(), clock=clock)
    try:
        yield World(engine, directory, clock, make_app(database, TASKS, engine))
    finally:
        database.dispose()


Build = Callable[..., World]
