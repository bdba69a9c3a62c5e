"""Boxed expressions: context, list, relation, invocation, function, conditional, filter, for, some, every."""

from decimal import Decimal

import pytest

from engine.feel import FeelBudgetExceeded
from tests.unit.engine.dmn.models import ask, decision, given, knowledge, literal, model, needs
from tests.unit.engine.feel.expressions import ENVIRONMENT


def entry(name: str, logic: str, type_ref: str = "") -> str:
    variable = f'<variable name="{name}" typeRef="{type_ref or "Any"}"/>' if name else ""
    return f"<contextEntry>{variable}{logic if logic.startswith('<') else literal(logic)}</contextEntry>"


def context(*entries: str) -> str:
    return f"<context>{''.join(entries)}</context>"


def part(tag: str, logic: str) -> str:
    return f"<{tag}>{logic if logic.startswith('<') else literal(logic)}</{tag}>"


def iterator(kind: str, values: str, body: str, variable: str = "x") -> str:
    end = "return" if kind == "for" else "satisfies"
    return f'<{kind} iteratorVariable="{variable}">{part("in", values)}{part(end, body)}</{kind}>'


def invocation(callee: str, **bindings: str) -> str:
    bound = "".join(f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in bindings.items())
    return f"<invocation>{literal(callee)}{bound}</invocation>"


def gives(logic: str, *before: str) -> object:
    """Return what a decision of this logic gives."""
    return ask("".join(before) + decision("d", logic)).value


def test_an_entry_of_a_context_sees_those_before_it() -> None:
    assert gives(context(entry("net pay", "10"), entry("b", "net pay * 2"), entry("c", "[net pay, b]"))) == {
        "net pay": 10,
        "b": 20,
        "c": [10, 20],
    }


def test_an_entry_does_not_see_those_behind_it() -> None:
    assert gives(context(entry("a", "b"), entry("b", "1"))) == {"a": None, "b": 1}


def test_an_entry_without_a_name_is_the_result() -> None:
    assert gives(context(entry("a", "10"), entry("", "a + 1"))) == 11


def test_an_entry_is_of_its_type_or_null() -> None:
    assert gives(context(entry("a", '"x"', "number"), entry("b", "[7]", "number"))) == {"a": None, "b": 7}


def test_a_function_of_a_context_is_called_in_the_entries_behind_it() -> None:
    function = (
        f'<functionDefinition><formalParameter name="n" typeRef="number"/>{literal("n * a")}</functionDefinition>'
    )

    assert gives(context(entry("a", "3"), entry("f", function), entry("", '[f(2), f(n: 4), f("2"), f()]'))) == [
        6,
        12,
        None,
        None,
    ]


def test_a_list_and_a_relation_hold_any_box() -> None:
    assert gives(f"<list>{literal('1')}{context(entry('a', '2'))}</list>") == [1, {"a": 2}]
    rows = f"<row>{literal('1')}{literal('2')}</row><row>{literal('3')}<list/></row>"
    assert gives(f'<relation><column name="a"/><column name="b c" typeRef="list"/>{rows}</relation>') == [
        {"a": 1, "b c": [2]},
        {"a": 3, "b c": []},
    ]


def test_a_relation_with_a_row_of_another_length_is_null_with_a_reason() -> None:
    outcome = ask(decision("d", f'<relation><column name="a"/><row>{literal("1")}{literal("2")}</row></relation>'))

    assert (outcome.value, [note.code for note in outcome.notes]) == (None, ["columns"])


@pytest.mark.parametrize(
    ("callee", "bindings", "value"),
    [
        ("k", {"a": "5", "b": "2"}, 3),
        ("k", {"b": "2", "a": "5"}, 3),
        ("k", {"a": "5"}, None),
        ("k", {"a": "5", "c": "2"}, None),
        ("k", {"a": '"5"', "b": "2"}, None),
        ("nobody", {"a": "5"}, None),
        ("1", {}, None),
        ("function(x) x + 1", {"x": "1"}, 2),
        ("abs", {"n": "-3"}, 3),
        ("string length", {"string": '"abcd"'}, 4),
        ("max", {"list": "[1, 5]"}, 5),
        ("substring", {"start position": "2", "string": '"abc"', "length": "1"}, "b"),
        ("modulo", {"dividend": "12"}, None),
        ("abs", {"x": "1"}, None),
    ],
)
def test_an_invocation_binds_arguments_by_name(callee: str, bindings: dict[str, str], value: object) -> None:
    body = knowledge("k", "a: number, b: number", "a - b")

    assert ask(body + decision("d", invocation(callee, **bindings), needs("k"))).value == value


def test_an_invocation_calls_what_the_decision_knows_by_the_name_of_a_built_in_function() -> None:
    body = knowledge("abs", "n", "n * 100")

    assert ask(body + decision("d", invocation("abs", n="-3"), needs("abs"))).value == -300


