"""A page of a form is told what follows from the answers by expressions, and nothing else."""

from datetime import date

from tests.unit.forms.examples import FEEL_SPEC, FULL_SPEC
from webapp.task_forms import live_state
from webapp.task_forms.specs import class_of

TODAY = date(2026, 8, 17)
ROWS = {"costs-0-count": "2", "costs-0-price": "1.500", "costs-1-count": "1"}


def test_what_follows_is_told_by_the_ids_of_the_page_also_inside_tables() -> None:
    form = class_of(FEEL_SPEC)({"cost": "1.000", **ROWS}, today=TODAY)

    assert live_state(form) == {
        "shown": {"since": True},
        "values": {"costs-0-amount": "3.000", "costs-1-amount": "", "total": "", "share": ""},
    }


def test_a_form_without_expressions_asks_nothing() -> None:
    form = class_of(FULL_SPEC)({}, today=TODAY)

    assert live_state(form) == {"shown": {}, "values": {}}
    assert not form.is_live
    assert class_of(FEEL_SPEC)({}, today=TODAY).is_live
