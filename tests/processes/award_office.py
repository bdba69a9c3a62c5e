"""A personnel office that gives awards, for process tests: the city hall's people, with everything that ships."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from procrastinate import App
from sqlalchemy import Table

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.engine import Engine
from engine.jobs import make_app, run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.policy.rules import Policy
from engine.queries.case import CaseView, view_case
from engine.queries.verification import Extensions, verify
from engine.records.case import open_task
from engine.worker import TASKS, WorkerQueue, sweep_timers
from processes.people.commands.grant_role import GrantRole
from processes.people.queries import groups_on
from processes.people.records import Role, result
from processes.recognition.commands.change_panel import AddToPanel
from processes.recognition.commands.nominate import NominateForAward
from processes.recognition.commands.open_program import USUAL_WEIGHTS, OpenProgram
from processes.recognition.definitions import PROCESSES, release_files
from processes.recognition.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from tests.cities import cities_of
from tests.processes.city_hall import (
    AFTER_THE_QUARTER,
    BUDI,
    CITRA,
    CITY,
    DEWI,
    EKA,
    OFFICE,
    SECRETARY,
    CityHall,
    open_city_hall,
)
from tests.sqlite import open_database
from webapp.wiring.directory import CityDirectory
from webapp.wiring.parts import collect_parts, import_records, offers

REASON = "Antrean berkas turun dari dua hari menjadi dua jam."
EVIDENCE = "Laporan layanan TW 3 nomor 045/112."
SCORE = {"conflict": "none", "performance": 90, "conduct": 80, "impact": 70, "note": "Sesuai bukti"}
CONFLICT = {"conflict": "conflict", "performance": None, "conduct": None, "impact": None, "note": "Masih kerabat"}
ROLES = {EKA: Role.HR_VERIFIER, BUDI: Role.TREASURER, SECRETARY: Role.HR_HEAD}
PANEL = (SECRETARY, BUDI, EKA)
SINCE = date(2020, 1, 1)
#: The people of the hall came a minute before.
BEFORE = timedelta(seconds=30)


@dataclass
class AwardOffice:
    """The office in the course of an award for Dewi; `program` is the award, `case` her nomination."""

    engine: Engine
    app: App
    now: datetime = AFTER_THE_QUARTER
    program: int = 0
    case: int = 0

    def actor(self, person: int) -> Actor:
        """Return a person with the roles he holds."""
        with self.engine.database.reading() as read:
            groups = groups_on(read, CITY, person, self.now.date())
        return Actor(CITY, person, groups, self.now.date())

    def opens(self, *, panel: tuple[int, ...] = PANEL, **more: Any) -> None:
        """Let the verifier open an award and name its panel."""
        days: dict[str, Any] = {"opens_on": date(2026, 9, 1), "closes_on": date(2026, 12, 31)}
        command = OpenProgram("ASN Berprestasi", **days, weights=USUAL_WEIGHTS, **more)
        self.program = self.engine.run(command, self.actor(EKA)).value
        for person in panel:
            self.adds(person)

    def adds(self, person: int) -> None:
        """Let the verifier add a member to the panel."""
        self.engine.run(AddToPanel(self.program, person), self.actor(EKA))

    def nominates(self, by: int = CITRA, whom: int = DEWI) -> None:
        """Let somebody nominate a colleague."""
        self.case = self.engine.run(NominateForAward(self.program, whom, REASON, EVIDENCE), self.actor(by)).value
        run_until_idle(self.app)

    def has_result(self, person: int = DEWI, predicate: str = "BAIK", quarter: int = 3) -> None:
        """Give somebody a locked result of a quarter."""
        key = {"tenant": CITY, "employee_id": person, "year": 2026, "quarter": quarter, "version": 1}
        ratings = {"work_result": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "predicate": predicate}
        self.puts(result, **key, **ratings, unit_id=OFFICE, decided_at=self.now, source="impor")

    def puts(self, table: Table, **row: Any) -> None:
        """Put a row into a table, as an import would."""
        with self.engine.database.writing() as connection:
            connection.execute(table.insert(), row)

    def does(self, person: int, element: str, **answers: Any) -> None:
        """Let somebody do a step of the case, out of a group's queue if it lies there."""
        task = next(row for row in self.waiting() if row.element == element and row.assignee in (person, None))
        if task.assignee is None:
            self.engine.run(ClaimTask(self.case, task.token), self.actor(person))
        self.engine.run(CompleteTask(self.case, task.token, answers), self.actor(person))
        run_until_idle(self.app)

    def scores(self, **by: dict[str, Any]) -> None:
        """Let the whole panel score, each as the others but where something else is said for one of them."""
        names = {SECRETARY: "secretary", BUDI: "budi", EKA: "eka"}
        for person, name in names.items():
            self.does(person, "score", **by.get(name, SCORE))

    def waiting(self) -> list[Any]:
        """Return the tasks of the case."""
        with self.engine.database.reading() as read:
            return list(read.execute(open_task.select().where(open_task.c.case_id == self.case)))

    def steps(self) -> set[tuple[str, int | str]]:
        """Return the steps that wait, each with its person or group."""
        return {(row.element, row.assignee or row.candidate) for row in self.waiting()}

    def rows(self, table: Table) -> list[Any]:
        """Return the rows of a table, oldest key first."""
        with self.engine.database.reading() as read:
            return list(read.execute(table.select().order_by(*table.primary_key)))

    def view(self) -> CaseView:
        """Return the case as its page shows it."""
        return self.engine.read(view_case, system_actor(CITY), self.case)

    def lets_pass(self, **span: int) -> None:
        """Let time pass and the worker wake what is due."""
        self.now += timedelta(**span)
        sweep_timers(self.engine)
        run_until_idle(self.app)

    def verifies(self) -> set[str]:
        """Return what the history checker finds."""
        more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY)
        with self.engine.database.reading() as read:
            return {finding.code for finding in verify(read, self.engine.directory, more=more).findings()}


