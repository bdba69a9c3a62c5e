"""An answer that comes after its task's time, before any background job has taken the task away: dossier 12.10.5."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.functional.staff_pages import Page, Staff, open_staff
from tests.functional.staff_steps import walk_to
from tests.processes.city_hall import DEWI

TYPED = "Bukti saya belum dihitung"


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_staff(tmp_path) as opened:
        yield opened


def object_after(staff: Staff, days: int) -> Page:
    """Let Dewi object some days after the result was handed over to her; no background job runs in between."""
    walk_to(staff, "respond")
    address = staff.task(DEWI, "respond", DEWI)
    staff.hall.now += timedelta(days=days)
    browser = staff.browser(DEWI)
    staff.sign_in_again(DEWI)
    return browser.send(address, browser.get(address), answer="object", reason=TYPED)


def test_an_objection_in_time_is_taken(staff: Staff) -> None:
    assert object_after(staff, 13).status == 303


def test_an_objection_after_its_time_is_refused_and_what_was_typed_can_be_copied(staff: Staff) -> None:
    page = object_after(staff, 60)

    assert page.status == 409
    assert "Batas waktu sudah lewat" in page.text
    assert "Waktu untuk tugas ini habis pada" in page.text
    assert TYPED in page.text


def test_after_the_refusal_the_case_goes_on_as_if_nobody_had_answered(staff: Staff) -> None:
    object_after(staff, 60)

    staff.hall.let_pass(minutes=1)

    assert ("respond", DEWI) not in staff.hall.tasks(DEWI)
    assert staff.hall.result(DEWI).versions[0].locked_at is not None
