"""A new list of holidays leads to a page that shows what it moves; nothing moves before somebody approves it there."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bpmn.check import Catalogue
from engine.commands.deploy_release import DeployRelease
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.records.case import open_task
from engine.records.release import start_event
from processes.people.records import Role, role_grant
from tests.functional.staff_pages import Page, Staff, open_staff
from tests.functional.staff_steps import walk_to
from tests.processes.city_hall import DEWI, HANA
from tests.processes.office import CITY
from tests.unit.engine.diagrams import diagram, end, path, start, user

SINCE = date(2024, 1, 1)


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    """A city hall in which Dewi has her result in hand, with 14 working days to answer."""
    grant = {"id": 2, "tenant": CITY, "employee_id": HANA, "role": Role.HR_VERIFIER, "valid_from": SINCE}
    with open_staff(tmp_path) as opened:
        with opened.alur.database.writing() as connection:
            connection.execute(role_grant.insert(), {**grant, "unit_id": None, "valid_to": None})
        walk_to(opened, "respond")
        yield opened


def import_holiday(staff: Staff, day: date) -> Page:
    """Import one holiday, and go where that leads."""
    browser = staff.browser(HANA)
    file = (BytesIO(f"tanggal,nama\n{day:%d/%m/%Y},Cuti bersama\n".encode()), "libur.csv")
    page = browser.get(browser.post("/impor/holidays", {"file": file}).response.location)
    return browser.get(browser.post("/impor/jalankan", page.values("sure-form")).response.location)


def days_to_answer(staff: Staff) -> date:
    with staff.alur.database.reading() as read:
        due: date = read.execute(select(open_task.c.due).where(open_task.c.element == "respond")).scalar_one()
    return due


def next_wednesday(staff: Staff) -> date:
    today = staff.hall.now.date()
    return today + timedelta(days=(2 - today.weekday()) % 7 or 7)


def test_the_page_shows_what_moves_and_approving_moves_it(staff: Staff) -> None:
    before = days_to_answer(staff)

    page = import_holiday(staff, next_wednesday(staff))
    assert page.title == "Tenggat dan hari libur"
    assert "Belum ada yang diubah" in page.text
    assert days_to_answer(staff) == before
    staff.browser(HANA).press(page, "Ubah semua tenggat ini")
    run_until_idle(staff.alur.jobs)

    assert days_to_answer(staff) > before
    assert "Daftar hari libur berubah" in staff.browser(DEWI).get("/pemberitahuan").text


def test_a_holiday_that_moves_nothing_says_so(staff: Staff) -> None:
    page = import_holiday(staff, date(2031, 8, 17))

    assert "Tidak ada tenggat yang berubah" in page.text
    assert "Ubah semua" not in page.text


def deploy_survey(staff: Staff, folder: Path) -> None:
    """Deploy a process that begins by itself after five working days."""
    timer = "<bpmn:timeDate>working days after(today(), 5)</bpmn:timeDate>"
    begin = f"<bpmn:timerEventDefinition>{timer}</bpmn:timerEventDefinition></bpmn:startEvent>"
    named = start().replace(" />", f' name="Mulai survei">{begin}')
    file = diagram(folder, named, user("answer", "1"), end(), path("begin", "answer", "done"), process="survey")
    catalogue = Catalogue(frozenset(), frozenset({"any"}))
    staff.alur.engine.run(DeployRelease({file.name: file.read_bytes()}, catalogue), system_actor(CITY))


def test_a_process_that_begins_by_itself_is_shown_and_begins_later(staff: Staff, tmp_path: Path) -> None:
    deploy_survey(staff, tmp_path)
    with staff.alur.database.reading() as read:
        before = read.execute(select(start_event.c.due).where(start_event.c.process == "survey")).scalar_one()

    page = import_holiday(staff, next_wednesday(staff))
    assert "Mulai survei" in page.text
    assert "Kasus baru: survey" in page.text
    assert page.text.count(" WIB") >= 2, "both instants say by which clocks"
    staff.browser(HANA).press(page, "Ubah semua tenggat ini")
    run_until_idle(staff.alur.jobs)

    with staff.alur.database.reading() as read:
        after = read.execute(select(start_event.c.due).where(start_event.c.process == "survey")).scalar_one()
    assert after == before + timedelta(days=1)


def test_who_imports_nothing_sees_nothing(staff: Staff) -> None:
    assert staff.browser(DEWI).get("/impor/tenggat").status == 404
