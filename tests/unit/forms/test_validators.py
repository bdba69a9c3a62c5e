"""Checks that a form declares, alone and against other answers."""

from datetime import date
from typing import Any

import pytest

from forms import (
    AlurForm,
    Between,
    DateField,
    IntegerField,
    Length,
    NotInFuture,
    OneOf,
    Text,
    TextField,
)
from tests.unit.forms.examples import AppraisalForm


def messages(form: AlurForm) -> list[str]:
    """Return what the form says is wrong."""
    form.validate()
    return [link.message for link in form.error_summary()]


def one(field: Any) -> type[AlurForm]:
    """Return a form with this field, named x."""
    return type("One", (AlurForm,), {"x": field})


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", ["Tuliskan alasannya karena pilihan Anda berbeda dari rekomendasi."]),
        (".", ["Tuliskan alasannya dalam paling sedikit 10 karakter."]),
        ("Memimpin dua tim sekaligus.", []),
    ],
)
def test_an_override_needs_a_reason(reason: str, said: list[str]) -> None:
    form = AppraisalForm({"rating": "DIATAS_EKSPEKTASI", "reason": reason}, data={"recommended": "SESUAI_EKSPEKTASI"})

    assert messages(form) == said


def test_a_confirmed_recommendation_needs_no_reason() -> None:
    form = AppraisalForm({"rating": "SESUAI_EKSPEKTASI"}, data={"recommended": "SESUAI_EKSPEKTASI"})

    assert messages(form) == []
    assert not form["reason"].is_required


@pytest.mark.parametrize(
    ("check", "typed", "message"),
    [
        (Between(1, unit=Text("hari", "days")), "0", "Angka paling kecil 1 hari."),
        (Between(maximum=14, unit=Text("hari", "days")), "15", "Angka paling besar 14 hari."),
        (Between(1, 14), "15", "Angka harus antara 1 dan 14."),
    ],
)
def test_a_number_out_of_bounds_is_told_the_bounds_and_the_unit(check: Between, typed: str, message: str) -> None:
    assert messages(one(IntegerField("Hari", [check]))({"x": typed})) == [message]


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (Between(date(2026, 9, 1)), "Tanggal paling awal 01/09/2026."),
        (Between(maximum=date(2026, 8, 1)), "Tanggal paling akhir 01/08/2026."),
        (Between(date(2026, 1, 1), date(2026, 3, 31)), "Tanggal harus antara 01/01/2026 dan 31/03/2026."),
    ],
)
def test_a_day_out_of_bounds_is_told_the_bounds(check: Between, message: str) -> None:
    assert messages(one(DateField("Tanggal", [check]))({"x": "17/08/2026"})) == [message]


def test_a_day_after_the_given_today_is_refused() -> None:
    form = one(DateField("Tanggal", [NotInFuture()]))

    assert messages(form({"x": "17/08/2026"}, today=date(2026, 8, 17))) == []
    assert messages(form({"x": "18/08/2026"}, today=date(2026, 8, 17))) == [
        "Tanggal tidak boleh setelah hari ini (17/08/2026)."
    ]


def test_a_form_that_was_given_no_today_says_so_to_the_programmer() -> None:
    form = one(DateField("Tanggal", [NotInFuture()]))({"x": "18/08/2026"})

    with pytest.raises(RuntimeError, match="today="):
        form.validate()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("ab", ["Tulis paling sedikit 3 karakter."]), ("abc", []), ("abcdef", ["Tulis paling banyak 5 karakter."])],
)
def test_a_text_has_the_length_that_is_asked(typed: str, said: list[str]) -> None:
    assert messages(one(TextField("Kode", [Length(3, 5)]))({"x": typed})) == said


def test_a_code_must_be_one_of_those_named() -> None:
    form = one(TextField("Golongan", [OneOf(["III/a", "III/b"])]))

    assert messages(form({"x": "III/a"})) == []
    assert messages(form({"x": "V"})) == ["Isian ini harus salah satu dari: III/a, III/b."]


@pytest.mark.parametrize("check", [Between(1, 2), Length(3, 5), OneOf(["a"])])
def test_every_check_lets_an_empty_field_pass(check: object) -> None:
    assert messages(one(TextField("Isian", [check]))({"x": ""})) == []
