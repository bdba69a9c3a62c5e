"""A spec is refused with all its problems at once, each with its place and a way out in both languages."""

from decimal import Decimal
from typing import Any

import pytest

from forms.conditions import Condition
from forms.spec import FormSpecError, check_spec, parse_spec
from forms.spec.check import KEYS
from tests.unit.forms.examples import CHOICES, FEEL_SPEC, FULL_SPEC, field, label, spec
from webapp.wiring.form_feel import FORM_FEEL


def paths(plain: object) -> list[str]:
    """Return where the problems are."""
    return [problem.path for problem in check_spec(plain)]


def test_a_good_spec_has_no_problem_and_uses_every_type() -> None:
    assert check_spec(FULL_SPEC) == check_spec(FEEL_SPEC, FORM_FEEL) == []
    assert {f["type"] for f in FULL_SPEC["fields"] + FEEL_SPEC["fields"]} == set(KEYS)


@pytest.mark.parametrize("plain", [None, 7, "x", [], [1], True, 1.5, b"x", {1: 2}])
def test_what_is_no_object_is_no_spec(plain: object) -> None:
    assert paths(plain) == [""]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (field("csrf_token", "text"), "fields[0].name"),
        (field("typename", "text"), "fields[0].name"),
        (field("Between", "text"), "fields[0].name"),
        (field("1a", "text"), "fields[0].name"),
        (field("a-b", "text"), "fields[0].name"),
        (field("a\n", "text"), "fields[0].name"),
        (field("a" * 62, "text"), "fields[0].name"),
        (field("ä", "text"), "fields[0].name"),
        (field("x", "slider"), "fields[0].type"),
        (field("x", "text", label="Nama"), "fields[0].label"),
        (field("x", "text", label={"id": "Nama"}), "fields[0].label"),
        (field("x", "text", label={"id": "Nama", "en": " "}), "fields[0].label.en"),
        (field("x", "text", hint={"id": "a\x00", "en": "a"}), "fields[0].hint.id"),
        (field("x", "text", colour="red"), "fields[0].colour"),
        (field("x", "text", min=1), "fields[0].min"),
        (field("x", "text", max_length=0), "fields[0].max_length"),
        (field("x", "text", max_length=True), "fields[0].max_length"),
        (field("x", "text", required="yes"), "fields[0].required"),
        (field("x", "text", required={}), "fields[0].required"),
        (field("x", "text", required=True, readonly=True), "fields[0].required"),
        (field("x", "integer", min="1"), "fields[0].min"),
        (field("x", "integer", min=2, max=1), "fields[0].min"),
        (field("x", "decimal", min=0.5), "fields[0].min"),
        (field("x", "decimal", min="0,5"), "fields[0].min"),
        (field("x", "decimal", max="NaN"), "fields[0].max"),
        (field("x", "decimal", decimals=7), "fields[0].decimals"),
        (field("x", "date", min="17/08/2026"), "fields[0].min"),
        (field("x", "date", min="today"), "fields[0].min"),
        (field("x", "date", max="2026-02-31"), "fields[0].max"),
        (field("x", "choice"), "fields[0]"),
        (field("x", "choice", choices=[]), "fields[0].choices"),
        (field("x", "choice", choices=[CHOICES[0], CHOICES[0]]), "fields[0].choices[1].value"),
        (field("x", "radio", choices=[{"value": " a", "label": label("a")}]), "fields[0].choices[0].value"),
        (field("x", "file", accept=["exe"]), "fields[0].accept"),
        (field("x", "file", accept=[]), "fields[0].accept"),
        (field("x", "table"), "fields[0]"),
        (field("x", "table", columns=[field("y", "table", columns=[])]), "fields[0].columns[0].type"),
        (field("x", "table", columns=[field("y", "note")]), "fields[0].columns[0].type"),
        (field("x", "note", required=True), "fields[0].required"),
        (7, "fields[0]"),
    ],
)
def test_each_mistake_is_found_at_its_place(wrong: Any, path: str) -> None:
    assert paths(spec(wrong)) == [path]


