"""The month that has ended opens by itself, once, on the day that the city has set; its signals are looked for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import delete

from engine.jobs import run_until_idle
from engine.records.history import audit
from engine.records.packing import pack
from engine.records.tenant import tenant
from processes.incentive.ended import OPENING
from processes.incentive.jobs import find_all_allowance_signals, open_ended_months
from processes.incentive.records import allowance_run, allowance_signal, attendance
from processes.people.city import ParameterSet
from processes.people.records import parameter_set
from tests.processes.allowance_office import DEWI, EKA, MONTH, OFFICE, SINCE, AllowanceOffice, open_allowance_office
from tests.processes.office import CITY

THIRD = datetime(2026, 4, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AllowanceOffice]:
    """An office whose March has ended; nobody has opened it."""
    with open_allowance_office(tmp_path) as opened:
        with opened.engine.database.writing() as connection:
            connection.execute(tenant.insert(), {"code": CITY, "created_at": opened.now})
        yield opened


def look(office: AllowanceOffice) -> set[int]:
    """Let the hourly job run, and return the units whose March is open."""
    open_ended_months(office.engine)
    run_until_idle(office.app)
    return {row.unit_id for row in office.rows(allowance_run, month=MONTH)}


def test_a_month_opens_by_itself_on_its_day_and_once(office: AllowanceOffice) -> None:
    assert look(office) == set()  # the first of April
    office.now = THIRD

    opened, again = look(office), look(office)

    assert OFFICE in opened
    assert (again, len(office.rows(audit, command="OpenMonth"))) == (opened, 1)


def test_a_city_that_has_set_no_day_opens_its_months_itself(office: AllowanceOffice) -> None:
    never = ParameterSet(key=OPENING, version="1", valid_from=SINCE, source="Perwal", values={"day": Decimal(0)})
    row = {"id": 77, "tenant": CITY, "name": OPENING, "valid_from": SINCE, "source": "Perwal"}
    with office.engine.database.writing() as connection:
        connection.execute(parameter_set.insert(), {**row, "content": pack(never.to_plain())})
    office.now = THIRD

    assert look(office) == set()


def test_a_city_without_amounts_pays_no_allowances_and_opens_nothing(office: AllowanceOffice) -> None:
    with office.engine.database.writing() as connection:
        connection.execute(delete(parameter_set))
    office.now = THIRD

    assert look(office) == set()


def test_what_is_imported_later_is_looked_at_within_the_hour(office: AllowanceOffice) -> None:
    office.open_month()
    assert office.rows(allowance_signal) == []
    pair = attendance.c.employee_id.in_((DEWI, EKA)) & (attendance.c.day <= date(2026, 3, 20))
    with office.engine.database.writing() as connection:
        connection.execute(attendance.update().where(pair).values(check_in=441, check_out=973))

    find_all_allowance_signals(office.engine)
    find_all_allowance_signals(office.engine)

    found = {(row.code, row.about, row.status) for row in office.rows(allowance_signal, unit_id=OFFICE)}
    assert ("identical_times", f"{DEWI}-{EKA}", "new") in found
    assert len(office.rows(audit, command="FindSignals")) == 1
