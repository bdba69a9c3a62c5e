"""The watch over the browsers sees what people would not: a test of the other tests."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PATIENCE_MS, Staff, find_chromium

SCRIPTS = {
    "asked another site": "() => { location.href = 'http://198.51.100.7/'; }",
    "Content Security Policy": "() => document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')",
    "console error": "() => console.error('something broke')",
    "script: ": "() => { setTimeout(() => { throw new Error('something broke'); }); }",
    "404 for GET": "() => { fetch('/nowhere'); }",
}
LOOK_EVERY_MS = 20


def heard(staff: Staff, page: Page, fault: str) -> bool:
    """Wait until a fault is noted; say whether it ever was."""
    for _ in range(PATIENCE_MS // LOOK_EVERY_MS):
        if any(fault in noted for noted in staff.watch.faults):
            return True
        page.wait_for_timeout(LOOK_EVERY_MS)
    return False


@pytest.mark.parametrize("fault", SCRIPTS)
def test_what_goes_wrong_out_of_sight_is_noted(staff: Staff, fault: str) -> None:
    page = staff.open_browser()
    page.goto("/serang/masuk")

    page.evaluate(SCRIPTS[fault])

    assert heard(staff, page, fault), staff.watch.faults
    page.close()
    staff.watch.faults.clear()


def test_who_presses_what_leads_away_without_waiting_is_told(staff: Staff) -> None:
    page = staff.open_browser()
    page.goto("/serang/masuk")

    page.get_by_role("link", name="Bantuan").first.click()

    assert heard(staff, page, "left without waiting"), staff.watch.faults
    page.close()
    staff.watch.faults.clear()


def test_a_machine_without_chromium_is_told_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="apt install chromium"):
        find_chromium(tmp_path / "chromium")
