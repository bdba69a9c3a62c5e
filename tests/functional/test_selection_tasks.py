"""The tasks of an open selection as their people see them: each list of candidates, and what stands beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.records.tenant import tenant
from processes.promotion.selection.records import selection_outcome
from tests.cities import cities_of
from tests.functional.staff_pages import Browser, Page
from tests.processes.office import CITY
from tests.processes.promotion_office import HASAN, WATI
from tests.processes.selection_office import (
    ANI,
    APPLICANTS,
    LINA,
    PANEL,
    SelectionOffice,
    open_selection_office,
)
from webapp.app import create_app
from webapp.auth.cookie import NAME
from webapp.auth.records import account
from webapp.auth.sessions import begin_session
from webapp.wiring import Settings, build


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SelectionOffice]:
    with open_selection_office(tmp_path) as opened:
        opened.city.write(tenant, {"code": CITY, "created_at": opened.city.now})
        yield opened


@contextmanager
def browsing(office: SelectionOffice, folder: Path, person: int) -> Iterator[Browser]:
    """Give the browser of somebody in the city as it stands."""
    settings = Settings(
        home=folder, database_url=f"sqlite:///{folder / 'alur.db'}", secret_key="k" * 32, pepper="p" * 32
    )
    alur = build(settings, clock=lambda: office.city.now, cities=cities_of(CITY))
    row = {"id": person, "tenant": CITY, "employee_id": person, "fs_uniquifier": f"f{person}", "code_tries": 0}
    with alur.database.writing() as connection:
        connection.execute(account.insert(), {**row, "active": True, "created_at": office.city.now})
        token = begin_session(connection, alur, CITY, person)
    client = create_app(alur).test_client()
    client.set_cookie(NAME, token, path=f"/{CITY}", domain="localhost")
    try:
        yield Browser(client)
    finally:
        alur.close()


def task_page(browser: Browser) -> tuple[str, Page]:
    """Return address and page of the one task that waits for somebody, taken out of a queue if it lies there."""
    for queue in ("", "?antrean=kelompok"):
        links = [link for link in browser.get(f"/tugas{queue}").links("/tugas/") if link.rsplit("/", 1)[-1].isdigit()]
        if links:
            page = browser.get(links[0])
            if page.tree.xpath("//form[.//button[normalize-space()='Ambil tugas ini']]"):
                browser.press(page, "Ambil tugas ini")
                page = browser.get(links[0])
            return links[0], page
    raise AssertionError("no task waits")


def test_documents_are_checked_with_the_reasons_beside_each_name(office: SelectionOffice, tmp_path: Path) -> None:
    office.opens()
    office.apply(*APPLICANTS)
    office.closes()

    with browsing(office, tmp_path, HASAN) as browser:
        address, page = task_page(browser)
        assert "1. Orang 31" in page.text
        assert "Daftar riwayat hidup peserta 1" in page.text
        answers = {f"rows-{place}-documents": "complete" for place in range(4)}
        sent = browser.send(address, page, **answers)

    assert sent.status == 303
    assert {element for element, _ in office.steps()} == {"declare"}


def test_papers_are_scored_without_names(office: SelectionOffice, tmp_path: Path) -> None:
    office.opens()
    office.apply(*APPLICANTS)
    office.closes()
    office.screens()
    office.declare(*PANEL)

    with browsing(office, tmp_path, LINA) as browser:
        address, page = task_page(browser)
        sent = browser.send(address, page, **{f"rows-{place}-score": "80" for place in range(4)})

    assert "Peserta 1" in page.text
    assert "Orang 31" not in page.text
    assert sent.status == 303
    assert len(office.variables()["jury"]["candidates"]) == 4


def test_the_choice_of_another_than_the_first_asks_for_a_reason(office: SelectionOffice, tmp_path: Path) -> None:
    office.reaches_the_ranking()
    office.recommends()

    with browsing(office, tmp_path, WATI) as browser:
        address, page = task_page(browser)
        assert "1. Orang 33 (82,4" in page.text
        wanted = {"outcome": "choose", "candidate": office.number_of(ANI)}
        refused = browser.send(address, page, **wanted)
        sent = browser.send(address, page, **wanted, reason="Pengalaman memimpin dinas lebih panjang.")

    assert "bukan peringkat pertama" in " ".join(refused.errors.values())
    assert sent.status == 303
    (outcome,) = office.city.rows(selection_outcome)
    assert (outcome.employee_id, outcome.place) == (ANI, 2)


def test_a_candidate_sees_all_of_his_own_scores_and_nobody_elses(office: SelectionOffice, tmp_path: Path) -> None:
    office.reaches_the_ranking()

    with browsing(office, tmp_path, ANI) as browser:
        page = browser.get(f"/seleksi-jpt/{office.case}")
        others = browser.get(f"/seleksi-jpt/{office.case}/calon").status

    assert "80,65" in page.text
    assert "82,40" not in page.text
    assert others == 403
