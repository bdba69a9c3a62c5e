from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import alur_tanjungbalai
from hypothesis import given
from hypothesis import strategies as st

from plugins.api import (
    REALISATION,
    Feedback,
    Period,
    PositionFacts,
    PositionLevel,
    Recommendation,
    ScoreRequest,
    UnitKind,
)
from plugins.testing import CityContract, Monotonic, connected

REGISTRAR = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.CIVIL_REGISTRY)
CITY = connected(alur_tanjungbalai).city
PERIOD = Period.quarter(2026, 2)

volumes = st.integers(0, 100_000).map(Decimal)


def registrar_request(*, ikm: Decimal, volume: Decimal = Decimal(260), period: Period = PERIOD) -> ScoreRequest:
    return ScoreRequest(
        position=REGISTRAR,
        period=period,
        measured={
            "T1": {"value": Decimal(12)},
            "T2": {"ikm": ikm, "n": Decimal(120)},
            "T3": {"value": volume},
            "T4": {"panel_1": Decimal(5), "panel_2": Decimal(5), "panel_3": Decimal(4)},
            "T5": {"value": Decimal(1)},
        },
        unit_figures={"ikm": Decimal(85), "n": Decimal(400)},
        feedback=Feedback(Decimal("0.9"), 30),
    )


class TestTanjungbalai(CityContract):
    plugin = alur_tanjungbalai
    golden = Path(__file__).with_name("cases.json")
    monotonic = (
        Monotonic(REGISTRAR, "T3", "value", True, tuple(Decimal(n) for n in range(0, 400, 10))),
        Monotonic(REGISTRAR, "T2", "ikm", True, tuple(Decimal(n) / 2 for n in range(50, 201))),
        Monotonic(REGISTRAR, "T1", "value", False, tuple(Decimal(n) for n in range(0, 72, 2))),
        Monotonic(REGISTRAR, "T5", "value", False, tuple(Decimal(n) for n in range(0, 20))),
    )


@given(ikm=st.decimals(25, "64.99", places=2), volume=volumes)
def test_grade_d_means_below_for_any_volume(ikm: Decimal, volume: Decimal) -> None:
    scored = CITY.score(registrar_request(ikm=ikm, volume=volume))

    assert scored.result is Recommendation.DIBAWAH_EKSPEKTASI


@given(ikm=st.decimals(65, "76.60", places=2), volume=volumes)
def test_grade_c_is_never_above_for_any_volume(ikm: Decimal, volume: Decimal) -> None:
    scored = CITY.score(registrar_request(ikm=ikm, volume=volume))

    assert scored.result is not Recommendation.DIATAS_EKSPEKTASI


@given(
    ikm=st.decimals(25, 100, places=2),
    more=st.decimals(0, 20, places=2),
    volume=volumes,
    extra=st.integers(0, 500).map(Decimal),
)
def test_more_volume_or_more_satisfaction_never_lowers_the_value(
    ikm: Decimal, more: Decimal, volume: Decimal, extra: Decimal
) -> None:
    before = CITY.score(registrar_request(ikm=ikm, volume=volume)).value or Decimal(0)

    after = CITY.score(registrar_request(ikm=min(ikm + more, Decimal(100)), volume=volume + extra)).value or Decimal(0)

    assert after >= before


def test_one_extreme_panel_member_does_not_move_the_innovation() -> None:
    request = registrar_request(ikm=Decimal(85))
    panel = {"panel_1": Decimal(5), "panel_2": Decimal(3), "panel_3": Decimal(3)}

    scored = CITY.score(ScoreRequest(position=REGISTRAR, period=PERIOD, measured={**request.measured, "T4": panel}))

    assert scored.lines[3].realised == 3


def test_a_counter_with_few_answers_is_judged_by_its_unit() -> None:
    request = registrar_request(ikm=Decimal(40))
    few = {**request.measured, "T2": {"ikm": Decimal(40), "n": Decimal(29)}}

    scored = CITY.score(
        ScoreRequest(position=REGISTRAR, period=PERIOD, measured=few, unit_figures=request.unit_figures)
    )

    assert scored.caps == ()
    assert {"small_sample", "unit_index_used"} <= {reason.code for reason in scored.reasons}


def test_the_trial_year_counts_volume_without_the_gate() -> None:
    trial = CITY.score(registrar_request(ikm=Decimal(62), period=Period.quarter(2024, 4)))
    today = CITY.score(registrar_request(ikm=Decimal(62)))

    assert (trial.rule.version, today.rule.version) == ("2024.1", "2025.1")
    assert [trial.lines[2].achievement, today.lines[2].achievement] == [120, 60]


def test_the_employees_form_asks_for_the_innovation() -> None:
    form = CITY.form(REALISATION, REGISTRAR, PERIOD)

    names = [field["name"] for field in form["fields"]] if form else []

    assert {"T4__title", "T4__effect", "T3__value"} <= set(names)
