"""What holds from a day on opens nothing before it; and what the heads of a city read of its results."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from engine.records.case import CaseStatus, case
from processes.people.records import Role, placement, reporting_line, role_grant
from tests.functional.quarter_world import CITY, OPENS, Quarter, the_quarter, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_quarter, the_template)

NEXT_YEAR = date(2027, 1, 1)
KASUS = "/triwulan/2026/3/kasus"


def stranger(quarter: Quarter) -> int:
    """Somebody of another unit who plays no part."""
    own = quarter.unit_of(quarter.people["employee"])
    found = select(placement.c.employee_id).where(placement.c.tenant == CITY, placement.c.unit_id != own)
    with quarter.alur.database.reading() as read:
        people: list[int] = list(read.execute(found.order_by(placement.c.employee_id)).scalars())
        return next(person for person in people if person not in quarter.people.values())


def write_row(quarter: Quarter, statement: Any) -> None:
    with quarter.alur.database.writing() as connection:
        connection.execute(statement)


def statuses(quarter: Quarter, who: str | int, subject: int) -> set[int]:
    """What somebody gets who asks for a person's case and result."""
    path = f"/kasus/{quarter.case_of(subject)}"
    return {quarter.browser(who).get(address).status for address in (path, f"{path}/hasil")}


@pytest.mark.parametrize(("first", "status"), [(OPENS, 200), (NEXT_YEAR, 404)])
def test_a_line_opens_the_case_from_its_first_day_on(quarter: Quarter, first: date, status: int) -> None:
    employee, other = quarter.people["employee"], stranger(quarter)
    line = {"id": 991, "tenant": CITY, "employee_id": employee, "appraiser_id": other}
    write_row(quarter, insert(reporting_line).values(**line, valid_from=first))

    assert statuses(quarter, other, employee) == {status}


def test_an_appraiser_whose_line_is_to_end_reads_until_then(quarter: Quarter) -> None:
    employee, other = quarter.people["employee"], stranger(quarter)
    line = {"id": 991, "tenant": CITY, "employee_id": employee, "appraiser_id": other, "valid_from": OPENS}
    write_row(quarter, insert(reporting_line).values(**line, valid_to=NEXT_YEAR))

    assert statuses(quarter, other, employee) == {200}


@pytest.mark.parametrize(("first", "status"), [(OPENS, 200), (NEXT_YEAR, 404)])
def test_the_new_units_officer_reads_from_the_day_of_the_move_on(quarter: Quarter, first: date, status: int) -> None:
    moved, own = stranger(quarter), quarter.unit_of(quarter.people["employee"])
    assert statuses(quarter, "unit_hr", moved) == {404}

    place = {"id": 992, "tenant": CITY, "employee_id": moved, "unit_id": own, "valid_from": first}
    write_row(quarter, insert(placement).values(**place))

    assert statuses(quarter, "unit_hr", moved) == {status}
    listed = quarter.browser("unit_hr").get(f"{KASUS}?unit={own}").links(f"/kasus/{quarter.case_of(moved)}")
    assert bool(listed) == (status == 200)


def report(quarter: Quarter, person: int) -> None:
    """Let a person's case have ended with its result locked."""
    write_row(quarter, update(case).where(case.c.id == quarter.case_of(person)).values(status=CaseStatus.FINISHED))


def test_the_authorized_official_follows_the_quarter_and_lists_what_is_reported_to_him(quarter: Quarter) -> None:
    employee, browser = quarter.people["employee"], quarter.browser("official")
    assert browser.get("/triwulan").status == 200
    assert not browser.get(KASUS).links("/kasus/")

    report(quarter, employee)

    page = browser.get(KASUS)
    assert page.links("/kasus/") == [f"/{CITY}/kasus/{quarter.case_of(employee)}"]
    assert "Hanya hasil yang sudah dikunci dan dilaporkan kepada Anda." in page.text
    assert browser.get("/triwulan").links("langkah=") == []


def test_a_result_opens_to_the_authorized_official_when_it_is_reported(quarter: Quarter) -> None:
    employee = quarter.people["employee"]
    assert statuses(quarter, "official", employee) == {404}

    report(quarter, employee)

    assert statuses(quarter, "official", employee) == {200}


def test_the_regional_head_sees_numbers_and_no_persons_result(quarter: Quarter) -> None:
    head, employee = stranger(quarter), quarter.people["employee"]
    role = {"id": 993, "tenant": CITY, "employee_id": head, "role": Role.APPOINTING_AUTHORITY.value}
    write_row(quarter, insert(role_grant).values(**role, valid_from=OPENS))
    report(quarter, employee)

    assert [quarter.browser(head).get(path).status for path in ("/triwulan", KASUS)] == [200, 403]
    assert statuses(quarter, head, employee) == {404}
