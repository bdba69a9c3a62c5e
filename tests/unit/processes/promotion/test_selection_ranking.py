"""The arithmetic of an open selection: means, places, who is named, and whether a panel is one."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.people.parameters import shipped_sets
from processes.promotion.parameters import SELECTION_PANEL
from processes.promotion.selection.panel import PanelProblem, panel_problem
from processes.promotion.selection.ranking import Ranked, Stage, compose, mean_score, name_best, rank

RULES = next(found for found in shipped_sets("processes.promotion.parameters") if found.key == SELECTION_PANEL)
WEIGHTS = dict(zip(Stage, map(Decimal, (20, 25, 20, 35)), strict=True))

Scores = dict[str, dict[Stage, Decimal]]
_POINTS = st.integers(0, 100).map(Decimal)
_SCORES = st.fixed_dictionaries(dict.fromkeys(Stage, _POINTS))
SOME = st.dictionaries(st.sampled_from([f"calon {place}" for place in range(8)]), _SCORES, min_size=1)


def rank_of(scores: Scores) -> tuple[Ranked, ...]:
    return rank((name, compose(found, WEIGHTS)) for name, found in scores.items())


@given(SOME, st.randoms(use_true_random=False))
def test_the_order_in_which_people_applied_changes_nothing(scores: Scores, dice: Random) -> None:
    names = list(scores)
    dice.shuffle(names)
    shuffled = {name: scores[name] for name in names}

    places = {(item.candidate, item.place, item.value) for item in rank_of(scores)}

    assert {(item.candidate, item.place, item.value) for item in rank_of(shuffled)} == places
    assert set(name_best(rank_of(shuffled), shuffled, 3)) == set(name_best(rank_of(scores), scores, 3))


@given(SOME)
def test_the_same_value_is_the_same_place_and_a_higher_value_a_better_one(scores: Scores) -> None:
    found = rank_of(scores)

    for one in found:
        assert one.place == 1 + sum(other.value > one.value for other in found)


@given(SOME)
def test_three_are_named_if_there_are_three_and_more_only_if_nothing_tells_them_apart(scores: Scores) -> None:
    named = name_best(rank_of(scores), scores, 3)

    assert len(named) >= min(3, len(scores))
    assert all(scores[name] == scores[named[2]] for name in named[3:])


def test_a_shared_third_place_is_decided_by_the_interview() -> None:
    flat = dict.fromkeys(Stage, Decimal(70))
    higher = {**flat, Stage.INTERVIEW: Decimal(80), Stage.PAPER: Decimal("52.5")}  # +3.5 and -3.5
    scores = {"A": dict.fromkeys(Stage, Decimal(90)), "B": dict.fromkeys(Stage, Decimal(80)), "C": flat, "D": higher}

    assert [item.place for item in rank_of(scores)] == [1, 2, 3, 3]
    assert name_best(rank_of(scores), scores, 3) == ("A", "B", "D")


def test_a_panel_gives_the_mean_of_its_members_unrounded() -> None:
    assert mean_score([Decimal(80), Decimal(81), Decimal(81)]) == Decimal(242) / 3


@pytest.mark.parametrize(
    ("inside", "outside", "problem"),
    [
        (2, 3, None),
        (3, 4, None),
        (4, 5, None),
        (2, 2, PanelProblem.TOO_FEW),
        (3, 3, PanelProblem.EVEN),
        (4, 7, PanelProblem.TOO_MANY),
        (3, 2, PanelProblem.TOO_MANY_INTERNAL),
        (4, 3, PanelProblem.TOO_MANY_INTERNAL),
    ],
)
def test_a_panel_is_odd_of_five_to_nine_and_mostly_from_outside(
    inside: int, outside: int, problem: PanelProblem | None
) -> None:
    assert panel_problem([True] * inside + [False] * outside, RULES) is problem
