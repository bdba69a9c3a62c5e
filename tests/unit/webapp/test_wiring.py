"""An installation is put together from named modules; the engine asks it about the world outside diagrams."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from engine.policy.rules import Policy
from engine.services import ServiceResult
from plugins.manager import Cities
from processes.people.city import CityUnavailable
from processes.people.guests import GUESTS_MAY
from processes.people.records import employee, holiday, unit, unit_head
from tests.upgraded_once import make_tables
from webapp.wiring import MODULES, Alur, Settings, build, collect_parts, import_kinds, shipped_releases

CITY = "mataram"
NOW = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)


@pytest.fixture
def alur(tmp_path: Path) -> Iterator[Alur]:
    """An installation without cities."""
    make_tables(tmp_path / "alur.db")
    built = build(Settings.from_environment({"ALUR_HOME": str(tmp_path)}), clock=lambda: NOW)
    yield built
    built.close()


def test_every_service_and_form_of_the_shipped_diagrams_is_provided(alur: Alur) -> None:
    assert "appraisal.recommend_ratings" in alur.catalogue.services
    assert "appraisal.realisation" in alur.catalogue.forms
    assert {"periodic_evaluation", "unit_evaluation"} <= shipped_releases().keys()


def test_every_permission_of_the_installation_has_its_answer_for_guests() -> None:
    parts = collect_parts()

    assert set(parts.limits[-1]) == Policy(*parts.rules).permissions
    assert set(GUESTS_MAY) <= Policy(*parts.rules).permissions


def test_a_module_without_parts_adds_nothing_and_a_missing_one_is_an_error() -> None:
    assert collect_parts(("webapp.texts",)).services == {}
    with pytest.raises(ModuleNotFoundError):
        collect_parts(("processes.nowhere",))


def test_two_services_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = ModuleType("processes.people.services")
    twin.SERVICES = {"appraisal.recommend_ratings": lambda _call: ServiceResult()}  # type: ignore[attr-defined]
    twin.__spec__ = sys.modules["processes.people"].__spec__
    monkeypatch.setitem(sys.modules, "processes.people.services", twin)

    with pytest.raises(ValueError, match=r"appraisal\.recommend_ratings"):
        collect_parts(MODULES)


def test_kinds_of_files_come_in_the_order_in_which_a_city_needs_them() -> None:
    kinds = list(import_kinds())

    assert kinds.index("units") < kinds.index("employees") < kinds.index("lines")


def test_a_city_counts_its_days_in_its_own_zone(alur: Alur) -> None:
    assert alur.now_in(CITY).date() == date(2026, 11, 24)
    assert alur.now_in("serang").date() == date(2026, 11, 23)


def test_only_cities_that_were_set_up_are_served(alur: Alur) -> None:
    assert alur.served() == ()


def test_the_calendar_of_a_case_is_that_of_its_unit(alur: Alur) -> None:
    with alur.database.writing() as connection:
        row = {"id": 1, "tenant": CITY, "code": "A", "name": "SD", "kind": "school", "week": 6}
        connection.execute(unit.insert(), row)
        connection.execute(holiday.insert(), {"tenant": CITY, "day": date(2026, 12, 25), "name": "Natal"})

    with alur.database.reading() as read:
        school = alur.directory.calendar(read, CITY, {"unit": 1})
        city = alur.directory.calendar(read, CITY, {})

    assert (school.week, city.week) == (6, 5)
    assert school.holidays == city.holidays == {date(2026, 12, 25)}


def task_of(assignee: int, subject: int) -> SimpleNamespace:
    """A waiting task, as far as deputies are concerned."""
    of_case = SimpleNamespace(subject=subject, process="periodic_evaluation")
    return SimpleNamespace(assignee=assignee, element="confirm_ratings", case=of_case)


def test_a_task_may_be_taken_over_by_who_acts_for_its_assignee(alur: Alur) -> None:
    _add_office_with_two_heads(alur)

    with alur.database.reading() as read:
        found = alur.directory.delegates(read, CITY, task_of(11, subject=13), NOW)

    assert found == {12}


def test_nobody_takes_over_a_task_about_himself(alur: Alur) -> None:
    _add_office_with_two_heads(alur)

    with alur.database.reading() as read:
        found = alur.directory.delegates(read, CITY, task_of(11, subject=12), NOW)

    assert found == frozenset()


def test_nobody_takes_over_what_an_employee_has_to_say_in_his_own_case(alur: Alur) -> None:
    _add_office_with_two_heads(alur)

    with alur.database.reading() as read:
        found = alur.directory.delegates(read, CITY, task_of(11, subject=11), NOW)

    assert found == frozenset()


def _add_office_with_two_heads(alur: Alur) -> None:
    with alur.database.writing() as connection:
        office = {"id": 1, "tenant": CITY, "code": "A", "name": "Dinas", "kind": "education_office", "week": 5}
        connection.execute(unit.insert(), office)
        for person, kind in ((11, "definitif"), (12, "plh")):
            own = {"tenant": CITY, "id": person, "name": "A", "kind": "PNS"}
            connection.execute(employee.insert(), {**own, "nip": f"{person:018}"})
            head = {"id": person, "tenant": CITY, "unit_id": 1, "employee_id": person, "kind": kind}
            connection.execute(unit_head.insert(), {**head, "valid_from": date(2026, 1, 1)})


def test_a_city_without_plugin_has_no_rules(tmp_path: Path) -> None:
    built = build(Settings.from_environment({"ALUR_HOME": str(tmp_path)}), cities=Cities(()))

    with pytest.raises(CityUnavailable):
        built.directory.city(CITY)
    built.close()