@contextmanager
def open_award_office(folder: Path) -> Iterator[AwardOffice]:
    """Give the office with an award that takes nominations and money in its budget line."""
    import_records()
    offers("jobs")
    open_database(folder, _settled).dispose()
    with open_city_hall(folder) as hall:
        office = _office_in(hall)
        if not hall.engine.database.is_sqlite:
            _settle(office)
        yield office


@cache
def _settled() -> bytes:
    """Return the SQLite file of a city hall with what an award needs."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with open_city_hall(folder) as hall:
            _settle(_office_in(hall))
        return (folder / "alur.db").read_bytes()


def _settle(office: AwardOffice) -> None:
    """Let releases and roles be there before the test begins: what it makes is newer, by its number, too."""
    office.now -= BEFORE
    for process in PROCESSES:
        command = DeployRelease(release_files(process), collect_parts().catalogue)
        office.engine.run(command, system_actor(CITY))
    for person, role in ROLES.items():
        office.engine.run(GrantRole(person, role, SINCE), system_actor(CITY))
    office.now += BEFORE


def _office_in(hall: CityHall) -> AwardOffice:
    parts = collect_parts()
    offices: list[AwardOffice] = []  # the engine looks at the clock before there is an office
    engine = Engine(
        hall.engine.database,
        directory=CityDirectory(parts.services, cities_of(CITY)),
        policy=Policy(*parts.rules, limits=parts.limits),
        jobs=WorkerQueue(),
        clock=lambda: offices[0].now if offices else AFTER_THE_QUARTER,
    )
    office = AwardOffice(engine, make_app(hall.engine.database, TASKS, engine))
    offices.append(office)
    return office


MONEY: dict[str, Any] = {"amount": Decimal(2_500_000), "dpa_code": "5.02.01.2.05"}
