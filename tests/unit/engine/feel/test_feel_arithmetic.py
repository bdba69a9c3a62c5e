from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import MonthDuration
from tests.unit.engine.feel.expressions import evaluate, reasons, value, wall_clock

decimal34 = Context(prec=34, rounding=ROUND_HALF_EVEN)
numbers = st.decimals(min_value=-(10**20), max_value=10**20, places=6)


@given(a=numbers, b=numbers)
def test_numbers_are_decimals_of_34_digits(a: Decimal, b: Decimal) -> None:
    assert value("a + b", a=a, b=b) == decimal34.add(a, b)
    assert value("a - b", a=a, b=b) == decimal34.subtract(a, b)
    assert value("a * b", a=a, b=b) == decimal34.multiply(a, b)
    assert value("a / b", a=a, b=b) == (decimal34.divide(a, b) if b else None)


@given(a=numbers, b=numbers.filter(bool))
def test_modulo_is_what_division_rounded_down_leaves(a: Decimal, b: Decimal) -> None:
    remainder = value("modulo(a, b)", a=a, b=b)

    assert isinstance(remainder, Decimal)
    assert abs(remainder) < abs(b)
    assert remainder == 0 or (remainder < 0) == (b < 0)


@pytest.mark.parametrize("source", ["0 * -1", "-0", "ceiling(-0.5)", "[-0.0][1]", "-(0)", "round half up(-0.4, 0)"])
def test_zero_has_no_sign(source: str) -> None:
    assert "-" not in str(value(source))
    assert "-" not in str(value(f"string({source})"))
    assert "-" not in str(value(f"string([{source}])"))


def test_anything_to_the_power_of_zero_is_one() -> None:
    assert value("[0 ** 0, 5 ** 0.0, -1e6000 ** 0]") == [1, 1, 1]


def test_decimals_stay_exact() -> None:
    assert value("0.1 + 0.2 = 0.3") is True
    assert value("1/3*3") == Decimal("0." + "9" * 34)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1 / 0", "division_by_zero"),
        ('@"P1D" / 0', "division_by_zero"),
        ('@"P1Y" / @"P0Y"', "division_by_zero"),
        ("10 ** 9999", "arithmetic"),
        ("(-8) ** 0.5", "arithmetic"),
        ("0 ** -1", "division_by_zero"),
        ("0.0 ** -0.5", "division_by_zero"),
        ('"a" + 1', "operands"),
        ("[1] * 2", "operands"),
        ("1 + null", "null_operand"),
        ('-"a"', "operand"),
        ('@"999999999-12-31" + @"P1D"', "out_of_range"),
        ('@"P999999999Y" * 2', "out_of_range"),
        ('@"2026-01-01T00:00:00Z" - @"2026-01-01T00:00:00"', "zone_mismatch"),
    ],
)
def test_an_operation_without_result_gives_null_and_the_reason(source: str, code: str) -> None:
    assert value(source) is None
    assert reasons(source) == [code]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"naga" + "sari"', "nagasari"),
        ('@"2026-01-31" + @"P1M"', date(2026, 2, 28)),
        ('@"P1Y" + @"2024-02-29"', date(2025, 2, 28)),
        ('@"2026-03-31" - @"P1M"', date(2026, 2, 28)),
        ('@"2026-03-01" - @"2026-02-01"', timedelta(days=28)),
        ('@"2026-01-01" + @"PT36H"', date(2026, 1, 2)),
        ('@"23:00:00" + @"PT2H"', time(1)),
        ('@"10:00:00" - @"08:30:00"', timedelta(minutes=90)),
        ('@"P1D" * 2.5', timedelta(days=2, hours=12)),
        ('@"P3D" / @"PT12H"', 6),
        ('@"P1Y" / 4', MonthDuration(3)),
        ('-@"P1D"', timedelta(days=-1)),
        ('@"2026-01-01T10:00:00" + @"P1D"', wall_clock(2026, 1, 2, 10)),
        ('@"2026-01-02T10:00:00+07:00" - @"2026-01-01"', timedelta(days=1, hours=3)),
    ],
)
def test_temporal_arithmetic_follows_the_standard(source: str, expected: object) -> None:
    assert value(source) == expected


def test_elapsed_time_ignores_a_change_of_clocks() -> None:
    night = '@"2026-03-28T12:00:00@Europe/Paris"'

    assert value(f'{night} + @"PT24H"') == datetime(2026, 3, 29, 13, tzinfo=ZoneInfo("Europe/Paris"))
    assert value(f'@"2026-03-29T12:00:00@Europe/Paris" - {night}') == timedelta(hours=23)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("round half up(2.5, 0)", "3"),
        ("round half up(-2.5, 0)", "-3"),
        ("round half even(2.5, 0)", "2"),
        ("decimal(2.345, 2)", "2.34"),
        ("round half up(2.345, 2)", "2.35"),
        ("round up(1.121, 2)", "1.13"),
        ("round down(-1.129, 2)", "-1.12"),
        ("round half up(1250, -2)", "1.3E+3"),
        ("floor(-1.5)", "-2"),
        ("floor(-1.56, 1)", "-1.6"),
        ("ceiling(-1.5)", "-1"),
        ("round half up(0.5, 6176)", "0.5"),
        ("modulo(-10, 4)", "2"),
        ("modulo(10.1, -4.5)", "-3.4"),
    ],
)
def test_rounding_is_chosen_by_name(source: str, expected: str) -> None:
    assert value(source) == Decimal(expected)


def test_a_note_points_at_the_operator_that_failed() -> None:
    (note,) = evaluate('1 + 2\n - "a"').notes

    assert (note.line, note.column, note.params["operator"]) == (2, 2, "-")