@pytest.mark.parametrize(
    ("when", "path"),
    [
        (7, "show_when"),
        ({}, "show_when"),
        ({"field": "other"}, "show_when"),
        ({"field": "other", "equals": "YA", "not_equals": "YA"}, "show_when"),
        ({"field": "nobody", "equals": "YA"}, "show_when.field"),
        ({"field": "x", "equals": "YA"}, "show_when.field"),
        ({"field": ["other"], "equals": "YA"}, "show_when.field"),
        ({"field": "files", "equals": "YA"}, "show_when.field"),
        ({"field": "other", "equals": "MUNGKIN"}, "show_when.equals"),
        ({"field": "other", "not_equals": True}, "show_when.not_equals"),
        ({"field": "box", "equals": "true"}, "show_when.equals"),
        ({"field": "other", "differs_from": "nobody"}, "show_when.differs_from"),
    ],
)
def test_a_condition_that_can_never_be_decided_is_found(when: Any, path: str) -> None:
    beside = [field("other", "choice", choices=CHOICES), field("files", "file"), field("box", "checkbox")]

    found = paths(spec(field("x", "text", show_when=when), *beside))

    assert found[0] == f"fields[0].{path}" or found == ["fields[0].show_when.field", "fields[0].show_when"]


def test_conditions_in_a_circle_are_found_once_for_each_field() -> None:
    a = field("a", "text", show_when={"field": "b", "equals": "x"})
    b = field("b", "text", show_when={"field": "c", "equals": "x"})
    c = field("c", "text", show_when={"field": "a", "equals": "x"})

    assert paths(spec(a, b, c)) == ["fields[0].show_when", "fields[1].show_when", "fields[2].show_when"]


def test_a_column_cannot_ask_for_a_field_outside_its_row() -> None:
    column = field("y", "text", show_when={"field": "x", "equals": "a"})

    assert paths(spec(field("x", "text"), field("t", "table", columns=[column]))) == [
        "fields[1].columns[0].show_when.field"
    ]


def test_a_field_stands_in_exactly_one_section() -> None:
    sections = [{"title": label("a"), "fields": ["x", "nobody"]}, {"title": label("b"), "fields": ["x"]}]

    found = paths(spec(field("x", "text"), field("y", "text"), sections=sections))

    assert found == ["sections[0].fields[1]", "sections[1].fields[0]", "sections"]


def test_all_problems_are_told_in_one_pass_in_both_languages() -> None:
    plain = {"version": 2, "title": "x", "fields": [field("x", "slider"), field("x", "text"), field("x", "text")]}

    with pytest.raises(FormSpecError) as refused:
        parse_spec(plain)

    assert [p.path for p in refused.value.problems] == [
        "version",
        "title",
        "fields[0].type",
        "fields[1].name",
        "fields[2].name",
    ]
    assert refused.value.problems[0].message("id") == "version: Versi harus 1. Perbaiki versinya."
    assert refused.value.problems[0].message("en") == "version: Version must be 1. Correct it."


def test_a_spec_goes_to_plain_and_back_unchanged() -> None:
    parsed = parse_spec(FULL_SPEC)

    assert parse_spec(parsed.to_plain()) == parsed
    assert parse_spec(parsed.to_plain()).to_plain() == parsed.to_plain()


def test_equal_specs_give_equal_texts_whatever_their_spelling() -> None:
    one = parse_spec(spec(field("x", "decimal", max="100.50", required=False)))
    other = parse_spec({"fields": [{"max": "100.5", **field("x", "decimal")}], "title": label("title"), "version": 1})

    assert one == other
    assert repr(one.to_plain()) == repr(other.to_plain())


def test_parsed_values_are_exact_and_typed() -> None:
    when = {"field": "y", "equals": True}
    parsed = parse_spec(spec(field("x", "decimal", min="0.1", required={"when": when}), field("y", "checkbox")))

    assert parsed.fields[0].min == Decimal("0.1")
    assert parsed.fields[0].required == Condition("y", equals=True)
