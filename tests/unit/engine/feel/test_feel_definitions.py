"""Functions as values: defined in an expression, built in, or from outside."""

from decimal import Decimal

import pytest

from engine.feel import FeelBudgetExceeded, FeelSyntaxError, Function, TypeName, compile_expression
from engine.feel.errors import NoValue
from tests.unit.engine.feel.expressions import ENVIRONMENT, evaluate, reasons, value

NUMBER = TypeName(0, "number")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(function(a, b) a - b)(5, 2)", 3),
        ("(function(a, b) a - b)(b: 5, a: 2)", -3),
        ("(function() 7)()", 7),
        ("(function(x) function(y) x * 10 + y)(2)(3)", 23),
        ("{rate: 2, twice: function(x) x * rate, r: twice(4)}.r", 8),
        ("{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(5)}.r", 120),
        ("{m: {f: function(x) x + 1}}.m.f(1)", 2),
        ("[function(x) x + 1][1](1)", 2),
        ("(for f in [abs, floor] return f(-1.5))", [Decimal("1.5"), -2]),
        ("{abs: function(n) 42, r: abs(-1)}.r", 42),
        ("{count: 5, r: count([1, 2])}.r", 2),
        ("[{f: function(x) x > 1}][f(2)][1].f(0)", False),
        ("(function(a-b) a-b + 1)(1)", 2),
        ("(function(xs: list<number>) count(xs))(5)", 1),
        ("(function(x: number) x)([5])", 5),
        ('(function(x: date and time) x)(@"2026-01-01") = @"2026-01-01T00:00:00Z"', True),
        ("(function(x: number) x)(null)", None),
    ],
)
def test_a_function_is_a_value_that_can_be_called(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("(function(a) a)()", "call_arguments"),
        ("(function(a) a)(1, 2)", "call_arguments"),
        ("(function(a) a)(b: 1)", "call_arguments"),
        ('(function(a: number) a)("x")', "parameter_type"),
        ("5(1)", "not_a_function"),
        ('"abs"(-1)', "not_a_function"),
        ("{f: null, r: f(1)}.r", "not_a_function"),
        ('(function(a) external {java: {class: "java.lang.Math"}})(1)', "external_function"),
        ("{f: abs, r: f(1, 2, 3)}.r", "call_arguments"),
        ('{f: abs, r: f("x")}.r', "argument_kind"),
    ],
)
def test_a_call_that_does_not_fit_is_null_with_a_reason(source: str, code: str) -> None:
    assert value(source) is None
    assert code in reasons(source)


def test_a_function_from_outside_is_called_by_its_name() -> None:
    def halve(run: object, arguments: list[object]) -> object:
        if not isinstance(arguments[0], Decimal):
            raise NoValue("null_operand", operator="half of")
        return arguments[0] / 2

    scope = {"half of": Function("half of", ("the number",), halve, (NUMBER,), NUMBER)}
    expression = compile_expression("half of(3) + half of(the number: 1)", frozenset(scope))

    assert expression.evaluate(scope, ENVIRONMENT).value == 2
    assert expression.names == {"half of"}


def test_what_a_function_gives_is_of_its_type_or_null() -> None:
    wrong = Function("wrong", (), lambda run, arguments: "text", result=NUMBER)
    listed = Function("listed", (), lambda run, arguments: [Decimal(3)], result=NUMBER)

    assert value("f.wrong()", f={"wrong": wrong}) is None
    assert reasons("f.wrong()", f={"wrong": wrong}) == ["result_type"]
    assert value("f.listed()", f={"listed": listed}) == 3


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("abs instance of function<number> -> Any", True),
        ("abs instance of function<number, number> -> Any", False),
        ("(function(a) a) instance of function", True),
        ("(function(a) a) instance of Any", True),
        ("(function(a) a) instance of list", False),
        ("(function(a) a) instance of function<number> -> Any", True),
        ("(function(a: string) a) instance of function<number> -> Any", False),
        ("(function(a: number, b) a) instance of function<number> -> Any", False),
        ("null instance of function<> -> Any", False),
        ("[1, null] instance of list<number>", True),
        ("{a: null} instance of context<a: string>", True),
        ("{} instance of context<a: string>", False),
        ("[1..2] instance of range<number>", True),
        ('["a".."b"] instance of range<number>', False),
    ],
)
def test_types_say_what_they_hold(source: str, expected: bool) -> None:
    assert value(source) is expected


def test_types_of_a_model_can_be_named() -> None:
    types = {"t Person-1": TypeName(0, "context", fields=(("age", NUMBER),))}
    expression = compile_expression("p instance of t Person-1 and [p] instance of list<t Person-1>", types=types)

    assert expression.evaluate({"p": {"age": 3}}, ENVIRONMENT).value is True
    assert expression.evaluate({"p": {"age": "x"}}, ENVIRONMENT).value is False


def test_an_endless_recursion_ends() -> None:
    with pytest.raises(FeelBudgetExceeded):
        evaluate("{f: function(n) f(n + 1), r: f(0)}")
    with pytest.raises(FeelBudgetExceeded):
        evaluate("{f: function(n) if n = 0 then 0 else f(n - 1) + f(n - 1), r: f(40)}")


def test_names_with_symbols_are_found_behind_a_dot_and_as_iterators() -> None:
    names = frozenset({"first-name", "pre - test"})

    person = {"p": {"first-name": "Sari"}}

    assert compile_expression("p.first-name", names).evaluate(person, ENVIRONMENT).value == "Sari"
    assert compile_expression("pre-test", names).evaluate({"pre - test": 5}, ENVIRONMENT).value == 5
    assert value("for x-y in [1, 2] return x-y * 2") == [2, 4]
    assert value("{a: {b-c: 4}}.a.b-c") == 4
    assert value("[{b-c: 4}, {b-c: 5}][b-c > 4]") == [{"b-c": 5}]


@pytest.mark.parametrize(
    ("source", "expected", "code"),
    [
        ("[1, substrin(2)]", [1, None], "unknown_function"),
        ("[1, abs()]", [1, None], "wrong_arguments"),
        ("[1, abs(number: 2)]", [1, None], "wrong_arguments"),
        ('[1, @"kemarin"]', [1, None], "bad_at_literal"),
        ("if true then 1 else abs()", 1, ""),
    ],
)
def test_what_can_only_be_null_is_refused_or_null(source: str, expected: object, code: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_expression(source)
    found = compile_expression(source, strict=False).evaluate({}, ENVIRONMENT)

    assert found.value == expected
    assert [note.code for note in found.notes] == ([code] if code else [])


def test_what_goes_wrong_in_a_function_of_another_expression_is_told_where_it_is_called() -> None:
    half = value("{half: function(x) 1 + 2 + 3 + 4 + (x / 0)}")

    (elsewhere,) = evaluate("1 +\n m.half(4)", m=half).notes[:1]
    (here,) = evaluate("{half: function(x) 1 + (x / 0), r: half(4)}.r").notes[:1]

    assert (elsewhere.code, elsewhere.line, elsewhere.column) == ("division_by_zero", 2, 8)
    assert (here.code, here.line, here.column) == ("division_by_zero", 1, 27)
