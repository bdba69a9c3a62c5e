"""Days are read day first or as browsers send them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.cleaning import InputError
from forms.dates import EARLIEST, LATEST, parse_date, show_date


@pytest.mark.parametrize("typed", ["17/08/2026", "17-08-2026", "17/8/2026", "2026-08-17"])
def test_usual_ways_of_writing_a_day_are_read(typed: str) -> None:
    assert parse_date(typed) == date(2026, 8, 17)


@pytest.mark.parametrize("typed", ["31/02/2026", "12/31/2026", "29/02/2027", "2026-13-01", "00/00/2026"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="does not exist"):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["", "besok", "17/08/26", "17/08-2026", "2026-8-17", "17 Agustus 2026", "١٧/٠٨/٢٠٢٦"])
def test_another_shape_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(InputError, match="for example 17/08/2026"):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["31/12/1899", "01/01/2101", "0026-08-17", "9999-12-31"])
def test_a_year_nobody_means_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_date(typed)

    assert refused.value.params == {"min": "01/01/1900", "max": "31/12/2100"}


@given(st.dates(EARLIEST, LATEST))
def test_what_a_field_shows_is_read_back_as_the_same_day(day: date) -> None:
    assert parse_date(show_date(day)) == day == parse_date(day.isoformat())
