"""The page of a quarter names who and what is left out of it, with the reason."""

from datetime import date

from sqlalchemy import delete, insert

from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.people.queries import find_employee
from processes.people.records import leave, role_grant, unit_head
from tests.functional.quarter_world import CITY, Quarter, the_city, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_city, the_template)

QUARTERS = "/triwulan"
ALL_YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}


def send_on_unpaid_leave(city: Quarter) -> str:
    """Let the tour's employee be away all year; return the name."""
    person = city.people["employee"]
    with city.alur.database.writing() as connection:
        connection.execute(insert(leave).values(id=5, tenant=CITY, employee_id=person, kind="cltn", **ALL_YEAR))
    with city.alur.database.reading() as read:
        return find_employee(read, CITY, person).name


def open_quarter(city: Quarter) -> None:
    city.alur.engine.run(OpenQuarter(2026, 3), system_actor(CITY))
    run_until_idle(city.alur.jobs)


def test_the_personnel_agency_reads_who_makes_no_plan_and_why(city: Quarter) -> None:
    name = send_on_unpaid_leave(city)
    open_quarter(city)

    page = city.browser("verifier").get(QUARTERS)

    assert f"{name} (" in page.text
    assert "cuti di luar tanggungan negara sepanjang triwulan" in page.text
    assert not page.tree.xpath("//*[contains(text(), 'belum mendapat kasus')]")


def test_the_page_names_a_unit_that_nobody_leads_or_oversees(city: Quarter) -> None:
    with city.alur.database.writing() as connection:
        connection.execute(delete(unit_head))
        connection.execute(delete(role_grant).where(role_grant.c.role == "authorized_official"))
    open_quarter(city)

    page = city.browser("verifier").get(QUARTERS)

    assert page.tree.xpath("//*[contains(text(), 'Unit tanpa kepala dan tanpa atasan')]/following::li[1]")
