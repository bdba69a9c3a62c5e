"""How names are placed on a succession list, how ready they are, and the codes and numbers that ship with it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.people.parameters import shipped_sets
from processes.promotion.grades import GRADES
from processes.promotion.parameters import SIASN, SUCCESSION
from processes.promotion.succession.drawing import Exclusion, Readiness, Successor, placed, readiness_of

SETS = {found.key: found for found in shipped_sets("processes.promotion.parameters")}
RULES = SETS[SUCCESSION]


def named(person: int, **changed: Any) -> Successor:
    usual: dict[str, Any] = {"box": 8, "value": Decimal(85), "fit": Decimal(90), "readiness": Readiness.SOON}
    usual |= {"short": 1, "levels": 1, "unassessed": 0}
    return Successor(person, **(usual | changed))


@pytest.mark.parametrize(
    ("levels", "unassessed", "expected"),
    [(0, 0, Readiness.NOW), (0, 1, Readiness.SOON), (4, 0, Readiness.SOON), (3, 2, None), (5, 0, None)],
)
def test_what_is_missing_or_unassessed_says_how_ready_somebody_is(
    levels: int, unassessed: int, expected: Readiness | None
) -> None:
    assert readiness_of(named(1, levels=levels, unassessed=unassessed), RULES) is expected


def test_readiness_goes_before_box_and_box_before_fit_and_equals_share_a_place() -> None:
    ready, boxed = named(1, readiness=Readiness.NOW, box=7), named(2, box=9, fit=Decimal(50))
    twins = (named(3), named(4))

    found = placed([*twins, boxed, ready], 10)

    assert [(one.person, one.place) for one in found] == [(1, 1), (2, 2), (3, 3), (4, 3)]


def test_who_is_too_far_away_is_not_named_and_who_is_left_out_has_no_place() -> None:
    found = placed([named(1, readiness=None), named(2, excluded=Exclusion.SANCTION), named(3)], 10)

    assert [(one.person, one.place) for one in found] == [(3, 1), (2, None)]


@given(
    st.permutations([named(number, fit=Decimal(number % 4), box=7 + number % 3) for number in range(12)]),
    st.integers(1, 12),
)
def test_places_do_not_depend_on_the_order_in_which_people_are_found(found: list[Successor], most: int) -> None:
    places = {one.person: one.place for one in placed(found, most)}

    assert places == {one.person: one.place for one in placed(sorted(found, key=lambda one: one.person), most)}
    assert all(place is not None and place <= most for place in places.values())


def test_every_grade_and_kind_of_promotion_has_a_code_of_siasn() -> None:
    codes = SETS[SIASN].values

    assert [codes[f"grade.{grade}"] for grade in ("I/a", "III/b", "IV/e")] == [11, 32, 45]
    assert {f"grade.{grade}" for grade in GRADES} <= set(codes)
    assert [codes[f"kind.{route}"] for route in ("regular", "structural", "functional")] == [101, 201, 202]
