"""A small city hall for process tests: a real database, the real city plugin, services, worker and rules."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import delete, insert, update

from engine.commands.complete_task import CompleteTask
from engine.commands.deploy_release import DeployRelease
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.policy.rules import Policy
from engine.queries.case import CaseView, view_case
from engine.queries.inbox import InboxRow, my_tasks
from engine.records.case import case, timer
from engine.records.database import Database
from engine.services import Service
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.definitions import PROCESSES, catalogue, release_files
from processes.appraisal.imports import APPRAISAL_KINDS
from processes.appraisal.permissions import RULES
from processes.appraisal.queries.result import ResultView, view_result
from processes.appraisal.services import SERVICES
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.imports import PEOPLE_KINDS, ImportPlan, read_import
from processes.people.permissions import RULES as PEOPLE
from processes.people.records import employee, placement, post, reporting_line, role_grant, unit, unit_head
from tests.processes.office import CITY, Office, open_office, settle_before
from tests.unit.processes.people.office import as_csv

AFTER_THE_QUARTER = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
OPENS = date(2026, 10, 1)
KINDS = {**PEOPLE_KINDS, **APPRAISAL_KINDS}

# The mayor's secretary heads the city, Budi the education office, Citra a section of it, in which Dewi works.
SECRETARY, BUDI, CITRA, DEWI, EKA, HANA = 1, 2, 3, 4, 5, 6
CITY_UNIT, OFFICE = 101, 102
NAMES = {SECRETARY: "Sari", BUDI: "Budi", CITRA: "Citra", DEWI: "Dewi", EKA: "Eka", HANA: "Hana"}
RATERS = {DEWI: CITRA, EKA: CITRA, CITRA: BUDI, BUDI: SECRETARY, HANA: SECRETARY}

AS_EXPECTED = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
ABOVE = {"work": "DIATAS_EKSPEKTASI", "behaviour": "DIATAS_EKSPEKTASI"}


@dataclass(eq=False)
class CityHall(Office):
    """The city hall in the course of a quarter; it appraises, and does nothing else."""

    begins: ClassVar[datetime] = AFTER_THE_QUARTER

    @classmethod
    def services(cls) -> Mapping[str, Service]:
        """Return what the diagrams of the appraisal may call."""
        return SERVICES

    @classmethod
    def policy(cls) -> Policy:
        """Return who may do what in the appraisal."""
        return Policy(PEOPLE, RULES)

    def settle(self) -> None:
        """Let the people and the releases be there."""
        people_the_hall(self.engine.database)
        for process in PROCESSES:
            self.engine.run(DeployRelease(release_files(process), catalogue()), system_actor(CITY))

    def open_quarter(self) -> None:
        """Open the third quarter and let the worker start its cases."""
        self.engine.run(OpenQuarter(2026, 3), system_actor(CITY))
        run_until_idle(self.app)

    def end_service(self, *people: int) -> None:
        """Let the service of some people end yesterday."""
        last = self.now.date() - timedelta(days=1)
        with self.engine.database.writing() as connection:
            connection.execute(update(employee).where(employee.c.id.in_(people)).values(active_to=last))

    def is_led_by_plt(self, since: date) -> None:
        """Let Eka head the office as Plt; no line leads from Dewi to anybody."""
        head = {"id": 900, "tenant": CITY, "unit_id": OFFICE, "employee_id": EKA, "kind": "plt", "valid_from": since}
        with self.engine.database.writing() as connection:
            connection.execute(delete(reporting_line).where(reporting_line.c.employee_id == DEWI))
            connection.execute(insert(unit_head), head)

    def plan(self, kind: str, *row: str) -> ImportPlan:
        """Return what an import of one row would do."""
        with self.engine.database.reading() as read:
            rules = self.engine.directory.city(CITY)
            found = read_import(KINDS[kind], as_csv(kind, row), read, CITY, self.now.date(), city=rules)
        assert isinstance(found, ImportPlan), found
        return found

    def tasks(self, person: int) -> dict[tuple[str, int], InboxRow]:
        """The tasks of a person by element and subject of their case."""
        rows = self.engine.read(my_tasks, Actor(CITY, person)).rows
        return {(row.element, self._subject(row.case_id)): row for row in rows}

    def does(self, person: int, element: str, about: int, **answers: Any) -> None:
        """Let a person complete the task at an element of somebody's case, and the worker run."""
        row = self.tasks(person)[(element, about)]
        self.engine.run(CompleteTask(row.case_id, row.token, answers), Actor(CITY, person))
        run_until_idle(self.app)

    def waits_for(self, about: int) -> set[tuple[str, int]]:
        """What the case of an employee waits for: element and person."""
        view = self.case(about)
        return {(task.element, task.assignee or 0) for task in view.waiting}

    def case(self, about: int, process: str = EMPLOYEE_PROCESS) -> CaseView:
        """The case of an employee or unit as its page shows it."""
        return self.engine.read(view_case, system_actor(CITY), self._case_id(about, process))

    def result(self, about: int, unit_id: int = OFFICE) -> ResultView:
        """What is behind an employee's result."""
        case_id = self._case_id(about, EMPLOYEE_PROCESS)
        actor = system_actor(CITY)
        return self.engine.read(view_result, actor, case_id, employee_id=about, unit_id=unit_id, year=2026, quarter=3)

    def until_next_timer(self, about: int, process: str = EMPLOYEE_PROCESS) -> date:
        """Let time pass until the first timer of a case has fired; return the local day that had to end for it."""
        case_id = self._case_id(about, process)
        with self.engine.database.reading() as read:
            due: datetime = min(row.due for row in read.execute(timer.select().where(timer.c.case_id == case_id)))
        self.now = max(self.now, due)
        self.let_pass(seconds=1)
        return (due - timedelta(seconds=1)).astimezone(self.engine.directory.zone(CITY)).date()

    def rate_until_signed(self, about: int = DEWI, rater: int = CITRA, **ratings: Any) -> None:
        """Take a case from its opening to the signature."""
        self.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Rencana aksi tercapai")
        self.does(about, "record_realisation", about, **realisation())
        self.does(rater, "assess_behaviour", about, **assessment())
        self.does(rater, "confirm_ratings", about, **(ratings or AS_EXPECTED))
        self.does(rater, "sign", about, confirmed=True)

    def _subject(self, case_id: int) -> int:
        with self.engine.database.reading() as read:
            return int(read.execute(case.select().where(case.c.id == case_id)).one().subject)

    def _case_id(self, about: int, process: str) -> int:
        with self.engine.database.reading() as read:
            found = case.select().where(case.c.subject == about, case.c.process == process)
            return int(read.execute(found).one().id)


