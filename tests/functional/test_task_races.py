"""A task is done once: the second submit, the slower colleague and the late page are told so."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from engine.commands.resume_case import ResumeCase
from engine.commands.suspend_case import SuspendCase
from engine.policy.actor import system_actor
from tests.functional.staff_pages import Staff, open_staff
from tests.functional.staff_steps import step_at, walk_to
from tests.processes.city_hall import BUDI, DEWI
from tests.processes.office import CITY


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_staff(tmp_path) as opened:
        yield opened


@contextmanager
def when_refused(staff: Staff, happen: Callable[[], object]) -> Iterator[None]:
    """Let something happen once a request was refused, before it is answered: the engine looks for its key then."""
    reader, looked = staff.alur.database.read, threading.Event()

    def look(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM audit" in statement:
            looked.set()

    def finish(*_arguments: object) -> None:
        if looked.is_set():
            event.remove(reader, "before_cursor_execute", look)
            looked.clear()
            happen()

    staff.alur.database.renew()
    event.listen(reader, "before_cursor_execute", look)
    event.listen(reader, "commit", finish)
    yield
    event.remove(reader, "commit", finish)


def test_a_double_submit_has_one_effect(staff: Staff) -> None:
    step = step_at("record_realisation")
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    page = browser.get(address)

    answers = [browser.send(address, page, **step.answers) for _ in range(2)]

    assert [answer.status for answer in answers] == [303, 303]
    assert sum(one.kind == "complete" for one in staff.hall.case(DEWI).history) == 1


def test_two_submits_at_the_same_moment_have_one_effect(staff: Staff) -> None:
    step = step_at("record_realisation")
    address = staff.task(DEWI, "record_realisation", DEWI)
    browser = staff.browser(DEWI)
    page = browser.get(address)
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(browser.send(address, page, **step.answers).status))
        for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [303] * 4
    assert sum(one.kind == "complete" for one in staff.hall.case(DEWI).history) == 1


def test_a_stale_page_says_who_and_when_and_shows_what_was_typed(staff: Staff) -> None:
    walk_to(staff, "decide_objection")
    address = staff.task(BUDI, "decide_objection", DEWI)
    browser = staff.browser(BUDI)
    stale, fresh = browser.get(address), browser.get(address)
    assert browser.send(address, fresh, **step_at("decide_objection").answers).status == 303

    answer = browser.send(address, stale, outcome="uphold", reason="Pertimbangan panjang saya")

    assert answer.status == 409
    assert "sudah Anda selesaikan pada 1 Oktober 2026 pukul 09.00 WIB" in answer.text
    assert "Pertimbangan panjang saya" in answer.text
    assert answer.links("/tugas")


def test_an_obstacle_that_is_gone_again_completes_nothing_and_keeps_what_was_typed(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    page, case, clerk = browser.get(address), int(address.split("/")[2]), system_actor(CITY)
    staff.alur.engine.run(SuspendCase(case, "pemeriksaan"), clerk)

    with when_refused(staff, lambda: staff.alur.engine.run(ResumeCase(case, "selesai diperiksa"), clerk)):
        answer = browser.send(address, page, R1__value="48,5", R1__note="Hampir selesai")

    assert (answer.status, "ditangguhkan" in answer.text, "Hampir selesai" in answer.text) == (409, True, True)
    assert not any(one.kind == "complete" for one in staff.hall.case(DEWI).history)
    assert browser.send(address, page, **step_at("record_realisation").answers).status == 303


def test_a_form_that_was_changed_after_it_was_sent_is_not_taken_for_the_same(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    page = browser.get(address)
    assert browser.send(address, page, **step_at("record_realisation").answers).status == 303

    answer = browser.send(address, page, R1__value="48,5", R1__note="Lebih baik begini")

    assert answer.status == 409
    assert "sudah Anda selesaikan" in answer.text
    assert "Lebih baik begini" in answer.text


def test_a_task_that_time_took_away_keeps_the_typed_text(staff: Staff) -> None:
    browser, address = staff.browser(DEWI), staff.task(DEWI, "record_realisation", DEWI)
    page = browser.get(address)
    staff.hall.until_next_timer(DEWI)
    staff.sign_in_again(DEWI)

    answer = browser.send(address, page, R1__value="48,5", R1__note="Hampir selesai")

    assert answer.status == 409
    assert "selesai secara otomatis" in answer.text
    assert "Hampir selesai" in answer.text
