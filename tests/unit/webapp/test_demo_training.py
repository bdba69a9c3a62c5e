"""The made-up cities' training: accepted by the imports, each city with what is its own."""

from collections.abc import Generator
from datetime import UTC, date, datetime

import pytest

from engine.policy.actor import system_actor
from engine.records.schema import metadata
from processes.people.queries import staff_on
from processes.training.queries.catalogue import coming_sessions, courses
from processes.training.queries.hours import hours_of_all
from webapp.demo import DEMO_CITIES, load_demo
from webapp.demo.training import SYSTEM_COURSE
from webapp.wiring import Alur, Settings, build

DAY = date(2026, 10, 1)
NOW = datetime(2026, 10, 1, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Generator[Alur]:
    """All demonstration cities."""
    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(home=folder, database_url=f"sqlite:///{folder / 'alur.db'}", secret_key="k", pepper="p")
    alur = build(settings, clock=lambda: NOW)
    metadata.create_all(alur.database.write)
    for code in DEMO_CITIES:
        load_demo(alur.engine, code, system_actor(code))
    yield alur
    alur.close()


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
