"""The arithmetic of reports: hiding small groups, ranks with ties, how many answers are enough."""

from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mining.few import hidden_cells
from processes.people.parameters import shipped_sets
from processes.reports.hiding import hidden_table, merged
from processes.reports.quarters import Quarter
from processes.reports.ranking import median, shared_places, spearman
from processes.reports.sample import least_answers

LEAST = 5
COUNTS = st.integers(min_value=0, max_value=40)
VALUES = st.decimals(min_value=0, max_value=100, places=2)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((6, 30, 3, 1, 0), "6 30 * * 0"),
        ((8, 25, 2), "* 25 *"),
        ((7, 0, 12), "7 0 12"),
        ((4, 0, 0), "* 0 0"),
    ],
)
def test_small_counts_are_hidden_with_the_one_that_would_give_them_away(counts: tuple[int, ...], shown: str) -> None:
    flags = hidden_cells(counts, LEAST)

    assert " ".join("*" if flag else str(count) for count, flag in zip(counts, flags, strict=True)) == shown


@given(st.lists(st.lists(COUNTS, min_size=4, max_size=4), min_size=2, max_size=5))
def test_no_line_of_a_table_gives_a_hidden_count_away(rows: list[list[int]]) -> None:
    hidden = hidden_table(rows, LEAST)

    lines = [list(zip(row, flags, strict=True)) for row, flags in zip(rows, hidden, strict=True)]
    lines += [[line[column] for line in lines] for column in range(4)]
    for line in lines:
        assert all(flag for count, flag in line if 0 < count < LEAST)
        # One alone is hidden only where everything else is nothing.
        assert sum(flag for _, flag in line) != 1 or all(count == 0 for count, flag in line if not flag)


def test_units_below_ten_people_are_joined_and_never_a_single_one() -> None:
    assert merged({"DINKES": 40, "KEL-1": 7, "KEL-2": 8}, 10) == {"KEL-1", "KEL-2"}
    assert merged({"DINKES": 40, "KEL-1": 7, "KEC-1": 14}, 10) == {"KEL-1", "KEC-1"}
    assert merged({"DINKES": 40, "KEC-1": 14}, 10) == frozenset()


def test_ties_share_the_middle_of_their_ranks() -> None:
    pairs = [(Decimal(one), Decimal(other)) for one, other in ((1, 10), (2, 20), (2, 30), (3, 25))]

    assert spearman(pairs) == Decimal("0.632")  # ranks 1, 2.5, 2.5, 4 with 1, 2, 4, 3
    assert spearman([(Decimal(1), Decimal(place)) for place in range(12)]) is None


@given(st.lists(st.tuples(VALUES, VALUES), min_size=3, max_size=30), st.integers())
def test_no_order_of_the_pairs_changes_the_relation(pairs: list[tuple[Decimal, Decimal]], seed: int) -> None:
    mixed = Random(seed).sample(pairs, len(pairs))

    found = spearman(pairs)

    assert found == spearman(mixed) == spearman([(other, one) for one, other in pairs])
    assert found is None or -1 <= found <= 1


@given(st.lists(VALUES, min_size=2, max_size=20, unique=True))
def test_what_goes_together_wholly_is_one(values: list[Decimal]) -> None:
    assert spearman([(value, value * 3) for value in values]) == 1
    assert spearman([(value, -value) for value in values]) == -1


def test_places_are_shared_and_the_middle_is_found() -> None:
    assert shared_places([Decimal(80), Decimal(90), Decimal(80), Decimal(70)]) == [2, 1, 2, 4]
    assert (median([Decimal(3), Decimal(1), Decimal(2)]), median([Decimal(1), Decimal(2)])) == (
        Decimal(2),
        Decimal("1.5"),
    )


@pytest.mark.parametrize(
    ("users", "needed"),
    [(100, 80), (200, 132), (500, 217), (1000, 278), (2000, 322), (5000, 357), (10_000, 370), (None, 30)],
)
def test_how_many_answers_a_service_needs(users: int | None, needed: int) -> None:
    (numbers,) = (one for one in shipped_sets("processes.reports.parameters") if one.key == "reports.answers")

    assert least_answers(Decimal(users) if users is not None else None, numbers.values) == needed


def test_quarters_follow_each_other_through_the_years() -> None:
    quarters = [Quarter(2025, 3).shifted(by) for by in range(4)]

    assert [(one.year, one.quarter) for one in quarters] == [(2025, 3), (2025, 4), (2026, 1), (2026, 2)]
    assert all(one.last_day < other.first_day for one, other in pairwise(quarters))
