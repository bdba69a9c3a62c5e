"""What the marks of the eight aspects add up to."""

from decimal import Decimal

import pytest

from processes.promotion.posts.merit import WEIGHTS, Aspect
from processes.promotion.posts.merit_marks import Band, Mark, SelfAssessment, band_of

BOUNDS = {"very_good_from": Decimal(325), "good_from": Decimal(250), "fair_from": Decimal(175)}


@pytest.mark.parametrize(("mark", "total"), [(1, 100), (3, 300), (4, 400)])
def test_equal_marks_add_up_to_a_hundred_times_the_mark(mark: int, total: int) -> None:
    assert SelfAssessment(2026, dict.fromkeys(Aspect, Mark(mark, "SK"))).total == total


def test_a_mark_counts_by_the_weight_of_its_aspect() -> None:
    marks = dict.fromkeys(Aspect, Mark(3, "SK")) | {Aspect.CAREERS: Mark(1, "belum ada")}

    assert SelfAssessment(2026, marks).total == 300 - 2 * WEIGHTS[Aspect.CAREERS]


def test_without_a_mark_in_each_aspect_there_is_no_total() -> None:
    assert SelfAssessment(2026, {Aspect.NEEDS: Mark(4, "SK")}).total is None


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (400, Band.VERY_GOOD),
        (325, Band.VERY_GOOD),
        (324, Band.GOOD),
        (250, Band.GOOD),
        (249, Band.FAIR),
        (174, Band.POOR),
    ],
)
def test_the_bands_begin_at_their_bounds(total: int, band: Band) -> None:
    assert band_of(total, BOUNDS) is band
