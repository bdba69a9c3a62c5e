"""What is broken in one city of an installation holds up the background work of no other."""

import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from engine.jobs import run_until_idle
from processes.appraisal.jobs import follow_raters, open_missing
from processes.appraisal.records import period
from processes.people.records import employee, placement, reporting_line
from tests.processes.city_hall import BUDI, CITRA, DEWI, OFFICE, CityHall
from tests.processes.office import CITY

GONE, NEW = "aceh", 77


@pytest.fixture(autouse=True)
def broken(hall: CityHall) -> None:
    """Another city with an open quarter, before this one in every list; its plugin is gone."""
    with hall.engine.database.writing() as connection:
        opened = dict(connection.execute(select(period)).mappings().one())
        connection.execute(insert(period), {**opened, "id": 1, "tenant": GONE})


def hire(hall: CityHall) -> None:
    """Let somebody work in the office under Citra since long ago."""
    own = {"id": NEW, "tenant": CITY}
    since = date(2020, 1, 1)
    with hall.engine.database.writing() as connection:
        connection.execute(insert(employee), {**own, "nip": "198609262015051077", "name": "Tuti", "kind": "PNS"})
        at = {**own, "employee_id": NEW, "valid_from": since}
        connection.execute(insert(placement), {**at, "unit_id": OFFICE, "post_id": DEWI})
        connection.execute(insert(reporting_line), {**at, "appraiser_id": CITRA})


def test_missing_cases_are_opened_although_another_city_is_broken(
    hall: CityHall, caplog: pytest.LogCaptureFixture
) -> None:
    hire(hall)

    with caplog.at_level(logging.WARNING):
        open_missing(hall.engine)
    run_until_idle(hall.app)

    assert ("assess_behaviour", CITRA) in hall.waits_for(NEW)
    assert f"City {GONE} waits" in caplog.text


def test_raters_are_followed_although_another_city_is_broken(hall: CityHall) -> None:
    with hall.engine.database.writing() as connection:
        connection.execute(update(employee).where(employee.c.id == CITRA).values(active_to=date(2026, 10, 2)))
    hall.now += timedelta(days=3)

    follow_raters(hall.engine)

    assert ("assess_behaviour", BUDI) in hall.waits_for(DEWI)


def test_a_failure_of_another_kind_is_raised_when_all_had_their_turn(hall: CityHall) -> None:
    hire(hall)
    with hall.engine.database.writing() as connection:
        connection.execute(update(period).where(period.c.tenant == GONE).values(tenant=CITY, year=2021, quarter=9))

    with pytest.raises(ValueError, match="month"):
        open_missing(hall.engine)
    run_until_idle(hall.app)

    assert ("assess_behaviour", CITRA) in hall.waits_for(NEW)
