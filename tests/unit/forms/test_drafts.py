"""A half-filled form, good or not, comes back as it was typed."""

import json
from typing import Any

import pytest

from forms import AlurForm, CheckboxField, DecimalField, TextField
from tests.unit.forms.examples import AppraisalForm, GivenRowsForm, upload

HALF = {
    "rating": "SESUAI_EKSPEKTASI",
    "score": "sembilan",
    "day": "31/02",
    "rows-0-reached": "x",
    "rows-2-indicator": "IKM",
    "evidence": upload("a.pdf"),
    "undeclared": "x",
}


def test_an_invalid_half_filled_form_survives() -> None:
    draft = json.loads(json.dumps(AppraisalForm.draft_of(HALF)))

    form = AppraisalForm(draft=draft)

    assert (form["score"]._value(), form["day"]._value(), form["rating"].data) == ("sembilan", "31/02", HALF["rating"])
    assert [row["reached"]._value() for row in form["rows"].rows] == ["x", ""]
    assert not form.is_submitted
    assert draft.keys() == {"rating", "score", "day", "rows", "agreed"}


def test_a_draft_is_shown_in_the_notation_of_whoever_reads_it_now() -> None:
    draft = AppraisalForm({"score": "1.234,5", "days": "1.000"}).draft()

    english = AppraisalForm(draft=draft, language="en")
    again = AppraisalForm(draft=english.draft())

    assert (english["score"]._value(), english["days"]._value()) == ("1,234.5", "1,000")
    assert (again["score"]._value(), again["days"]._value()) == ("1.234,5", "1.000")


def test_what_was_sent_wins_over_the_draft() -> None:
    form = AppraisalForm({"score": "1"}, draft={"score": "2", "name": "lama"})

    assert (form["score"]._value(), form["name"]._value()) == ("1", "")


def test_what_the_draft_does_not_name_comes_from_the_data() -> None:
    form = AppraisalForm(draft={"name": ""}, data={"name": "Siti", "days": 3, "rows": [{"indicator": "IKM"}]})

    assert (form["name"]._value(), form["days"]._value()) == ("", "3")
    assert form["rows"].rows[0]["indicator"]._value() == "IKM"


def test_an_emptied_box_and_an_emptied_table_stay_empty() -> None:
    draft = AppraisalForm.draft_of({"rows-0-indicator": "x", "rows-remove-0": "1"})

    form = AppraisalForm(draft=draft, data={"agreed": True, "rows": [{"indicator": "IKM"}]})

    assert form["agreed"].data is False
    assert [row["indicator"]._value() for row in form["rows"].rows] == [""]


def test_a_draft_never_fills_a_read_only_cell() -> None:
    draft = GivenRowsForm.draft_of({"rows-1-reached": "8o", "rows-1-indicator": "Palsu"})

    form = GivenRowsForm(draft=draft, data={"rows": [{"indicator": "Serapan"}, {"indicator": "IKM"}]})

    shown = [(row["indicator"].display, row["reached"]._value()) for row in form["rows"].rows]
    assert shown == [("Serapan", ""), ("IKM", "8o")]


def test_a_draft_is_bounded() -> None:
    draft = AppraisalForm.draft_of({"name": "x" * 1_000_000, **{f"rows-{n}-indicator": "x" for n in range(9999)}})

    assert len(draft["name"]) == 10_000
    assert len(draft["rows"]) == 3


@pytest.mark.parametrize(
    "strange",
    [None, 7, "x", [], [[[]]], {"name": 1}, {"name": {"a": "b"}}, {"rows": "x"}, {"rows": [1, [], {"x": []}]}],
)
def test_a_draft_of_another_shape_is_ignored(strange: Any) -> None:
    form = AppraisalForm(draft=strange)

    assert form["name"]._value() == ""
    assert str(form["score"]())


def test_a_draft_of_an_older_form_loses_only_what_is_gone() -> None:
    class Newer(AlurForm):
        name = TextField("Nama")
        amount = DecimalField("Jumlah")
        ticked = CheckboxField("Centang")

    form = Newer(draft={"name": "Siti", "gone": "x"}, data={"ticked": True})

    assert (form["name"].data, form["ticked"].data) == ("Siti", True)
    assert form.draft() == {"name": "Siti"}
