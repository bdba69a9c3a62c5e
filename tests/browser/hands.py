"""Two ways to use a page: with a mouse, and with the keyboard alone."""

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Locator, Page

from tests.browser.arrival import leaving

#: More stops than any page has between two controls; a control that is not reached by then cannot be reached.
MOST_STOPS = 300
_IS_SAID = "words => new RegExp(`^(?:${words})$`).test(document.getElementById('live')?.textContent)"
_IS_FOCUSED = "element => element === document.activeElement"
_GROUP_IS_FOCUSED = "radio => document.activeElement.name === radio.name && document.activeElement.type === 'radio'"


def leave(hands: "Hands", control: Locator) -> None:
    """Press what leads to another page, and wait until that is there."""
    with leaving(hands.page):
        hands.press(control)


def hear(page: Page, words: str) -> None:
    """Wait until the region that speaks says something.

    :param words: a regular expression that the whole sentence matches.
    """
    # Looked at with every frame of the screen; `expect` looks ever more seldom, and this is waited for often.
    page.wait_for_function(_IS_SAID, arg=words)


class Hands(Protocol):
    """How somebody uses a page."""

    page: Page

    def press(self, control: Locator) -> None:
        """Follow a link, press a button, open a disclosure."""

    def tick(self, box: Locator) -> None:
        """Tick a box or choose one of several."""

    def write(self, field: Locator, text: str) -> None:
        """Replace what a field holds."""

    def attach(self, field: Locator, file: Path) -> None:
        """Choose a file."""


class Mouse:
    """Points and clicks, as most people do."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator) -> None:
        """Follow a link, press a button, open a disclosure."""
        control.click()

    def tick(self, box: Locator) -> None:
        """Tick a box or choose one of several; the label around it is what people hit."""
        box.locator("xpath=ancestor::label").click()

    def write(self, field: Locator, text: str) -> None:
        """Replace what a field holds."""
        field.fill(text)

    def attach(self, field: Locator, file: Path) -> None:
        """Choose a file."""
        field.set_input_files(file)


class Keyboard:
    """Never touches the mouse: Tab until it is there, then a key.

    :param strokes: keys pressed so far, those of typed text apart.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes = 0
        # Chromium hands its file window over only while somebody listens, and takes a moment to begin.
        page.on("filechooser", lambda _chooser: None)

    def hit(self, key: str) -> None:
        """Press one key."""
        self.strokes += 1
        self.page.keyboard.press(key)

    def press(self, control: Locator) -> None:
        """Go to a link, a button or a disclosure, and press Enter."""
        self.reach(control)
        self.hit("Enter")

    def tick(self, box: Locator) -> None:
        """Go to a box and tick it; among several, walk to the one that is meant."""
        if box.get_attribute("type") != "radio":
            self.reach(box)
            self.hit("Space")
            return
        self.reach(box, _GROUP_IS_FOCUSED)
        for _ in range(MOST_STOPS):
            if box.evaluate(_IS_FOCUSED):
                break
            self.hit("ArrowDown")
        if not box.is_checked():
            self.hit("Space")

    def write(self, field: Locator, text: str) -> None:
        """Go to a field and type."""
        self.reach(field)
        self.hit("Control+a")
        self.page.keyboard.insert_text(text)

    def attach(self, field: Locator, file: Path) -> None:
        """Go to a file field, open the window that chooses one, and choose."""
        self.reach(field)
        with self.page.expect_file_chooser() as choosing:
            self.hit("Enter")
        choosing.value.set_files(file)

    def reach(self, control: Locator, is_there: str = _IS_FOCUSED) -> None:
        """Press Tab until the control has the focus."""
        for _ in range(MOST_STOPS):
            if control.evaluate(is_there):
                return
            self.hit("Tab")
        raise AssertionError(f"The keyboard does not reach {control}.")
