"""When a unit's ratings are read against the distribution guide."""

from datetime import date

import pytest
from sqlalchemy import Connection, insert

from engine.casework import variables_of
from engine.policy.actor import Actor, system_actor
from plugins.manager import Cities
from processes.appraisal.parameters import DISTRIBUTION, parameters_on
from processes.appraisal.spread import Spread, unit_spread
from processes.people.city import Predicate
from processes.people.records import leave
from tests.processes.city_hall import (
    ABOVE,
    AS_EXPECTED,
    BUDI,
    CITRA,
    DEWI,
    EKA,
    OFFICE,
    RATERS,
    SECRETARY,
    CityHall,
    assessment,
)
from tests.processes.office import CITY

SERANG = Cities.installed(only=(CITY,)).city(CITY)


def rate(hall: CityHall, about: int, ratings: dict[str, str] = AS_EXPECTED) -> None:
    hall.does(about, "record_realisation", about)
    hall.does(RATERS[about], "assess_behaviour", about, **assessment())
    hall.does(RATERS[about], "confirm_ratings", about, **ratings)


def warned(hall: CityHall, about: int) -> list[str]:
    """What the case of somebody keeps of the warnings, by which the form of the signature goes."""
    kept: list[str] = variables_of(hall.case(about).case)["distribution"]["warnings"]
    return kept


def spread(hall: CityHall) -> Spread:
    def ask(read: Connection, actor: Actor) -> Spread:
        return unit_spread(read, SERANG, actor.tenant, unit_id=OFFICE, year=2026, quarter=3)

    return hall.engine.read(ask, system_actor(CITY))


@pytest.fixture
def rating(hall: CityHall) -> CityHall:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="ISTIMEWA", note="Melampaui rencana aksi")
    return hall


def test_the_first_ratings_of_a_unit_are_not_read_against_the_guide(rating: CityHall) -> None:
    rate(rating, DEWI, ABOVE)

    found = spread(rating)

    assert found.coverage is not None and (found.coverage.rated, found.coverage.staff) == (1, 4)
    assert not found.warnings
    assert warned(rating, DEWI) == []


def test_from_three_quarters_of_the_unit_on_the_guide_warns(rating: CityHall) -> None:
    for person in (DEWI, EKA):
        rate(rating, person, ABOVE)
    assert not spread(rating).warnings

    rate(rating, CITRA, ABOVE)

    assert [warning.code for warning in spread(rating).warnings] == ["distribution_most", "distribution_small_unit"]
    assert warned(rating, CITRA) == ["distribution_most", "distribution_small_unit"]


def test_who_is_on_unpaid_leave_all_quarter_is_nobody_whom_the_guide_waits_for(rating: CityHall) -> None:
    parts = ((date(2026, 6, 1), date(2026, 8, 15)), (date(2026, 8, 16), date(2026, 12, 31)))
    with rating.engine.database.writing() as connection:
        for key, (first, last) in enumerate(parts):
            row = {"id": key + 1, "tenant": CITY, "employee_id": EKA, "first_day": first, "last_day": last}
            connection.execute(insert(leave), {**row, "kind": "cltn"})

    rate(rating, DEWI, ABOVE)

    found = spread(rating).coverage
    assert found is not None and (found.rated, found.staff) == (1, 3)


def test_somebody_who_is_rated_anew_after_an_unsigned_rating_counts_once(rating: CityHall) -> None:
    for person in (EKA, CITRA, DEWI):
        rate(rating, person, ABOVE)
    rating.until_next_timer(DEWI)

    rating.does(BUDI, "confirm_ratings", DEWI, **AS_EXPECTED)

    assert spread(rating).counts == {Predicate.SANGAT_BAIK: 2, Predicate.BAIK: 1}
    assert warned(rating, DEWI) == []


def test_before_the_circular_there_is_no_guide() -> None:
    assert parameters_on(SERANG, DISTRIBUTION, date(2022, 12, 31)) is None

    found = parameters_on(SERANG, DISTRIBUTION, date(2023, 1, 1))

    assert found is not None and "SE MenPANRB 3/2023" in found.source
