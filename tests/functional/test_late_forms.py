"""A form that arrives after its session: what was typed waits as a draft for the person it was shown to, alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.records.case import draft
from tests.functional.staff_pages import ROOT, Browser, Page, Staff, open_staff
from tests.functional.staff_steps import step_at, walk_to
from tests.processes.city_hall import BUDI, CITRA, DEWI
from webapp.auth.late_forms import VALID_FOR
from webapp.auth.records import account, sign_in_session

TYPED = "Angka ini dari laporan bulan September"


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_staff(tmp_path) as opened:
        yield opened


@pytest.fixture
def address(staff: Staff) -> str:
    return staff.task(DEWI, "record_realisation", DEWI)


def after_its_session(staff: Staff, browser: Browser, address: str, **values: str) -> Page:
    """Send a task's form when the session is over: later than that, and swept away."""
    page = browser.get(address)
    staff.hall.now += timedelta(minutes=40)
    with staff.alur.database.writing() as connection:
        connection.execute(sign_in_session.delete())
    return browser.send(address, page, **{"R1__note": TYPED, **values})


def drafts(staff: Staff) -> int:
    with staff.alur.database.reading() as read:
        return len(read.execute(select(draft.c.case_id)).all())


@pytest.mark.parametrize("button", [{}, {"_draf": "1"}])
def test_what_was_typed_waits_after_signing_in_again(staff: Staff, address: str, button: dict[str, str]) -> None:
    browser = staff.browser(DEWI)

    answer = after_its_session(staff, browser, address, R1__value="4x", **button)
    welcome = browser.get(answer.response.location)
    staff.sign_in_again(DEWI)
    page = browser.get(address)

    assert answer.response.location.endswith(f"/masuk?habis=draf&next={ROOT}{address}")
    assert "isiannya tersimpan sebagai draf" in welcome.text
    assert TYPED not in welcome.text
    assert (page.values()["R1__value"], page.values()["R1__note"]) == ("4x", TYPED)
    assert "Draf Anda dipulihkan" in page.text


def test_the_task_is_not_done_before_the_person_has_signed_in(staff: Staff, address: str) -> None:
    after_its_session(staff, staff.browser(DEWI), address, **step_at("record_realisation").answers)

    assert all(step.kind != "complete" for step in staff.hall.case(DEWI).history)


def test_whoever_signs_in_next_on_that_computer_sees_nothing_of_it(staff: Staff, address: str) -> None:
    browser = staff.browser(DEWI)
    after_its_session(staff, browser, address)

    staff.browser(CITRA)
    staff.browsers[CITRA].client = browser.client
    staff.sign_in_again(CITRA)

    for path in (address, "/tugas"):
        assert TYPED not in browser.get(path).text
    assert browser.get(address).status == 404


def test_a_page_of_an_earlier_session_of_the_same_person_is_kept_too(staff: Staff, address: str) -> None:
    browser = staff.browser(DEWI)
    page = browser.get(address)
    browser.client.delete_cookie("alur_form", path=ROOT)

    answer = browser.send(address, page, R1__note=TYPED)

    assert answer.response.location.endswith(address)
    again = browser.get(address)
    assert again.values()["R1__note"] == TYPED
    assert "terlalu lama terbuka" in again.text


@pytest.mark.parametrize("owner", ["", "WzEsIi9zZXJhbmciXQ.aaaa.bbbb"])
def test_without_a_good_mark_nothing_is_kept(staff: Staff, address: str, owner: str) -> None:
    answer = after_its_session(staff, staff.browser(DEWI), address, owner=owner)

    assert answer.status == 401
    assert drafts(staff) == 0


def test_a_mark_is_good_for_its_own_task_only(staff: Staff, address: str) -> None:
    browser, other = staff.browser(CITRA), staff.task(CITRA, "assess_behaviour", DEWI)
    mark = staff.browser(DEWI).get(address).values()["owner"]

    answer = after_its_session(staff, browser, other, owner=mark)

    assert answer.status == 401
    assert drafts(staff) == 0


def test_a_mark_ends_after_some_days(staff: Staff, address: str) -> None:
    browser = staff.browser(DEWI)
    page = browser.get(address)
    staff.hall.now += VALID_FOR

    assert browser.send(address, page, R1__note=TYPED).status == 401
    assert drafts(staff) == 0


def test_a_mark_ends_with_the_account(staff: Staff, address: str) -> None:
    browser = staff.browser(DEWI)
    page = browser.get(address)
    with staff.alur.database.writing() as connection:
        connection.execute(sign_in_session.delete())
        connection.execute(account.update().values(active=False))

    answer = browser.send(address, page, R1__note=TYPED)

    assert answer.status == 401
    assert drafts(staff) == 0


def test_a_task_that_is_gone_gives_the_text_back_and_tells_nothing_else(staff: Staff) -> None:
    walk_to(staff, "decide_objection")
    address = staff.task(BUDI, "decide_objection", DEWI)
    browser = staff.browser(BUDI)
    stale, fresh = browser.get(address), browser.get(address)
    browser.send(address, fresh, **step_at("decide_objection").answers)
    browser.client.delete_cookie("alur_session", path=ROOT)

    answer = browser.send(address, stale, outcome="uphold", reason=TYPED)

    assert answer.status == 401
    assert TYPED in answer.text
    assert "diselesaikan" not in answer.text


def test_the_script_is_told_that_the_session_is_over_and_keeps_the_text_itself(staff: Staff, address: str) -> None:
    browser = staff.browser(DEWI)
    page = browser.get(address)
    browser.client.delete_cookie("alur_session", path=ROOT)

    values = {**page.values(), "R1__note": TYPED}
    answer = browser.client.post(f"{ROOT}{address}/draf", data=values, headers={"X-Requested-With": "fetch"})

    assert answer.status_code == 401
    assert drafts(staff) == 0
