from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import alur_mataram
from hypothesis import given
from hypothesis import strategies as st

from plugins.api import (
    Feedback,
    IndicatorKind,
    Period,
    PositionFacts,
    PositionLevel,
    Recommendation,
    ScoreRequest,
    UnitKind,
    share_of_weight,
)
from plugins.samples import all_positions
from plugins.testing import CityContract, Monotonic, connected

HEAD = PositionFacts("general", PositionLevel.HIGH_LEADERSHIP_POST, UnitKind.HEALTH_OFFICE)
CLERK = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.SOCIAL_OFFICE)
CITY = connected(alur_mataram).city
PERIOD = Period.quarter(2026, 2)
YEAR = Period.year(2026)


def clerk_request(*, level: Decimal, quantity: Decimal, hours: Decimal = Decimal(20)) -> ScoreRequest:
    return ScoreRequest(
        position=CLERK,
        period=PERIOD,
        measured={
            "M1I": {"value": Decimal(4)},
            "M1E": {"value": Decimal(4)},
            "M2": {"level": level},
            "M3": {"value": quantity},
            "M5": {"hours": hours},
        },
        unit_figures={"ikm": Decimal(88), "n": Decimal(300)},
        feedback=Feedback(Decimal("0.9"), 30),
    )


class TestMataram(CityContract):
    plugin = alur_mataram
    golden = Path(__file__).with_name("cases.json")
    monotonic = (
        Monotonic(HEAD, "M1", "value", False, tuple(Decimal(n) for n in range(0, 25))),
        Monotonic(HEAD, "M2", "level", True, tuple(Decimal(n) for n in range(1, 6))),
        Monotonic(CLERK, "M3", "value", True, tuple(Decimal(n) for n in range(0, 200, 10))),
    )


@given(level=st.integers(1, 2).map(Decimal), quantity=st.integers(0, 1000).map(Decimal))
def test_poor_quality_means_below_whatever_the_quantity(level: Decimal, quantity: Decimal) -> None:
    scored = CITY.score(clerk_request(level=level, quantity=quantity))

    assert scored.result is Recommendation.DIBAWAH_EKSPEKTASI


@given(quantity=st.integers(110, 1000).map(Decimal))
def test_quantity_beyond_110_adds_nothing(quantity: Decimal) -> None:
    base = CITY.score(clerk_request(level=Decimal(3), quantity=Decimal(110)))

    scored = CITY.score(clerk_request(level=Decimal(3), quantity=quantity))

    assert scored.value == base.value


def test_impact_weighs_by_how_far_the_post_can_move_it() -> None:
    weights = {
        level: next(item.weight for item in CITY.indicators(replace(HEAD, level=level), PERIOD) if item.code == "M1")
        for level in PositionLevel
    }

    assert weights == {
        PositionLevel.HIGH_LEADERSHIP_POST: 25,
        PositionLevel.ADMINISTRATOR: 15,
        PositionLevel.SUPERVISOR: 15,
        PositionLevel.EXECUTOR: Decimal("7.5"),
        PositionLevel.FUNCTIONAL_POSITION: Decimal("7.5"),
    }


def test_impact_and_quality_weigh_half_in_every_set() -> None:
    codes = ("M1", "M1H", "M1I", "M1E", "M2")

    shares = {share_of_weight(CITY.indicators(position, PERIOD), codes) for position in all_positions(CITY)}

    assert shares == {Decimal(50)}


def test_a_year_looks_at_what_the_statistics_office_publishes_yearly() -> None:
    health = [item.code for item in CITY.indicators(HEAD, YEAR)][:2]
    social = [item.name_id for item in CITY.indicators(CLERK, YEAR)][:1]

    assert health == ["M1", "M1H"]
    assert social == ["Persentase penduduk miskin"]


def test_four_percent_inclusion_error_against_five_gives_the_cap() -> None:
    scored = CITY.score(clerk_request(level=Decimal(3), quantity=Decimal(100)))

    assert scored.lines[0].achievement == 120


def test_a_provisional_outcome_is_flagged() -> None:
    request = clerk_request(level=Decimal(3), quantity=Decimal(100))
    provisional = {**request.measured, "M1I": {"value": Decimal(4), "provisional": Decimal(1)}}

    scored = CITY.score(replace(request, measured=provisional))

    assert "outcome_provisional" in {reason.code for reason in scored.reasons}


def test_a_plan_without_a_qualitative_indicator_is_refused() -> None:
    own = [replace(item, kind=IndicatorKind.QUANTITATIVE) for item in CITY.indicators(HEAD, PERIOD)]

    findings = CITY.check_plan(HEAD, PERIOD, own)

    assert [finding.message.code for finding in findings] == ["kind_missing"]