@pytest.mark.parametrize(
    ("callee", "bindings"),
    [
        ("abs", {"n": '"x"'}),
        ("product", {"list": "[10**6000, 10**6000]"}),
        ("exp", {"number": "1000000"}),
        ("date", {"year": "10**20", "month": "1", "day": "1"}),
    ],
)
def test_an_invocation_of_a_built_in_function_that_fails_says_why(callee: str, bindings: dict[str, str]) -> None:
    outcome = ask(decision("d", invocation(callee, **bindings)))

    assert (outcome.value, [note.where for note in outcome.notes]) == (None, ["d"])


def test_knowledge_called_from_outside_that_fails_says_why() -> None:
    asked = model(knowledge("k", "f", "1")).invoke("k", {"g": 1}, ENVIRONMENT)

    assert (asked.value, [note.code for note in asked.notes]) == (None, ["call_arguments"])


@pytest.mark.parametrize(("test", "value"), [("1 < 2", "yes"), ("1 > 2", "no"), ("null", "no"), ('"x"', "no")])
def test_a_conditional_takes_else_unless_its_condition_is_true(test: str, value: str) -> None:
    parts = part("if", test) + part("then", '"yes"') + part("else", '"no"')

    assert gives(f"<conditional>{parts}</conditional>") == value


@pytest.mark.parametrize(
    ("values", "match", "kept"),
    [
        ("[1, 2, 3]", "item >= 2", [2, 3]),
        ("[1, 2, 3]", "item > 5", []),
        ("[]", "item > 5", []),
        ("[1, null, 3]", "item > 0", [1, 3]),
        ("[{a: 1, b c: 2}, {a: 5, b c: 6}]", "a > 1", [{"a": 5, "b c": 6}]),
        ("[{item: 1}, {item: 5}]", "item > 1", [{"item": 5}]),
        ("[1, 2, 3]", "item >= limit", [3]),
        ("[1, 2, 3]", '"yes"', None),
        ("[1, 2, 3]", "2", None),
        ("1", "item = 1", None),
        ("null", "item = 1", None),
    ],
)
def test_a_filter_keeps_what_matches_and_is_strict_about_lists_and_truth(values: str, match: str, kept: object) -> None:
    logic = f"<filter>{part('in', values)}{part('match', match)}</filter>"

    assert ask(given("limit") + decision("d", logic, needs("limit").replace("Knowledge", "Input").replace(
        "knowledge", "information")), limit=Decimal(3)).value == kept  # fmt: skip


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        (iterator("for", "[1, 2]", "x * 10"), [10, 20]),
        (iterator("for", "[1..3]", "x"), [1, 2, 3]),
        (iterator("for", "[1, 2, 3]", "x + count(partial)"), [1, 3, 5]),
        (iterator("for", "[]", "x"), []),
        (iterator("for", '"text"', "x"), None),
        (iterator("for", "[1, 2]", iterator("for", "[10, 20]", "x * y", "y")), [[10, 20], [20, 40]]),
        (iterator("some", "[1, 2]", "x > 1"), True),
        (iterator("some", "[1, 2]", "x > 2"), False),
        (iterator("some", "[]", "x > 2"), False),
        (iterator("some", "[1, 2]", '"no truth"'), None),
        (iterator("every", "[1, 2]", "x > 0"), True),
        (iterator("every", "[1, 2]", "x > 1"), False),
        (iterator("every", "[]", "x > 1"), True),
        (iterator("every", "null", "x > 1"), None),
    ],
)
def test_an_iterator_means_what_the_word_of_feel_means(logic: str, value: object) -> None:
    assert gives(logic) == value


def test_a_table_stands_in_any_box() -> None:
    table = (
        "<decisionTable><input><inputExpression><text>a</text></inputExpression></input><output/>"
        '<rule id="r"><inputEntry><text>&gt; 1</text></inputEntry><outputEntry><text>a * 2</text></outputEntry></rule>'
        "</decisionTable>"
    )

    assert gives(context(entry("a", "5"), entry("b", table), entry("", "b + 1"))) == 11
    assert gives(iterator("for", "[1, 2]", table, "a")) == [None, 4]


def test_the_deepest_boxes_that_may_be_read_are_computed_or_refused_with_a_reason() -> None:
    boxes = ask(decision("d", "<list>" * 50 + literal("1") + "</list>" * 50))
    assert str(boxes.value).count("[") == 50

    with pytest.raises(FeelBudgetExceeded):
        ask(decision("d", "<list>" * 75 + literal("1") + "</list>" * 75))


def test_a_model_that_never_ends_stops_at_the_budget() -> None:
    body = knowledge("k", "n", "k(n + 1)") + decision("d", "k(1)", needs("k"))

    with pytest.raises(Exception, match="nested too deeply"):
        ask(body)
