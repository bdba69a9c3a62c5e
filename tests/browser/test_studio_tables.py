"""The drawn editor of decision tables: saved while somebody types, checked, and never over another's work."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from waitress.server import create_server

from engine.commands.begin_design import BeginDesign
from engine.commands.save_design import SaveDesign
from engine.designs.finding import content_mark, find_design
from engine.policy.actor import system_actor
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role
from tests.browser.axe import TWO_LOOKS, Inspector
from tests.browser.conftest import DESKTOP, PATIENCE_MS
from tests.browser.watching import watched
from tests.functional.conftest import _make_town, settings_of
from tests.functional.town import ADMIN, CITY, PASSWORD, Moment, hash_quickly
from tests.made_once import made_once
from webapp.app import create_app
from webapp.wiring import Alur, build
from webapp.wiring.parts import shipped_releases

FILE = "training_outcome.dmn"
THREADS = 4


@pytest.fixture
def alur(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alur]:
    """A small town whose administrator owns its processes."""
    home = tmp_path / "home"
    shutil.copytree(made_once(tmp_path_factory.getbasetemp(), "town", _make_town), home)
    with closing(build(settings_of(home), clock=Moment())) as built:
        built.engine.run(GrantRole(ADMIN.id, Role.PROCESS_OWNER, date(2026, 1, 1)), system_actor(CITY))
        yield built


@pytest.fixture
def design(alur: Alur) -> int:
    """A design of training."""
    return int(alur.engine.run(BeginDesign(shipped_releases()["training_nomination"]), system_actor(CITY)).value)


@pytest.fixture
def address(alur: Alur) -> Iterator[str]:
    """Where the town is served."""
    app = hash_quickly(create_app(alur))
    server: Any = create_server(app, host="127.0.0.1", port=0, threads=THREADS, ident=None)
    thread = threading.Thread(target=server.run, name="alur-web")
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # Inside the server's own loop: a socket closed under it by another thread would end it with an error.
    server.trigger.pull_trigger(lambda: [one.close() for one in list(server._map.values())])
    thread.join()
    server.task_dispatcher.shutdown(timeout=PATIENCE_MS / 1000)


@pytest.fixture
def page(chromium: Browser, address: str, design: int) -> Iterator[Page]:
    """The drawn editor of a table, opened by the process owner; what goes wrong in the browser fails the test."""
    with watched(address) as watch, chromium.new_context(base_url=address, viewport=DESKTOP, locale="id-ID") as context:
        context.set_default_timeout(PATIENCE_MS)
        watch.over(context)
        opened = context.new_page()
        opened.goto(f"/{CITY}/masuk")
        opened.get_by_label("NIP").fill(ADMIN.nip)
        opened.get_by_label("Kata sandi").fill(PASSWORD)
        opened.get_by_role("button", name="Masuk", exact=True).click()
        opened.wait_for_url("**/tugas")
        opened.goto(f"/{CITY}/studio/rancangan/{design}/tabel/training_outcome")
        expect(opened.locator("#drawn-table[data-ready]")).to_be_visible()
        yield opened


def cell(page: Page, rule: str, column: int) -> Locator:
    """Return a cell of the drawn table; the first of a rule is its number."""
    return page.locator(f'[data-row-id="{rule}"]').nth(column)


def write(page: Page, text: str) -> None:
    """Type a text into a cell of the second rule."""
    cell(page, "passed", 1).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def kept(alur: Alur, design: int) -> bytes:
    """Return the table as it is kept."""
    with alur.database.reading() as read:
        return find_design(read, CITY, design).files[FILE]


def test_a_cell_that_is_typed_over_is_saved_and_what_it_leads_to_is_said(page: Page, alur: Alur, design: int) -> None:
    before = kept(alur, design)
    write(page, "false")

    expect(page.locator("#save-state")).to_contain_text("Tersimpan pukul")
    expect(page.locator("[data-faults]")).to_contain_text("Aturan 2 tidak pernah berlaku")
    page.get_by_role("button", name="Tunjukkan").click()
    expect(cell(page, "passed", 1)).to_contain_class("is-shown")
    changed = set(kept(alur, design).splitlines()) - set(before.splitlines())
    assert [b'<rule id="passed">' in line for line in changed] == [True]


@pytest.mark.long
def test_the_editor_is_fit_for_everybody_and_shows_whose_it_is(page: Page) -> None:
    mark, canvas = page.locator(".bjs-powered-by"), page.locator(".drawn-canvas")
    inspect = Inspector(TWO_LOOKS, None)

    inspect("drawn table", page)

    assert inspect.faults == []
    expect(mark).to_be_visible()
    inside, around = mark.bounding_box(), canvas.bounding_box()
    assert inside is not None and around is not None
    assert around["y"] < inside["y"] < inside["y"] + inside["height"] < around["y"] + around["height"]


@pytest.mark.long
def test_a_change_by_somebody_else_is_asked_about_before_anything_is_written(
    page: Page, alur: Alur, design: int
) -> None:
    theirs = kept(alur, design).replace(b'"passed"</text>', b'"sukses"</text>')
    seen = content_mark(kept(alur, design))
    alur.engine.run(SaveDesign(design, {FILE: theirs}, {FILE: seen}), system_actor(CITY))
    write(page, "false")

    expect(page.locator("#conflict-dialog")).to_be_visible()
    assert kept(alur, design) == theirs
    page.get_by_role("button", name="Simpan perubahan saya di atasnya").click()
    expect(page.locator("#save-state")).to_contain_text("Tersimpan pukul")
    assert b'"passed"</text>' in kept(alur, design)
