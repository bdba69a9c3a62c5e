"""How many statements one step asks of the database, counted for every task of the appraisal."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.complete_task import CompleteTask
from engine.commands.start_case import StartCases
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.records.counting import count_statements
from engine.records.history import journal
from engine.records.wordbook import unpack_stored
from processes.appraisal.opening import employee_cases, unit_cases
from processes.appraisal.schedule import Quarter
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from tests.processes.city_hall import (
    ABOVE,
    AS_EXPECTED,
    BUDI,
    CITRA,
    DEWI,
    EKA,
    HANA,
    OFFICE,
    SECRETARY,
    CityHall,
    assessment,
)
from tests.processes.office import CITY

PROOF = {"sha256": "0" * 64, "filename": "bukti.pdf", "media_type": "application/pdf", "size": "10"}
PER_STEP, PER_SERVICE, PER_START = 9, 4, 12


class Tally:
    """Completes tasks and notes what each asked for."""

    def __init__(self, hall: CityHall) -> None:
        self.hall = hall
        self.lines: list[str] = []
        self.over: list[str] = []

    def does(self, person: int, element: str, about: int, **answers: Any) -> None:
        row = self.hall.tasks(person)[(element, about)]
        with count_statements(self.hall.engine.database) as statements:
            self.hall.engine.run(CompleteTask(row.case_id, row.token, answers), Actor(CITY, person))
        services = self._services_of(row.case_id)
        line = f"{element:22} {len(statements):2} statements, {services} services, {statements.commits} commit"
        self.lines.append(line)
        if len(statements) > PER_STEP + PER_SERVICE * services or statements.commits != 1:
            self.over.append("\n  ".join([line, *(" ".join(text.split())[:100] for text in statements)]))
        run_until_idle(self.hall.app)

    def _services_of(self, case_id: int) -> int:
        last = select(journal.c.entry).where(journal.c.case_id == case_id).order_by(journal.c.version.desc()).limit(1)
        with self.hall.engine.database.reading() as read:
            entry: Any = unpack_stored(read, read.execute(last).scalar_one())
        return sum(not name.startswith("message:") for name, _ in entry.get("results", ()))


def test_no_task_of_the_quarter_asks_for_more_than_its_share(hall: CityHall) -> None:
    tally = Tally(hall)
    tally.does(DEWI, "record_realisation", DEWI, evidence=[PROOF])
    tally.does(CITRA, "assess_behaviour", DEWI, **assessment())
    tally.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    tally.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    tally.does(CITRA, "sign", DEWI, confirmed=True)
    tally.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 2), note="Dialog")
    tally.does(DEWI, "respond", DEWI, answer="object", reason="Bukti belum dihitung")
    tally.does(BUDI, "decide_objection", DEWI, outcome="change", reason="Bukti diterima", **ABOVE)

    print("\n".join(tally.lines))  # noqa: T201  # the figures are the point: pytest -s shows them
    assert not tally.over, "\n".join(tally.over)


def test_no_task_of_a_late_unit_asks_for_more_than_its_share(hall: CityHall) -> None:
    tally = Tally(hall)
    hall.until_next_timer(OFFICE, UNIT_PROCESS)
    tally.does(HANA, "set_by_deputy", OFFICE, predicate="BAIK", note="Atas nama")
    for person, rater in ((DEWI, CITRA), (EKA, CITRA), (CITRA, BUDI)):
        hall.does(rater, "assess_behaviour", person, **assessment())
        hall.does(rater, "confirm_ratings", person, **ABOVE)
    hall.until_next_timer(OFFICE, UNIT_PROCESS)
    tally.does(BUDI, "justify", OFFICE, reason="Unit kecil")

    print("\n".join(tally.lines))  # noqa: T201  # as above
    assert not tally.over, "\n".join(tally.over)


@pytest.mark.parametrize("process", [EMPLOYEE_PROCESS, UNIT_PROCESS])
def test_one_case_starts_within_its_share(hall: CityHall, process: str) -> None:
    quarter = Quarter(CITY, 2026, 4, date(2027, 1, 4))
    with hall.engine.database.reading() as read:
        employees = employee_cases(read, hall.engine.directory.city(CITY), quarter, 0)
        new = employees if process == EMPLOYEE_PROCESS else unit_cases(read, quarter)

    with count_statements(hall.engine.database) as statements:
        hall.engine.run(StartCases(process, new[:1]), system_actor(CITY))

    print(process, len(statements))  # noqa: T201  # as above
    assert (len(statements) <= PER_START, statements.commits) == (True, 1), "\n".join(statements)
