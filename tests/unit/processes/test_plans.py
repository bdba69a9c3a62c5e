"""Plans that can be scored, and the forms by which their numbers come in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from processes.appraisal.rules import (
    RATING_INPUTS,
    REALISATION,
    BehaviourMark,
    CoreValue,
    Direction,
    InvalidPlain,
    check_indicators,
    read_rating_inputs,
    read_realisation,
    standard_form,
)
from tests.unit.processes.indicators import indicator


def test_a_plan_must_weigh_100_and_use_each_code_once() -> None:
    found = check_indicators([indicator("A", 60), indicator("A", 30)])

    assert {finding.message.code for finding in found} == {"code_twice", "weights_not_100"}


def test_targets_that_cannot_be_scored_are_found_when_planning() -> None:
    zero = replace(indicator("A", 50), target=Decimal(0))
    flat = replace(indicator("B", 50), direction=Direction.IMPROVE, baseline=Decimal(100))

    found = check_indicators([zero, flat])

    assert [finding.message.code for finding in found] == ["target_not_positive", "target_equals_baseline"]


def test_a_target_easier_than_the_baseline_is_a_warning() -> None:
    (finding,) = check_indicators([replace(indicator(), baseline=Decimal(120))])

    assert (finding.severity, finding.message.code) == ("warning", "target_soft")


def test_what_the_employee_types_comes_back_as_measured_values() -> None:
    own = (indicator("A", 50), indicator("B", 50))
    data = {"A__value": Decimal("12.5"), "A__note": " selesai ", "B__unmeasured": True, "B__not_measurable": "banjir"}

    entered = read_realisation(own, data)

    assert entered.measured == {"A": {"value": Decimal("12.5")}}
    assert (entered.not_measurable, entered.notes) == ({"B": "banjir"}, {"A": "selesai"})


def test_the_forms_name_their_fields_as_they_are_read() -> None:
    form = standard_form(REALISATION, (indicator("A"),))

    names = [field["name"] for field in form["fields"]] if form else []

    assert names == ["A__value", "A__unmeasured", "A__not_measurable", "A__note", "general_note"]


def test_evidence_of_one_day_counts_once() -> None:
    prefix = "berakhlak_loyal"
    data = {f"{prefix}__mark": "-1", f"{prefix}__evidence_1": "2026-05-04", f"{prefix}__evidence_2": date(2026, 5, 4)}

    entered = read_rating_inputs((), data)

    assert entered.behaviour == {CoreValue.LOYAL: BehaviourMark(-1, 1)}


def test_a_mark_outside_the_three_is_refused() -> None:
    with pytest.raises(InvalidPlain, match="berakhlak_loyal__mark"):
        read_rating_inputs((), {"berakhlak_loyal__mark": "5"})


def test_a_task_without_indicators_has_no_standard_form() -> None:
    assert standard_form("appraisal.something_else", ()) is None
    assert standard_form(RATING_INPUTS, ()) is not None
