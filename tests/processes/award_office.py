"""A personnel office that gives awards, for process tests: the city hall's people, with everything that ships."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import Table

from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.verification import Extensions, verify
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role, result
from processes.recognition.commands.change_panel import AddToPanel
from processes.recognition.commands.nominate import NominateForAward
from processes.recognition.commands.open_program import USUAL_WEIGHTS, OpenProgram
from processes.recognition.definitions import PROCESSES, release_files
from processes.recognition.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from tests.processes.city_hall import AFTER_THE_QUARTER, BUDI, CITRA, DEWI, EKA, OFFICE, SECRETARY, settle_hall
from tests.processes.office import CITY, Office, OneCase, open_office

REASON = "Antrean berkas turun dari dua hari menjadi dua jam."
EVIDENCE = "Laporan layanan TW 3 nomor 045/112."
SCORE = {"conflict": "none", "performance": 90, "conduct": 80, "impact": 70, "note": "Sesuai bukti"}
CONFLICT = {"conflict": "conflict", "performance": None, "conduct": None, "impact": None, "note": "Masih kerabat"}
ROLES = {EKA: Role.HR_VERIFIER, BUDI: Role.TREASURER, SECRETARY: Role.HR_HEAD}
PANEL = (SECRETARY, BUDI, EKA)
SINCE = date(2020, 1, 1)


@dataclass(eq=False)
class AwardOffice(OneCase, Office):
    """The office in the course of an award for Dewi; `program` is the award, `case` her nomination."""

    begins: ClassVar[datetime] = AFTER_THE_QUARTER
    program: int = 0
    case: int = 0

    def settle(self) -> None:
        """Let the people of the hall be there with other roles, and all releases."""
        settle_hall(self)
        self.deploys(map(release_files, PROCESSES))
        for person, role in ROLES.items():
            self.engine.run(GrantRole(person, role, SINCE), system_actor(CITY))

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

    def scores(self, **by: dict[str, Any]) -> None:
        """Let the whole panel score, each as the others but where something else is said for one of them."""
        names = {SECRETARY: "secretary", BUDI: "budi", EKA: "eka"}
        for person, name in names.items():
            self.does(person, "score", **by.get(name, SCORE))

    def rows(self, table: Table) -> list[Any]:
        """Return the rows of a table, oldest key first."""
        with self.engine.database.reading() as read:
            return list(read.execute(table.select().order_by(*table.primary_key)))

    def verifies(self) -> set[str]:
        """Return what the history checker finds."""
        more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY)
        with self.engine.database.reading() as read:
            return {finding.code for finding in verify(read, self.engine.directory, more=more).findings()}


def open_award_office(folder: Path) -> AbstractContextManager[AwardOffice]:
    """Give the office with an award that takes nominations and money in its budget line."""
    return open_office(folder, AwardOffice)


MONEY: dict[str, Any] = {"amount": Decimal(2_500_000), "dpa_code": "5.02.01.2.05"}
