"""An Alur without web and cities: the engine on a SQLite file, with services that answer at once."""

from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, event, func, null, select

from engine.bpmn.check import Catalogue
from engine.calendar import WorkCalendar
from engine.clock import Clock
from engine.commands.deploy_release import DeployRelease
from engine.engine import Engine
from engine.jobs import tables as job_tables
from engine.policy.actor import system_actor
from engine.policy.rules import Policy
from engine.records import tenant
from engine.records.asking import Persons
from engine.records.case import case_state, incident, open_task, subscription
from engine.records.counting import count_statements
from engine.records.database import Database
from engine.records.schema import metadata
from engine.services import Service, ServiceContext, ServiceResult
from engine.worker import WorkerQueue
from processes.appraisal.definitions import catalogue, release_files
from processes.appraisal.variables import EMPLOYEE_PROCESS
from tests.bench.story import APPRAISER, SUPERIOR

TENANT = "bench"
OPENING = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
DIAGRAMS = Path(__file__).parent / "diagrams"
TABLES = (job_tables, tenant)  # imported so that `metadata` is complete


def bench_clock() -> Clock:
    """Return a clock that starts at the same instant in every run, so that every run counts the same deadlines."""
    begun = monotonic()
    return lambda: OPENING + timedelta(seconds=monotonic() - begun)


