"""The form of level 4: filled with the figures that were taken over, which are corrected only with a reason."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.policy.actor import Actor
from forms import AlurForm
from webapp.task_forms import FormContext
from webapp.training.impact_form import build_impact

TAKEN = {
    "is_found": True,
    "measure": "IKM unit",
    "before": Decimal(81),
    "after": Decimal(84),
    "sample": 120,
    "others": "Dinas Sosial 80 ke 81.",
    "source": "Angka unit ikm",
}
SENT = {
    "measure": "IKM unit",
    "before": "81",
    "after": "84",
    "sample": "120",
    "others": "Dinas Sosial 80 ke 81.",
    "source": "Angka unit ikm",
}


def form_of(impact: Any, sent: dict[str, str] | None = None) -> AlurForm:
    nothing: Any = None
    variables = {"figures": {"is_found": True, "impact": impact, "behaviour": {"is_found": False}}}
    context = FormContext(Actor("serang", 1), variables, nothing, nothing, date(2027, 6, 3), "id")
    return build_impact(context).fill(context, sent)


def test_the_form_shows_the_figures_that_were_taken_over() -> None:
    form = form_of(TAKEN)

    assert (form["before"]._value(), form["after"]._value(), form["sample"]._value()) == ("81", "84", "120")


@pytest.mark.parametrize(
    ("change", "good"),
    [({}, True), ({"after": "86"}, False), ({"after": "86", "correction": "Survei dihitung ulang"}, True)],
)
def test_a_figure_is_corrected_with_a_reason(change: dict[str, str], good: bool) -> None:
    form = form_of(TAKEN, {**SENT, **change})

    assert form.validate() is good
    assert ["Tulis alasannya" in link.message for link in form.error_summary()] == ([] if good else [True])


def test_without_figures_everything_is_asked_for() -> None:
    form = form_of({"is_found": False}, {})

    assert not form.validate()
    assert {link.field_id for link in form.error_summary()} == set(SENT)
