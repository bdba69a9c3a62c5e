"""What a process owner who thinks of a spreadsheet, another language or Indonesian is told."""

import re
from pathlib import Path

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from engine.feel.foreign import FUNCTIONS, KEYWORDS, TYPES, word_meant
from engine.feel.functions import BUILTINS
from engine.feel.typenames import BASIC
from tests.unit.engine.feel.expressions import evaluate, reasons, value

MISTAKES = [
    ("nilai == 80", "double_equals", 7, "'='"),
    ("nilai && status", "foreign_operator", 7, "'and'"),
    ("nilai & status", "foreign_operator", 7, "'and'"),
    ("nilai || status", "foreign_operator", 7, "'or'"),
    ("nilai <> 80", "foreign_operator", 7, "'!='"),
    ("nilai =< 80", "foreign_operator", 7, "'<='"),
    ("nilai => 80", "foreign_operator", 7, "'>='"),
    ("nilai := 80", "foreign_operator", 7, "'='"),
    ("nilai ≥ 80", "foreign_operator", 7, "'>='"),
    ("nilai ≠ 80", "foreign_operator", 7, "'!='"),
    ("nilai × 2", "foreign_operator", 7, "'*'"),
    ("nilai – 2", "foreign_operator", 7, "'-'"),
    ("nilai ^ 2", "foreign_operator", 7, "'**'"),
    ("unit->nama", "foreign_operator", 5, "'.'"),
    ("nilai ? 1 : 2", "foreign_operator", 7, "if … then … else …"),
    ("nilai > 80 # lulus", "foreign_operator", 12, "'//'"),
    ("!aktif", "foreign_operator", 1, "not(…)"),
    ("nilai > 80%", "percent", 11, "0.8"),
    ("nilai;", "semicolon", 6, "koma"),
    ("status = 'aktif'", "single_quotes", 10, '"aktif"'),
    ("status = “aktif”", "curly_quotes", 10, '"aktif"'),
    ("status = ‘aktif’", "curly_quotes", 10, '"aktif"'),
    ('status = "aktif', "unclosed_string", 10, "kutip ganda penutup"),
    ("status = `aktif`", "curly_quotes", 10, '"aktif"'),
    ("IF nilai > 80 then 1 else 2", "foreign_word", 1, "'if'"),
    ("if nilai > 80 THEN 1 else 2", "foreign_word", 15, "'then'"),
    ("jika nilai > 80 maka 1", "foreign_word", 17, "'then'"),
    ("(nilai > 80 dan status)", "foreign_word", 13, "'and'"),
    ("nilai > 80 AND status = 1", "foreign_word", 12, "'and'"),
    ("nilai is null", "foreign_word", 7, "'='"),
    ('nama like "a"', "foreign_word", 6, "contains(…)"),
    ("if nilai > 80 then 1", "unexpected_end", 21, "'else'"),
    ("if nilai > 80 1 else 2", "unexpected", 15, "'then'"),
    ("82,5", "decimal_comma", 1, "82.5"),
    ("(nilai > 82,5)", "decimal_comma", 10, "82.5"),
    ("nilai > 1.000.000", "thousands", 9, "1000000"),
    ("max(1.000.000, nilai)", "thousands", 5, "1000000"),
    ("2026-03-31", "unquoted_date", 1, '@"2026-03-31"'),
    ("nilai > 31/03/2026", "unquoted_date", 9, '@"2026-03-31"'),
    ("@2026-03-31", "at_without_quotes", 1, '@"2026-03-31"'),
    ('@"31-03-2026"', "bad_at_literal", 1, '@"2026-03-31"'),
    ("(nilai > 80", "unclosed_bracket", 1, "')'"),
    ("sum(1, [2, 3)", "unexpected", 13, "']'"),
    ("nilai[1", "unclosed_bracket", 6, "']'"),
    ("{a: 1", "unclosed_bracket", 1, "'}'"),
    ("nilai > 80)", "unopened_bracket", 11, "'('"),
    ("nilai in 1, 2", "stray_comma", 11, "(1, 2)"),
    ("nilai in 1..10", "bare_range", 11, "[1..10]"),
    ("nilai > 80 and < 90", "half_comparison", 16, "nilai < 90"),
    ("nilai between 1, 10", "unexpected", 16, "'and'"),
    ("[1, 2,]", "unexpected", 7, "nilai"),
    ("{a: 1,}", "unexpected", 7, "kunci"),
    ("abs(1,)", "unexpected", 7, "nilai"),
    ("substrng(nama, 1)", "unknown_function", 1, "substring"),
    ("Count([1])", "unknown_function", 1, "maksudnya: count."),
    ("AVERAGE([1])", "unknown_function", 1, "maksudnya: mean."),
    ("round(nilai)", "unknown_function", 1, "maksudnya: round half up."),
    ("NOT(status)", "unknown_function", 1, "not(…)"),
    ("1 + substring(nama)", "wrong_arguments", 5, "tidak menerima 1 nilai"),
    ("abs(angka: 1)", "wrong_arguments", 1, "1 nilai (angka)"),
    ("nilai instance of angka", "unknown_type", 19, "maksudnya: number."),
    ("nilai instance of Number", "unknown_type", 19, "maksudnya: number."),
    ("> 80", "unexpected", 1, "sebuah nilai"),
]


