from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.feel import FeelSyntaxError, MonthDuration, Range, compile_expression, compile_unary_tests
from tests.unit.engine.feel.expressions import ENVIRONMENT, value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 2 - 3", 5),
        ("2 ** 3 ** 2", 64),
        ("-2 ** 2", 4),
        ("--2", 2),
        ("1.5e2 + .5", Decimal("150.5")),
        ("1 + 1 = 2 and not(2 > 3)", True),
        ("true or false and false", True),
        ("1 = 1 = true", True),
        ("5 between 1 and 10 and 2 between 3 and 4", False),
        ("if 1 > 2 then 3 else if 1 = 1 then 4 else 5", 4),
        ("1 /* satu */ + // lagi\n 2", 3),
        ("-1 instance of number", True),
    ],
)
def test_operators_bind_as_the_standard_says(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r'"a\"b\\c\n\té"', 'a"b\\c\n\té'),
        (r'"\d+"', r"\d+"),
        (r'"\uD83D\uDC0E\U01F40E"', "🐎🐎"),
        ("null", None),
        ('@"2026-03-31"', date(2026, 3, 31)),
        ('@"P14D"', timedelta(days=14)),
        ('@"-P1Y6M"', MonthDuration(-18)),
        ("[1, [2], []]", [1, [2], []]),
        ('{a: 1, "b c": a + 1, d: b c + 1}', {"a": 1, "b c": 2, "d": 3}),
        ("{}", {}),
    ],
)
def test_literals_give_their_value(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "start_included", "end_included"),
    [
        ("[1..5]", True, True),
        ("(1..5)", False, False),
        ("]1..5[", False, False),
        ("[1..5[", True, False),
        ("]1..5]", False, True),
        ("[ 1 .. 5 )", True, False),
    ],
)
def test_every_bracket_form_makes_a_range(source: str, start_included: bool, end_included: bool) -> None:
    assert value(source) == Range(Decimal(1), Decimal(5), start_included, end_included)


def test_names_may_hold_spaces_and_letters_of_any_script() -> None:
    assert value("jumlah hari kerja + größe", **{"jumlah hari kerja": 3, "größe": 4}) == 7


def test_names_with_symbols_or_keywords_are_read_whole_when_they_are_in_scope() -> None:
    names = frozenset({"pre-test", "start and end"})

    expression = compile_expression("pre-test - 1 + start and end", names)

    assert expression.evaluate({"pre-test": 5, "start and end": 2}, ENVIRONMENT).value == 6
    assert expression.names == names


def test_names_of_context_entries_with_symbols_are_known_behind_them() -> None:
    assert value('{pre-test: 5, "a+b": 2, total: pre-test + a+b}.total') == 7


def test_the_free_names_are_those_the_expression_does_not_make_itself() -> None:
    source = "for x in items return x.price * rate + {y: 1, z: y + base.pay}.z"

    assert compile_expression(source).names == {"items", "rate", "base"}


def test_names_inside_a_filter_or_asked_for_by_is_defined_are_not_required() -> None:
    assert compile_expression("rows[age > 3 and item.x = 1] and is defined(other.part)").names == {"rows"}


def test_the_same_source_is_compiled_once() -> None:
    assert compile_expression("1 + 41") is compile_expression("1 + 41")
    assert compile_unary_tests("> 41") is compile_unary_tests("> 41")


MISTAKES = [
    ("", "empty", 1, 1),
    ("// hanya komentar", "empty", 1, 18),
    ("1 +", "unexpected_end", 1, 4),
    ("1 + * 2", "unexpected", 1, 5),
    ("a\n  == b", "double_equals", 2, 3),
    ("a && b", "foreign_operator", 1, 3),
    ("!a", "foreign_operator", 1, 1),
    ("${nilai}", "dollar_braces", 1, 1),
    ("'aktif'", "single_quotes", 1, 1),
    ("status = 'aktif'", "single_quotes", 1, 10),
    ('"aktif', "unclosed_string", 1, 1),
    ('"dua\nbaris"', "unclosed_string", 1, 1),
    ("1 /* dua", "unclosed_comment", 1, 3),
    (r'"\uD83D"', "bad_escape", 1, 1),
    (r'"\u0000"', "bad_escape", 1, 1),
    ("1e999999", "bad_number", 1, 1),
    ('@"kemarin"', "bad_at_literal", 1, 1),
    ("1 2", "left_over", 1, 3),
    ("(1))", "unopened_bracket", 1, 4),
    ("[1, 2", "unclosed_bracket", 1, 1),
    ("if a then b", "unexpected_end", 1, 12),
    ("for x in [1] x", "unexpected", 1, 14),
    ("[1..2", "unclosed_bracket", 1, 1),
    ("substrin(1)", "unknown_function", 1, 1),
    ("1 + count()", "wrong_arguments", 1, 5),
    ('substring("a", position: 1)', "wrong_arguments", 1, 1),
    ("is defined(1, 2)", "wrong_arguments", 1, 1),
    ("function(a, a) a", "duplicate_parameter", 1, 13),
    ("function(a: angka) a", "unknown_type", 1, 13),
    ("1 instance of angka", "unknown_type", 1, 15),
    ("{a: 1, a: 2}", "duplicate_key", 1, 8),
    ("{1: 2}", "unexpected", 1, 2),
    ("? > 1", "question_mark", 1, 1),
    ("nilai § 3", "unknown_character", 1, 7),
    ("\ud800", "unknown_character", 1, 1),
    ("1 + \0", "unknown_character", 1, 5),
    ("(" * 500, "too_deep", 1, 101),
    ("1" * 20_001, "too_long", 1, 1),
]


@pytest.mark.parametrize(("source", "code", "line", "column"), MISTAKES)
def test_a_mistake_is_named_at_its_place(source: str, code: str, line: int, column: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(source)

    assert (caught.value.code, caught.value.line, caught.value.column) == (code, line, column)


def test_a_mistake_is_explained_in_both_languages_with_the_way_out() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression('nilai > 3 and substrin("a", 1) = "a"')

    assert caught.value.message("id") == (
        "Baris 1, kolom 15: Fungsi 'substrin' tidak dikenal. Mungkin maksudnya: substring, string, substring after."
    )
    assert caught.value.message("en") == (
        "Line 1, column 15: The function 'substrin' is not known. Did you mean: substring, string, substring after?"
    )


def test_a_chain_as_long_as_the_source_allows_is_not_too_deep() -> None:
    assert value("+".join(["1"] * 9_000)) == 9_000
    assert value(" and ".join(["true"] * 2_000)) is True


@pytest.mark.parametrize("tests", ["", "not(", "< ", "1, ", "- 1 -", "not(1) 2"])
def test_a_cell_that_is_no_unary_test_is_refused(tests: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(tests)
