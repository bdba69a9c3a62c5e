"""The form made of a spec behaves as one written in Python."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from forms.spec import form_class, parse_spec
from tests.unit.forms.examples import CHOICES, FULL_SPEC, field, label, spec, upload

TODAY = date(2026, 8, 17)
Full = form_class(parse_spec(FULL_SPEC))
GOOD = {"name": "Siti", "agree": "TIDAK", "reason": "Belum sepakat", "table-0-what": "Buku", "table-0-amount": "1,5"}


def made(*fields: dict[str, Any]) -> Any:
    """Return the form class of a spec with these fields."""
    return form_class(parse_spec(spec(*fields)))


def test_equal_specs_share_one_class() -> None:
    assert form_class(parse_spec(FULL_SPEC)) is Full
    assert form_class(parse_spec({**FULL_SPEC, "title": label("other")})) is not Full


def test_every_type_becomes_a_field_of_that_kind() -> None:
    assert [(f.short_name, f.kind) for f in Full().fields] == [(f["name"], f["type"]) for f in FULL_SPEC["fields"]]


def test_a_form_has_title_introduction_and_sections_in_its_language() -> None:
    form = Full(language="en")

    assert (form.title, form.intro) == ("title (en)", "intro (en)")
    assert [section.title for section in form.sections()] == ["first (en)", "second (en)"]
    assert [f.short_name for f in form.sections()[0].fields] == FULL_SPEC["sections"][0]["fields"]


def test_answers_are_typed_and_hidden_and_read_only_ones_left_out() -> None:
    file = upload("foto.jpg")
    form = Full(
        {**GOOD, "score": "99,125", "day": "17/08/2026", "sure": "YA", "known": "x", "evidence": file}, today=TODAY
    )

    assert form.validate()

    assert form.typed_data() == {
        "name": "Siti",
        "reason": "Belum sepakat",
        "days": None,
        "score": Decimal("99.125"),
        "day": TODAY,
        "agree": "TIDAK",
        "ticked": False,
        "evidence": [file],
        "table": [{"what": "Buku", "amount": Decimal("1.5")}],
        "several": [],
        "cost": None,
    }


@pytest.mark.parametrize(
    ("sent", "place", "message"),
    [
        ({"name": ""}, "name", "Isian ini wajib diisi."),
        ({"name": "x" * 41}, "name", "Isian ini memuat 41 karakter; paling banyak 40. Mohon dipersingkat."),
        ({"reason": ""}, "reason", "Isian ini wajib diisi."),
        ({"days": "400"}, "days", "Angka harus antara 0 days (id) dan 365 days (id)."),
        ({"score": "100,6"}, "score", "Angka harus antara 0 dan 100,5."),
        ({"score": "1,2345"}, "score", "Tulis paling banyak 3 digit setelah koma desimal."),
        ({"day": "18/08/2026"}, "day", "Tanggal tidak boleh setelah hari ini (17/08/2026)."),
        ({"day": "31/12/2019"}, "day", "Tanggal paling awal 01/01/2020."),
        ({"agree": "MUNGKIN"}, "agree", "Pilihan ini tidak tersedia. Pilihlah dari daftar."),
        (
            {"evidence": upload("a.png")},
            "evidence",
            "“a.png”: jenis berkas ini tidak diterima. Yang diterima: PDF, JPEG.",
        ),
        ({"table-0-what": ""}, "table-0-what", "Isian ini wajib diisi."),
    ],
)
def test_each_rule_of_the_spec_is_checked(sent: dict[str, Any], place: str, message: str) -> None:
    form = Full({**GOOD, **sent}, today=TODAY)

    assert not form.validate()
    assert [(link.field_id, link.message) for link in form.error_summary()] == [(place, message)]


def test_what_a_condition_shows_is_handed_on() -> None:
    form = Full({**GOOD, "agree": "YA", "sure": "TIDAK", "reason": ""}, today=TODAY)

    assert form.validate()
    assert form.typed_data()["sure"] == "TIDAK"


def test_an_override_of_the_recommendation_needs_its_note() -> None:
    override = made(
        field("recommended", "choice", choices=CHOICES, readonly=True),
        field("rating", "radio", choices=CHOICES, required=True),
        field("note", "textarea", required={"when": {"field": "rating", "differs_from": "recommended"}}),
    )

    assert override({"rating": "YA"}, data={"recommended": "YA"}).validate()
    assert not override({"rating": "YA"}, data={"recommended": "TIDAK"}).validate()


@pytest.mark.parametrize(
    "name", ["data", "errors", "validate", "meta", "process", "fields", "language", "spec", "title"]
)
def test_a_field_may_be_called_like_a_part_of_the_form(name: str) -> None:
    form = made(field(name, "text"), field("x", "text"), field(f"filter_{name}", "text"), field("validate_x", "text"))

    filled = form({name: "satu", f"filter_{name}": "dua", "x": "tiga", "validate_x": "empat"})

    assert filled.validate()
    assert filled.typed_data() == {name: "satu", "x": "tiga", f"filter_{name}": "dua", "validate_x": "empat"}


def test_a_spec_without_fields_only_confirms() -> None:
    form = made()({"anything": "x"})

    assert form.validate()
    assert form.typed_data() == {}


def test_a_table_with_a_read_only_column_has_the_rows_it_is_given() -> None:
    columns = [field("code", "text", readonly=True), field("reached", "decimal", required=True)]
    form = made(field("table", "table", columns=columns))

    filled = form({"table-0-reached": "80"}, data={"table": [{"code": "K1"}]})

    assert filled.validate()
    assert filled.typed_data() == {"table": [{"code": "K1", "reached": Decimal(80)}]}
