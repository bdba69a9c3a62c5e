import contextlib
import string
from collections.abc import Iterator
from datetime import UTC, date, time, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.feel import (
    Budget,
    Environment,
    FeelBudgetExceeded,
    FeelSyntaxError,
    MonthDuration,
    Range,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.errors import Note
from engine.feel.functions import BUILTINS
from engine.feel.texts import BUDGET, NOTES, SYNTAX
from engine.feel.values import KINDS
from engine.feel.wide import WideDate, WideDateTime, WideDuration, WideTime
from tests.unit.engine.feel.expressions import CALENDAR, NOW

SMALL = Environment(NOW, CALENDAR, Budget(steps=5_000, allocation=50_000))
WORDS = [
    *BUILTINS, *"a b item partial ? - -- + * / ** ( ) [ ] { } , : . .. = != < <= > >= [1..3] ]1..3[ // /* */".split(),
    *"if then else for in return some every satisfies between and or not instance of number list<".split(),
    *"function ( a , b : number ) external @ ..".split(),
    "true", "false", "null", "0", "1", "-1.5", "1e6144", "1e-6143", '"a"', '""', '"\\uD83D"', '@"P1D"', '@"P1Y"',
    '@"2026-01-31"', '@"23:59:59Z"', '@"9999-12-31T23:59:59@Asia/Jakarta"', '@"x"', "is defined(", "[a, b]", "{a: 1}",
]  # fmt: skip
token_soup = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
texts = st.text(max_size=60) | st.text(alphabet=string.printable, max_size=60) | token_soup

scalars = (
    st.none() | st.booleans()
    | st.sampled_from([WideDate(-1, 2, 3), WideTime(1), WideDateTime(10**7, 1, UTC), WideDuration(1)])
    |  st.integers(-5, 5).map(Decimal) | st.sampled_from(["", "a", "b c"])
    | st.sampled_from([date(2026, 1, 31), date.max, time(8), NOW, timedelta(days=1), MonthDuration(-14)])
    | st.just(Range(Decimal(1), Decimal(3)))
)  # fmt: skip
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner), max_leaves=5
)
leaves = st.sampled_from(
    ["a", "b", "x", "item", "1", "0", "-2.5", "1e6144", "null", "true", '"s"', "[]", "[1, 2, null]", "{a: 1}", "[1..3]",
     "(< 3)", '@"P1D"', '@"-P1Y2M"', '@"2026-01-31"', '@"23:59:59+07:00"', '@"9999-12-31T23:59:59"', "now()"]
)  # fmt: skip


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return expressions one level larger, of every kind the grammar has."""
    operator = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])
    name = st.sampled_from([name for name, forms in BUILTINS.items() if any(form.takes(1) for form in forms)])
    pair = st.sampled_from([name for name, forms in BUILTINS.items() if any(form.takes(2) for form in forms)])
    return st.one_of(
        st.builds("({} {} {})".format, inner, operator, inner),
        st.builds("-({})".format, inner),
        st.builds("{}({})".format, name, inner),
        st.builds("{}({}, {})".format, pair, inner, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
        st.builds("(for x in {} return {})".format, inner, inner),
        st.builds("(some x in {}, y in {} satisfies {})".format, inner, inner, inner),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({}).a".format, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{a: {}, b: {}}}".format, inner, inner),
        st.builds("[({})..({}))".format, inner, inner),
        st.builds("(({}) between {} and {})".format, inner, inner, inner),
        st.builds("(({}) instance of list<number>)".format, inner),
        st.builds("(({}) in (< {}, {}, not({})))".format, inner, inner, inner, inner),
        st.builds("is defined({})".format, inner),
        st.builds("(function(a, b: number) {})({}, {})".format, inner, inner, inner),
        st.builds("sort({}, function(a, b) {})".format, inner, inner),
        st.builds("{{f: function(n) {}, a: f({})}}.a".format, inner, inner),
        st.builds('replace("ab", "{}", "$1")'.format, st.text(alphabet="ab()[]|*+?^$.-", max_size=8)),
    )


expressions = st.recursive(leaves, combined, max_leaves=12)


@given(source=texts)
@example("for x in 1..")
@example('"\\U110000"')
def test_any_text_is_an_expression_or_a_syntax_error(source: str) -> None:
    for compiled in (compile_expression, compile_unary_tests):
        try:
            compiled(source)
        except FeelSyntaxError as error:
            assert error.line >= 1 and error.column >= 1
            assert error.message("id") and error.message("en")


@given(source=texts, names=st.frozensets(st.text(alphabet="ab if-+*/.'?(1 ", max_size=8), max_size=8))
def test_any_names_in_scope_leave_any_text_an_expression_or_a_syntax_error(source: str, names: frozenset[str]) -> None:
    for text in (source, " ".join(names), f"[a, b][{' + '.join(names)}]", f"{{{': 1, '.join([*names, 'z'])}: 1}}.a"):
        for compiled in (compile_expression, compile_unary_tests):
            try:
                compiled(text, names, members=names)
            except FeelSyntaxError as error:
                assert error.message("id") and error.message("en")


@given(source=expressions, a=values, b=values)
def test_what_any_expression_gives_is_made_of_values_of_the_language(source: str, a: object, b: object) -> None:
    def kinds(found: object) -> set[type]:
        inner = found if isinstance(found, list) else list(found.values()) if isinstance(found, dict) else []
        return {type(found)}.union(*map(kinds, inner))

    with contextlib.suppress(FeelBudgetExceeded):
        found = compile_expression(source).evaluate({"a": a, "b": b, "x": a}, SMALL).value

        assert kinds(found) <= set(KINDS)


@given(source=expressions, a=values, b=values)
def test_any_expression_gives_a_value_or_exceeds_its_budget(source: str, a: object, b: object) -> None:
    with contextlib.suppress(FeelBudgetExceeded):
        evaluation = compile_expression(source).evaluate({"a": a, "b": b, "x": a}, SMALL)

        assert all(note.message("id") and note.message("en") for note in evaluation.notes)


@given(source=expressions, tested=values, a=values)
def test_any_cell_passes_fails_or_is_null(source: str, tested: object, a: object) -> None:
    with contextlib.suppress(FeelBudgetExceeded):
        for cell in (source, f"not({source})", f">= {source}", f"? = {source}, {source}"):
            truth = compile_unary_tests(cell).evaluate(tested, {"a": a, "b": 1, "x": 2}, SMALL).value

            assert truth is None or isinstance(truth, bool)


@given(a=values, b=values)
def test_equality_is_the_same_from_both_sides(a: object, b: object) -> None:
    def same(left: object, right: object) -> object:
        return compile_expression("a = b").evaluate({"a": left, "b": right}, SMALL).value

    assert same(a, b) is same(b, a)
    assert same(a, a) is True


EXTREMES = [
    "1e6144", "-1e6144", "1e-6143", "0", "-0.5", "9999999999999999999999999999999999", '"' + "9" * 40 + '"', "null",
    '@"0001-01-01"', '@"9999-12-31"', '@"0001-01-01T00:00:00@Asia/Jakarta"', '@"9999-12-31T23:59:59-11:00"',
    '@"0001-01-01T00:00:00+14:00"', '@"9999-12-31T23:59:59.999999"', '@"00:00:00+18:00"', '@"23:59:59@Asia/Makassar"',
    '@"P999999999D"', '@"-P999999999D"', '@"P999999999Y"', '@"-P999999999Y"', "[1..1e6144]", "(< today())",
    "function(a, b) a < b", '@"-999999999-12-31"', '@"999999999-12-31T23:59:59.999999999@Asia/Jakarta"',
    '@"00:00:00.000000001-18:00"', '@"-P1000000000DT0.000000001S"', '{key: "a", value: 1}', '"(a*)*"', "abs",
]  # fmt: skip


def pairs() -> Iterator[tuple[str, str]]:
    """Yield each value with itself and with some of the others."""
    for place, first in enumerate(EXTREMES):
        for step in (0, 1, 5, 11, 18):
            yield first, EXTREMES[(place + step) % len(EXTREMES)]


@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "**", "=", "<", ">=", "in"])
def test_operators_on_the_largest_and_smallest_values_give_a_value_or_null(operator: str) -> None:
    for left, right in product(EXTREMES, EXTREMES):
        value = compile_expression(f"string({left} {operator} {right})").evaluate({}, SMALL).value
        assert value is None or isinstance(value, str)


@pytest.mark.parametrize("name", BUILTINS)
def test_built_ins_on_the_largest_and_smallest_values_give_a_value_or_null(name: str) -> None:
    for first, second in pairs():
        for arguments in (first, f"{first}, {second}", f"[{first}, {second}]", f"{first}, {second}, {first}"):
            with contextlib.suppress(FeelSyntaxError, FeelBudgetExceeded):
                value = compile_expression(f"string({name}({arguments}))").evaluate({}, SMALL).value
                assert value is None or isinstance(value, str)


@pytest.mark.parametrize("part", ["year", "weekday", "second", "time offset", "timezone", "hours", "years", "end"])
def test_parts_of_the_largest_and_smallest_values_give_a_value_or_null(part: str) -> None:
    for extreme in EXTREMES:
        value = compile_expression(f"string(({extreme}).{part})").evaluate({}, SMALL).value
        assert value is None or isinstance(value, str)


@pytest.mark.parametrize("catalogue", [SYNTAX, NOTES, BUDGET])
def test_both_languages_name_the_same_facts(catalogue: dict[str, tuple[str, str]]) -> None:
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [code for code, (indonesian, english) in catalogue.items() if fields(indonesian) != fields(english)] == []


def test_a_note_says_what_larger_thing_it_is_part_of() -> None:
    note = Note("division_by_zero", {}, 1, 3, "aturan r1, kolom Nilai")

    assert note.message("id").startswith("aturan r1, kolom Nilai: baris 1, kolom 3: Pembagian dengan nol.")
