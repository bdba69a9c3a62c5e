"""What somebody has typed so far survives, with the files that were good."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import update

from engine.records.case import draft
from engine.records.history import journal
from tests.functional.staff_pages import Staff, open_staff
from tests.functional.staff_steps import PDF, do_step, step_at
from tests.processes.city_hall import CITRA, DEWI


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_staff(tmp_path) as opened:
        yield opened


def test_a_draft_comes_back_with_its_time(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)

    answer = browser.send(address, browser.get(address), R1__value="4x", R1__note="setengah jadi", _draf="1")

    assert answer.status == 303
    assert "Draf Anda dipulihkan" not in browser.get(address).text  # it has just said that the draft is saved
    page = browser.get(address)
    assert "Draf Anda dipulihkan" in page.text
    assert "1 Oktober 2026 pukul 09.00 WIB" in page.text
    assert (page.values()["R1__value"], page.values()["R1__note"]) == ("4x", "setengah jadi")


def test_a_damaged_draft_is_said_and_the_task_can_be_done(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    browser.send(address, browser.get(address), R1__note="setengah jadi", _draf="1")
    with staff.alur.database.writing() as connection:
        connection.execute(update(draft).values(content=b"\x01"))
    browser.get(address)

    page = browser.get(address)

    assert (page.status, "Draf Anda rusak" in page.text, "dipulihkan" in page.text) == (200, True, False)
    assert staff.browser(CITRA).get("/orang-saya").status == 200
    assert browser.send(address, page, **step_at("record_realisation").answers).status == 303


def test_a_result_is_shown_without_the_damaged_beginning_of_its_story(staff: Staff) -> None:
    case_id = staff.task(DEWI, "record_realisation", DEWI).split("/")[2]
    do_step(staff, step_at("record_realisation"))
    with staff.alur.database.writing() as connection:
        connection.execute(update(journal).values(entry=b"\x01"))

    pages = [staff.browser(CITRA).get(f"/kasus/{case_id}{part}") for part in ("", "/hasil")]

    assert [page.status for page in pages] == [200, 200]


def test_what_few_people_need_waits_below_a_question_until_something_is_entered_there(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    folded = "//form[@id='task-form']//details[.//*[@name='R1__unmeasured']]"
    (fresh,) = browser.get(address).tree.xpath(folded)
    assert fresh.get("open") is None and not fresh.xpath(".//*[@name='R1__value']")

    browser.send(address, browser.get(address), R1__note="setengah jadi", _draf="1")

    (kept,) = browser.get(address).tree.xpath(folded)
    assert kept.get("open") is not None


def test_only_a_form_with_files_says_what_a_draft_does_not_hold(staff: Staff) -> None:
    realisation, rating = ((DEWI, "record_realisation"), (CITRA, "assess_behaviour"))
    found = []
    for person, element in (realisation, rating):
        browser, address = staff.browser(person), staff.task(person, element, DEWI)
        browser.send(address, browser.get(address), _draf="1")
        found.append((browser.get(address).text, browser.get(address).text))

    assert all("Draf tersimpan." in told for told, _later in found)
    assert ["Berkas yang belum terunggah" in later for _told, later in found] == [True, False]


def test_a_draft_keeps_the_good_files_and_says_what_is_wrong_with_the_others(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    files = [(BytesIO(PDF), "laporan.pdf"), (BytesIO(b"MZ"), "rusak.pdf"), (BytesIO(b"x"), "virus.exe")]

    browser.send(address, browser.get(address), evidence=files, _draf="1")

    page = browser.get(address)
    assert page.kept() == ["laporan.pdf"]
    assert "“rusak.pdf”" in page.text
    assert "“virus.exe”" in page.text


def test_the_script_that_saves_drafts_gets_the_time(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)

    answer = browser.post(f"{address}/draf", {"R1__note": "sambil mengetik"}, **{"X-Requested-With": "fetch"})

    assert answer.response.json == {"time": "09.00"}
    assert browser.get(address).values()["R1__note"] == "sambil mengetik"


def test_a_draft_of_a_finished_task_is_refused_with_a_sentence(staff: Staff) -> None:
    step = step_at("record_realisation")
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    do_step(staff, step)

    answer = browser.post(f"{address}/draf", {"R1__note": "terlambat"}, **{"X-Requested-With": "fetch"})

    assert answer.status == 409
    assert "sudah Anda selesaikan" in (answer.response.json or {})["message"]
