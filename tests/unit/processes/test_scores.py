"""The value of all indicators together, and the recommendation that follows from it."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest

from processes.appraisal.rules import (
    Cap,
    InvalidPlain,
    Rating,
    Recommendation,
    ScoreRequest,
    ScoreResult,
    Target,
    apply_targets,
    message,
    show_number,
    target_problem,
)
from tests.unit.processes.indicators import PERIOD, POSITION, indicator, score


def test_an_indicator_that_cannot_be_measured_is_left_out_with_its_reason() -> None:
    own = (indicator("A", 70), indicator("B", 30))
    request = ScoreRequest(position=POSITION, period=PERIOD, not_measurable={"B": "gempa"})

    scored = score({"A": 100, "B": 0}, own, request=request)

    assert [scored.value, scored.measured_weight] == [100, 70]
    assert any(reason.code == "not_measurable" and "gempa" in reason.text_id for reason in scored.reasons)


def test_a_result_that_was_not_delivered_counts_as_zero() -> None:
    own = (indicator("A", 70), indicator("B", 30))
    request = ScoreRequest(position=POSITION, period=PERIOD, not_delivered={"B": "tidak dikumpulkan"})

    scored = score({"A": 100, "B": 120}, own, request=request)

    assert scored.value == 70


def test_below_70_percent_measured_a_human_decides() -> None:
    own = (indicator("A", 69), indicator("B", 31))

    scored = score({"A": 120}, own)

    assert scored.result is Recommendation.TIDAK_CUKUP_DATA
    assert scored.value == 120


@pytest.mark.parametrize(
    ("numbers", "positive", "expected"),
    [
        ({"A": 89, "B": 89}, "0.9", Recommendation.DIBAWAH_EKSPEKTASI),
        ({"A": 90, "B": 90}, "0.9", Recommendation.SESUAI_EKSPEKTASI),
        ({"A": 110, "B": 110}, "0.60", Recommendation.DIATAS_EKSPEKTASI),
        ({"A": 110, "B": 110}, "0.59", Recommendation.SESUAI_EKSPEKTASI),
        ({"A": 110, "B": 110}, None, Recommendation.SESUAI_EKSPEKTASI),
        ({"A": 120, "B": 89}, "0.9", Recommendation.SESUAI_EKSPEKTASI),
        ({"A": 89, "B": 120}, "0.9", Recommendation.DIBAWAH_EKSPEKTASI),
    ],
)
def test_the_recommended_result_follows_the_clauses(
    numbers: dict[str, int], positive: str | None, expected: Recommendation
) -> None:
    own = (indicator("A", 60), indicator("B", 40))

    assert score(numbers, own, positive=positive).result is expected


def test_a_cap_holds_whatever_the_value() -> None:
    cap = Cap(Rating.SESUAI_EKSPEKTASI, message("c", "Dibatasi.", "Limited."))

    scored = score({"A": 120}, (indicator("A"),), caps=(cap,))

    assert scored.result is Recommendation.SESUAI_EKSPEKTASI
    assert "Dibatasi." in [reason.text_id for reason in scored.reasons]


def test_only_main_indicators_hold_back_an_outstanding_result() -> None:
    own = (indicator("A", 90), indicator("B", 10, is_main=False))

    assert score({"A": 120, "B": 50}, own).result is Recommendation.DIATAS_EKSPEKTASI


@pytest.mark.parametrize("target", [None, Decimal(0), Decimal(-1)])
def test_a_target_that_cannot_be_scored_never_raises(target: Decimal | None) -> None:
    own = (replace(indicator("A", 50), target=target), indicator("B", 50))

    scored = score({"A": 10, "B": 100}, own)

    assert scored.value == 100
    assert target_problem(own[0]) in scored.reasons


def test_the_plans_targets_replace_the_defaults() -> None:
    (own,) = apply_targets([indicator("A")], {"A": Target(target=Decimal(50))})

    assert [own.target, own.weight] == [50, 100]


def test_the_result_does_not_depend_on_the_callers_decimal_context() -> None:
    own = (indicator("A", 30), indicator("B", 70))
    here = score({"A": 77, "B": 91}, own)

    with localcontext() as context:
        context.prec = 3
        there = score({"A": 77, "B": 91}, own)

    assert here == there


def test_a_result_survives_json() -> None:
    scored = score({"A": 77}, (indicator("A"),))

    assert ScoreResult.from_plain(scored.to_plain()) == scored


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"position": {"family": "x", "level": "boss", "unit_kind": "other"}}, ".position.level"),
        ({"measured": {"A": {"value": "NaN"}}}, ".measured.A.value"),
        ({"measured": {"A": {"value": 1.5}}}, ".measured.A.value"),
        ({"measured": {"A": {"value": "1e999999"}}}, ".measured.A.value"),
        ({"measured": {"A": {"value": True}}}, ".measured.A.value"),
        ({"period": {"code": "x", "kind": "quarter", "start": "2026-02-30", "end": "2026-03-31"}}, ".period.start"),
        ({"unheard_of": 1}, ".unheard_of"),
        ({"behaviour": {"LOYAL": {"mark": "1"}}}, ".behaviour.LOYAL.mark"),
    ],
)
def test_bad_data_is_refused_with_the_path_of_the_first_fault(change: dict[str, object], path: str) -> None:
    plain = ScoreRequest(position=POSITION, period=PERIOD).to_plain()

    with pytest.raises(InvalidPlain) as caught:
        ScoreRequest.from_plain({**plain, **change})

    assert caught.value.path == path
    assert caught.value.reason_id


def test_absurdly_large_and_tiny_numbers_are_named_before_scoring() -> None:
    request = ScoreRequest(position=POSITION, period=PERIOD, measured={"A": {"value": Decimal("1e13")}})

    with pytest.raises(InvalidPlain) as caught:
        request.check()

    assert caught.value.path == "measured.A.value"


def test_numbers_are_shown_rounded_half_up_in_each_language() -> None:
    assert show_number(Decimal("3.125")) == "3,13"
    assert (show_number(Decimal("1234.5")), show_number(Decimal("1234.5"), "en")) == ("1.234,50", "1,234.50")
