"""An office whose allowances are paid: a real database, services, permissions, worker and the records of a month."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import select

from engine.casework import find_case, variables_of
from engine.command import Receipt
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.case import CaseView, view_case
from engine.records.case import case, timer
from engine.records.database import Database
from engine.records.packing import pack
from processes.incentive.commands.file_dispute import FileDispute
from processes.incentive.commands.open_month import OpenMonth
from processes.incentive.definitions import PROCESSES, release_files
from processes.incentive.records import allowance_ceiling, attendance
from processes.incentive.rules.basis import CLASSES
from processes.incentive.slips import StoredSlip, slip_of
from processes.incentive.variables import APPROVAL, DISPUTE
from processes.people.city import ParameterSet
from processes.people.records import (
    Role,
    employee,
    parameter_set,
    placement,
    post,
    reporting_line,
    result,
    role_grant,
    unit,
    unit_head,
)
from tests.processes.office import CITY, Office, open_office

MONTH = date(2026, 3, 1)
AFTER_THE_MONTH = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
BIRTH = "1986092620150510"

# Budi heads the office, Citra looks after its people, Dewi and Eka work there; the others check, decide and pay.
SARI, BUDI, CITRA, DEWI, EKA, VERA, HADI, TIO, IRA = range(11, 20)
TOWN, OFFICE, AGENCY = 101, 102, 103
UNITS = {TOWN: None, OFFICE: TOWN, AGENCY: TOWN}
WHERE = {SARI: TOWN, BUDI: OFFICE, CITRA: OFFICE, DEWI: OFFICE, EKA: OFFICE, VERA: AGENCY, HADI: AGENCY, TIO: TOWN}
HEADS = {TOWN: SARI, OFFICE: BUDI, AGENCY: HADI}
ROLES = {
    (CITRA, Role.UNIT_HR_OFFICER): OFFICE,
    (IRA, Role.UNIT_HR_OFFICER): TOWN,
    (VERA, Role.HR_VERIFIER): None,
    (HADI, Role.HR_HEAD): None,
    (TIO, Role.TREASURER): None,
}
WHERE[IRA] = TOWN
#: What a class gets: the workload alone.
AMOUNT = Decimal(10_000_000)
CEILING = Decimal(100_000_000)
LATE_DAY = date(2026, 3, 4)
APPROVE: Mapping[str, Any] = {"outcome": "approve", "discipline": True, "leave": True, "moves": True, "double": True}
EVIDENCE = {"sha256": "ab" * 32, "filename": "surat-tugas.pdf", "media_type": "application/pdf", "size": 1200}
REASON = "Tanggal 4 Maret saya dinas luar, surat tugasnya ada di bagian umum."


@dataclass(eq=False)
class AllowanceOffice(Office):
    """The office in the course of a month's approval."""

    begins: ClassVar[datetime] = AFTER_THE_MONTH

    def settle(self) -> None:
        """Let the people, the month and the releases be there."""
        _people(self.engine.database)
        _month(self.engine.database)
        self.deploys(map(release_files, PROCESSES))

    def open_month(self) -> None:
        """Open March 2026 and let the worker start and compute its cases."""
        self.engine.run(OpenMonth(2026, 3), system_actor(CITY))
        run_until_idle(self.app)

    def does(self, person: int, element: str, about: int = OFFICE, process: str = APPROVAL, **answers: Any) -> Receipt:
        """Let a person take the task out of the queue if it is there, complete it, and the worker run."""
        actor, view = self.actor(person), self.case(about, process)
        task = next(task for task in view.waiting if task.element == element)
        if task.assignee is None:
            self.engine.run(ClaimTask(view.case.id, task.token), actor)
        receipt = self.engine.run(CompleteTask(view.case.id, task.token, answers), actor)
        run_until_idle(self.app)
        return receipt

    def approve_until_slips(self) -> None:
        """Take the office's month from its opening to the slips."""
        self.does(CITRA, "check", outcome="pass", note=None)
        self.does(BUDI, "sign", confirmed=True, note=None)
        self.does(VERA, "verify", **APPROVE)
        self.does(TIO, "order", outcome="approve", number="SPP-1")

    def dispute(self, person: int = DEWI) -> None:
        """Let somebody dispute the own slip."""
        self.engine.run(FileDispute(OFFICE, MONTH, "discipline", REASON), self.actor(person))
        run_until_idle(self.app)

    def answer(self, **more: Any) -> None:
        """Let the unit's officer say that the fourth was a day of duty, with evidence."""
        wrong: dict[str, Any] = {
            "outcome": "wrong",
            "statement": "Benar, dinas luar.",
            "day": LATE_DAY,
            "kind": "dinas_luar",
        }
        self.does(CITRA, "answer", DEWI, DISPUTE, **{**wrong, "evidence": [EVIDENCE], **more})

    def heads(self, person: int, place: int = OFFICE) -> None:
        """Let somebody stand in for the head of a unit, beside him."""
        row = {"id": 900 + person, "tenant": CITY, "unit_id": place, "employee_id": person, "kind": "plh"}
        with self.engine.database.writing() as connection:
            connection.execute(unit_head.insert(), {**row, "valid_from": SINCE})

    def waits_at(self, about: int = OFFICE, process: str = APPROVAL) -> set[str]:
        """Return the steps at which a case waits for somebody."""
        return {task.element for task in self.case(about, process).waiting}

    def slip(self, person: int = DEWI) -> StoredSlip:
        """Return the newest version of somebody's slip."""
        with self.engine.database.reading() as read:
            return slip_of(read, CITY, person, MONTH)[0]

    def rows(self, table: Any, **where: Any) -> list[Any]:
        """Return the rows of a table."""
        found = select(table).where(*(table.c[name] == value for name, value in where.items()))
        with self.engine.database.reading() as read:
            return list(read.execute(found))

    def case(self, about: int, process: str = APPROVAL) -> CaseView:
        """Return the case of a unit's month, or of somebody's dispute."""
        found = self.rows(case, subject=about, process=process)
        return self.engine.read(view_case, system_actor(CITY), found[0].id)

    def variables(self, about: int = OFFICE, process: str = APPROVAL) -> Mapping[str, Any]:
        """Return what a running case knows."""
        with self.engine.database.reading() as read:
            return variables_of(find_case(read, CITY, self.case(about, process).case.id))

    def let_window_end(self) -> None:
        """Let time pass until the next timer of the office's month has fired."""
        due: datetime = min(row.due for row in self.rows(timer, case_id=self.case(OFFICE).case.id))
        self.now = max(self.now, due)
        self.let_pass(seconds=1)


