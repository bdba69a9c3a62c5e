import pytest

from engine.feel import Environment, FeelSyntaxError, compile_expression, compile_unary_tests, special_names
from tests.unit.engine.feel.expressions import NOW, value

NAMES = [
    ("a-b", {"a-b": 7, "a": 1, "b": 1}, 7),
    ("a - b", {"a-b": 7, "a": 1, "b": 1}, 7),
    ("a-b", {"a": 5, "b": 1}, 4),
    ("a-1", {"a": 5}, 4),
    ("a+b", {"a + b": 5, "a": 1, "b": 1}, 5),
    ("a*b + a/b + a.b", {"a*b": 1, "a/b": 2, "a.b": 3}, 6),
    ("a.b.c", {"a.b": {"c": 3}}, 3),
    ("a**b", {"a**b": 1}, 1),
    ("is valid? and true", {"is valid?": True}, True),
    ("?a + 1", {"?a": 1}, 2),
    ("time zone + for each", {"time zone": 5, "for each": 1}, 6),
    ("check in date > 3", {"check in date": 5}, True),
    ("black and white", {"black and white": 1, "black": True, "white": False}, 1),
    ("some thing + every thing", {"some thing": 1, "every thing": 2}, 3),
    ("if a then b else in stock", {"a": False, "b": 1, "in stock": 2}, 2),
    ("item 1 price", {"item 1 price": 1}, 1),
    ("Teacher's note + d'Artagnan", {"Teacher's note": 1, "d'Artagnan": 2}, 3),
    ("Teacher’s note", {"Teacher’s note": 1}, 1),
    ("🐎 🐎+1", {"🐎 🐎": 1}, 2),
    ("größe in m", {"größe in m": 1}, 1),
    ("a  b", {"a b": 1}, 1),
    ("a /* satu */ b", {"a b": 1}, 1),
    ("date and time", {"date and time": 1}, 1),
    ('date("2020-01-01").year + date', {"date": 1}, 2021),
    ('string length("abc") + string length', {"string length": 1}, 4),
    ("not(true) = false and not = 1", {"not": 1}, True),
    ("instance of x", {"instance of x": 1}, 1),
    ("external + of + partial + item", {"external": 1, "of": 2, "partial": 3, "item": 4}, 10),
    ("x between a and b and c", {"x": 2, "a": 1, "b": 3, "c": True}, True),
    ("xs[in stock > 1]", {"xs": [1, 2], "in stock": 2}, [1, 2]),
    ("xs[and so on = 1]", {"xs": [1], "and so on": 1}, [1]),
]


@pytest.mark.parametrize(("source", "scope", "expected"), NAMES)
def test_the_longest_name_in_scope_is_read(source: str, scope: dict[str, object], expected: object) -> None:
    found = compile_expression(source, frozenset(scope)).evaluate(scope, Environment(NOW))

    assert (found.value, found.notes) == (expected, ())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{is valid?: true, b: is valid?}.b", True),
        ("{a?: 1}.a?", 1),
        ("for ok? in [1, 2] return ok? + 1", [2, 3]),
        ("some ok? in [1] satisfies ok? = 1", True),
        ("(function(ok?) ok? * 2)(3)", 6),
        ("{in stock: 1, twice: in stock * 2}.twice", 2),
        ("for x-y in [1, 2] return x-y * 2", [2, 4]),
        ("(function(a-b, c) a-b + c)(a-b: 1, c: 2)", 3),
        ('{"a-b": 1, c: a-b + 1}.a-b', 1),
        ("{in: 1, and: 2, for: 3}.for", 3),
        ("{?a: 1, b: ?a + 1}.b", 2),
        ("(function(check in date: number, b) check in date + b)(check in date: 1, b: 2)", 3),
        ("(function(days and hours) days and hours)(2)", 2),
        ("{check in: 1} instance of context<check in: number>", True),
        ("{👨‍👩‍👧: 1, 🐎 b: 2}.👨‍👩‍👧", 1),
        ("{sum: 5, r: sum([1, 2])}.r", 3),
        ("{a: {if: {then: 1}}}.a.if.then", 1),
    ],
)
def test_names_made_in_an_expression_are_read_whole(source: str, expected: object) -> None:
    assert value(source) == expected


NESTED = {"unit": {"pre-test": 1, "rows": [{"a-b": 2}]}, "pre": 9, "test": 4, "a": 8, "b": 1}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("unit.pre-test", 1),
        ("pre-test", 5),
        ("unit.rows.a-b", [2]),
        ("unit.rows[a-b = 2].a-b", [2]),
        ("a-b", 7),
    ],
)
def test_what_contexts_hold_is_named_behind_a_dot_and_in_a_filter_only(source: str, expected: object) -> None:
    expression = compile_expression(source, frozenset(NESTED), members=special_names(NESTED))

    assert expression.evaluate(NESTED, Environment(NOW)).value == expected


def test_members_count_in_unary_tests_too() -> None:
    tests = compile_unary_tests("< unit.pre-test", frozenset(NESTED), members=special_names(NESTED))

    assert tests.evaluate(0, NESTED, Environment(NOW)).value is True


def test_special_names_are_those_that_text_alone_takes_apart() -> None:
    assert special_names({"a": {"b c": 1, "d-e": {"in": 2}}, "f/g": [{"h.i": 1}]}) == {"d-e", "f/g", "h.i"}


def test_special_names_of_wide_data_are_looked_for_within_bounds() -> None:
    wide = {"rows": [{f"k-{i}": {"x-y": i}} for i in range(50_000)]}

    assert 0 < len(special_names(wide)) <= 5_000


def test_a_question_mark_by_itself_is_no_name() -> None:
    with pytest.raises(FeelSyntaxError, match=r"\?"):
        compile_expression("? > 1")
