"""The whole quarter of one employee of each city, in a real browser."""

from datetime import UTC, datetime
from pathlib import Path
from re import compile as pattern

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Staff
from tests.browser.hands import Keyboard, Mouse, leave
from tests.browser.quarter import Quarter

NO_MOUSE = "addEventListener('pointerdown', () => console.error('A pointer was used.'), true)"


def expect_locked(page: Page, predicate: str) -> None:
    """See that the result says why, and that it is locked."""
    main = page.get_by_role("main")
    expect(main.get_by_text("Terkunci", exact=True)).to_be_visible()
    expect(main.locator("[aria-current=true]")).to_contain_text(predicate)
    for part in ("Indikator", "Aturan", "Alasan", "Rating yang", "Kuadran", "Dari penilaian sampai dikunci"):
        expect(main.get_by_role("heading", name=pattern(rf"^{part}"))).to_be_visible()


@pytest.mark.parametrize("city", ["tebingtinggi", "serang"])
def test_a_quarter_goes_from_opened_to_locked(staff: Staff, tmp_path: Path, city: str) -> None:
    quarter = Quarter(staff, city, tmp_path)

    quarter.until_handed_over()
    quarter.respond("accept")

    expect_locked(quarter.open_result().page, "Baik")


def test_an_override_is_read_with_its_reason_by_the_employee(staff: Staff, tmp_path: Path) -> None:
    quarter = Quarter(staff, "tanjungselor", tmp_path)

    quarter.until_handed_over(override=True)
    quarter.respond("accept")

    page = quarter.open_result().page
    expect_locked(page, "Baik")
    expect(page.get_by_role("main")).to_contain_text("Berdasarkan bukti yang saya periksa sendiri.")


def test_a_granted_objection_changes_the_result_and_keeps_the_first(staff: Staff, tmp_path: Path) -> None:
    quarter = Quarter(staff, "tanjungbalai", tmp_path)
    quarter.until_handed_over()

    quarter.respond("object")
    quarter.decide()

    page = quarter.open_result().page
    expect_locked(page, "Sangat Baik")
    expect(page.get_by_role("main")).to_contain_text("Bukti dukung saya belum ikut dihitung.")


def test_a_quarter_needs_no_mouse(staff: Staff, tmp_path: Path) -> None:
    staff.init_script = NO_MOUSE
    quarter = Quarter(staff, "mataram", tmp_path, hands=Keyboard)

    quarter.until_handed_over()
    quarter.respond("accept")

    expect_locked(quarter.open_result().page, "Baik")


def test_hr_opens_the_next_quarter_and_the_employee_finds_the_task(staff: Staff) -> None:
    staff.office.clock.now = datetime(2027, 1, 4, 3, 0, tzinfo=UTC)
    page = staff.page("serang", "verifier")

    for link in ("Triwulan", "Buka triwulan"):
        leave(Mouse(page), page.get_by_role("link", name=link))
    for button in ("Lanjut", "Buka triwulan sekarang"):
        leave(Mouse(page), page.get_by_role("button", name=button))
    expect(page.get_by_role("status").filter(has_text="Triwulan dibuka")).to_be_visible()
    staff.office.work()

    expect(staff.page("serang", "employee").get_by_role("link", name=pattern("TW 4 2026"))).to_be_visible()
