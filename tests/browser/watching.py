"""Watches what a browser does, so that a test fails on what a person would not even see."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

#: Pages that refuse something are pages, too: they say why, and tests read them.
REFUSALS = frozenset({403, 404, 409, 422, 429})
#: What leaves a page by these goes to a machine; data: and blob: do not.
NETWORK = frozenset({"http", "https", "ws", "wss"})


class Watch:
    """What went wrong in the browser contexts of one test."""

    def __init__(self, address: str) -> None:
        self.faults: list[str] = []
        self._site = urlsplit(address).netloc

    def over(self, context: BrowserContext) -> None:
        """Note every fault of the pages of a context."""
        # Listens only: a route that could refuse would switch off the cache, and each page would load its files anew.
        context.on("request", self._see)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self._note(f"script: {error.error}"))
        context.on("response", self._check)
        context.on("requestfailed", self._failed)
        context.on("page", self._follow)

    def _follow(self, page: Page) -> None:
        page.on("crash", lambda _page: self._note("the page crashed"))

    def _note(self, fault: str) -> None:
        self.faults.append(fault)

    def _see(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme in NETWORK and where.netloc != self._site:
            self._note(f"asked another site: {request.url}")

    def _hear(self, message: ConsoleMessage) -> None:
        # The status of an answer is judged where the answer is; Chromium repeats it here without saying for what.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self._note(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _check(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() and response.status in REFUSALS
        # A draft under way when its form is sent comes too late, and is told so; the page that would say it is left.
        is_late_draft = response.status == 409 and response.request.url.endswith("/draf")
        # A file that somebody else has changed is not written over: the page asks whose counts.
        is_stale = response.status == 412 and response.request.method == "PUT"
        if response.status >= 400 and not is_page and not is_late_draft and not is_stale:
            self._note(f"{response.status} for {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left lets go of what it was still loading; a download is no page.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"{request.failure}: {request.url}")


@contextmanager
def watched(address: str) -> Iterator[Watch]:
    """Give a watch, and fail the test at its end if something went wrong."""
    watch = Watch(address)
    yield watch
    assert not watch.faults, "\n".join(["In the browser:", *watch.faults])
