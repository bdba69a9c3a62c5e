"""Which quarters tell what a training changed, and how other units are named beside it."""

from datetime import date
from decimal import Decimal

import pytest

from processes.training.rules.impact import Compared, before_and_after, compared, in_words, nearest

KNOWN = [(2026, 2), (2026, 3), (2026, 4), (2027, 1)]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 11, 30), date(2026, 12, 1), ((2026, 3), (2027, 1))),
        (date(2026, 10, 1), date(2026, 10, 2), ((2026, 3), (2027, 1))),
        (date(2026, 9, 30), date(2026, 10, 1), ((2026, 2), (2027, 1))),
        (date(2026, 5, 4), date(2026, 5, 5), (None, (2027, 1))),
        (date(2027, 2, 1), date(2027, 2, 2), ((2026, 4), None)),
    ],
)
def test_the_quarter_of_the_training_is_neither_before_nor_after(first: date, last: date, expected: object) -> None:
    assert before_and_after(KNOWN, first, last) == expected


def test_units_are_compared_only_where_both_quarters_are_known() -> None:
    figures = {
        1: {(2026, 3): Decimal(80), (2027, 1): Decimal(81)},
        2: {(2026, 3): Decimal(70)},
    }

    found = compared({1: "Dinas Sosial", 2: "Dinas Pangan"}, figures, (2026, 3), (2027, 1))

    assert found == (Compared("Dinas Sosial", Decimal(80), Decimal(81)),)


def test_five_units_are_named_and_the_mean_is_of_all() -> None:
    units = [Compared(f"Unit {n}", Decimal(70 + n), Decimal(70 + n)) for n in range(7)]

    assert [one.name for one in nearest(units, Decimal(76))] == ["Unit 6", "Unit 5", "Unit 4", "Unit 3", "Unit 2"]
    assert in_words(units, Decimal(76)).endswith("Rata-rata 7 unit: 73 ke 73.")


def test_without_another_unit_there_is_nothing_to_say() -> None:
    assert in_words((), Decimal(80)) == ""
