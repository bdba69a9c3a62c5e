"""A card says what its field says, buttons move what they name, and a new name is carried everywhere."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.spec import check_spec
from forms.spec.check import KEYS
from processes.appraisal.definitions import PROCESSES as APPRAISAL
from processes.appraisal.definitions import release_files as appraisal_files
from processes.training.definitions import PROCESSES as TRAINING
from processes.training.definitions import release_files as training_files
from tests.unit.forms.examples import CHOICES, FEEL_SPEC, FULL_SPEC, field, label, spec
from tests.unit.forms.test_properties import damaged
from webapp.studio.form_builder.cards import card_of, read_item, values_of
from webapp.studio.form_builder.changing import HEAD, obey
from webapp.studio.form_builder.editing import apply_sent
from webapp.studio.form_builder.items import (
    Item,
    is_heading,
    items_of,
    name_from,
    read_plain,
    with_items,
    write_plain,
)
from webapp.studio.form_builder.making import new_field, new_form
from webapp.studio.form_builder.pages import opened_card, page_of
from webapp.studio.form_builder.renaming import with_new_names
from webapp.studio.form_builder.usage import steps_by_form, with_new_key
from webapp.studio.form_builder.words import read_words, write_words
from webapp.wiring.form_feel import FORM_FEEL

SHIPPED = [
    read_plain(content)
    for files in (*map(appraisal_files, APPRAISAL), *map(training_files, TRAINING))
    for name, content in files.items()
    if name.startswith("forms/")
]
FORMS = [FULL_SPEC, FEEL_SPEC, *SHIPPED]


def sent_of(item: Item, beside: list[Item], prefix: str = "") -> dict[str, str]:
    """Return what a browser sends of a card, with the cards of its columns."""
    values = {prefix + name: text for name, text in values_of(item, beside).items()}
    columns = item.get("columns", [])
    for number, column in enumerate(columns):
        values |= sent_of(column, columns, f"{prefix}columns-{number}-")
    return values


@pytest.mark.parametrize("plain", FORMS, ids=lambda plain: str(plain["title"]["en"])[:30])
def test_a_card_that_nobody_has_touched_changes_nothing(plain: dict[str, Any]) -> None:
    items = items_of(plain)
    fields = [item for item in items if not is_heading(item)]

    again = [item if is_heading(item) else read_item(sent_of(item, fields), item, fields) for item in items]

    assert with_items(plain, again) == {**plain, "fields": [one for one in again if "type" in one]}
    for item, read in zip(items, again, strict=True):
        assert read == {key: value for key, value in item.items() if value is not False}


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_a_new_field_is_good_at_once_and_so_is_a_new_form(kind: str) -> None:
    columns = [] if kind in ("table", "note") else [field("t", "table", columns=[new_field(kind, [])])]

    assert check_spec(spec(new_field(kind, []), *columns), FORM_FEEL) == []
    assert check_spec(new_form("Judul", "Title"), FORM_FEEL) == []


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("1.000.000", "money", 1_000_000),
        ("1000,5", "money", "1000.5"),
        ("0,5", "decimal", "0.5"),
        ("12", "decimal", 12),
        ("1,5", "integer", "1,5"),
        ("17/08/2026", "date", "2026-08-17"),
        ("hari ini", "date", "today"),
        ("besok", "date", "besok"),
        ("Ya", "checkbox", True),
        ("yes (en)", "radio", "YA"),
        ("no (id)", "choice", "TIDAK"),
        ("entah", "choice", "entah"),
        ("no (id); YA", "multichoice", ["TIDAK", "YA"]),
    ],
)
def test_what_is_typed_is_read_as_people_write_it(typed: str, kind: str, value: object) -> None:
    assert read_words(typed, field("x", kind, choices=CHOICES)) == value


@given(st.decimals(-(10**14), 10**14, places=4), st.sampled_from(["money", "decimal"]))
def test_a_number_reads_back_as_it_is_written(number: Any, kind: str) -> None:
    plain = int(number) if number == number.to_integral_value() else format(number.normalize(), "f")
    asked = field("x", kind)

    assert read_words(write_words(plain, asked), asked) == plain


BUTTONS = st.tuples(
    st.sampled_from(["open", "up", "down", "copy", "remove", "place", "column-up", "column-remove", "column-add", "x"]),
    st.lists(st.integers(0, 9), max_size=3),
).map(lambda pair: "-".join([pair[0], *map(str, pair[1])]))


@given(st.lists(st.tuples(BUTTONS | st.just("add"), st.sampled_from([*KEYS, "heading", "x"])), max_size=12))
def test_no_button_loses_a_field_or_makes_a_form_that_is_no_good(pressed: list[tuple[str, str]]) -> None:
    plain, opened = new_form("Judul", "Title"), HEAD

    for button, kind in pressed:
        before = items_of(plain)
        change = obey(before, button, opened, kind)
        plain, opened = with_items(plain, change.items), change.opened
        items = items_of(plain)

        assert HEAD <= opened < len(items)
        assert len(items) - len(before) in ({-1, 0} if button.startswith("remove") else {0, 1})
        assert not [one for one in check_spec(plain, FORM_FEEL) if one.path != "fields"]


def test_the_card_that_is_edited_stays_opened_while_others_move() -> None:
    items = [field(name, "text") for name in "abcd"]

    for button in ("up-3", "place-0-3", "remove-0", "copy-0", "down-0"):
        change = obey(items, button, 1, "")
        moved = "copy" in button
        assert change.items[change.opened]["name"] == ("a_copy" if moved else "b")


def test_a_field_is_named_after_its_label_until_somebody_names_it() -> None:
    plain = new_form("Judul", "Title")
    typed = {
        "opened": "0",
        "b-label-id": "Alasan kedua",
        "b-label-en": "Second reason",
        "b-name": "text_1",
        "do": "save",
    }

    assert apply_sent(plain, typed, "").plain["fields"][0]["name"] == "second_reason"
    assert apply_sent(plain, typed, "answer.text_1 > 3").plain["fields"][0]["name"] == "text_1"
    assert apply_sent(plain, typed, "", is_finished=False).plain["fields"][0]["name"] == "text_1"
    assert name_from("2nd – why?", fallback="x") == "x"


def test_a_new_name_is_carried_to_conditions_and_expressions_but_not_into_texts() -> None:
    table = field("costs", "table", columns=[field("price", "money"), field("twice", "computed", feel="price * 2")])
    before = [
        table,
        field("total", "computed", feel='if "costs" != "" then sum(costs.price) else price'),
        field("why", "text", show_when={"field": "a", "differs_from": "b"}, required={"when": {"feel": "total > a"}}),
    ]
    columns = [{**table["columns"][0], "name": "amount"}, table["columns"][1]]

    line = with_new_names(before, [{**table, "name": "items", "columns": columns}, *before[1:]], 0)
    other = with_new_names(line, [line[0], {**line[1], "name": "sum_of"}, line[2]], 1)

    assert line[0]["columns"][1]["feel"] == "amount * 2"
    assert line[1]["feel"] == 'if "costs" != "" then sum(items.amount) else price'
    assert other[2]["required"] == {"when": {"feel": "sum_of > a"}}


def test_a_key_is_changed_in_the_attribute_of_the_step_alone() -> None:
    files = dict(training_files(TRAINING[0]))
    used = steps_by_form(files, "id")
    key = next(key for key in used if f"forms/{key}.json" in files)
    files["catatan.bpmn"] = b"<a>" + key.encode() + b"</a>"

    changed = with_new_key(files, key, "baru")

    assert "catatan.bpmn" not in changed
    assert steps_by_form({name: content for name, content in changed.items() if content}, "id")["baru"] == used[key]


def test_what_is_no_form_is_shown_as_an_empty_one() -> None:
    for plain in ({}, {"fields": 5, "sections": [3]}, {"fields": [{"name": "x"}, 4], "title": "x"}):
        assert items_of(plain) == []
        assert with_items(plain, [])["fields"] == []
    assert read_plain(b"[]") == {}


@settings(max_examples=50)
@given(damaged())
def test_a_damaged_form_is_shown_and_can_be_repaired(plain: dict[str, Any]) -> None:
    page = page_of(plain, "x", write_plain(plain), HEAD, "id")
    items = items_of(plain)

    assert len(page.rows) == len(items)
    for place, item in enumerate(items):
        card = opened_card(plain, items, place)
        fields = [one for one in items if not is_heading(one)]
        assert card.kind
        assert read_item(dict(card.values), item, fields).keys() <= {*item, "name", "label", "title", "columns"}


def test_headings_hold_the_fields_below_them() -> None:
    one, two = {"title": label("one")}, {"title": label("two")}
    a, b = field("a", "text"), field("b", "text")

    plain = with_items(spec(), [a, one, b, two])

    assert plain["sections"] == [{**one, "fields": ["a", "b"]}, {**two, "fields": []}]
    assert items_of(plain) == [one, a, b, two]
    assert card_of(one, ()).kind == "heading"