def open_allowance_office(folder: Path) -> AbstractContextManager[AllowanceOffice]:
    """Give an office with its people, its attendance of March, and its releases."""
    return open_office(folder, AllowanceOffice)


def _people(database: Database) -> None:
    own = {"tenant": CITY, "valid_from": SINCE}
    with database.writing() as connection:
        for identifier, parent in UNITS.items():
            row = {"id": identifier, "tenant": CITY, "code": f"U{identifier}", "name": f"Unit {identifier}"}
            connection.execute(unit.insert(), {**row, "kind": "education_office", "week": 5, "parent_id": parent})
        for person, place in WHERE.items():
            row = {"id": person, "tenant": CITY, "nip": f"{BIRTH}{person}", "name": f"Orang {person}", "kind": "PNS"}
            connection.execute(employee.insert(), row)
            seat = {"id": person, "tenant": CITY, "code": f"P{person}", "name": f"Jabatan {person}", "unit_id": place}
            connection.execute(post.insert(), {**seat, "level": "executor", "family": "umum", "job_class": 7})
            where = {**own, "id": person, "employee_id": person, "unit_id": place, "post_id": person}
            connection.execute(placement.insert(), where)
        for place, person in HEADS.items():
            row = {**own, "id": place, "unit_id": place, "employee_id": person, "kind": "definitif"}
            connection.execute(unit_head.insert(), row)
        connection.execute(reporting_line.insert(), {**own, "id": 1, "employee_id": DEWI, "appraiser_id": BUDI})
        for number, ((person, role), unit_id) in enumerate(ROLES.items(), start=1):
            row = {**own, "id": number, "employee_id": person, "role": role.value, "unit_id": unit_id}
            connection.execute(role_grant.insert(), row)


def _month(database: Database) -> None:
    amounts = ParameterSet(
        key=CLASSES, version="1", valid_from=SINCE, source="Perwal 1/2026", values={"7.beban_kerja": AMOUNT}
    )
    with database.writing() as connection:
        kept = {"id": 1, "tenant": CITY, "name": CLASSES, "valid_from": SINCE, "source": "Perwal 1/2026"}
        connection.execute(parameter_set.insert(), {**kept, "content": pack(amounts.to_plain())})
        connection.execute(attendance.insert(), [_day(person, day) for person in WHERE for day in _workdays()])
        connection.execute(result.insert(), [_result(person) for person in WHERE])
        for place in UNITS:
            row = {"tenant": CITY, "unit_id": place, "month": MONTH, "amount": CEILING, "source": "DPA"}
            connection.execute(allowance_ceiling.insert(), row)


def _workdays() -> list[date]:
    days = [MONTH + timedelta(days=number) for number in range(31)]
    return [day for day in days if day.weekday() < 5]


def _day(person: int, day: date) -> dict[str, Any]:
    """Return a day in time; Dewi came 40 minutes late on the fourth."""
    late = 40 if (person, day) == (DEWI, LATE_DAY) else 0
    flags = dict.fromkeys(("no_check_in", "no_check_out", "assembly_missed"), False)
    row = {"tenant": CITY, "day": day, "employee_id": person, "kind": "hadir", "late": late, "early": 0, **flags}
    return {**row, "source": "kehadiran.csv"}


def _result(person: int) -> dict[str, Any]:
    row = {"tenant": CITY, "employee_id": person, "year": 2025, "quarter": 4, "version": 1, "unit_id": WHERE[person]}
    as_expected = {"work_result": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "predicate": "BAIK"}
    return {**row, **as_expected, "decided_at": datetime(2026, 1, 20, tzinfo=UTC), "source": "berkas.csv"}
