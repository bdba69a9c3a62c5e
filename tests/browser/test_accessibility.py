"""axe-core finds nothing on any page or state, in both themes, on a desk and on a phone."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.axe import ALL_LOOKS, TWO_LOOKS, Inspector, Look
from tests.browser.conftest import SCREENS, Staff
from tests.browser.hands import Mouse, leave
from tests.browser.installation import open_empty_city
from tests.browser.walk import CITY, Walk
from tests.browser.watching import watched
from webapp.app import create_app

#: What no person looks at: files, pieces of pages, answers for machines. The city's first link has a test of its own.
NO_PAGES = {
    "assets.serve",
    "appraisal.show_progress",
    "auth.show_first_link",
    "cases.show_diagram",
    "home.health",
    "inbox.download",
}


def pages_of(app: Flask) -> set[str]:
    """Return the endpoints of all pages."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return {str(rule.endpoint) for rule in rules} - NO_PAGES


def endpoints_at(app: Flask, addresses: Sequence[str]) -> set[str]:
    """Return the endpoints that answered at addresses."""
    found: set[str] = set()
    for address in addresses:
        path = urlsplit(address).path.removeprefix(f"/{CITY}") or "/"
        adapter = app.url_map.bind("127.0.0.1")
        if adapter.test(path, "GET"):
            found.add(str(adapter.match(path, "GET")[0]))
    return found


LOOKS = [pytest.param(TWO_LOOKS, id="both"), pytest.param(ALL_LOOKS, id="all", marks=pytest.mark.long)]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("looks", LOOKS)
def test_every_page_and_state_is_accessible(staff: Staff, tmp_path: Path, looks: Sequence[Look]) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    inspector = Inspector(looks, SCREENS)
    walk = Walk(staff, tmp_path, inspector)

    walk.before_sign_in()
    walk.first_sign_in()
    walk.own_pages()
    walk.quarter_of_one()
    walk.offices()
    walk.a_quarter_later()

    assert not inspector.faults, inspector.report()
    app = create_app(staff.office.alur)
    assert pages_of(app) <= endpoints_at(app, inspector.addresses)


@pytest.mark.parametrize("looks", LOOKS)
def test_the_first_link_of_a_city_is_accessible(chromium: Browser, tmp_path: Path, looks: Sequence[Look]) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    inspector = Inspector(looks, SCREENS, first=200)
    with open_empty_city(tmp_path, CITY) as (office, path), watched(office.address) as watch:
        staff = Staff(chromium, office, watch)
        page = staff.open_browser()
        page.goto(path)
        inspector("tautan pertama", page)
        leave(Mouse(page), page.locator("main").get_by_role("button").last)
        inspector("tautan pertama, galat", page)
        staff.close()

    assert not inspector.faults, inspector.report()
