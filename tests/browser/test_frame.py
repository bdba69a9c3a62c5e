"""The frame holds any number of menu entries at every width, in both languages, in every city's colours."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plugins.manager import Cities
from tests.browser.arrival import leaving, resize
from tests.browser.axe import ALL_LOOKS, Inspector
from tests.browser.conftest import Staff
from tests.browser.hands import Keyboard, Mouse, leave

CITY = "tanjungselor"  # the longest name of the five
#: What a sheet of A4 holds between its margins, in CSS pixels.
A4 = 680
WIDTHS = (320, 360, 600, 959, 960, 1100, 1280)
#: More entries than anybody has today.
ADD = """labels => document.querySelectorAll("header nav > ul").forEach(list => labels.forEach(label => {
    const entry = document.createElement("li"), link = document.createElement("a");
    link.href = "#main"; link.textContent = label; entry.append(link); list.append(entry);
}))"""
OVERLAPS = """() => {
    const all = [...document.querySelectorAll("header .brand, header .nav a, header summary")];
    const shown = all.filter(one => one.checkVisibility()), boxes = shown.map(one => one.getBoundingClientRect());
    const beside = (a, b) => a.left < b.right - 1 && b.left < a.right - 1;
    const meet = (a, b) => beside(a, b) && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return shown.filter((_, i) => boxes.some((box, j) => i !== j && meet(boxes[i], box))).map(one => one.textContent);
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def speak(page: Page, language: str) -> None:
    page.locator("#own-menu > summary").click()
    leave(Mouse(page), page.get_by_role("button", name=language))


@pytest.mark.parametrize("language", ["Indonesia", "English"])
def test_any_number_of_entries_fits_at_every_width(staff: Staff, language: str) -> None:
    page = staff.page(CITY, "verifier")
    speak(page, language)
    page.evaluate(ADD, ["Umpan balik", "Laporan dan analitik", "Studio proses", "Portal pegawai"])

    for width in WIDTHS:
        resize(page, width, 700)
        assert (page.evaluate(OVERLAPS), page.evaluate(TOO_WIDE)) == ([], 0), width


def test_on_a_phone_the_menu_opens_by_keyboard_and_leads_everywhere(staff: Staff) -> None:
    page = staff.page(CITY, "verifier")
    hands = Keyboard(page)
    resize(page, 320, 500)

    hands.press(page.locator("#own-menu > summary"))
    leave(hands, page.get_by_role("navigation", name="Navigasi utama").get_by_role("link", name="Triwulan"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Triwulan")


def test_a_group_of_the_menu_opens_by_keyboard_closes_with_escape_and_leads_on(staff: Staff) -> None:
    page = staff.page(CITY, "employee")
    hands, menu = Keyboard(page), page.get_by_role("navigation", name="Navigasi utama")
    group, link = menu.locator("summary", has_text="Pengembangan"), menu.get_by_role("link", name="Katalog pelatihan")

    hands.press(group)
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(group).to_be_focused()
    hands.press(group)
    leave(hands, link)

    expect(menu.locator("summary", has_text="Pengembangan")).to_have_attribute("aria-current", "true")


def test_the_list_of_cities_and_every_sign_in_are_accessible_in_their_colours(staff: Staff, tmp_path: Path) -> None:
    page, inspector = staff.open_browser(), Inspector(ALL_LOOKS, tmp_path)
    page.goto("/")
    inspector("kota", page)
    brands = set()

    for code in Cities.installed().codes:
        page.goto(f"/{code}/masuk")
        inspector(f"masuk {code}", page)
        brands.add(page.evaluate("() => getComputedStyle(document.querySelector('.band')).backgroundColor"))

    assert not inspector.faults, inspector.report()
    assert len(brands) == 5


def test_a_table_is_a_table_on_paper_which_is_as_narrow_as_a_small_screen(staff: Staff) -> None:
    page = staff.page(CITY, "verifier")
    page.goto(f"/{CITY}/triwulan")
    resize(page, A4, 900)
    expect(page.locator(".records thead").first).to_be_hidden()

    page.emulate_media(media="print")

    expect(page.locator(".records thead").first).to_be_visible()
    assert page.evaluate(TOO_WIDE) == 0


def test_back_to_a_form_that_was_refused_shows_it_with_what_was_typed(staff: Staff) -> None:
    page = staff.page(CITY, "employee")
    page.goto(f"/{CITY}/apresiasi/inovasi/baru")
    page.locator("[name=title]").fill("Antrean tanpa kertas")
    leave(Mouse(page), page.locator("main form").get_by_role("button").last)
    expect(page.locator("[data-error-summary]")).to_be_visible()

    leave(Mouse(page), page.get_by_role("navigation", name="Navigasi utama").get_by_role("link", name="Tugas"))
    with leaving(page):
        page.go_back()

    expect(page.locator("[data-error-summary]")).to_have_count(0)
    expect(page.locator("[name=title]")).to_have_value("Antrean tanpa kertas")
