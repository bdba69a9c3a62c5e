"""Nobody looks at a page that is still on its way: a test of the other tests."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.arrival import leaving, settle
from tests.browser.axe import DESKTOP_LIGHT, Inspector
from tests.browser.hands import Mouse, leave

WHOLE = b"<!doctype html><html lang=id><title>Utuh</title><main><h1>Utuh</h1><a href=/half>Lanjut</a></main>"
#: The page asks for its rest when somebody looks whether it is there: who does not wait sees half of it, always.
HALF = b"""<!doctype html><html lang=id><title>Separuh</title><main><p>Awal</p><script>
    const { get } = Object.getOwnPropertyDescriptor(Document.prototype, "readyState");
    Object.defineProperty(document, "readyState", { get() { fetch("/rest"); return get.call(document); } });
</script>"""
REST = b"<h1>Akhir</h1></main>"
#: A part that is finished a frame after somebody has looked for unfinished ones.
ADD_PART = """sign => {
    document.body.insertAdjacentHTML("beforeend", `<p ${sign}>`);
    const part = document.querySelector("p"), look = document.querySelector.bind(document);
    const finish = () => { part.className = ""; part.dataset.drawn = "yes"; };
    document.querySelector = selector => { requestAnimationFrame(finish); return look(selector); };
}"""


class Slow(BaseHTTPRequestHandler):
    """Answers `/half` in two pieces, the second when `/rest` was asked for."""

    def do_GET(self) -> None:
        """Answer a request."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/half":
            self._send_in_pieces()
        elif self.path == "/rest":
            _asked.set()
        else:
            self.wfile.write(WHOLE)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _send_in_pieces(self) -> None:
        _asked.clear()
        self.wfile.write(HALF)
        assert _asked.wait(240)
        self.wfile.write(REST)


_asked = Event()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a site that takes its time."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        context = chromium.new_context(base_url=f"http://127.0.0.1:{server.server_port}")
        yield context.new_page()
        context.close()
        _asked.set()
        server.shutdown()
        thread.join()


def headings(page: Page) -> list[str]:
    """Return the headings that are there at this moment."""
    return page.locator("h1").all_inner_texts()


def test_who_leaves_a_page_sees_the_next_one_whole(page: Page) -> None:
    page.goto("/")

    leave(Mouse(page), page.get_by_role("link"))

    assert headings(page) == ["Akhir"]


def test_who_goes_back_sees_the_page_before_whole(page: Page) -> None:
    page.goto("/half", wait_until="commit")
    page.goto("/")

    with leaving(page):
        page.go_back(wait_until="commit")

    assert headings(page) == ["Akhir"]


def test_a_page_that_is_being_loaded_is_inspected_when_it_is_there(page: Page, tmp_path: Path) -> None:
    inspector = Inspector([DESKTOP_LIGHT], tmp_path)
    page.goto("/half", wait_until="commit")

    inspector("separuh", page)

    assert not inspector.faults, inspector.report()


@pytest.mark.parametrize("sign", ["class=htmx-request", "data-diagram-url=/gambar"])
def test_a_page_is_still_when_no_part_of_it_is_fetched_or_drawn(page: Page, sign: str) -> None:
    page.goto("/")
    page.evaluate(ADD_PART, sign)

    settle(page)

    part = page.locator("p")
    assert (part.get_attribute("class"), part.get_attribute("data-drawn")) == ("", "yes")
