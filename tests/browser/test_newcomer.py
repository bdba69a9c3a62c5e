"""Somebody changes how the city works on the first afternoon: with a mouse, and without one."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Staff
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.newcomer import Newcomer
from tests.browser.test_quarter import NO_MOUSE


@pytest.mark.parametrize(
    ("hands", "script", "add"),
    [(Mouse, "", Newcomer.draw_the_approver), (Keyboard, NO_MOUSE, Newcomer.add_the_approver)],
    ids=["mouse", "keyboard"],
)
def test_a_newcomer_adds_an_approver_and_takes_it_back(
    staff: Staff, hands: type[Hands], script: str, add: Callable[[Newcomer], None]
) -> None:
    staff.init_script = script
    newcomer = Newcomer(staff, hands)

    newcomer.begin()
    newcomer.ask_for_the_cost()
    newcomer.make_a_form()
    add(newcomer)
    newcomer.play_and_record()
    newcomer.release()
    newcomer.roll_back()
