"""The history checker compares the figures and files that an employee has handed in with his answers."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from engine.queries.verification import Extensions, verify
from engine.records.packing import pack
from processes.appraisal.records import FROM_FORM, assessment, evidence, org_predicate, realisation
from processes.appraisal.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from tests.processes.city_hall import AFTER_THE_QUARTER, DEWI, EKA, HANA, OFFICE, CityHall
from tests.processes.office import CITY

FILE = {"sha256": "a" * 64, "filename": "laporan.pdf", "media_type": "application/pdf", "size": 3}
ROW = {"tenant": CITY, "year": 2026, "quarter": 3, "entered_at": AFTER_THE_QUARTER, "entered_by": HANA}


@pytest.fixture
def entered(hall: CityHall) -> CityHall:
    """A city hall in which an employee has entered a figure over one of a file, with its evidence."""
    before = {"measured": {"R4": {"approved": Decimal(90)}, "R1": {"value": Decimal(40)}}}
    row = {**ROW, "employee_id": DEWI, "content": pack(before), "source": "files.csv"}
    damage(hall, insert(realisation).values(row))
    hall.does(DEWI, "record_realisation", DEWI, R1__value=Decimal("48.5"), R1__note="Rapor", evidence=[FILE, FILE])
    return hall


def damage(hall: CityHall, statement: Any) -> None:
    with hall.engine.database.writing() as connection:
        connection.execute(statement)


def said(hall: CityHall) -> set[tuple[str, Any]]:
    more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY)
    with hall.engine.database.reading() as read:
        found = list(verify(read, hall.engine.directory, more=more).findings())
    return {(item.code, item.params.get("column", item.params.get("table"))) for item in found}


def figures(value: str, **more: Any) -> Any:
    measured = {"R1": {"value": Decimal(value)}, **more}
    return update(realisation).values(content=pack({"measured": measured, "notes": {"R1": "Rapor"}}))


DAMAGES: dict[str, tuple[Any, set[tuple[str, Any]]]] = {
    "a figure": (figures("99"), {("record_differs", "content")}),
    "a figure that nobody entered": (figures("48.5", R9={"value": Decimal(1)}), {("record_differs", "content")}),
    "a note": (
        update(realisation).values(content=pack({"measured": {}, "notes": {"R1": "X"}})),
        {("record_differs", "content")},
    ),
    "who entered": (update(realisation).values(entered_by=HANA), {("record_differs", "entered_by")}),
    "the figures are gone": (delete(realisation), {("record_missing", "realisation")}),
    "the name of a file": (
        update(evidence).values(filename="x.pdf"),
        {("record_differs", "sha256, filename, media_type, size, added_at, added_by")},
    ),
    "a file is gone": (delete(evidence), {("record_missing", "evidence")}),
    "a mark of a quarter that was never opened": (
        insert(assessment).values(
            tenant=CITY, employee_id=DEWI, year=2026, quarter=1, content=pack({}), entered_at=AFTER_THE_QUARTER
        ),
        {("record_unexplained", "assessment")},
    ),
    "a unit's predicate of a quarter that was never opened": (
        insert(org_predicate).values(
            {"tenant": CITY, "unit_id": OFFICE, "year": 2026, "quarter": 1, "predicate": "BAIK", "basis": "set"}
            | {"note": "", "set_at": AFTER_THE_QUARTER}
        ),
        {("record_unexplained", "org_predicate")},
    ),
    "figures of somebody who has entered none": (
        insert(realisation).values({**ROW, "employee_id": EKA, "content": pack({}), "source": FROM_FORM}),
        {("record_unexplained", "realisation")},
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_was_changed_in_what_an_employee_entered_is_named(entered: CityHall, name: str) -> None:
    statement, expected = DAMAGES[name]
    assert said(entered) == set()

    damage(entered, statement)

    assert said(entered) == expected