class BenchDirectory:
    """One city with a five-day week, 16 holidays and the given services."""

    def __init__(self, services: Mapping[str, Service]) -> None:
        self._services = services
        self._zone = ZoneInfo("Asia/Jakarta")
        holidays = frozenset(OPENING.date() + timedelta(days=23 * n) for n in range(1, 17))
        self._calendar = WorkCalendar("bench", holidays, 5)

    @property
    def services(self) -> Mapping[str, Service]:
        """The services by name."""
        return self._services

    @property
    def persons(self) -> Persons | None:
        """Return nothing: there are no employees here."""
        return None

    def zone(self, tenant: str) -> tzinfo:
        """Return the time zone of the city."""
        return self._zone

    def calendar(self, read: Connection, tenant: str, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days."""
        return self._calendar

    def unit_calendars(self, read: Connection, tenant: str) -> Mapping[int, WorkCalendar]:
        return {}

    def counted_days(self, process: str, started_on: date, calendar: WorkCalendar) -> Mapping[str, date]:
        """Return nothing: no case here carries such days."""
        return {}

    def city(self, tenant: str) -> None:
        """Return nothing: the services here ask no city."""

    def samples(self, tenant: str) -> tuple[object, ...]:
        """Return nothing: there is no city."""
        return ()

    def delegates(self, read: Connection, tenant: str, task: Any, now: datetime) -> frozenset[int]:
        """Return nobody."""
        return frozenset()


def _gives(value: Any) -> Service:
    return lambda call: ServiceResult(value)


def _answer(call: ServiceContext) -> ServiceResult:
    return ServiceResult("objected" if call.variables["response"]["answer"] == "object" else "accepted")


# What the Python twin's script tasks give, so that both sides measure the flow and not a city's arithmetic.
AT_ONCE: Mapping[str, Service] = {
    "appraisal.record_realisation": _gives(None),
    "appraisal.record_assessment": _gives(None),
    "appraisal.find_superior": _gives({"person": APPRAISER, "is_final": False}),
    "appraisal.recommend_ratings": _gives({"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}),
    "appraisal.escalate_rater": _gives({"person": SUPERIOR, "is_final": True}),
    "appraisal.record_ratings": _gives({"warnings": []}),
    "appraisal.record_signature": _gives(None),
    "appraisal.record_hand_over": _gives({"person": APPRAISER, "is_final": False}),
    "appraisal.record_response": _answer,
    "appraisal.assign_decider": _gives({"person": SUPERIOR}),
    "appraisal.record_decision": _gives(None),
    "appraisal.lock_result": _gives(None),
}


def approval_files() -> dict[str, bytes]:
    """Return the files of the 2-task approval's release."""
    names = ("approval.bpmn", "forms/submit.json", "forms/approve.json")
    return {name: (DIAGRAMS / name).read_bytes() for name in names}


class StuckCase(Exception):
    """An element of a measured case failed, so its figures would mean nothing."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a case; nobody is the assignee of a message."""

    case_id: int
    token: int
    assignee: int | None


@dataclass(frozen=True, slots=True)
class OneTask:
    """A task and where it waits."""

    case_id: int
    token: int
    element: str


@dataclass(frozen=True, slots=True)
class World:
    """An engine in which processes are deployed for one tenant."""

    engine: Engine
    tenant: str = TENANT

    @property
    def database(self) -> Database:
        """The records."""
        return self.engine.database

    def counting(self) -> AbstractContextManager[list[str]]:
        """Collect the statements sent during a block."""
        return count_statements(self.database)

    def waiting(self, element: str, newest: int) -> list[Waiting]:
        """Return the tasks at an element in the newest cases."""
        found = select(open_task.c.case_id, open_task.c.token, open_task.c.assignee).where(
            open_task.c.element == element
        )
        return self._newest(found.order_by(open_task.c.case_id.desc()).limit(newest))

    @contextmanager
    def explaining(self, plans: dict[str, list[str]]) -> Generator[None]:
        """Collect SQLite's query plan of every statement sent during the block, by its text."""

        def note(connection: Connection, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
                values = parameters[0] if rest[-1] else parameters
                found = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
                plans[statement] = [line[3] for line in found]

        for engine in (self.database.write, self.database.read):
            event.listen(engine, "before_cursor_execute", note)
        yield
        for engine in (self.database.write, self.database.read):
            event.remove(engine, "before_cursor_execute", note)

    def one_task(self) -> OneTask | None:
        """Return the oldest task that waits for somebody in any case."""
        found = select(open_task.c.case_id, open_task.c.token, open_task.c.element).order_by(*open_task.primary_key)
        with self.database.reading() as read:
            row = read.execute(found.limit(1)).one_or_none()
        return OneTask(*row) if row is not None else None

    def state_bytes(self) -> int:
        """Return how many bytes the states of all running cases take."""
        with self.database.reading() as read:
            return int(read.execute(select(func.coalesce(func.sum(func.length(case_state.c.content)), 0))).scalar_one())

    def deploy(self, files: Mapping[str, str]) -> None:
        """Deploy a diagram whose tasks all have the same form."""
        contents = {name: text.encode() for name, text in files.items()}
        any_form = Catalogue(frozenset(), frozenset({"any"}))
        self.engine.run(DeployRelease(contents, any_form), system_actor(self.tenant))

    def awaited(self, newest: int) -> list[Waiting]:
        """Return the events that wait for a message in the newest cases."""
        found = select(subscription.c.case_id, subscription.c.token, null().label("assignee"))
        return self._newest(found.order_by(subscription.c.case_id.desc()).limit(newest))

    def _newest(self, found: Select[*tuple[Any, ...]]) -> list[Waiting]:
        with self.database.reading() as read:
            stuck = read.execute(select(incident.c.element, incident.c.text).limit(1)).one_or_none()
            if stuck is not None:
                raise StuckCase(f"A case is stuck at '{stuck.element}': {stuck.text}")
            return [Waiting(row.case_id, row.token, row.assignee) for row in read.execute(found)]


@contextmanager
def open_world(folder: Path) -> Generator[World]:
    """Give a world on a fresh file in an existing folder."""
    with open_again(folder) as world:
        metadata.create_all(world.database.write)
        for files in (approval_files(), release_files(EMPLOYEE_PROCESS)):
            world.engine.run(DeployRelease(files, catalogue()), system_actor(TENANT))
        yield world


@contextmanager
def open_again(folder: Path) -> Generator[World]:
    """Give a world on the file that an earlier one left in the folder."""
    database = Database(f"sqlite:///{folder / 'alur.db'}")
    directory = BenchDirectory(AT_ONCE)
    try:
        yield World(Engine(database, directory=directory, policy=Policy(), jobs=WorkerQueue(), clock=bench_clock()))
    finally:
        database.dispose()
