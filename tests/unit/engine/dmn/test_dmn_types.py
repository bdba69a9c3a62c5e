"""Item definitions: which values a type holds, and how a value becomes one of a type."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.unit.engine.dmn.models import ask, component, decision, given, item, knowledge, needs
from tests.unit.engine.dmn.tables import column

COLLECTION = 'isCollection="true"'
TYPES = "".join(
    (
        item("tScore", column("allowedValues", "[0..100]"), type_ref="number"),
        item("tGood", column("allowedValues", "> 50"), type_ref="tScore"),
        item("tScores", type_ref="tScore", attributes=COLLECTION),
        item("tColours", column("allowedValues", '"red", "blue"'), type_ref="string", attributes=COLLECTION),
        item("tPair", column("typeConstraint", "count(?) = 2"), type_ref="number", attributes=COLLECTION),
        item("tPerson", component("name", "string"), component("score", "tScore")),
        item("tPeople", type_ref="tPerson", attributes=COLLECTION),
        item("tTree", component("name", "string"), component("children", "tTree", COLLECTION)),
        item("tAdd", '<functionItem outputTypeRef="number"><parameters name="a" typeRef="number"/></functionItem>'),
        item("tLoop", type_ref="tLoop"),
    )
)


@pytest.mark.parametrize(
    ("type_ref", "text", "value"),
    [
        ("number", "1", 1),
        ("number", '"1"', None),
        ("number", "null", None),
        ("number", "[1]", 1),
        ("number", "[[1]]", None),
        ("number", "[1, 2]", None),
        ("string", "1", None),
        ("boolean", "true", True),
        ("Any", "[1]", [1]),
        ("list", "1", [1]),
        ("date", 'date("2026-01-02")', date(2026, 1, 2)),
        ("dateTime", 'date and time("2026-01-02T03:04:05")', datetime(2026, 1, 2, 3, 4, 5)),  # noqa: DTZ001 - it has no zone
        ("dayTimeDuration", 'duration("P1Y")', None),
        ("tScore", "100", 100),
        ("tScore", "101", None),
        ("tScore", "[50]", 50),
        ("tGood", "51", 51),
        ("tGood", "50", None),
        ("tGood", "101", None),
        ("tScores", "[1, 100]", [1, 100]),
        ("tScores", "[1, 101]", None),
        ("tScores", "7", [7]),
        ("tScores", "700", None),
        ("tScores", "[]", []),
        ("tScores", "null", None),
        ("tColours", '["red", "blue", "red"]', ["red", "blue", "red"]),
        ("tColours", '["red", "green"]', None),
        ("tPair", "[1, 2]", [1, 2]),
        ("tPair", "[1, 2, 3]", None),
        ("tPerson", '{name: "A", score: 1, more: 2}', {"name": "A", "score": 1, "more": 2}),
        ("tPerson", '{name: "A"}', None),
        ("tPerson", '{name: "A", score: null}', {"name": "A", "score": None}),
        ("tPerson", '{name: "A", score: 101}', None),
        ("tPeople", '{name: "A", score: 1}', [{"name": "A", "score": 1}]),
        ("tTree", '{name: "A", children: [{name: "B", children: []}]}',
         {"name": "A", "children": [{"name": "B", "children": []}]}),
        ("tTree", '{name: "A", children: [{name: "B"}]}', None),
        ("list<number>", "[1, 2]", [1, 2]),
        ("list<number>", '["1"]', None),
    ],
)  # fmt: skip
def test_a_decision_gives_a_value_of_its_type_or_null(type_ref: str, text: str, value: object) -> None:
    outcome = ask(TYPES + decision("d", text, type_ref=type_ref.replace("<", "&lt;")))

    assert outcome.value == value
    assert bool(outcome.notes) == (value is None and text != "null")
    assert {note.code for note in outcome.notes} <= {"wrong_type", "not_in_type"}


@pytest.mark.parametrize(
    ("type_ref", "text", "message"),
    [
        ("tScore", "101", "Nilai 101 tidak termasuk yang diizinkan jenis 'tScore': [0..100]"),
        ("tGood", "5", "Nilai 5 tidak termasuk yang diizinkan jenis 'tGood': > 50"),
        ("tPair", "[1]", "Nilai [1] tidak termasuk yang diizinkan jenis 'tPair': count(?) = 2"),
        ("tScore", '"A"', "Nilai berjenis string tidak sesuai dengan jenis 'tScore'"),
    ],
)
def test_a_value_that_its_type_does_not_allow_is_told_from_one_of_another_kind(
    type_ref: str, text: str, message: str
) -> None:
    (note,) = ask(TYPES + decision("d", text, type_ref=type_ref)).notes

    assert note.message("id").startswith(f"d: {message}")


@pytest.mark.parametrize(("value", "seen"), [(50, 50), ([50], 50), ("50", None), (101, None), (None, None)])
def test_input_data_is_converted_too(value: object, seen: int | None) -> None:
    assert ask(TYPES + given("i1", "tScore") + decision("d", "i1", needs("i1")), i1=value).value == seen


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("k(function(a) a + 1)", 3),
        ("k(function(a: number) a + 1)", 3),
        ("k(function(a: string) a)", None),
        ("k(function(a, b) a + b)", None),
        ("k(abs)", 2),
        ("k(2)", None),
    ],
)
def test_a_function_type_takes_functions_that_do_not_contradict_it(call: str, value: int | None) -> None:
    body = TYPES + knowledge("k", "f: tAdd", "f(2)")

    assert ask(body + decision("d", call, needs("k"))).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{name: "A", score: 1} instance of tPerson', True),
        ('{name: "A"} instance of tPerson', False),
        ("[1, 2] instance of tScores", True),
        ("(function(x: tScore) x)(1)", 1),
    ],
)
def test_expressions_may_name_the_types_of_the_file(text: str, value: object) -> None:
    assert ask(TYPES + decision("d", text)).value == value


def test_a_type_that_is_only_itself_stops_at_the_budget() -> None:
    with pytest.raises(Exception, match="nested too deeply"):
        ask(TYPES + decision("d", "1", type_ref="tLoop"))


def test_paths_know_the_names_of_components_with_symbols() -> None:
    kind = item("tPay", component("take-home pay", "number"))
    body = kind + given("i1", "tPay") + decision("d", "i1.take-home pay + 1", needs("i1"))

    assert ask(body, i1={"take-home pay": Decimal(5)}).value == 6


@pytest.mark.parametrize("read", [lambda text: text, lambda text: text.replace("number", "feel:number")])
def test_types_of_old_files_have_a_prefix(read: Callable[[str], str]) -> None:
    body = decision("d", "1", type_ref="number").replace("<decision ", '<decision xmlns:feel="urn:feel" ')

    assert ask(read(body)).value == 1
    assert ask(read(body).replace(">1<", '>"1"<')).value is None
