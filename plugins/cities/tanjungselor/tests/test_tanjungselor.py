from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import alur_tanjungselor
from hypothesis import given
from hypothesis import strategies as st

from plugins.api import (
    Feedback,
    Period,
    PositionFacts,
    PositionLevel,
    Rating,
    Recommendation,
    ScoreRequest,
    Severity,
    UnitKind,
)
from plugins.testing import CityContract, Monotonic, connected

ANALYST = PositionFacts("general", PositionLevel.FUNCTIONAL_POSITION, UnitKind.EDUCATION_OFFICE)
CLERK = replace(ANALYST, unit_kind=UnitKind.DISTRICT_OFFICE)
CITY = connected(alur_tanjungselor).city
PERIOD = Period.quarter(2026, 2)


def analyst_request(*, mean: Decimal, answers: int, unit_ikm: Decimal = Decimal(80)) -> ScoreRequest:
    return ScoreRequest(
        position=ANALYST,
        period=PERIOD,
        measured={
            "S1": {"value": Decimal(98)},
            "S2": {"value": Decimal(66)},
            "S3": {"mean": mean, "n": Decimal(answers)},
            "S4": {"approved": Decimal(60), "due": Decimal(60)},
            "S5": {"on_time": Decimal(50), "due": Decimal(50), "reopened": Decimal(0)},
        },
        unit_figures={"ikm": unit_ikm, "n": Decimal(300)},
        feedback=Feedback(Decimal("0.9"), 30),
    )


class TestTanjungselor(CityContract):
    plugin = alur_tanjungselor
    golden = Path(__file__).with_name("cases.json")
    monotonic = (
        Monotonic(ANALYST, "S3", "mean", True, tuple(Decimal(n) / 10 for n in range(10, 41))),
        Monotonic(ANALYST, "S5", "reopened", False, tuple(Decimal(n) for n in range(41))),
        Monotonic(CLERK, "P1", "value", True, tuple(Decimal(n) for n in range(0, 200, 10))),
    )


def test_few_answers_are_pulled_towards_the_unit() -> None:
    scored = CITY.score(analyst_request(mean=Decimal("3.70"), answers=12))

    citizens = next(line for line in scored.lines if line.code == "S3")

    assert citizens.realised == Decimal("83.57")
    assert "small_sample" in {reason.code for reason in scored.reasons}


@given(mean=st.decimals(1, "2.59", places=2), answers=st.integers(400, 4000))
def test_many_bad_answers_mean_below_whatever_the_rest(mean: Decimal, answers: int) -> None:
    scored = CITY.score(analyst_request(mean=mean, answers=answers, unit_ikm=Decimal(60)))

    assert scored.result is Recommendation.DIBAWAH_EKSPEKTASI
    assert [cap.limit for cap in scored.caps] == [Rating.DIBAWAH_EKSPEKTASI]


@given(mean=st.decimals(1, 4, places=2), answers=st.integers(0, 29))
def test_under_thirty_answers_never_cap_anybody_in_a_good_unit(mean: Decimal, answers: int) -> None:
    scored = CITY.score(analyst_request(mean=mean, answers=answers, unit_ikm=Decimal(85)))

    assert scored.caps == ()


def test_a_unit_without_education_tasks_carries_two_results_of_its_own_plan() -> None:
    codes = [item.code for item in CITY.indicators(CLERK, PERIOD)]

    assert codes == ["P1", "P2", "S3", "S4", "S5"]


def test_a_plan_that_lowers_the_citizens_weight_is_refused() -> None:
    own = CITY.indicators(ANALYST, PERIOD)
    shifted = [replace(item, weight=item.weight + {"S3": -10, "S5": 10}.get(item.code, 0)) for item in own]

    findings = CITY.check_plan(ANALYST, PERIOD, shifted)

    assert [(finding.severity, finding.message.code) for finding in findings] == [(Severity.ERROR, "weight_too_small")]


def test_the_head_is_a_bupati_in_the_middle_zone() -> None:
    info = CITY.info

    assert (info.head_label_id, info.zone, info.zone_label) == ("Bupati", "Asia/Makassar", "WITA")
    assert "Bulungan" in info.government
