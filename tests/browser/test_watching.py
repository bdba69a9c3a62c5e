"""The watch over the browsers sees what people would not: a test of the other tests."""

import pytest

from tests.browser.conftest import Staff

SCRIPTS = {
    "asked another site": "() => { location.href = 'http://198.51.100.7/'; }",
    "Content Security Policy": "() => document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')",
    "console error": "() => console.error('something broke')",
    "script: ": "() => { setTimeout(() => { throw new Error('something broke'); }); }",
    "404 for GET": "() => { fetch('/nowhere'); }",
}


@pytest.mark.parametrize("fault", SCRIPTS)
def test_what_goes_wrong_out_of_sight_is_noted(staff: Staff, fault: str) -> None:
    page = staff.open_browser()
    page.goto("/serang/masuk")

    page.evaluate(SCRIPTS[fault])
    page.wait_for_timeout(500)

    assert any(fault in noted for noted in staff.watch.faults), staff.watch.faults
    staff.watch.faults.clear()
