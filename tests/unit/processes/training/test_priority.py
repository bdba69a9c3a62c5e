"""The order in which people are trained: the examples of the domain, ties, quota and budget."""

from datetime import date
from decimal import Decimal

import pytest

from processes.training.rules import Candidate, Seats, Weights, choose, priority, rank

WEIGHTS = Weights(Decimal("0.5"), Decimal("0.3"), Decimal("0.2"), Decimal(20))
RINA = Candidate(1, 2, Decimal(15), 4, date(2026, 3, 1))
BUDI = Candidate(2, 1, Decimal(30), 20, date(2026, 3, 1))
SARI = Candidate(3, 3, Decimal(0), 12, date(2026, 3, 1))


@pytest.mark.parametrize(("candidate", "score"), [(RINA, "0.4550"), (BUDI, "0.2150"), (SARI, "0.4550")])
def test_the_score_is_that_of_the_examples(candidate: Candidate, score: str) -> None:
    assert priority(candidate, WEIGHTS).score == Decimal(score)


def test_at_the_same_score_fewer_hours_go_first() -> None:
    ranked = rank([SARI, BUDI, RINA], WEIGHTS, "1")

    assert [item.candidate for item in ranked] == [RINA, SARI, BUDI]


def test_then_whoever_was_trained_longest_ago_and_never_before_all() -> None:
    long_ago, never = Candidate(4, 2, Decimal(15), 4, date(2024, 1, 1)), Candidate(5, 2, Decimal(15), 4, None)

    ranked = rank([RINA, long_ago, never], WEIGHTS, "1")

    assert [item.candidate.id for item in ranked] == [5, 4, 1]


def test_the_lot_is_drawn_again_from_the_logged_seed() -> None:
    twins = [Candidate(number, 2, Decimal(15), 4, None) for number in range(10)]

    first, again = rank(twins, WEIGHTS, "4711"), rank(reversed(twins), WEIGHTS, "4711")

    assert first == again
    assert first != rank(twins, WEIGHTS, "4712")


@pytest.mark.parametrize(
    ("gap", "behind", "hours", "score"),
    [(9, "150", 0, "1"), (-1, "-5", 40, "0"), (4, "100", 20, "0.8")],
)
def test_what_leaves_the_scale_counts_as_its_end(gap: int, behind: str, hours: int, score: str) -> None:
    assert priority(Candidate(1, gap, Decimal(behind), hours, None), WEIGHTS).score == Decimal(score)


@pytest.mark.parametrize(
    ("quota", "cost", "budget", "taken", "free"),
    [
        (30, "1000000", "12500000", 0, 12),
        (10, "1000000", "12500000", 4, 6),
        (10, "0", "0", 0, 10),
        (10, "500000", None, 11, 0),
        (10, "500000", "499999", 0, 0),
    ],
)
def test_seats_reach_as_far_as_quota_and_budget_together(
    quota: int, cost: str, budget: str | None, taken: int, free: int
) -> None:
    ceiling = Decimal(budget) if budget is not None else None

    assert Seats(quota, Decimal(cost), ceiling, taken).free == free


def test_the_first_ones_get_the_free_seats() -> None:
    ranked = rank([SARI, BUDI, RINA], WEIGHTS, "1")

    found = choose(ranked, Seats(2, Decimal(0), None))

    assert [(item.place, item.scored.candidate.id, item.is_chosen) for item in found] == [
        (1, 1, True),
        (2, 3, True),
        (3, 2, False),
    ]
