"""Somebody whom the reader leads today but of whom the quarter has no case stands on *Orang Saya*, with the reason."""

from datetime import UTC, date, datetime

from sqlalchemy import insert, update

from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.people.queries import find_employee
from processes.people.records import leave, placement, reporting_line
from tests.functional.quarter_world import CITY, OPENS, Quarter, the_city, the_template

# pytest finds fixtures in the module that uses them.
FIXTURES = (the_city, the_template)

ALL_YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}


def open_quarter(city: Quarter) -> None:
    city.alur.engine.run(OpenQuarter(2026, 3), system_actor(CITY))
    run_until_idle(city.alur.jobs)


def open_without(city: Quarter, employee: int) -> None:
    """Open the quarter while an employee has no place in the records; then the old place comes back."""
    is_theirs = placement.c.employee_id == employee
    with city.alur.database.writing() as connection:
        since = connection.execute(placement.select().where(is_theirs)).one().valid_from
        connection.execute(update(placement).where(is_theirs).values(valid_from=OPENS))
    open_quarter(city)
    with city.alur.database.writing() as connection:
        connection.execute(update(placement).where(is_theirs).values(valid_from=since))


def said_of(city: Quarter, employee: int) -> str:
    """What the appraiser's page says of an employee below “Belum siap”."""
    with city.alur.database.reading() as read:
        name = find_employee(read, CITY, employee).name
    rows = city.browser("appraiser").get("/orang-saya").tree.xpath("//section[@id='not-ready']//tbody/tr")
    (row,) = [row for row in rows if name in row.text_content()]
    assert not row.xpath(".//a")
    return " ".join(row.text_content().split())


def test_who_is_on_unpaid_leave_is_there_with_that_reason(city: Quarter) -> None:
    employee = city.people["employee"]
    with city.alur.database.writing() as connection:
        connection.execute(insert(leave).values(id=5, tenant=CITY, employee_id=employee, kind="cltn", **ALL_YEAR))
    open_quarter(city)

    assert "Cuti di luar tanggungan negara sepanjang triwulan" in said_of(city, employee)


def test_whose_place_was_entered_late_gets_a_case_by_itself(city: Quarter) -> None:
    employee = city.people["employee"]
    open_without(city, employee)

    assert "Kasusnya disiapkan otomatis dalam satu jam" in said_of(city, employee)


def test_after_the_time_of_reporting_no_case_comes(city: Quarter) -> None:
    employee = city.people["employee"]
    open_without(city, employee)
    city.clock[0] = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)

    assert "masa pelaporan triwulan ini sudah lewat" in said_of(city, employee)


def test_who_came_after_the_quarter_is_evaluated_from_the_next_one(city: Quarter) -> None:
    employee = city.people["employee"]
    with city.alur.database.writing() as connection:
        connection.execute(update(placement).where(placement.c.employee_id == employee).values(valid_from=OPENS))
    open_quarter(city)

    assert "Evaluasinya mulai triwulan berikutnya" in said_of(city, employee)


def test_who_was_led_by_somebody_else_in_the_window_is_rated_by_the_reader_the_next_time(city: Quarter) -> None:
    employee, other = city.people["employee"], city.people["superior"]
    open_without(city, employee)
    with city.alur.database.writing() as connection:
        old = connection.execute(reporting_line.select().where(reporting_line.c.employee_id == employee)).one()
        before = {"appraiser_id": other, "valid_to": date(2026, 9, 30)}
        connection.execute(update(reporting_line).where(reporting_line.c.id == old.id).values(**before))
        connection.execute(insert(reporting_line).values({**old._mapping, "id": 9**9, "valid_from": OPENS}))

    assert "Anda menilai mulai triwulan berikutnya" in said_of(city, employee)
