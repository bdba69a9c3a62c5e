"""A guest does the part of a selection panel's member, in the shipped diagram, by the pages that he has."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.records.tenant import tenant
from tests.cities import cities_of
from tests.functional.staff_pages import Browser
from tests.processes.office import CITY
from tests.processes.selection_office import APPLICANTS, OUTSIDE, PANEL, SelectionOffice, open_selection_office
from webapp.app import create_app
from webapp.auth.cookie import NAME
from webapp.auth.guest_sessions import begin_guest_session
from webapp.auth.records import guest_account
from webapp.wiring import Settings, build

GUEST, OTHERS = OUTSIDE[0], (*PANEL[:2], *OUTSIDE[1:])
SCORED = {f"rows-{place}-score": "80" for place in range(4)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SelectionOffice]:
    """A selection whose panel says whether it has an interest."""
    with open_selection_office(tmp_path) as opened:
        opened.city.write(tenant, {"code": CITY, "created_at": opened.city.now})
        opened.opens()
        opened.apply(*APPLICANTS)
        opened.closes()
        opened.screens()
        opened.declare(*OTHERS)
        yield opened


@contextmanager
def from_outside(office: SelectionOffice, folder: Path) -> Iterator[Browser]:
    """Give the browser of the guest."""
    settings = Settings(folder, f"sqlite:///{folder / 'alur.db'}", secret_key="k" * 32, pepper="p" * 32)
    alur = build(settings, clock=lambda: office.city.now, cities=cities_of(CITY))
    with alur.database.writing() as connection:
        connection.execute(guest_account.insert(), {"guest_id": GUEST, "tenant": CITY})
        token = begin_guest_session(connection, alur, CITY, GUEST, must_choose=False)
    client = create_app(alur).test_client()
    client.set_cookie(NAME, token, path=f"/{CITY}", domain="localhost")
    try:
        yield Browser(client)
    finally:
        alur.close()


def send_task(browser: Browser, **answers: str) -> str:
    """Hand the one task in that waits for the guest, and return what its page said."""
    (task,) = {link for link in browser.get("/tugas").links("/tugas/") if link.rsplit("/", 1)[-1].isdigit()}
    page = browser.get(task)
    assert browser.send(task, page, **answers).status == 303
    return page.text


def test_a_guest_declares_scores_without_names_and_sees_nothing_else(office: SelectionOffice, tmp_path: Path) -> None:
    selection = f"/seleksi-jpt/{office.case}"
    with from_outside(office, tmp_path) as browser:
        send_task(browser, answer="none")
        scoring = send_task(browser, **SCORED)
        own = [browser.get(path).status for path in ("/tamu/seleksi", selection)]
        others = [browser.get(path).status for path in ("/seleksi-jpt", f"{selection}/calon", "/kasus/1")]

    assert (own, others) == ([303, 200], [404, 404, 404])
    assert "Peserta 1" in scoring
    assert "Orang 31" not in scoring
    assert ("score", GUEST) not in office.steps()
