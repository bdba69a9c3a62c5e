"""How far a number reaches its target, and what surveys and small samples make of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from processes.appraisal.rules import (
    QUALITY_GATE,
    Direction,
    Rating,
    gate_factor,
    quality_cap,
    quality_gate,
    raw_achievement,
    rubric_points,
    satisfaction_index,
    service_grade,
    show_number,
    shrink,
)
from tests.unit.processes.indicators import indicator


@pytest.mark.parametrize(
    ("direction", "realised", "baseline", "target", "expected"),
    [
        (Direction.UP, "95", None, "90", "105.56"),
        (Direction.DOWN, "20", None, "24", "116.67"),
        (Direction.DOWN, "6", None, "2", "-100.00"),
        (Direction.IMPROVE, "8.10", "8.60", "8.00", "83.33"),
        (Direction.IMPROVE, "61.9", "60.0", "62", "95.00"),
        (Direction.RUBRIC, "4", None, None, "110.00"),
    ],
)
def test_achievement_by_direction(
    direction: Direction, realised: str, baseline: str | None, target: str | None, expected: str
) -> None:
    measured = replace(
        indicator(),
        direction=direction,
        baseline=None if baseline is None else Decimal(baseline),
        target=None if target is None else Decimal(target),
    )

    assert show_number(raw_achievement(measured, Decimal(realised)), "en") == expected


def test_rubric_points_lie_on_straight_lines_and_stop_at_the_ends() -> None:
    levels = [Decimal(text) for text in ("0", "1", "1.5", "2", "3", "4", "5", "9")]

    points = [str(rubric_points(level).normalize()) for level in levels]

    assert [Decimal(point) for point in points] == [Decimal(text) for text in "50 50 62.5 75 100 110 120 120".split()]


@pytest.mark.parametrize(
    ("index", "factor"),
    [("64.99", "0.5"), ("65.00", "0.5000"), ("70.00", "0.7153"), ("76.60", "0.9996"), ("76.61", "1")],
)
def test_the_quality_gate_opens_from_65_to_76_61(index: str, factor: str) -> None:
    opened = quality_gate(Decimal(index))

    assert opened.quantize(Decimal("0.0001")) == Decimal(factor)
    assert opened == gate_factor(QUALITY_GATE, Decimal(index))


@pytest.mark.parametrize(
    ("totals", "answers", "index", "grade"),
    [
        ((105, 101, 100, 116, 102, 105, 106, 105, 115), 29, "91.48", "A"),
        ((178, 176, 175, 180, 177, 178, 179, 176, 174), 50, "88.50", "A"),
        ((80, 79, 74, 90, 78, 82, 83, 70, 72), 30, "65.56", "C"),
    ],
)
def test_the_satisfaction_index_weighs_each_element_by_one_ninth(
    totals: tuple[int, ...], answers: int, index: str, grade: str
) -> None:
    computed = satisfaction_index(totals, answers)

    assert (show_number(computed, "en"), service_grade(computed)) == (index, grade)


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        ("88.31", "A"), ("88.305", "A"), ("88.304", "B"), ("88.30", "B"), ("76.61", "B"), ("76.605", "B"),
        ("76.604", "C"), ("65.00", "C"), ("64.995", "C"), ("64.994", "D"), ("25.00", "D"), ("100", "A"),
    ],
)  # fmt: skip
def test_grades_change_exactly_at_the_published_edges(index: str, grade: str) -> None:
    assert service_grade(Decimal(index)) == grade


def test_small_samples_are_pulled_towards_the_unit() -> None:
    few = shrink(12, Decimal("3.70"), Decimal("3.20"))
    many = shrink(200, Decimal("3.70"), Decimal("3.20"))

    assert [show_number(mean * 25, "en") for mean in (few, many)] == ["83.57", "90.87"]


def test_a_bad_grade_limits_the_recommendation() -> None:
    caps = [quality_cap(Decimal(text)) for text in ("64.99", "65.00", "76.60", "76.61")]

    assert [cap and cap.limit for cap in caps] == [
        Rating.DIBAWAH_EKSPEKTASI,
        Rating.SESUAI_EKSPEKTASI,
        Rating.SESUAI_EKSPEKTASI,
        None,
    ]
