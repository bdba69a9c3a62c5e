"""What is advised about a form, and which conditions are told to be hopeless: no more than really are."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.spec import form_class, parse_spec
from forms.spec.advice import advise
from forms.spec.reachable import never_required, never_shown
from tests.unit.forms.examples import CHOICES, FEEL_SPEC, field, label, spec
from webapp.wiring.form_feel import FORM_FEEL

MANY = [{"value": f"V{number}", "label": label(f"v{number}")} for number in range(8)]
YES = {"field": "a", "equals": "YA"}
NO = {"field": "a", "equals": "TIDAK"}
DAY = date(2026, 8, 17)
NAMES = ("a", "b", "c")


def codes(*fields: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """Return what is advised: where, and which."""
    return [(one.path, one.code) for one in advise(parse_spec(spec(*fields, **more), FORM_FEEL), FORM_FEEL)]


def test_a_good_form_needs_no_advice() -> None:
    assert advise(parse_spec(FEEL_SPEC, FORM_FEEL), FORM_FEEL) == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (field("x", "text", label={"id": "Nama lengkap", "en": "Nama lengkap"}), "same_language"),
        (field("x", "text", label={"id": "Nomor telepon", "en": "Phone number"}), "no_format"),
        (field("x", "radio", choices=MANY), "many_radios"),
        (field("x", "multichoice", choices=MANY), "many_radios"),
        (field("x", "choice", choices=CHOICES), "short_list"),
        (field("x", "text", hint={"id": "Isi kotak merah", "en": "Fill in the red box"}), "colour"),
        (field("x", "table", columns=[field(f"c{n}", "text") for n in range(7)]), "wide_table"),
        (field("x", "text", show_when={"feel": "1 = 2"}), "never_shown"),
        (field("x", "text", required={"when": {"feel": "false"}}), "never_required"),
    ],
)
def test_each_finding_is_told_with_its_reason(asked: dict[str, Any], code: str) -> None:
    (found,) = advise(parse_spec(spec(asked), FORM_FEEL), FORM_FEEL)

    assert (found.path, found.code) == ("fields[0]", code)
    assert found.text.id != found.text.en


def test_a_hint_or_a_pattern_is_enough_for_a_text_of_a_certain_shape() -> None:
    words = {"id": "Nomor telepon", "en": "Phone number"}

    assert codes(field("x", "text", label=words, pattern="phone")) == []
    assert codes(field("x", "text", label=words, hint=label("08…"))) == []


def test_sections_that_ask_nothing_and_labels_that_occur_twice_are_told() -> None:
    twice = field("b", "text") | {"label": label("a")}
    sections = [{"title": label("one"), "fields": ["n"]}, {"title": label("two"), "fields": ["a", "b"]}]

    found = codes(field("n", "note"), field("a", "text"), twice, sections=sections)

    assert found == [("fields[1]", "same_label"), ("fields[2]", "same_label"), ("sections[0]", "nothing_asked")]


def test_what_stands_in_a_table_is_looked_at_as_well() -> None:
    columns = [field("a", "radio", choices=MANY), field("b", "text", show_when={"feel": 'a = "V9"'})]

    assert codes(field("x", "table", columns=columns)) == [
        ("fields[0].columns[0]", "many_radios"),
        ("fields[0].columns[1]", "never_shown"),
    ]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (field("x", "text", show_when={"field": "days", "equals": 11}), "never_shown"),
        (field("x", "text", show_when={"field": "cost", "equals": "-1"}), "never_shown"),
        (field("x", "text", show_when={"field": "day", "equals": "2025-12-31"}), "never_shown"),
        (field("x", "text", show_when={"field": "word", "equals": "panjang"}), "never_shown"),
        (field("x", "text", show_when=YES, required={"when": NO}), "never_required"),
        (field("x", "text", show_when={"field": "inner", "equals": True}), ""),
        (field("x", "text", show_when={"field": "inner", "equals": True}, required={"when": NO}), "never_required"),
        (field("x", "text", show_when={"feel": "days > 11"}), ""),
        (field("x", "text", show_when={"feel": "today() = null"}), ""),
    ],
)
def test_bounds_and_the_conditions_of_what_is_compared_count(asked: dict[str, Any], code: str) -> None:
    beside = [
        field("a", "radio", choices=CHOICES),
        field("inner", "checkbox", show_when=YES),
        field("days", "integer", min=0, max=10),
        field("cost", "money", min=0),
        field("day", "date", min="2026-01-01"),
        field("word", "text", max_length=3),
    ]

    assert codes(*beside, asked) == ([(f"fields[{len(beside)}]", code)] if code else [])


CONDITIONS = st.sampled_from(
    [
        *(
            {"field": name, key: value}
            for name in NAMES
            for key in ("equals", "not_equals")
            for value in ("YA", "TIDAK")
        ),
        *({"feel": f'{one} = "YA" {word} {two} != "YA"'} for one in NAMES for two in NAMES for word in ("and", "or")),
    ]
)


@given(CONDITIONS, CONDITIONS, CONDITIONS)
def test_what_is_told_to_be_hopeless_never_holds_for_any_answer(first: Any, second: Any, third: Any) -> None:
    plain = spec(
        field("a", "radio", choices=CHOICES),
        field("b", "radio", choices=CHOICES, show_when=first if "b" not in str(first)[9:] else YES),
        field("c", "radio", choices=CHOICES),
        field("x", "text", show_when=second, required={"when": third}),
    )
    made = parse_spec(plain, FORM_FEEL)
    forms = [
        form_class(made, FORM_FEEL)(dict(zip(NAMES, answers, strict=True)), today=DAY)
        for answers in product(("", "YA", "TIDAK"), repeat=3)
    ]
    asked = made.fields[-1]

    if never_shown(asked, made.fields, FORM_FEEL):
        assert not any(form["x"].is_shown for form in forms)
    if never_required(asked, made.fields, FORM_FEEL):
        assert not any(form["x"].is_shown and form["x"].is_required for form in forms)
