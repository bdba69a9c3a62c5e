"""Tables grow and shrink with plain buttons, and keep what was typed."""

from decimal import Decimal
from typing import Any, cast

import pytest

from forms import AlurForm, CheckboxField, Required, RowChange, TableField, Text, TextField
from tests.unit.forms.examples import AppraisalForm, GivenRowsForm, IndicatorRow

TWO = {
    "rows-0-indicator": "A",
    "rows-0-reached": "1",
    "rows-1-indicator": "B",
    "rows-1-reached": "x",
    "rating": "SESUAI_EKSPEKTASI",
}
GIVEN = [{"indicator": "Serapan"}, {"indicator": "IKM"}]


def typed(form: AlurForm) -> list[tuple[str, str]]:
    """Return what the cells show."""
    table: Any = form["rows"]
    return [(row["indicator"]._value(), row["reached"]._value()) for row in table.rows]


def test_the_add_button_adds_an_empty_row_and_checks_nothing() -> None:
    form = AppraisalForm({**TWO, "rows-add": "1"})

    assert not form.validate()

    assert typed(form) == [("A", "1"), ("B", "x"), ("", "")]
    assert form.row_change == RowChange("rows", "rows-2-indicator", "Baris 3 ditambahkan.")
    assert form.error_summary() == []


def test_the_remove_button_removes_its_row_and_renumbers_the_rest() -> None:
    form = AppraisalForm({**TWO, "rows-remove-0": "1"})

    assert typed(form) == [("B", "x")]
    assert form["rows"].rows[0]["reached"].name == "rows-0-reached"
    assert form.row_change == RowChange("rows", "rows-add", "Baris 1 dihapus.")


@pytest.mark.parametrize(
    "button", ["rows-remove-9", "rows-remove-", "rows-remove-²", "rows-remove-1e9", "rows-remove-01"]
)
def test_a_remove_button_of_no_row_changes_nothing(button: str) -> None:
    form = AppraisalForm({**TWO, button: "1"})

    assert typed(form) == [("A", "1"), ("B", "x")]
    assert form.row_change is None


def test_no_row_is_added_beyond_the_most() -> None:
    full = {f"rows-{n}-indicator": "x" for n in range(3)}

    form = AppraisalForm({**full, "rows-add": "1"})

    assert len(typed(form)) == 3
    assert not form["rows"].can_add
    assert form.row_change == RowChange("rows", "rows-add", "Paling banyak 3 baris.")


def test_rows_sent_beyond_the_most_are_refused() -> None:
    form = AppraisalForm({f"rows-{n}-indicator": "x" for n in range(5000)})

    assert not form.validate()

    assert "Paling banyak 3 baris" in form["rows"].errors[0]
    assert len(typed(form)) == 3


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "²", "١", "0x1", "1.5", ""])
def test_a_row_number_that_is_none_is_ignored(number: str) -> None:
    form = AppraisalForm({"rating": "SESUAI_EKSPEKTASI", f"rows-{number}-indicator": "x"})

    assert form.validate()
    assert form.typed_data()["rows"] == []


def test_blank_rows_are_dropped_and_gaps_closed() -> None:
    form = AppraisalForm({**TWO, "rows-1-reached": "2", "rows-7-indicator": " ", "rows-0-indicator": "A"})

    assert form.validate()
    assert form.typed_data()["rows"] == [
        {"indicator": "A", "reached": Decimal(1)},
        {"indicator": "B", "reached": Decimal(2)},
    ]


def test_a_required_table_needs_one_row_and_leads_to_its_first_cell() -> None:
    class Needed(AlurForm):
        rows = TableField("Capaian", IndicatorRow, [Required()])

    form = Needed({})

    assert not form.validate()
    assert [(link.field_id, link.message) for link in form.error_summary()] == [
        ("rows-0-indicator", "Isi paling sedikit satu baris.")
    ]


def test_a_shown_table_has_one_row_to_start_with() -> None:
    assert typed(AppraisalForm()) == [("", "")]


def test_given_rows_are_filled_in_and_neither_added_nor_removed() -> None:
    form = GivenRowsForm({"rows-1-reached": "80", "rows-0-reached": "90", "rows-add": "1"}, data={"rows": GIVEN})

    assert form.validate()
    assert form.typed_data() == {
        "rows": [{"indicator": "Serapan", "reached": Decimal(90)}, {"indicator": "IKM", "reached": Decimal(80)}]
    }


def test_a_given_row_keeps_its_name_whatever_is_sent() -> None:
    sent = {"rows-0-reached": "90", "rows-0-indicator": "Palsu", "rows-1-reached": "1", "rows-2-reached": "1"}

    form = GivenRowsForm(sent, data={"rows": GIVEN})

    assert form.validate()
    assert [row["indicator"].data for row in form["rows"].rows] == ["Serapan", "IKM"]


def test_more_rows_may_be_given_than_people_may_add() -> None:
    many = [{"indicator": f"K{n}"} for n in range(60)]

    form = GivenRowsForm({f"rows-{n}-reached": str(n) for n in range(70)}, data={"rows": many})

    assert form.validate()
    assert [row["reached"] for row in cast(Any, form.typed_data()["rows"])] == list(range(60))


def test_a_given_row_left_blank_is_asked_for() -> None:
    form = GivenRowsForm({"rows-0-reached": "90"}, data={"rows": GIVEN})

    assert not form.validate()
    assert [link.label for link in form.error_summary()] == ["Capaian, baris 2: Realisasi"]


class TickedRow(AlurForm):
    """A given row of which only a box can be changed."""

    person = TextField(Text("Pegawai", "Employee"), readonly=True)
    is_there = CheckboxField(Text("Hadir", "There"))


class TickedForm(AlurForm):
    """A table of boxes."""

    rows = TableField(Text("Peserta", "Participants"), TickedRow)


TICKED = {"rows": [{"person": "Ani", "is_there": True}, {"person": "Budi", "is_there": True}]}


def test_a_box_that_somebody_unticks_in_a_given_row_is_unticked() -> None:
    form = TickedForm({"rows-0-is_there": "1"}, data=TICKED)

    assert form.validate()
    assert [row["is_there"] for row in cast(Any, form.typed_data()["rows"])] == [True, False]


def test_an_unticked_box_stays_unticked_in_a_draft() -> None:
    draft = TickedForm({"rows-0-is_there": "1"}, data=TICKED).draft()

    form = TickedForm(draft=draft, data=TICKED)

    assert [row["is_there"].data for row in cast(Any, form["rows"]).rows] == [True, False]


def test_a_given_row_that_a_draft_does_not_tell_of_keeps_its_value() -> None:
    form = TickedForm(draft={"other": "x"}, data=TICKED)

    assert [row["is_there"].data for row in cast(Any, form["rows"]).rows] == [True, True]
