"""Draws in the studio: what a process owner does on the diagram editor, with keys and with the mouse."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from engine.commands.begin_design import BeginDesign
from engine.designs.finding import find_design
from engine.policy.actor import system_actor
from tests.browser.arrival import settle
from tests.browser.conftest import Staff
from webapp.wiring.parts import shipped_releases

CITY = "serang"


@dataclass(frozen=True)
class Drawing:
    """The page of a design that is drawn."""

    page: Page
    design: int

    @property
    def board(self) -> Locator:
        """The drawing, which takes the keys."""
        return self.page.get_by_role("application")

    @property
    def panel(self) -> Locator:
        """What the selected element says."""
        return self.page.locator("[data-studio=panel]")

    @property
    def problems(self) -> Locator:
        """What the check says."""
        return self.page.locator("[data-studio=problems]")

    def press(self, *keys: str) -> None:
        """Press keys on the drawing."""
        self.board.focus()
        for key in keys:
            self.page.keyboard.press(key)

    def walk_to(self, *keys: str, name: str) -> None:
        """Walk along the flow from the start, until an element is selected."""
        self.press("Escape", "Home", *keys)
        expect(self.panel.get_by_label("Nama", exact=True)).to_have_value(name)

    def wait_saved(self) -> None:
        """Wait until everything is kept."""
        expect(self.page.locator("[data-studio=status]")).to_have_attribute("data-state", "saved")


def begin(staff: Staff, process: str) -> int:
    """Begin a design of a process that Alur ships, and return its id."""
    number = staff.office.alur.engine.run(BeginDesign(shipped_releases()[process]), system_actor(CITY)).value
    assert isinstance(number, int)
    return number


def open_drawing(page: Page, design: int) -> Drawing:
    """Open the page of a design."""
    page.goto(f"/{CITY}/studio/rancangan/{design}")
    settle(page)
    return Drawing(page, design)


def kept(staff: Staff, design: int) -> str:
    """Return the diagram of a design as it is kept."""
    with staff.office.alur.database.reading() as read:
        return find_design(read, CITY, design).diagram.decode()
