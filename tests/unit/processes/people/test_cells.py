"""Cells become exact values, or say what is wrong with them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from processes.appraisal.imports.results import PREDICATES, RATINGS
from processes.people.city import Predicate, Rating
from processes.people.imports.cells import (
    read_choice,
    read_code,
    read_day,
    read_nip,
    read_number,
    read_text,
    read_whole,
)
from processes.people.imports.problems import BadCell


def code_of(parse: Callable[[Any], Any], raw: Any) -> str:
    with pytest.raises(BadCell) as caught:
        parse(raw)
    return caught.value.code


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("0.125", "0.125"),
        ("1.234.567", "1234567"),
        ("−4", "-4"),
        (Decimal("97.5"), "97.5"),
        (12, "12"),
    ],
)
def test_numbers_are_read_as_people_in_indonesia_and_programs_write_them(raw: Any, value: str) -> None:
    assert read_number()(raw) == Decimal(value)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1.234", "ambiguous_number"),
        ("95 %", "not_number"),
        ("Rp1000", "not_number"),
        ("1,234,567", "not_number"),
        ("1e9", "not_number"),
        ("٣", "not_number"),
        ("9" * 40, "number_too_large"),
        (True, "not_number"),
        (date(2026, 1, 1), "not_number"),
        ("101", "out_of_range"),
    ],
)
def test_a_number_that_could_be_misread_is_refused(raw: Any, code: str) -> None:
    assert code_of(read_number(0, 100), raw) == code


@pytest.mark.parametrize(
    ("low", "high", "code"), [(0, None, "too_low"), (None, -50, "too_high"), (0, 9, "out_of_range")]
)
def test_a_number_outside_is_told_the_bounds_that_there_are(low: int | None, high: int | None, code: str) -> None:
    assert code_of(read_number(low, high), "-40") == code


def test_a_whole_number_may_be_grouped_but_not_have_a_fraction() -> None:
    assert read_whole(0, 9999)("1.234") == 1234
    assert code_of(read_whole(0, 9999), "1,5") == "not_whole"


@pytest.mark.parametrize("raw", ["2026-08-17", "17/08/2026", "17-8-2026", "17.08.2026", date(2026, 8, 17)])
def test_days_are_read_in_every_usual_way(raw: Any) -> None:
    assert read_day(raw) == date(2026, 8, 17)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("17/08/26", "not_date"),
        ("08/17/2026", "no_such_day"),
        ("30/02/2026", "no_such_day"),
        (46251, "not_date"),
        ("17/08/0026", "out_of_range"),
    ],
)
def test_a_day_that_could_be_misread_is_refused(raw: Any, code: str) -> None:
    assert code_of(read_day, raw) == code


def test_a_nip_may_have_spaces() -> None:
    assert read_nip("19860926 201505 1 001") == "198609262015051001"


@pytest.mark.parametrize("raw", ["1,98609E+17", Decimal("198609262015051000")])
def test_a_nip_that_excel_has_cut_is_recognised(raw: Any) -> None:
    assert code_of(read_nip, raw) == "nip_as_number"


def test_the_message_about_a_bad_nip_does_not_repeat_it() -> None:
    with pytest.raises(BadCell) as caught:
        read_nip("198613262015051001")

    assert "tanggal lahir" in str(caught.value.params["text_id"])
    assert "1986" not in str(caught.value.params)


@pytest.mark.parametrize(
    ("raw", "predicate"),
    [
        ("Cukup", Predicate.BUTUH_PERBAIKAN),
        ("Kurang/Misconduct", Predicate.KURANG),
        ("SANGAT_BAIK", Predicate.SANGAT_BAIK),
        ("sangat kurang", Predicate.SANGAT_KURANG),
    ],
)
def test_the_synonyms_of_older_systems_are_understood(raw: str, predicate: Predicate) -> None:
    assert read_choice(PREDICATES)(raw) is predicate


@pytest.mark.parametrize("raw", ["di bawah", "dibawah", "Di Bawah Ekspektasi", "DIBAWAH_EKSPEKTASI"])
def test_di_bawah_may_be_written_together(raw: str) -> None:
    assert read_choice(RATINGS)(raw) is Rating.DIBAWAH_EKSPEKTASI


def test_an_unknown_word_is_answered_with_the_choices() -> None:
    with pytest.raises(BadCell) as caught:
        read_choice(PREDICATES)("Lumayan")

    assert "Butuh Perbaikan" in str(caught.value.params["choices"])


def test_codes_hold_no_spaces_and_texts_have_a_limit() -> None:
    assert read_code()("III/c") == "III/c"
    assert code_of(read_code(), "DIS DIK") == "not_code"
    assert code_of(read_text(5), "terlalu panjang") == "too_long"
