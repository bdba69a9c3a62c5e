"""Conditions and computed fields in FEEL, defaults, money, several options and texts of a known shape."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms import Text
from forms.feel import mentioned
from forms.spec import check_spec, form_class, parse_spec
from tests.unit.forms.examples import CHOICES, FEEL_SPEC, field, spec
from webapp.wiring.form_feel import FORM_FEEL

TODAY = date(2026, 8, 17)
ROW = {"costs-0-what": "Buku", "costs-0-count": "3", "costs-0-price": "1.500.000"}
Form = form_class(parse_spec(FEEL_SPEC, FORM_FEEL), FORM_FEEL)


def made(*fields: dict[str, Any]) -> Any:
    """Return the form class of a spec with these fields."""
    return form_class(parse_spec(spec(*fields), FORM_FEEL), FORM_FEEL)


def paths(*fields: dict[str, Any]) -> list[str]:
    """Return where something is wrong."""
    return [problem.path for problem in check_spec(spec(*fields), FORM_FEEL)]


def test_a_reason_is_asked_while_an_expression_over_the_answers_is_true() -> None:
    sent = {"cost": "10.000.001", "source": "YA"}

    assert [link.field_id for link in _errors(Form(sent, today=TODAY))] == ["reason"]
    assert _errors(Form({**sent, "cost": "10.000.000"}, today=TODAY)) == []
    assert _errors(Form({**sent, "source": "TIDAK"}, today=TODAY)) == []


def test_an_answer_that_cannot_be_read_or_is_hidden_is_null_in_an_expression() -> None:
    form = Form({"cost": "banyak"}, today=TODAY)

    assert not form["since"].is_shown
    assert form["share"].answer is None


def test_computed_fields_are_exact_and_follow_from_rows_and_from_each_other() -> None:
    form = Form({**ROW, "cost": "1.500.000", "source": "TIDAK", "total": "9", "costs-0-amount": "9"}, today=TODAY)

    assert form.validate()

    data = form.typed_data()
    assert data["costs"] == [{"what": "Buku", "count": 3, "price": Decimal(1_500_000), "amount": Decimal(4_500_000)}]
    assert data["total"] == Decimal(4_500_000)
    assert abs(Decimal(str(data["share"])) * 3 - 1) < Decimal("1e-30")
    assert (form["total"].display, form["share"].display) == ("4.500.000", "0,33")
    assert Form({**ROW, "cost": "1,500,000", "costs-0-price": "1,500,000"}, today=TODAY, language="en")[
        "total"
    ].display == ("4,500,000")


def test_a_row_is_blank_although_something_is_computed_in_it() -> None:
    form = made(field("rows", "table", columns=[field("what", "text"), field("one", "computed", feel="1 + 1")]))

    sent = form({"rows-0-what": "", "rows-1-what": "Buku"}, today=TODAY)

    assert sent.validate()
    assert sent.typed_data() == {"rows": [{"what": "Buku", "one": Decimal(2)}]}


def test_an_expression_that_costs_too_much_is_null_and_a_list_is_no_value() -> None:
    form = made(
        field("endless", "computed", feel="sum(for a in 1..1000, b in 1..1000 return a * b)"),
        field("several", "computed", feel="[1, 2]"),
        field("day", "computed", feel="today()"),
        field("yes", "computed", feel="1 = 1"),
    )({}, today=TODAY)

    assert [form[name].answer for name in ("endless", "several", "day", "yes")] == [None, None, TODAY, True]
    assert [form[name].display for name in ("endless", "day", "yes")] == ["", "17/08/2026", "Ya"]


def test_a_class_without_an_evaluator_or_a_form_without_a_day_is_a_mistake_of_the_program() -> None:
    with pytest.raises(RuntimeError, match="feel="):
        form_class(parse_spec(FEEL_SPEC, FORM_FEEL))({"cost": "1"}, today=TODAY).validate()
    with pytest.raises(RuntimeError, match="today="):
        Form({"cost": "1"}).validate()


def test_defaults_stand_where_nothing_is_known_and_nothing_was_sent() -> None:
    form = made(
        field("text", "text", default="Kota"),
        field("day", "date", default="today"),
        field("cost", "money", default="1000.5", decimals=2),
        field("several", "multichoice", choices=CHOICES, default=["TIDAK"]),
        field("box", "checkbox", default=True),
    )

    shown = form(today=TODAY)

    assert [one.data for one in shown.fields] == ["Kota", TODAY, Decimal("1000.5"), ["TIDAK"], True]
    assert shown["cost"]._value() == "1.000,50"
    assert form(today=TODAY, data={"text": None})["text"].data is None
    assert [one.data for one in form({}, today=TODAY).fields] == [None, None, None, [], False]
    assert parse_spec(form.spec.to_plain(), FORM_FEEL) == form.spec


@pytest.mark.parametrize(
    "wrong",
    [
        field("x", "text", default="x", readonly=True),
        field("x", "text", default="xx", max_length=1),
        field("x", "text", default="081", pattern="phone"),
        field("x", "text", default=""),
        field("x", "integer", default=11, max=10),
        field("x", "money", default=1.5),
        field("x", "date", default="2020-01-01", min="2021-01-01"),
        field("x", "choice", choices=CHOICES, default="MUNGKIN"),
        field("x", "multichoice", choices=CHOICES, default=["YA", "YA"]),
        field("x", "multichoice", choices=CHOICES, default=[]),
        field("x", "checkbox", default="ya"),
    ],
)
def test_a_default_that_could_not_be_typed_is_refused(wrong: dict[str, Any]) -> None:
    assert paths(wrong) == ["fields[0].default"]


@pytest.mark.parametrize(
    ("fields", "path", "word"),
    [
        ([field("a", "computed", feel="b + 1")], "fields[0].feel", "b"),
        ([field("a", "computed", feel="a + 1")], "fields[0].feel", "a"),
        ([field("a", "computed", feel="1 +")], "fields[0].feel", ""),
        ([field("a", "computed", feel=" ")], "fields[0].feel", "1000"),
        ([field("a", "text", show_when={"feel": 5})], "fields[0].show_when.feel", "1000"),
        ([field("a", "text", show_when={"feel": "1 = 1", "equals": "x"})], "fields[0].show_when.equals", "equals"),
        ([field("a", "text", required={"when": {"feel": "tanggal > 1"}})], "fields[0].required.when.feel", "tanggal"),
    ],
)
def test_an_expression_that_cannot_be_decided_is_refused(fields: list[dict[str, Any]], path: str, word: str) -> None:
    (problem, *_) = check_spec(spec(*fields), FORM_FEEL)

    assert problem.path == path
    assert word in problem.text.id
    assert word in problem.text.en


def test_circles_through_expressions_are_refused() -> None:
    circle = [
        field("a", "computed", feel="b + 1"),
        field("b", "integer", show_when={"feel": "c > 0"}),
        field("c", "computed", feel='if "a" = "b" then 1 else a'),
    ]

    assert paths(*circle) == ["fields[0].feel", "fields[1].show_when", "fields[2].feel"]
    assert paths(*circle[:2], field("c", "computed", feel='"a"')) == []


def test_expressions_that_all_follow_from_each_other_are_evaluated_once_and_are_no_more_than_a_form_can_follow() -> (
    None
):
    chain = [field(f"f{n}", "computed", feel=" + ".join(["1", *(f"f{m}" for m in range(n))])) for n in range(60)]

    assert made(*chain)({}, today=TODAY)["f59"].answer == Decimal(2**59)
    assert paths(*chain, field("f60", "computed", feel="f59")) == ["fields"]


def test_without_an_evaluator_no_spec_has_expressions() -> None:
    (problem,) = check_spec(spec(field("a", "computed", feel="1")))

    assert problem.text == Text(
        "Rumus FEEL tidak dapat dipakai di sini. Hapus.", "FEEL cannot be used here. Delete it."
    )


@pytest.mark.parametrize(
    ("pattern", "typed", "kept"),
    [
        ("nip", "19850101 201001 1 001", "198501012010011001"),
        ("nik", "3674010101850001", "3674010101850001"),
        ("email", "nama@contoh.go.id", "nama@contoh.go.id"),
        ("phone", "0812-3456-7890", "081234567890"),
        ("phone", "+62 812 3456 7890", "+6281234567890"),
        ("nip", "19851301 201001 1 001", None),
        ("nip", "1985", None),
        ("nik", "٣٦٧٤٠١٠١٠١٨٥٠٠٠١", None),
        ("email", "nama@contoh", None),
        ("phone", "12345", None),
    ],
)
def test_a_text_of_a_known_shape_is_kept_without_gaps(pattern: str, typed: str, kept: str | None) -> None:
    form = made(field("x", "text", pattern=pattern))({"x": typed})

    assert form.validate() == (kept is not None)
    assert kept is None or form.typed_data() == {"x": kept}


def test_several_options_are_answered_in_their_order_and_kept_in_a_draft() -> None:
    form = made(field("several", "multichoice", choices=CHOICES, required=True))
    sent = form(MultiDict([("several", "TIDAK"), ("several", "YA"), ("several", "YA")]))

    assert sent.validate()
    assert sent.typed_data() == {"several": ["YA", "TIDAK"]}
    assert form(draft=sent.draft())["several"].data == ["YA", "TIDAK"]
    assert str(sent["several"]()).count("checked") == 2
    assert [link.message for link in _errors(form({}))] == ["Pilih sedikitnya satu."]
    assert [link.message for link in _errors(form({"several": "X"}))] == [
        "Pilihan ini tidak tersedia. Pilihlah dari daftar."
    ]


@given(st.decimals(-(10**14), 10**14, places=2), st.sampled_from(["id", "en"]), st.sampled_from([0, 2]))
def test_money_reads_back_as_it_is_shown(amount: Decimal, language: Any, decimals: int) -> None:
    form = made(field("x", "money", decimals=decimals))
    known = amount.quantize(Decimal(1)) if decimals == 0 else amount
    shown = form(data={"x": known}, language=language)["x"]

    again = form({"x": f"Rp {shown._value()}"}, language=language)

    assert again.validate()
    assert again["x"].data == known


@given(st.text('ab"\\ .\n(1', max_size=12))
def test_no_text_hides_a_name_that_an_expression_asks_for(noise: str) -> None:
    source = f"a + {noise}"

    assert FORM_FEEL.mistake(source, frozenset("b")) is not None
    assert "a" in mentioned(source, ["a", "b"])


def _errors(form: Any) -> Any:
    form.validate()
    return form.error_summary()
