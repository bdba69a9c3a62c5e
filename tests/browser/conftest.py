"""Chromium, the five cities, and people who sign in."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from re import sub

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.browser.arrival import NO_PRESS_WITHOUT_WAITING
from tests.browser.hands import Hands, leave
from tests.browser.installation import Office, make_template, open_office, persona
from tests.browser.watching import Watch, watched
from tests.made_once import made_once
from webapp.auth.cookie import NAME
from webapp.setup import DEMO_PASSWORD

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --font-render-hinting=none"
).split()
# No name leads anywhere: what is not loopback does not even get as far as the network.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
#: The machine may have other things to do; what never comes is still noticed.
PATIENCE_MS = 90_000
LONGEST_TEST_S = 1200
expect.set_options(timeout=PATIENCE_MS)
HERE = Path(__file__).parent
SCREENS = HERE.parents[1] / "build" / "screens"
FAILURES = SCREENS / "failures"
#: Where pictures of every page go, for whoever wants to look at them.
PICTURES = SCREENS if os.environ.get("ALUR_PICTURES") else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(LONGEST_TEST_S))


@dataclass
class Staff:
    """The people of the cities, each in a browser context of his own.

    :param init_script: runs in each page of the browsers that are opened from then on.
    """

    chromium: Browser
    office: Office
    watch: Watch
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)
    init_script: str = ""

    def open_browser(self) -> Page:
        """Return a page of a browser that nobody has used."""
        context = self.chromium.new_context(
            base_url=self.office.address, viewport=DESKTOP, locale="id-ID", timezone_id="Asia/Jakarta"
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(NO_PRESS_WITHOUT_WAITING + self.init_script)
        self.watch.over(context)
        self.contexts.append(context)
        return context.new_page()

    def page(self, city: str, part: str) -> Page:
        """Return the page of a persona who has signed in already."""
        if (city, part) not in self.pages:
            page = self.pages[city, part] = self.open_browser()
            token = self.office.session_of(city, part)
            page.context.add_cookies([{"name": NAME, "value": token, "domain": "127.0.0.1", "path": f"/{city}"}])
            page.goto(f"/{city}/tugas")
        return self.pages[city, part]

    def arrive(self, city: str, part: str, hands: Callable[[Page], Hands]) -> Page:
        """Return the page of a persona who signs in on it, which takes a second of hashing."""
        if (city, part) not in self.pages:
            page = self.pages[city, part] = self.open_browser()
            sign_in(hands(page), city, part)
        return self.pages[city, part]

    def keep_pages(self, name: str) -> None:
        """Keep what every browser shows, for whoever reads about a failure."""
        FAILURES.mkdir(parents=True, exist_ok=True)
        for number, context in enumerate(self.contexts):
            for page in context.pages:
                page.screenshot(path=FAILURES / f"{name}-{number}.png", full_page=True)

    def close(self) -> None:
        """Close every browser."""
        for context in self.contexts:
            context.close()


def slug(text: str) -> str:
    """Return a text as the name of a file."""
    return "-".join(sub(r"[^a-z0-9]+", " ", text.lower()).split())


def sign_in(hands: Hands, city: str, part: str) -> None:
    """Sign in as a persona of the demonstration, through the page."""
    hands.page.goto(f"/{city}/masuk")
    hands.write(hands.page.get_by_label("NIP"), persona(city, part).nip)
    hands.write(hands.page.get_by_label("Kata sandi"), DEMO_PASSWORD)
    leave(hands, hands.page.get_by_role("button", name="Masuk", exact=True))


def find_chromium(executable: Path) -> Path:
    """Return the browser that the tests drive, or fail: tests that nobody ran must not look like tests that passed."""
    if not executable.exists():
        pytest.fail(f"There is no {executable}. Install it: apt install chromium", pytrace=False)
    return executable


# Not for the whole session: while Playwright is open, its loop runs in this thread, where other tests start their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, with an empty profile."""
    executable = find_chromium(CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*FLAGS, NOWHERE])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def five_cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with the five cities, no quarter opened; shared by all test processes."""
    return made_once(tmp_path_factory.getbasetemp(), "five-cities", make_template)


@pytest.fixture
def office(five_cities: Path, tmp_path: Path) -> Iterator[Office]:
    """An installation of this test alone, being served."""
    with open_office(tmp_path, five_cities) as served:
        yield served


@pytest.fixture
def staff(chromium: Browser, office: Office, request: pytest.FixtureRequest) -> Iterator[Staff]:
    """The people, and their browsers; what goes wrong in one of them fails the test."""
    failures = request.session.testsfailed
    with watched(office.address) as watch:
        people = Staff(chromium, office, watch)
        yield people
        if request.session.testsfailed > failures:
            people.keep_pages(slug(request.node.name))
        people.close()
