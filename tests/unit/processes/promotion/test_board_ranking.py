"""The board's arithmetic: bounds of the weights, values reckoned by hand, places that are shared."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.people.city import ParameterSet
from processes.people.parameters import shipped_sets
from processes.promotion.board.ranking import (
    PROPOSED,
    Weights,
    bounds_of,
    performance_of,
    proposed,
    rank,
    value_of,
)

RULES = next(item for item in shipped_sets("processes.promotion.parameters") if item.key == "promotion.board")
percents = st.decimals(0, 100, places=2)


def demanding(least: int) -> ParameterSet:
    return replace(RULES, values={**RULES.values, "performance.least": Decimal(least)})


@pytest.mark.parametrize(
    ("performance", "competency", "weight", "value"),
    [
        ("90", "100", 60, "94"),  # 54 + 40
        ("90", "80", 60, "86"),  # 54 + 32
        ("100", "71.25", 55, "87.0625"),  # 55 + 32.0625, never rounded inside
        ("80", "100", 40, "92"),
    ],
)
def test_a_value_is_made_of_performance_and_competency_alone(
    performance: str, competency: str, weight: int, value: str
) -> None:
    weights = Weights.of_performance(Decimal(weight))

    assert value_of(Decimal(performance), Decimal(competency), weights) == Decimal(value)


@pytest.mark.parametrize(
    ("predicates", "points"),
    [(("SANGAT_BAIK", "BAIK"), 90), (("BAIK", "BAIK"), 80), (("SANGAT_BAIK", "SANGAT_BAIK"), 100)],
)
def test_performance_is_the_mean_of_two_years(predicates: tuple[str, ...], points: int) -> None:
    assert performance_of(predicates, RULES.values) == points


def test_what_a_city_demands_is_not_undercut_by_imported_numbers() -> None:
    found = [bounds_of(*rules) for rules in ((RULES, None), (RULES, demanding(50)), (demanding(60), demanding(50)))]

    assert [least for least, _most in found] == [40, 50, 60]
    assert {most for _least, most in found} == {80}


def test_equal_values_share_a_place_and_the_next_one_is_left_out() -> None:
    places = rank({1: Decimal(90), 2: Decimal(94), 3: Decimal(90), 4: Decimal(80)})

    assert [(item.person, item.place, item.is_shared) for item in places] == [
        (2, 1, False),
        (1, 2, True),
        (3, 2, True),
        (4, 4, False),
    ]
    assert [item.person for item in proposed(places)] == [2, 1, 3]


@given(st.dictionaries(st.integers(1, 50), percents, max_size=12), st.randoms(use_true_random=False))
def test_places_follow_the_values_in_whatever_order_they_come(values: dict[int, Decimal], chance: object) -> None:
    mixed = list(values.items())
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random

    places = rank(dict(mixed))

    assert places == rank(values)
    assert all(item.place == 1 + sum(other > item.value for other in values.values()) for item in places)
    assert len(proposed(places)) >= min(PROPOSED, len(values))


@given(percents, percents, percents, st.integers(0, 100))
def test_more_performance_never_lowers_a_value(low: Decimal, more: Decimal, competency: Decimal, weight: int) -> None:
    weights = Weights.of_performance(Decimal(weight))
    first, second = sorted((low, more))

    assert value_of(first, competency, weights) <= value_of(second, competency, weights)
