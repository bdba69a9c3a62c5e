"""When a page is there and stands still: nobody reads, presses or measures one that is still on its way."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

# Waits poll with every frame, also in the first moments of a page, when it has no element yet: they must not throw.
_HAS_ARRIVED = (
    "document.readyState === 'complete' && !!document.documentElement && !!document.body"
    " && !('left' in document.documentElement.dataset)"
)
_WAITS = ".htmx-request, [data-diagram-url]:not([data-drawn])"
_IS_STILL = f"{_HAS_ARRIVED} && document.fonts.status === 'loaded' && !document.querySelector('{_WAITS}')"
_LEAVE = "() => { document.documentElement.dataset.left = ''; }"
_HOLD = """() => {
    window.holdStill = event => event.preventDefault();
    document.addEventListener('htmx:before:request', window.holdStill);
}"""
_LET_GO = "() => document.removeEventListener('htmx:before:request', window.holdStill)"
_HAS_SIZE = "([width, height]) => innerWidth === width && innerHeight === height"
#: What watches its own size answers in the first frame; what that changes is laid out in the second.
_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"

#: Runs in every page: who leaves it without waiting for the next one is told so, on a fast machine, too.
NO_PRESS_WITHOUT_WAITING = """navigation.addEventListener('navigate', event => {
    const stays = event.destination.sameDocument || event.downloadRequest !== null;
    if (event.userInitiated && !stays && !('left' in document.documentElement.dataset))
        console.error(`A page was left without waiting for ${event.destination.url}: use leave().`);
});
"""


def arrive(page: Page) -> None:
    """Wait until a page is there as a whole, its scripts started."""
    page.wait_for_function(f"() => {_HAS_ARRIVED}")


def settle(page: Page) -> None:
    """Wait until a page is there and no part of it is still being fetched or drawn."""
    page.wait_for_function(f"() => {_IS_STILL}")


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """Wait, after what is done inside, until the page that it leads to is there.

    What leads nowhere (a link within the page, a file, a form that the browser refuses) fails after the usual patience.
    """
    # The old page is whole and could be taken for the next one: a press returns before its page begins.
    page.evaluate(_LEAVE)
    yield
    arrive(page)


@contextmanager
def holding_still(page: Page) -> Iterator[None]:
    """Let no part of a page be replaced meanwhile, as one that shows progress does every few seconds."""
    arrive(page)
    page.evaluate(_HOLD)
    settle(page)
    yield
    page.evaluate(_LET_GO)


def resize(page: Page, width: int, height: int) -> None:
    """Give the window another size, and wait until everything in it has followed."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(_HAS_SIZE, arg=[width, height])
    page.evaluate(_TWO_FRAMES)
