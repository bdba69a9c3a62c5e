"""Imports that others overtake between reading and writing: nothing that somebody entered meanwhile is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from engine.casework import TaskSubject
from engine.command import Changes, Context, TenantSubject
from engine.commands.complete_task import CompleteTask
from engine.policy.actor import Actor, system_actor
from processes.appraisal.facts import read_content
from processes.appraisal.records import org_predicate, realisation
from processes.people.commands.approve_line import ApproveLine
from processes.people.commands.import_rows import ImportRows
from processes.people.commands.propose_line import ProposeLine
from processes.people.imports import ImportRefused
from processes.people.records import reporting_line
from tests.processes.city_hall import BUDI, CITRA, CITY_UNIT, DEWI, EKA, HANA, OFFICE, SECRETARY, CityHall, assessment
from tests.processes.office import CITY


@dataclass(frozen=True, slots=True)
class Overtaken(ImportRows):
    """An import between whose computing and writing somebody does something, once."""

    meanwhile: list[Callable[[], Any]] = field(default_factory=list, repr=False)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        changes = ImportRows.execute(self, context, subject)
        if self.meanwhile:
            self.meanwhile.pop()()
        return changes


@dataclass(frozen=True, slots=True)
class OvertakenTask(CompleteTask):
    """A task between whose computing and writing somebody does something, once."""

    meanwhile: list[Callable[[], Any]] = field(default_factory=list, repr=False)

    def execute(self, context: Context, subject: TaskSubject) -> Changes:
        changes = CompleteTask.execute(self, context, subject)
        if self.meanwhile:
            self.meanwhile.pop()()
        return changes


def load(hall: CityHall, kind: str, *row: str, meanwhile: Callable[[], Any] | None = None) -> None:
    """Import one row, while somebody does something else if that is said."""
    command = Overtaken(hall.plan(kind, *row), [meanwhile] if meanwhile else [])
    hall.engine.run(command, system_actor(CITY))


def nip(person: int) -> str:
    return f"19860926201505100{person}"


def approved(hall: CityHall, minutes: str, meanwhile: Callable[[], Any] | None = None) -> None:
    load(hall, "realisations", nip(DEWI), "2026", "3", "R4", "approved", minutes, meanwhile=meanwhile)


def measured(hall: CityHall) -> dict[str, Any]:
    with hall.engine.database.reading() as read:
        row = read.execute(realisation.select().where(realisation.c.employee_id == DEWI)).one()
        return dict(read_content(read, row.content)["measured"])


def enters_52(hall: CityHall) -> Callable[[], None]:
    return lambda: hall.does(DEWI, "record_realisation", DEWI, R1__value=Decimal(52))


def test_what_an_employee_enters_while_a_file_is_compared_is_kept(hall: CityHall) -> None:
    approved(hall, "90")

    approved(hall, "95", meanwhile=enters_52(hall))

    assert measured(hall) == {"R1": {"value": Decimal(52)}, "R4": {"approved": Decimal(95)}}


def test_what_an_employee_enters_first_while_a_file_is_compared_is_kept(hall: CityHall) -> None:
    approved(hall, "95", meanwhile=enters_52(hall))

    assert measured(hall) == {"R1": {"value": Decimal(52)}, "R4": {"approved": Decimal(95)}}


def test_what_a_file_brings_while_an_employee_sends_the_own_is_kept(hall: CityHall) -> None:
    approved(hall, "90")
    task = hall.tasks(DEWI)[("record_realisation", DEWI)]

    late: list[Callable[[], Any]] = [lambda: approved(hall, "95")]
    answers = {"R1__value": Decimal(52)}
    hall.engine.run(OvertakenTask(task.case_id, task.token, answers, late), Actor(CITY, DEWI))

    assert measured(hall) == {"R1": {"value": Decimal(52)}, "R4": {"approved": Decimal(95)}}


def test_an_import_does_not_change_what_was_scored_while_the_file_was_compared(hall: CityHall) -> None:
    approved(hall, "90")
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)

    with pytest.raises(ImportRefused) as caught:
        approved(hall, "95", meanwhile=lambda: hall.does(CITRA, "assess_behaviour", DEWI, **assessment()))

    assert {problem.code for problem in caught.value.problems} == {"recommended"}
    assert measured(hall)["R4"] == {"approved": Decimal(90)}


@pytest.mark.parametrize("is_known", [True, False])
def test_a_score_is_computed_again_when_an_import_comes_between(hall: CityHall, is_known: bool) -> None:
    if is_known:
        load(hall, "realisations", nip(DEWI), "2026", "3", "R1", "value", "10")
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    task = hall.tasks(CITRA)[("assess_behaviour", DEWI)]

    late = [lambda: load(hall, "realisations", nip(DEWI), "2026", "3", "R1", "value", "50")]
    hall.engine.run(OvertakenTask(task.case_id, task.token, assessment(), late), Actor(CITY, CITRA))

    result = hall.result(DEWI)
    assert result.latest is not None and result.latest.score is not None
    assert result.realised["measured"] == {"R1": {"value": Decimal(50)}}
    assert [line.realised for line in result.latest.score.lines if line.code == "R1"] == [Decimal(50)]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_units_predicate_does_not_come_into_a_quarter_that_is_opened_meanwhile(
    closed: CityHall, is_known: bool
) -> None:
    row = ("unit-predicates", f"U{OFFICE}", "2026", "3")
    if is_known:
        load(closed, *row, "Baik")

    with pytest.raises(ImportRefused) as caught:
        load(closed, *row, "Kurang", meanwhile=closed.open_quarter)

    assert {problem.code for problem in caught.value.problems} == {"quarter_opened"}
    with closed.engine.database.reading() as read:
        assert read.execute(select(org_predicate.c.predicate)).scalars().all() == ["BAIK"] * is_known


def test_what_a_superior_sets_while_a_file_is_compared_is_kept(closed: CityHall) -> None:
    def sets() -> None:
        closed.open_quarter()
        closed.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")

    with pytest.raises(ImportRefused):
        load(closed, "unit-predicates", f"U{OFFICE}", "2026", "3", "Kurang", meanwhile=sets)

    org = closed.result(DEWI).org
    assert org is not None and (org.predicate, org.basis) == ("BAIK", "set")


def test_a_line_that_is_approved_while_a_file_is_compared_is_kept(hall: CityHall) -> None:
    def corrects() -> None:
        officer = Actor(CITY, HANA, frozenset({f"unit_hr_officer:{CITY_UNIT}"}))
        found = hall.engine.run(ProposeLine(EKA, BUDI, date(2026, 11, 1), "Pindah seksi"), officer).value
        hall.engine.run(ApproveLine(int(str(found))), Actor(CITY, SECRETARY, frozenset({"hr_verifier"})))

    load(hall, "lines", nip(EKA), nip(SECRETARY), "2026-12-01", meanwhile=corrects)

    with hall.engine.database.reading() as read:
        of_eka = reporting_line.select().where(reporting_line.c.employee_id == EKA)
        rows = read.execute(of_eka.order_by(reporting_line.c.valid_from)).all()
    assert [(row.appraiser_id, row.valid_to) for row in rows] == [
        (CITRA, date(2026, 10, 31)),
        (BUDI, date(2026, 11, 30)),
        (SECRETARY, None),
    ]
