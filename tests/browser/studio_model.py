"""Draws in the studio: what a process owner does on the diagram editor, with keys and with the mouse."""

from dataclasses import dataclass
from re import compile as pattern

from playwright.sync_api import Locator, Page, expect

from engine.commands.begin_design import BeginDesign
from engine.designs.finding import find_design
from engine.policy.actor import system_actor
from tests.bench.studio import diagram
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

    def find(self, name: str) -> None:
        """Look for an element by its name with the mouse, and select it."""
        self.page.get_by_role("main").get_by_role("button", name="Cari", exact=True).click()
        expect(self.page.locator(".djs-search-input input")).to_be_focused()
        self.page.keyboard.type(name)
        self.page.locator(".djs-search-result").first.click()
        expect(self.panel.get_by_label("Nama", exact=True)).to_have_value(name)

    def shape(self, element: str) -> Locator:
        """Return what is drawn of an element, by its technical name."""
        return self.page.locator(f".djs-element[data-element-id={element}]")

    def pick(self, element: str) -> None:
        """Select an element with the mouse."""
        self.board.scroll_into_view_if_needed()
        self.page.mouse.click(*middle(self.shape(element)))
        expect(self.shape(element)).to_have_class(pattern(r"\bselected\b"))

    def pad(self, action: str) -> Locator:
        """Return a sign of the pad beside the selected element."""
        return self.page.locator(f".djs-context-pad [data-action='{action}']")

    def drag(self, begin: Locator, end: tuple[float, float]) -> None:
        """Press the mouse on something, and let it go elsewhere."""
        x, y = middle(begin)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + 10, y + 10, steps=2)
        self.page.mouse.move(*end, steps=4)
        self.page.mouse.up()

    def name_it(self, name: str) -> None:
        """Type the name of what was just drawn, on the drawing itself."""
        expect(self.page.locator(".djs-direct-editing-content")).to_be_focused()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        expect(self.panel.get_by_label("Nama", exact=True)).to_have_value(name)

    def connect(self, begin: str, end: str) -> None:
        """Draw a flow from one element to another with the arrow of the pad."""
        self.pick(begin)
        self.drag(self.pad("connect"), middle(self.shape(end)))
        expect(self.shape(f"flow_{begin}__{end}")).to_have_count(1)

    def wait_saved(self) -> None:
        """Wait until everything is kept."""
        expect(self.page.locator("[data-studio=status]")).to_have_attribute("data-state", "saved")


def middle(drawn: Locator) -> tuple[float, float]:
    """Return where the middle of something is in the window."""
    box = drawn.bounding_box()
    assert box is not None, f"{drawn} is drawn"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def begin(staff: Staff, process: str) -> int:
    """Begin a design of a process that Alur ships, and return its id."""
    number = staff.office.alur.engine.run(BeginDesign(shipped_releases()[process]), system_actor(CITY)).value
    assert isinstance(number, int)
    return number


def begin_crowded(staff: Staff, city: str = CITY) -> int:
    """Begin a design in which six tasks have the same problem, and return its id."""
    number = staff.office.alur.engine.run(BeginDesign({"crowded.bpmn": diagram(8).encode()}), system_actor(city)).value
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
