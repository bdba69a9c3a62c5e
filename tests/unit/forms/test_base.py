"""A form speaks its reader's language, hands on only what was declared, and says all that is wrong."""

from datetime import date
from decimal import Decimal

import pytest
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict, MultiDict

from forms import AlurForm, CheckboxField, FormNotValidError, Required, Text, TextField
from tests.unit.forms.examples import AppraisalForm, upload

WHOLE = {
    "rating": "SESUAI_EKSPEKTASI",
    "reason": " Sudah sesuai \r\n rencana ",
    "name": "Siti",
    "days": "12",
    "score": "97,5",
    "day": "17/08/2026",
    "unit": "B",
    "agreed": "on",
    "rows-0-indicator": "Serapan anggaran",
    "rows-0-reached": "98,25",
}


def test_answers_come_typed_and_undeclared_keys_are_dropped() -> None:
    file = upload("bukti.pdf")
    form = AppraisalForm({**WHOLE, "predikat": "SANGAT_BAIK", "evidence": file, "rows-0-extra": "x"})

    assert form.validate()

    assert form.typed_data() == {
        "rating": "SESUAI_EKSPEKTASI",
        "reason": "Sudah sesuai \n rencana",
        "name": "Siti",
        "days": 12,
        "score": Decimal("97.5"),
        "day": date(2026, 8, 17),
        "unit": "B",
        "agreed": True,
        "evidence": [file],
        "rows": [{"indicator": "Serapan anggaran", "reached": Decimal("98.25")}],
    }


def test_missing_fields_are_empty_answers() -> None:
    form = AppraisalForm({"rating": "SESUAI_EKSPEKTASI"}, data={"name": "lama", "agreed": True})

    assert form.validate()

    empty = dict.fromkeys(["reason", "name", "days", "score", "day", "unit"])
    assert form.typed_data() == {
        **empty,
        "rating": "SESUAI_EKSPEKTASI",
        "agreed": False,
        "evidence": [],
        "rows": [],
    }


@pytest.mark.parametrize(
    "formdata",
    [
        WHOLE,
        MultiDict(WHOLE),
        ImmutableMultiDict(WHOLE),
        CombinedMultiDict([MultiDict(), MultiDict(WHOLE)]),
        {name: [value] for name, value in WHOLE.items()},
    ],
)
def test_any_multi_dict_can_be_read(formdata: object) -> None:
    assert AppraisalForm(formdata).validate()


def test_something_else_than_a_multi_dict_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="not int"):
        AppraisalForm(7)


def test_a_read_only_field_never_takes_what_a_browser_sends() -> None:
    form = AppraisalForm({**WHOLE, "recommended": "DIATAS_EKSPEKTASI"}, data={"recommended": "SESUAI_EKSPEKTASI"})

    assert form.validate()

    assert form["recommended"].data == "SESUAI_EKSPEKTASI"
    assert form["recommended"].display == "Sesuai ekspektasi"
    assert "recommended" not in form.typed_data()


@pytest.mark.parametrize(
    ("language", "label", "message"),
    [("id", "Nama", "Isian ini wajib diisi."), ("en", "Name", "This field is required.")],
)
def test_each_form_speaks_its_own_language(language: str, label: str, message: str) -> None:
    class Named(AlurForm):
        name = TextField(Text("Nama", "Name"), [Required()])

    form = Named({}, language="id" if language == "id" else "en")

    assert not form.validate()
    assert [(link.field_id, link.label, link.message) for link in form.error_summary()] == [("name", label, message)]


def test_a_key_sent_twice_is_taken_if_equal_and_refused_if_not() -> None:
    same = AppraisalForm(MultiDict([("name", "Siti"), *WHOLE.items()]))
    different = AppraisalForm(MultiDict([("name", "a"), ("name", "b"), ("rating", "SESUAI_EKSPEKTASI")]))

    assert same.validate()
    assert not different.validate()
    assert "lebih dari sekali" in different.error_summary()[0].message


def test_the_summary_follows_the_page_and_leads_to_the_first_option_and_cell() -> None:
    form = AppraisalForm({"name": "\x00", "rows-0-reached": "151", "rows-1-indicator": "x", "rows-1-reached": "a"})

    assert not form.validate()

    assert [link.field_id for link in form.error_summary()] == [
        "rating-0",
        "name",
        "rows-0-indicator",
        "rows-0-reached",
        "rows-1-reached",
    ]
    assert form.error_summary()[3].label == "Capaian, baris 1: Realisasi"
    assert form.error_summary()[3].message == "Angka harus antara 0 % dan 150 %."


def test_only_a_valid_form_hands_out_its_data() -> None:
    form = AppraisalForm(WHOLE)

    with pytest.raises(FormNotValidError):
        form.typed_data()

    assert form.validate()
    form.add_error("evidence", "Isi berkas bukan PDF.")
    with pytest.raises(FormNotValidError):
        form.typed_data()


def test_errors_found_later_join_the_summary() -> None:
    form = AppraisalForm(WHOLE)
    assert form.validate()

    form.add_error("name", "Nama sudah dipakai.")
    form.add_error(None, "Tugas ini sudah diselesaikan orang lain.")

    told = [(link.field_id, link.message) for link in form.error_summary()]
    assert told == [("", "Tugas ini sudah diselesaikan orang lain."), ("name", "Nama sudah dipakai.")]


def test_a_template_gets_what_assistive_technology_needs() -> None:
    form = AppraisalForm({"name": "\x00"})
    form.validate()
    name, score = form["name"], form["score"]

    assert (name.hint, name.hint_id, name.describedby) == ("Nama lengkap", "name-hint", "name-hint name-error")
    assert 'aria-describedby="name-hint name-error" aria-invalid="true"' in name()
    assert (score.kind, score.input_mode, score.is_required, form["rating"].is_required) == (
        "decimal",
        "decimal",
        False,
        True,
    )


def test_two_forms_on_one_page_do_not_share_names() -> None:
    form = AppraisalForm({f"b-{name}": value for name, value in WHOLE.items()}, prefix="b")

    assert form.validate()

    assert form["name"].id == "b-name"
    assert form.typed_data()["rows"] == [{"indicator": "Serapan anggaran", "reached": Decimal("98.25")}]


def test_a_required_box_must_be_ticked() -> None:
    class Consent(AlurForm):
        agreed = CheckboxField("Setuju", [Required()])

    assert Consent({"agreed": "true"}).validate()
    refused = Consent({"agreed": "false"})
    assert not refused.validate()
    assert refused.error_summary()[0].message == "Centang kotak ini untuk melanjutkan."


def test_a_shown_form_is_filled_from_data() -> None:
    form = AppraisalForm(data={"score": Decimal("12.50"), "day": date(2026, 1, 2), "agreed": True, "unit": "A"})

    shown = str(form["score"]()) + str(form["day"]()) + str(form["agreed"]()) + str(form["unit"]())

    assert not form.is_submitted
    assert 'value="12,50"' in shown
    assert 'value="02/01/2026"' in shown
    assert "checked" in shown
    assert '<option selected value="A">' in shown