DATA = {"nilai": 85, "status": True, "aktif": True, "tidak hadir": 2, "data": {"x": 1}}


@pytest.mark.parametrize(("source", "code", "column", "way_out"), MISTAKES)
def test_a_common_mistake_is_named_at_its_place_with_the_way_out(
    source: str, code: str, column: int, way_out: str
) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(source)

    assert (caught.value.code, caught.value.line, caught.value.column) == (code, 1, column)
    assert way_out in caught.value.message("id")
    assert caught.value.message("en").startswith(f"Line 1, column {column}: ")


@pytest.mark.parametrize(
    ("source", "code", "way_out"),
    [
        ("nilai AND status", "unknown_name", "Tulis 'and', bukan 'AND'"),
        ("nilai dan status", "unknown_name", "Tulis 'and', bukan 'dan'"),
        ("TRUE", "unknown_name", "Tulis 'true', bukan 'TRUE'"),
        ("not aktif", "unknown_name", "Tulis 'not(…)', bukan 'not'"),
        ("nilia", "unknown_name", "Mungkin maksudnya: nilai"),
        ("tidak hadr", "unknown_name", "Mungkin maksudnya: tidak hadir"),
        ("data.benar", "unknown_key", "Yang tersedia: x"),
        ("Nilai", "unknown_name", "Mungkin maksudnya: nilai"),
        ("today() + 14", "date_and_number", '@"P14D"'),
        ("14 - now()", "date_and_number", '@"P14D"'),
        ('today() > "2026-01-01"', "date_and_text", '@"2026-03-31"'),
        ('@"08:00:00" = "08:00:00"', "date_and_text", "bukan tanggal"),
        ("80 < nilai < 90", "chained_comparison", "80 < nilai and nilai < 90"),
    ],
)
def test_what_is_read_otherwise_than_meant_says_so_in_its_note(source: str, code: str, way_out: str) -> None:
    note = evaluate(source, **DATA).notes[0]

    assert note.code == code
    assert way_out in note.message("id")


def test_a_comparison_with_a_truth_value_is_no_chain() -> None:
    assert reasons("true = 1") == ["operands"]


def test_a_calculation_that_looks_like_a_date_needs_spaces() -> None:
    assert value("2026 - 03 - 31") == 1992
    assert compile_expression("2026-03-31", strict=False).source == "2026-03-31"


def test_what_others_call_it_leads_to_what_there_is() -> None:
    assert set(FUNCTIONS.values()) <= {*BUILTINS, "is defined"}
    assert not FUNCTIONS.keys() & BUILTINS.keys()
    assert set(TYPES.values()) <= {*BASIC, "list", "context", "range", "function"}


def test_a_word_of_feel_is_not_foreign() -> None:
    assert [word for word in KEYWORDS if word_meant(word)] == []


GUIDE = (Path(__file__).parents[4] / "docs" / "feel.md").read_text("utf-8")
ADVICE = re.findall(r"^\| [^`|].*? \| `([^`]+)` \| `([^`]+)` \|$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize(("wrong", "right"), ADVICE)
def test_the_guide_says_what_to_write_instead_of_what_is_refused(wrong: str, right: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_expression(wrong)

    assert compile_expression(right).source == right


def test_the_guide_names_the_common_mistakes() -> None:
    assert len(ADVICE) >= 15
