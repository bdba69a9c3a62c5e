"""The made-up cities' training: accepted by the imports, each city with what is its own."""

from datetime import UTC, date, datetime

import pytest

from processes.people.queries import staff_on
from processes.training.queries.catalogue import coming_sessions, courses
from processes.training.queries.hours import hours_of_all
from webapp.demo import DEMO_CITIES
from webapp.demo.training import SYSTEM_COURSE
from webapp.wiring import Alur

DAY = date(2026, 10, 1)
NOW = datetime(2026, 10, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_every_city_has_a_course_on_the_system_and_sessions_to_come(loaded: Alur, code: str) -> None:
    with loaded.database.reading() as read:
        known, sessions = courses(read, code), coming_sessions(read, code, DAY)

    assert known[SYSTEM_COURSE].is_open
    assert {item.course for item in sessions} == set(known)
    assert all(item.enrol_until >= DAY for item in sessions)


def test_a_city_has_its_own_courses(loaded: Alur) -> None:
    with loaded.database.reading() as read:
        own = courses(read, "tanjungselor").keys() - courses(read, "serang").keys()

    assert len(own) == 2


def test_tebing_tinggi_counts_hours_by_its_own_three_fields(loaded: Alur) -> None:
    with loaded.database.reading() as read:
        taught = {course.field for course in courses(read, "tebingtinggi").values()}

    own = loaded.directory.city("tebingtinggi").info.training_fields
    assert (len(own), taught.issuperset(own)) == (3, True)


@pytest.mark.parametrize("code", ["tanjungbalai", "mataram"])
def test_infrastructure_posts_get_project_management_suggested(loaded: Alur, code: str) -> None:
    with loaded.database.reading() as read:
        course = courses(read, code)["MPR-01"]
        suited = {member.unit_code for member in staff_on(read, code, DAY) if course.suits(member)}

    assert suited == {"BAPPEDA"}


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_some_people_have_learnt_this_year(loaded: Alur, code: str) -> None:
    with loaded.database.reading() as read:
        hours = hours_of_all(read, code, DAY.year)

    assert len(hours) > 100
