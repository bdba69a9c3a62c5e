"""Wherever a unit's predicate is shown, the page says so if the unit's superior did not set it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from processes.appraisal.records import org_predicate
from processes.people.records import role_grant
from tests.functional.staff_pages import Browser, Page, Staff, open_staff
from tests.processes.city_hall import AS_EXPECTED, CITRA, DEWI, EKA, HANA, OFFICE, SECRETARY, UNIT, assessment
from tests.processes.office import CITY

NEUTRAL = "Belum pernah ada predikat untuk unit ini; dipakai predikat netral."
CARRIED = "dipakai predikat periode sebelumnya (Triwulan 1 2026)."
DEPUTY = "Predikat unit ini ditetapkan pejabat pengganti."
IMPORTED = "Predikat unit ini diimpor untuk triwulan ini, tidak ditetapkan di Alur."


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    """The city hall with what Dewi's rating needs, except for the predicate of her unit."""
    with open_staff(tmp_path) as opened:
        opened.hall.does(DEWI, "record_realisation", DEWI)
        opened.hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
        yield opened


def let_both_be_late(staff: Staff) -> Staff:
    staff.hall.until_next_timer(OFFICE, UNIT)
    staff.hall.until_next_timer(OFFICE, UNIT)
    return staff


@pytest.fixture
def neutral(staff: Staff) -> Staff:
    """Nobody ever set a predicate for the unit."""
    return let_both_be_late(staff)


def verifier(staff: Staff) -> Browser:
    """Eka's browser, who is of the personnel staff."""
    grant = {"id": 90, "tenant": CITY, "employee_id": EKA, "role": "hr_verifier", "valid_from": date(2020, 1, 1)}
    with staff.alur.database.writing() as connection:
        connection.execute(role_grant.insert(), grant)
    return staff.browser(EKA)


def result_of_dewi(staff: Staff, person: int) -> Page:
    return staff.browser(person).get(f"/kasus/{staff.hall.case(DEWI).case.id}/hasil")


def test_who_rates_and_who_signs_reads_it_on_the_task_and_on_the_page_of_signatures(neutral: Staff) -> None:
    browser = neutral.browser(CITRA)
    rating = browser.get(neutral.task(CITRA, "confirm_ratings", DEWI))
    neutral.hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)

    signing, one = browser.get("/orang-saya/tanda-tangan"), browser.get(neutral.task(CITRA, "sign", DEWI))

    assert all(NEUTRAL in page.text for page in (rating, signing, one))


def test_the_employee_reads_it_with_the_result(neutral: Staff) -> None:
    neutral.hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    neutral.hall.does(CITRA, "sign", DEWI, confirmed=True)
    neutral.hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 13), note="Dialog")

    page = result_of_dewi(neutral, DEWI)

    assert NEUTRAL in page.text
    assert NEUTRAL in neutral.browser(DEWI).get(neutral.task(DEWI, "respond", DEWI)).text


def test_the_story_of_the_unit_says_what_was_taken_and_nothing_else(neutral: Staff) -> None:
    page = verifier(neutral).get(f"/kasus/{neutral.hall.case(OFFICE, UNIT).case.id}")

    story = page.tree.xpath("string(//ol[@class='timeline'])")

    assert "Pakai predikat netral" in story
    assert "Pakai predikat sebelumnya" not in story


def test_a_predicate_of_the_period_before_names_that_period(staff: Staff) -> None:
    earlier = {"tenant": CITY, "unit_id": OFFICE, "year": 2026, "quarter": 1, "predicate": "KURANG", "basis": "set"}
    with staff.alur.database.writing() as connection:
        connection.execute(org_predicate.insert(), {**earlier, "note": "x", "set_at": staff.hall.now})

    let_both_be_late(staff)

    assert CARRIED in result_of_dewi(staff, CITRA).text


def test_a_predicate_that_was_imported_of_the_quarter_says_so(staff: Staff) -> None:
    own = {"tenant": CITY, "unit_id": OFFICE, "year": 2026, "quarter": 3, "predicate": "KURANG", "basis": "imported"}
    with staff.alur.database.writing() as connection:
        connection.execute(org_predicate.insert(), {**own, "note": "", "set_at": staff.hall.now})

    let_both_be_late(staff)

    assert IMPORTED in result_of_dewi(staff, CITRA).text


def test_a_predicate_set_by_a_deputy_is_marked_and_its_note_is_for_those_who_may_read_notes(staff: Staff) -> None:
    staff.hall.until_next_timer(OFFICE, UNIT)
    staff.hall.does(HANA, "set_by_deputy", OFFICE, predicate="BAIK", note="Atas nama Sekretaris Daerah")

    words = result_of_dewi(staff, CITRA).text

    assert DEPUTY in words
    assert "“Atas nama Sekretaris Daerah” (Hana)" in words


def test_a_predicate_that_the_superior_set_needs_no_mark(staff: Staff) -> None:
    staff.hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")

    words = result_of_dewi(staff, CITRA).text

    assert "Dasar predikat unit" not in words
    assert "“Tercapai” (Sari)" in words


def test_the_personnel_staff_see_the_units_on_the_page_of_the_quarter(neutral: Staff) -> None:
    words = verifier(neutral).get("/triwulan").text

    assert f"Dinas Pendidikan: Baik. {NEUTRAL}" in words
