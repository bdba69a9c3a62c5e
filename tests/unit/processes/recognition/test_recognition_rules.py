"""The rules that propose awards: service time against one's own past, excellent results in a row."""

from dataclasses import replace
from decimal import Decimal

import pytest

from processes.people import parameters
from processes.people.city import Predicate
from processes.recognition.rules import (
    EXCELLENT,
    SERVICE_TIME,
    Excellence,
    MonthFigures,
    find_improvement,
    is_excellent,
)

SHIPPED = {item.key: item.values for item in parameters.shipped_sets("processes.recognition.parameters")}
NUMBERS = SHIPPED[SERVICE_TIME]
#: Three months at 20 hours, then three at 16: exactly 20 % faster, with as much rework and an index of exactly Baik.
MONTHS = [
    MonthFigures(2026, month, Decimal(20 if month < 4 else 16), Decimal(2), Decimal("76.61")) for month in range(1, 7)
]


def test_exactly_a_fifth_faster_for_three_months_is_enough() -> None:
    found = find_improvement(MONTHS, NUMBERS)

    assert found is not None
    assert (found.baseline, found.least, len(found.months)) == (Decimal(20), Decimal(20), 3)


@pytest.mark.parametrize(
    ("place", "change"),
    [
        (5, {"hours": Decimal("16.01")}),
        (4, {"rework": Decimal("2.01")}),
        (3, {"ikm": Decimal("76.60")}),
        (3, {"ikm": None}),
        (0, {"year": 2025, "month": 11}),
    ],
    ids=["a little slower", "more rework", "below Baik", "nobody asked", "a month is missing"],
)
def test_one_month_that_falls_short_is_no_improvement(place: int, change: dict[str, object]) -> None:
    months = [replace(one, **change) if number == place else one for number, one in enumerate(MONTHS)]  # type: ignore[arg-type]  # of a test

    assert find_improvement(months, NUMBERS) is None


def test_five_months_are_no_baseline_and_three_months() -> None:
    assert find_improvement(MONTHS[1:], NUMBERS) is None


def test_only_the_last_months_count_in_whatever_order_they_come() -> None:
    older = MonthFigures(2025, 12, Decimal(1), Decimal(0), Decimal(90))

    assert find_improvement([*reversed(MONTHS), older], NUMBERS) is not None


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ([(2025, 4, "SANGAT_BAIK"), (2026, 1, "SANGAT_BAIK")], True),
        ([(2026, 1, "SANGAT_BAIK")], False),
        ([(2025, 3, "SANGAT_BAIK"), (2026, 1, "SANGAT_BAIK")], False),
        ([(2025, 4, "SANGAT_BAIK"), (2026, 1, "BAIK")], False),
        ([(2025, 3, "BAIK"), (2025, 4, "SANGAT_BAIK"), (2026, 1, "SANGAT_BAIK")], True),
    ],
    ids=["two in a row", "one", "with a gap", "not the last", "after a lesser one"],
)
def test_excellent_quarters_follow_each_other(quarters: list[tuple[int, int, str]], expected: bool) -> None:
    found = [Excellence(year, quarter, Predicate(name)) for year, quarter, name in quarters]

    assert is_excellent(found, SHIPPED[EXCELLENT]) is expected
