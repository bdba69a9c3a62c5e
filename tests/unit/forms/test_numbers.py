"""Numbers are read as Indonesians write them, exactly, and never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.cleaning import InputError
from forms.numbers import parse_decimal, parse_integer, show_decimal
from forms.text import Language

LANGUAGES: tuple[Language, ...] = ("id", "en")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1.500.000", "1500000"),
        ("1.500.000,5", "1500000.5"),
        ("0.123", "0.123"),
        ("00.123", "0.123"),
        ("1234.567", "1234.567"),
        ("1,234", "1.234"),
        ("-5", "-5"),
        ("−5,5", "-5.5"),
        ("+7", "7"),
        ("007", "7"),
        ("12,50", "12.50"),
    ],
)
def test_usual_ways_of_writing_are_read(typed: str, value: str) -> None:
    assert str(parse_decimal(typed, decimals=3, digits=15)) == value


@pytest.mark.parametrize("typed", ["1.234", "12.345", "999.999", "-1.000", "01.234"])
def test_a_number_with_two_meanings_is_refused_with_both(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_decimal(typed, decimals=2, digits=15)

    assert refused.value.params["whole"] == typed.replace(".", "")
    assert refused.value.params["fraction"] == typed.replace(".", ",")


def test_where_no_decimals_are_allowed_a_point_can_only_group() -> None:
    assert parse_integer("1.234", digits=15) == 1234
    assert parse_decimal("12.345", decimals=0, digits=15) == 12345


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1,234.56",
        "1.23.4567",
        "1,2,3",
        ".5",
        "5,",
        "--1",
        "1 234",
        "1e5",
        "NaN",
        "Infinity",
        "١٢",
        "²",
        "Rp5",
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        parse_decimal(typed, decimals=2, digits=15)


@pytest.mark.parametrize("typed", ["5,0", "1,000", "0.5", "0.123", "1.500.000,00"])
def test_a_whole_number_has_no_decimal_mark(typed: str) -> None:
    with pytest.raises(InputError, match="whole number"):
        parse_integer(typed, digits=15)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1,234.56", "1234.56"), ("1234.56", "1234.56"), ("97.08", "97.08"), ("1.234", "1.234"), ("12,50", "12.50")],
)
def test_in_english_the_marks_change_places(typed: str, value: str) -> None:
    assert str(parse_decimal(typed, decimals=3, digits=15, language="en")) == value


@pytest.mark.parametrize("typed", ["1,234", "-12,345", "999,999"])
def test_in_english_too_a_number_with_two_meanings_is_refused_with_both(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_decimal(typed, decimals=3, digits=15, language="en")

    assert refused.value.params == {
        "typed": typed,
        "whole": typed.replace(",", ""),
        "fraction": typed.replace(",", "."),
    }


def test_in_english_a_comma_groups_a_whole_number_and_a_point_does_not() -> None:
    assert parse_integer("1,234", digits=15, language="en") == 1234
    with pytest.raises(InputError, match="whole number"):
        parse_integer("1.000", digits=15, language="en")


def test_too_many_digits_are_refused_on_either_side() -> None:
    with pytest.raises(InputError, match="before the decimal point"):
        parse_decimal("1" * 16, decimals=2, digits=15)

    with pytest.raises(InputError, match="after the decimal point"):
        parse_decimal("0,123", decimals=2, digits=15)


def test_minus_zero_is_zero() -> None:
    assert str(parse_decimal("-0,00", decimals=2, digits=15)) == "0.00"


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4, allow_nan=False))
def test_what_a_field_shows_is_read_back_as_the_same_number(value: Decimal) -> None:
    for language in LANGUAGES:
        assert parse_decimal(show_decimal(value, language), decimals=4, digits=15, language=language) == value


@given(st.integers(0, 10**14), st.integers(1, 99))
def test_grouped_and_plain_writing_mean_the_same(whole: int, cents: int) -> None:
    grouped = f"{whole:,}".replace(",", ".") + f",{cents:02}"

    assert parse_decimal(grouped, decimals=2, digits=15) == parse_decimal(f"{whole}.{cents:02}", decimals=2, digits=15)


@given(st.text(alphabet="0123456789.,-+ ") | st.text())
def test_any_text_is_a_finite_number_or_an_input_error(typed: str) -> None:
    try:
        assert parse_decimal(typed, decimals=2, digits=15).is_finite()
    except InputError as refused:
        assert refused.message % refused.params
