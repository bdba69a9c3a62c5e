"""The talent box, its axes, and the ranking of an open selection."""

from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from engine.dmn import read_decisions
from engine.feel import Environment
from processes.people.city import Rating
from processes.people.follow_ups import ACTIONS
from processes.people.parameters import shipped_sets
from processes.promotion.parameters import SELECTION, TALENT
from processes.promotion.selection.ranking import Stage, WeightsRefused, check_weights, compose, rank
from processes.promotion.talent import (
    Potential,
    final_value,
    performance_axis,
    performance_class,
    potential_axis,
    potential_class,
)

#: When the table is asked; it looks at no clock.
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SETS = shipped_sets("processes.promotion.parameters")
TALENT_RULES = next(found for found in SETS if found.key == TALENT)
SELECTION_RULES = next(found for found in SETS if found.key == SELECTION)

#: Rows of the box from above to below, columns from low to high potential.
BOXES = {
    Rating.DIATAS_EKSPEKTASI: (4, 7, 9),
    Rating.SESUAI_EKSPEKTASI: (2, 5, 8),
    Rating.DIBAWAH_EKSPEKTASI: (1, 3, 6),
}
WEIGHTS = {
    Stage.RECORD: Decimal(20),
    Stage.ASSESSMENT: Decimal(25),
    Stage.PAPER: Decimal(20),
    Stage.INTERVIEW: Decimal(35),
}
#: Scores for record, assessment, paper and interview.
CANDIDATES = {"A": (82, 78, 80, 85), "B": (90, 74, 76, 84), "C": (75, 88, 85, 80), "D": (70, 70, 78, 79)}


@pytest.mark.parametrize("performance", Rating)
def test_the_table_gives_the_nine_boxes(performance: Rating) -> None:
    table = read_decisions(files("processes.promotion").joinpath("talent_box.dmn").read_bytes())["talent_box"]

    found: list[Any] = [
        table.decide({"performance": str(performance), "potential": str(item)}, Environment(NOON)).value
        for item in Potential
    ]

    assert tuple(item["box"] for item in found) == BOXES[performance]
    assert all(item["follow_up_id"] and item["follow_up_en"] for item in found)
    assert all(item["actions"] and set(item["actions"]) <= set(ACTIONS) for item in found)


def test_the_final_value_is_the_mean_of_both_axes() -> None:
    performance = performance_axis(Decimal(90), Decimal(70), TALENT_RULES)
    potential = potential_axis(Decimal(80), Decimal(75), Decimal(70), Decimal(100), TALENT_RULES)

    values = (performance.value, potential.value, final_value(performance, potential))

    assert values == (Decimal("82"), Decimal("79.75"), Decimal("80.875"))


def test_an_axis_with_an_unknown_part_has_no_value_and_says_which() -> None:
    potential = potential_axis(Decimal(80), None, Decimal(70), Decimal(100), TALENT_RULES)

    assert (potential.value, potential.missing) == (None, ("potential",))
    assert final_value(performance_axis(Decimal(90), Decimal(70), TALENT_RULES), potential) is None


def test_limits_belong_to_the_better_class_above_and_to_the_middle_below() -> None:
    performance = [performance_class(Decimal(value), TALENT_RULES) for value in ("69.99", "70", "84.99", "85")]
    potential = [potential_class(Decimal(value), TALENT_RULES) for value in ("59.99", "60", "79.99", "80")]

    above, meets, below = Rating
    assert performance == [below, meets, meets, above]
    assert potential == [Potential.LOW, Potential.MEDIUM, Potential.MEDIUM, Potential.HIGH]


def test_an_open_selection_ranks_by_the_weighted_sum() -> None:
    check_weights(WEIGHTS, SELECTION_RULES)
    values = [
        (name, compose(dict(zip(Stage, map(Decimal, scores), strict=True)), WEIGHTS))
        for name, scores in CANDIDATES.items()
    ]

    found = [(item.candidate, f"{item.value:.2f}", item.place) for item in rank(values)]

    assert found == [("C", "82.00", 1), ("A", "81.65", 2), ("B", "81.10", 3), ("D", "74.75", 4)]


def test_the_same_value_is_the_same_place() -> None:
    found = rank([("A", Decimal(80)), ("B", Decimal(90)), ("C", Decimal(80))])

    assert [(item.candidate, item.place) for item in found] == [("B", 1), ("A", 2), ("C", 2)]


def test_a_weight_outside_its_bounds_is_refused_and_so_are_weights_that_are_not_a_hundred() -> None:
    with pytest.raises(WeightsRefused) as outside:
        check_weights({**WEIGHTS, Stage.INTERVIEW: Decimal(40)}, SELECTION_RULES)
    with pytest.raises(WeightsRefused) as short:
        check_weights({**WEIGHTS, Stage.INTERVIEW: Decimal(30)}, SELECTION_RULES)

    assert (outside.value.stage, short.value.stage) == (Stage.INTERVIEW, None)
