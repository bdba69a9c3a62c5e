"""Files that no form was sent with are cleared away; what a draft or an answer names stays."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from engine.jobs import run_until_idle
from engine.policy.actor import Actor
from forms import KeptFile
from tests.functional.staff_pages import Browser, Page, Staff, open_staff
from tests.functional.staff_steps import PDF, step_at
from tests.processes.city_hall import CITRA, DEWI
from tests.processes.office import CITY
from webapp.auth.records import first_link, sign_in_session, sign_in_throttle
from webapp.inbox.kept_files import mark_of
from webapp.people.uploads import FOLDER
from webapp.wiring import WAITING
from webapp.wiring.upkeep import forget_files

NIGHTLY = {"forget_files", "forget_foresights", "forget_migrations", "forget_sign_ins", "forget_sheets"}
DAY = timedelta(days=1)


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    with open_staff(tmp_path) as opened:
        yield opened


@pytest.fixture
def address(staff: Staff) -> str:
    return staff.task(DEWI, "record_realisation", DEWI)


def keep_draft(browser: Browser, address: str, *names: str, **values: str) -> Page:
    """Keep a draft with files, each of another content."""
    files = [(BytesIO(PDF + b"%" * place + b"%%EOF"), name) for place, name in enumerate(names)]
    browser.send(address, browser.get(address), evidence=files, _draf="1", **values)
    return browser.get(address)


def let_a_night_pass(staff: Staff, **after: timedelta) -> None:
    """Let two days pass, in which a file may wait for one, unless said otherwise; who was signed in is so again."""
    staff.hall.now += after.pop("days", 2 * DAY)
    forget_files(staff.alur.engine, files=staff.alur.files, waiting=DAY)
    staff.sign_in_again(DEWI)


def kept_files(staff: Staff) -> int:
    return sum(path.is_file() for path in staff.alur.files.root.rglob("*"))


def test_what_is_cleared_away_is_among_the_periodic_jobs(staff: Staff) -> None:
    periodic = {of.task.name: of.cron for of in staff.alur.jobs.periodic_registry.periodic_tasks.values()}

    assert set(periodic) > NIGHTLY
    assert {periodic[name] for name in NIGHTLY} == {"40 18 * * *"}


def test_the_worker_does_them(staff: Staff, address: str) -> None:
    keep_draft(staff.browser(DEWI), address, "laporan.pdf")
    for name in NIGHTLY:
        staff.alur.jobs.tasks[name].defer(timestamp=0)

    run_until_idle(staff.alur.jobs)

    assert kept_files(staff) == 1


def test_the_files_of_a_draft_stay_until_the_draft_lets_them_go(staff: Staff, address: str) -> None:
    browser = staff.browser(DEWI)
    page = keep_draft(browser, address, "satu.pdf", "dua.pdf")
    let_a_night_pass(staff)
    assert browser.get(address).kept() == page.kept() == ["satu.pdf", "dua.pdf"]

    first = browser.get(address).tree.xpath("//input[@name='evidence-kept']/@value")[0]
    browser.send(address, browser.get(address), **{"_draf": "1", "evidence-kept": first})
    let_a_night_pass(staff)

    assert browser.get(address).kept() == ["satu.pdf"]
    assert kept_files(staff) == 1


def test_the_file_of_a_form_that_was_never_sent_goes(staff: Staff, address: str) -> None:
    browser = staff.browser(DEWI)
    page = browser.send(address, browser.get(address), R1__value="x", evidence=(BytesIO(PDF), "laporan.pdf"))

    let_a_night_pass(staff)
    answer = browser.send(address, browser.get(address), **page.values())

    assert kept_files(staff) == 0
    assert "Pilih berkas melalui tombol berkas" in answer.errors["evidence"]


def test_what_was_handed_in_stays(staff: Staff, address: str) -> None:
    browser, answers = staff.browser(DEWI), step_at("record_realisation").answers
    browser.send(address, browser.get(address), **answers, evidence=(BytesIO(PDF), "laporan.pdf"))
    staff.browser(CITRA)

    let_a_night_pass(staff)
    staff.sign_in_again(CITRA)

    page = staff.browser(CITRA).get(staff.task(CITRA, "assess_behaviour", DEWI))
    assert staff.browser(CITRA).get(page.links("/berkas/")[0]).response.get_data() == PDF


def test_a_page_that_stays_open_holds_its_file_when_it_is_saved(staff: Staff, address: str) -> None:
    browser = staff.browser(DEWI)
    page = browser.send(address, browser.get(address), R1__value="x", evidence=(BytesIO(PDF), "laporan.pdf"))
    staff.hall.now += DAY
    staff.sign_in_again(DEWI)

    mark = page.values()["evidence-kept"]
    browser.send(address, browser.get(address), **{"_draf": "1", "evidence-kept": mark})
    let_a_night_pass(staff)

    assert browser.get(address).kept() == ["laporan.pdf"]


def test_a_mark_of_a_kept_file_is_good_for_as_long_as_a_file_waits(staff: Staff, address: str) -> None:
    browser, (case_id, token) = staff.browser(DEWI), (int(part) for part in address.split("/")[2:])
    stored = staff.alur.files.put(PDF, filename="laporan.pdf", limit=len(PDF))
    file = KeptFile(stored.sha256, stored.filename, stored.media_type, stored.size)

    found = []
    for age in (WAITING - DAY, WAITING + DAY):
        staff.hall.now -= age
        mark = mark_of(staff.alur, Actor(CITY, DEWI), case_id, token)(file)
        staff.hall.now += age
        answer = browser.send(address, browser.get(address), **{"R1__value": "x", "evidence-kept": mark})
        found.append(answer.kept())

    assert found == [["laporan.pdf"], []]


def test_what_signing_in_left_behind_goes_without_anybody_signing_in(staff: Staff) -> None:
    staff.browser(DEWI)
    now = staff.hall.now
    with staff.alur.database.writing() as connection:
        connection.execute(insert(sign_in_throttle).values(key=b"k" * 32, failures=1, since=now))
        connection.execute(insert(first_link).values(tenant=CITY, token_hash=b"t" * 32, valid_until=now + DAY))

    staff.hall.now += 2 * DAY
    staff.alur.jobs.tasks["forget_sign_ins"].defer(timestamp=0)
    run_until_idle(staff.alur.jobs)

    with staff.alur.database.reading() as read:
        assert not any(read.execute(select(table)).first() for table in (sign_in_session, sign_in_throttle, first_link))


def test_a_session_in_use_outlives_the_night(staff: Staff) -> None:
    browser = staff.browser(DEWI)

    staff.alur.jobs.tasks["forget_sign_ins"].defer(timestamp=0)
    run_until_idle(staff.alur.jobs)

    assert browser.get("/tugas").status == 200


def test_a_sheet_that_was_never_imported_goes_after_a_day(staff: Staff) -> None:
    folder = staff.alur.settings.home / FOLDER
    folder.mkdir()
    (folder / "serang-1-abc.data").write_bytes(b"NIP;Nama")
    staff.hall.now += timedelta(days=3650)  # the file carries the time of the computer

    staff.alur.jobs.tasks["forget_sheets"].defer(timestamp=0)
    run_until_idle(staff.alur.jobs)

    assert not list(folder.iterdir())
