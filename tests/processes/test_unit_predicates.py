"""Predicates of units from before Alur: imported, and taken when nobody sets one."""

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from engine.policy.actor import Actor
from processes.appraisal.imports import APPRAISAL_KINDS
from processes.appraisal.records import org_predicate
from processes.appraisal.services.statements import record_org_predicate
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, read_import
from tests.processes.city_hall import DEWI, HANA, OFFICE, SECRETARY, UNIT, CityHall
from tests.processes.office import CITY
from tests.unit.processes.people.office import as_csv

VERIFIER = Actor(CITY, HANA, frozenset({"hr_verifier"}))
UNIT_CODE = f"U{OFFICE}"


def read(hall: CityHall, *row: str) -> ImportPlan | set[str]:
    """The plan of a file of one row, or the codes of what stands against it."""
    with hall.engine.database.reading() as found:
        file = as_csv("unit-predicates", row)
        outcome = read_import(APPRAISAL_KINDS["unit-predicates"], file, found, CITY, hall.now.date())
    return outcome if isinstance(outcome, ImportPlan) else {problem.code for problem in outcome}


def load(hall: CityHall, *row: str) -> None:
    plan = read(hall, *row)
    assert isinstance(plan, ImportPlan)
    hall.engine.run(ImportRows(plan), VERIFIER)


def test_a_quarter_falls_back_to_the_imported_predicate_of_the_period_before(closed: CityHall) -> None:
    load(closed, UNIT_CODE, "2026", "2", "Kurang")
    closed.open_quarter()

    closed.until_next_timer(OFFICE, UNIT)
    closed.until_next_timer(OFFICE, UNIT)

    org = closed.result(DEWI).org
    assert org is not None and (org.predicate, org.basis, org.since) == ("KURANG", "carried_over", (2026, 2))


def test_the_same_file_again_changes_nothing_and_another_predicate_does(closed: CityHall) -> None:
    load(closed, UNIT_CODE, "2026", "2", "Kurang")

    again, other = read(closed, UNIT_CODE, "2026", "2", "Kurang"), read(closed, UNIT_CODE, "2026", "2", "Istimewa")

    assert isinstance(again, ImportPlan) and isinstance(other, ImportPlan)
    assert (again.summary.unchanged, other.summary.changed) == (1, 1)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((UNIT_CODE, "2026", "3", "Baik"), "quarter_opened"),
        ((UNIT_CODE, "2026", "4", "Baik"), "quarter_not_over"),
        ((UNIT_CODE, "2026", "2", "Lumayan"), "not_choice"),
        (("X9", "2026", "2", "Baik"), "unknown_unit"),
    ],
)
def test_what_cannot_be_a_predicate_of_before_is_refused(hall: CityHall, row: tuple[str, ...], code: str) -> None:
    assert read(hall, *row) == {code}


@pytest.fixture
def opened(closed: CityHall) -> CityHall:
    """A quarter of which a predicate was imported before it was opened after all, and an older one too."""
    load(closed, UNIT_CODE, "2026", "2", "Istimewa")
    load(closed, UNIT_CODE, "2026", "3", "Kurang")
    closed.open_quarter()
    return closed


def test_the_imported_predicate_of_the_quarter_itself_goes_before_older_ones(opened: CityHall) -> None:
    opened.until_next_timer(OFFICE, UNIT)
    opened.until_next_timer(OFFICE, UNIT)

    org = opened.result(DEWI).org
    assert org is not None and (org.predicate, org.basis, org.since) == ("KURANG", "imported", None)
    assert org.set_by == HANA
    assert opened.case(OFFICE, UNIT).incidents == ()


def test_what_the_superior_sets_takes_the_place_of_the_imported_predicate(opened: CityHall) -> None:
    opened.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")

    org = opened.result(DEWI).org
    assert org is not None and (org.predicate, org.basis, org.note) == ("BAIK", "set", "Tercapai")
    assert (org.set_by, opened.case(OFFICE, UNIT).incidents) == (SECRETARY, ())


def test_what_the_deputy_sets_takes_the_place_of_the_imported_predicate(opened: CityHall) -> None:
    opened.until_next_timer(OFFICE, UNIT)

    opened.does(HANA, "set_by_deputy", OFFICE, predicate="BAIK", note="Atas nama")

    org = opened.result(DEWI).org
    assert org is not None and (org.predicate, org.basis) == ("BAIK", "deputy")


def test_only_an_imported_predicate_makes_room(opened: CityHall) -> None:
    with opened.engine.database.writing() as connection:
        connection.execute(org_predicate.update().values(basis="set"))

    opened.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")

    org = opened.result(DEWI).org
    assert org is not None and org.predicate == "KURANG"
    assert [item.element for item in opened.case(OFFICE, UNIT).incidents] == ["record_org_predicate"]


def test_both_databases_are_told_the_same_about_the_predicate_that_makes_room() -> None:
    told = "ON CONFLICT (tenant, unit_id, year, quarter) DO UPDATE SET predicate = excluded.predicate"

    assert all(told in str(record_org_predicate.compile(dialect=own())) for own in (sqlite.dialect, postgresql.dialect))
