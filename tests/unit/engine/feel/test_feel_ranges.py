from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Range
from tests.unit.engine.feel.expressions import passes, reasons, value

small = st.integers(-20, 20).map(Decimal)


@given(x=small, low=small, high=small, low_in=st.booleans(), high_in=st.booleans())
def test_a_range_holds_what_its_two_comparisons_let_pass(
    x: Decimal, low: Decimal, high: Decimal, low_in: bool, high_in: bool
) -> None:
    inside = (low <= x if low_in else low < x) and (x <= high if high_in else x < high)
    source = f"{'[' if low_in else '('}low..high{']' if high_in else ')'}"

    assert value(f"x in {source}", x=x, low=low, high=high) is inside
    assert passes(source, x, low=low, high=high) is inside
    assert value("x in r", x=x, r=Range(low, high, low_in, high_in)) is inside


@pytest.mark.parametrize(
    ("tests", "tested", "expected"),
    [
        ("-", None, True),
        ("76", Decimal(76), True),
        (">= 76", Decimal(76), True),
        ("[76..91)", Decimal(91), False),
        ("]76..91[", Decimal(76), False),
        ('"BAIK", "KURANG"', "KURANG", True),
        ('not("BAIK", "KURANG")', "CUKUP", True),
        ('not("BAIK")', "BAIK", False),
        ("< 10, > 20", Decimal(15), False),
        ("= 3", Decimal(3), True),
        ("!= 3", Decimal(3), False),
        ("null", None, True),
        ('"BAIK"', None, False),
        ("true", True, True),
        ("true", False, False),
        ("? > 10 and ? < 20", Decimal(15), True),
        ('contains(?, "dinas")', "dinas kesehatan", True),
        ('not(contains(?, "dinas")) and ? != "x"', "badan", True),
        ("limit", Decimal(5), True),
        ("[limit, 6]", Decimal(6), True),
        ("limit > 3", Decimal(99), True),
        ("limit > 3", True, True),
        ("1", [Decimal(1)], None),
        ('@"2026-01-01"', "2026-01-01", None),
        (">= 76", None, None),
        (">= 76", "80", None),
    ],
)
def test_unary_tests_decide_about_a_value(tests: str, tested: object, expected: bool | None) -> None:
    assert passes(tests, tested, limit=Decimal(5)) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("3 in (1, 2, 3)", True),
        ("3 in (< 2, > 2)", True),
        ("3 in ([4..5], 3)", True),
        ("3 in (1 + 1) * 2", False),
        ("4 in (1 + 1) * 2", True),
        ("3 in [[1..2], [3..4]]", True),
        ("[1, 2] in [[1, 2], [3]]", True),
        ("[1, 2] in [1, 2]", True),
        ("{a: 1} in ({a: 2}, {a: 1})", True),
        ("null in [1..2]", None),
        ("null in [1, null]", True),
        ('"b" in ["a".."c"]', True),
        ("5 in (? > 3, ? < 0)", True),
        ("3 in !=3", False),
        ("-3 in (3..null)", False),
        ("5 in (3..null)", None),
        ("5 in [null..3]", False),
        ('5 in ["a"..9]', None),
        ('"" in ("Maret", substring("a", 5))', False),
        ('null in ("Maret", substring("a", 5))', True),
    ],
)
def test_in_takes_values_lists_ranges_and_tests(source: str, expected: bool | None) -> None:
    assert value(source) is expected


def test_a_range_of_unordered_or_different_ends_is_null_with_a_reason() -> None:
    assert value('[1.."a"]') is None
    assert reasons('[1.."a"]') == ["range_ends"]
    assert reasons("5 in [null..10]") == ["range_ends"]


def test_a_list_may_begin_with_a_range_without_its_start() -> None:
    assert value("[]1..5[.start]") == [1]
    assert value("count([]1..5[, ]a..5[])", a=Decimal(2)) == 2
    assert value("[] = []") is True
    assert value("[][1]") is None


def test_the_ends_of_a_range_can_be_read() -> None:
    assert value("[1..9).end") == 9
    assert value("[1..9).end included") is False
    assert value("(< 9).start") is None
    assert value("(>= 9).start included") is True
