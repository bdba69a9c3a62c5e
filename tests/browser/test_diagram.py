"""The diagram of a case in Chromium: readable where the case is, and the rest of the long way in reach."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.arrival import settle
from tests.browser.beforehand import CITY, until_accepted
from tests.browser.conftest import Staff

#: Pixels that a line of a label is high: what is smaller, a clerk cannot read.
READABLE = 11
LOOKS, LOOK_EVERY_MS = 900, 100
HERE = "#diagram .djs-shape.is-active"


@pytest.fixture
def case(staff: Staff) -> Page:
    """The page of a case that waits for its employee."""
    page = staff.page("serang", "employee")
    page.goto(f"/serang/kasus/{staff.office.case_of('serang', 'employee')}")
    settle(page)
    return page


def box_of(one: Locator) -> FloatRect:
    box = one.first.bounding_box()
    assert box is not None
    return box


def left_of_step(page: Page) -> float:
    return box_of(page.locator(HERE))["x"]


def is_in_frame(page: Page, one: Locator) -> bool:
    frame, box = box_of(page.locator("#diagram")), box_of(one)
    right, bottom = frame["x"] + frame["width"], frame["y"] + frame["height"]
    across = frame["x"] <= box["x"] and box["x"] + box["width"] <= right
    return across and frame["y"] <= box["y"] and box["y"] + box["height"] <= bottom


def comes(page: Page, holds: Callable[[], bool]) -> bool:
    """Wait until a script has brought something about, and say whether it has."""
    for _ in range(LOOKS):
        if holds():
            return True
        page.wait_for_timeout(LOOK_EVERY_MS)
    return False


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_long_diagram_opens_where_the_case_is_in_words_that_can_be_read(case: Page) -> None:
    step = case.locator(HERE)

    assert is_in_frame(case, step)
    assert box_of(step.locator("tspan"))["height"] >= READABLE


def test_the_diagram_of_a_case_that_has_ended_opens_as_a_whole(staff: Staff) -> None:
    until_accepted(staff.office)
    page = staff.page(CITY, "appraiser")
    page.goto(f"/{CITY}/kasus/{staff.office.case_of(CITY, 'employee')}")
    settle(page)

    ends = [page.locator(f"#diagram .djs-shape[data-element-id='{end}']") for end in ("started", "locked")]

    assert all(is_in_frame(page, end) for end in ends)


def test_the_lanes_keep_their_names_when_the_view_moves_away_from_them(case: Page) -> None:
    press(case, "Geser ke kanan")

    expect(case.locator(".lane-name", has_text="Pegawai")).to_be_visible()
    press(case, "Tampilkan semua")
    expect(case.locator(".lane-name", has_text="Pegawai")).to_be_hidden()


def test_buttons_and_keys_move_the_view_and_lead_back_to_the_step(case: Page) -> None:
    at_first = left_of_step(case)

    press(case, "Geser ke kanan")
    assert comes(case, lambda: left_of_step(case) < at_first - 1)
    press(case, "Ke langkah sekarang")
    assert comes(case, lambda: abs(left_of_step(case) - at_first) <= 1)

    case.locator("#diagram svg[role=img]").press("ArrowRight")
    assert comes(case, lambda: left_of_step(case) < at_first - 1)
    case.keyboard.press("Home")
    assert comes(case, lambda: abs(left_of_step(case) - at_first) <= 1)


def test_a_press_on_the_overview_shows_that_part(case: Page) -> None:
    overview, end = case.locator(".overview"), case.locator("#diagram .djs-shape text", has_text="Terkunci")
    box = box_of(overview)
    assert not is_in_frame(case, end)

    overview.click(position={"x": box["width"] - 20, "y": box["height"] - 20})

    assert comes(case, lambda: is_in_frame(case, end) and not is_in_frame(case, case.locator(HERE)))
