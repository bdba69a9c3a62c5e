"""A list with a single person goes on to the next level: nobody checks or signs what is about himself alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from processes.people.records import Role, placement, role_grant
from tests.processes.allowance_office import (
    AGENCY,
    APPROVE,
    BUDI,
    DEWI,
    EKA,
    IRA,
    OFFICE,
    SARI,
    SINCE,
    TIO,
    TOWN,
    VERA,
    AllowanceOffice,
    open_allowance_office,
)
from tests.processes.office import CITY


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AllowanceOffice]:
    with open_allowance_office(tmp_path) as opened:
        yield opened


def leave(office: AllowanceOffice, *people: int) -> None:
    """Let people work in the town's own unit, before the month is opened."""
    moved = update(placement).where(placement.c.employee_id.in_(people)).values(unit_id=TOWN)
    with office.engine.database.writing() as connection:
        connection.execute(moved)


def test_a_head_who_is_alone_on_the_list_does_not_sign_it_and_the_month_goes_on(office: AllowanceOffice) -> None:
    leave(office, VERA)
    office.open_month()

    office.does(IRA, "check", AGENCY, outcome="pass", note=None)
    signer = office.variables(AGENCY)["signer"]["person"]
    office.does(SARI, "sign", AGENCY, confirmed=True, note=None)

    assert signer == SARI
    assert office.waits_at(AGENCY) == {"verify"}


def test_an_officer_who_is_alone_on_the_list_leaves_the_check_to_the_one_above(office: AllowanceOffice) -> None:
    leave(office, BUDI, DEWI, EKA)
    office.open_month()

    office.does(IRA, "check", outcome="pass", note=None)
    office.does(BUDI, "sign", confirmed=True, note=None)
    office.does(VERA, "verify", **APPROVE)

    assert office.waits_at(OFFICE) == {"order"}


def test_a_second_officer_of_the_unit_checks_the_list_of_the_first(office: AllowanceOffice) -> None:
    leave(office, BUDI, DEWI, EKA)
    row = {"id": 950, "tenant": CITY, "employee_id": TIO, "role": Role.UNIT_HR_OFFICER.value, "unit_id": OFFICE}
    with office.engine.database.writing() as connection:
        connection.execute(role_grant.insert(), {**row, "valid_from": SINCE})
    office.open_month()

    office.does(TIO, "check", outcome="pass", note=None)

    assert (office.variables()["officer_group"], office.waits_at()) == (f"unit_hr_officer:{OFFICE}", {"sign"})