def realisation() -> dict[str, Any]:
    """Answers of an employee whom nothing was measured for: everything else is not measurable."""
    return {}


def assessment(mark: str = "0") -> dict[str, Any]:
    """Answers of an appraiser: the same mark for all seven values, and a positive feedback."""
    values = (
        "BERORIENTASI_PELAYANAN",
        "AKUNTABEL",
        "KOMPETEN",
        "HARMONIS",
        "LOYAL",
        "ADAPTIF",
        "KOLABORATIF",
    )
    marks = {f"berakhlak_{value.lower()}__mark": mark for value in values}
    return {**marks, "feedback_tone": "positive", "feedback_text": "Kerja yang baik"}


def open_city_hall(folder: Path) -> AbstractContextManager[CityHall]:
    """Give a city hall with its people and its releases on the database of a folder, or as it was left there."""
    return open_office(folder, CityHall)


def settle_hall(office: Office) -> None:
    """Let the people and the releases of the hall be there, a minute before what an office has besides."""
    hall = CityHall.on(office.engine.database)
    hall.now = office.now
    settle_before(hall)


def people_the_hall(database: Database) -> None:
    """Let the people of the hall be there, with their units, posts, superiors and roles."""
    since = date(2020, 1, 1)
    with database.writing() as connection:
        connection.execute(
            unit.insert(),
            [
                _unit(CITY_UNIT, "Sekretariat Daerah", "secretariat", None),
                _unit(OFFICE, "Dinas Pendidikan", "education_office", CITY_UNIT),
            ],
        )
        for person, name in NAMES.items():
            where = CITY_UNIT if person in (SECRETARY, HANA) else OFFICE
            row = {"id": person, "tenant": CITY, "nip": f"19860926201505100{person}", "name": name, "kind": "PNS"}
            connection.execute(employee.insert(), row)
            of_post = {"id": person, "tenant": CITY, "code": f"P{person}", "name": f"Jabatan {name}", "unit_id": where}
            connection.execute(post.insert(), {**of_post, "level": "executor", "family": "umum"})
            place = {"id": person, "tenant": CITY, "employee_id": person, "unit_id": where, "post_id": person}
            connection.execute(placement.insert(), {**place, "valid_from": since})
        for person, rater in RATERS.items():
            line = {"id": person, "tenant": CITY, "employee_id": person, "appraiser_id": rater, "valid_from": since}
            connection.execute(reporting_line.insert(), line)
        for unit_id, head in ((CITY_UNIT, SECRETARY), (OFFICE, BUDI)):
            row = {"id": unit_id, "tenant": CITY, "unit_id": unit_id, "employee_id": head, "kind": "definitif"}
            connection.execute(unit_head.insert(), {**row, "valid_from": since})
        grant = {"id": 1, "tenant": CITY, "employee_id": HANA, "role": "authorized_official", "valid_from": since}
        connection.execute(role_grant.insert(), grant)


def _unit(identifier: int, name: str, kind: str, parent: int | None) -> dict[str, Any]:
    row = {"id": identifier, "tenant": CITY, "code": f"U{identifier}", "name": name, "kind": kind}
    return {**row, "week": 5, "parent_id": parent}


ONE = Decimal(1)
UNIT = UNIT_PROCESS
