from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from time import process_time

import pytest

from engine.feel import Budget, Environment, FeelBudgetExceeded, FeelSyntaxError, compile_expression
from tests.unit.engine.feel.expressions import CALENDAR, ENVIRONMENT, NOW, value


def doubling(step: str, last: str = "") -> str:
    """Return a short context whose entries double in size from line to line."""
    names = [f"e{place}" for place in range(25)]
    entries = [f"{new}: {step.replace('x', old)}" for old, new in pairwise(names)]
    return f'{{e0: ["a", "b"], {", ".join(entries)}{last}}}'


def twice_nested() -> list[object]:
    """Return a list of two levels of itself, 60 deep: small to hold, endless to walk."""
    shared: list[object] = []
    for _ in range(60):
        shared = [shared, shared]
    return shared


def endless() -> list[object]:
    """Return a list that holds itself."""
    cycle: list[object] = []
    cycle.append(cycle)
    return cycle


DATA = {
    "letters": "".join(map(chr, range(20_000, 50_000))),
    "classes": "".join(f"\\p{{{name}}}" for name in "Lu Ll Lt Lm Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Zs".split())
    * 10,
    "text": "kata;" * 2_000,
    "xs": [Decimal(place) for place in range(5_000)],
    "s": "x" * 1_000_000,
    "t": "x" * 999_999 + "x",
    "rows": [{"a": place, "b": "z", "c": [1, 2]} for place in range(3_000)],
    "shared": twice_nested(),
    "cycle": endless(),
}
ENDLESS = [
    "for i in 1..1000000000000 return i",
    "for i in [1..1000000000] return 1",
    "for i in 1..100000, j in 1..100000 return 1",
    "count(for i in 1..1000 return for j in 1..1000 return j)",
    "some i in 1..1000000000 satisfies i < 0",
    "every i in 1..1000000000 satisfies true",
    "for i in 1..100000 return s = t",
    "for i in 1..100000 return s < t",
    "for i in 1..100000 return upper case(s)",
    'for i in 1..100000 return contains(s, "y")',
    "for i in 1..100000 return s + t",
    "for i in 1..100000 return substring(s, 1)",
    "string(for i in 1..10000 return s)",
    "string join(for i in 1..10000 return s)",
    "for i in 1..100000 return sum(xs)",
    "for i in 1..100000 return sort(xs)",
    "for i in 1..100000 return rows.a",
    "for i in xs return xs[item = i]",
    "for i in xs return list contains(xs, i)",
    "for i in xs return index of(xs, i)",
    "for i in xs return distinct values(xs)",
    "distinct values(for i in xs return [i])",
    "for a in rows, b in rows return a = b",
    "for i in 1..10000 return partial",
    "for i in 1..100000 return 3 ** 1234567.5",
    "for i in 1..100000 return working days after(today(), 99999)",
    'for i in 1..100000 return date and time("2026-01-01T00:00:00@Asia/Jakarta")',
    'for i in 1..100000 return date("9999-99-99")',
    "for i in 1..100000 return zzz.y",
    'matches(s, "x*y")',
    'matches(s, "(x|xx)+$")',
    'for i in 1..100000 return matches("aaaaaaaaaaaaaaaaaaaa", "(a*)*b")',
    r'for i in 1..100 return matches(substring(s, 1, 400), "(x*)*\1y")',
    'replace(s, "x", "yy")',
    'split(s, "x")',
    'for i in 1..100000 return replace("abc", "[a-z]", "$0$0")',
    'for i in 1..100000 return range(substring(s, 1, 9000) + " 1")',
    'for i in 1..100000 return matches("b", "(a{" + string(i) + "}){3}")',
    'for i in 1..100000 return matches("b", "(a{9999}){9999}" + string(i))',
    'for i in 1..100000 return matches("b", string join(for j in 1..600 return "[" + string(i) + "]"))',
    'matches(letters, "([" + classes + "]|.)*x")',
    "for i in 1..100000 return log(i + 0.5)",
    "for i in 1..100000 return exp(i / 7)",
    "for i in 1..100000 return modulo(1e6144, 7)",
    "for i in 1..100000 return sqrt(i / 7)",
    "for i in 1..100000 return median(xs)",
    "for i in 1..100000 return mode(xs)",
    "for i in 1..100000 return stddev(xs)",
    "for i in 1..100000 return reverse(xs)",
    "for i in 1..100000 return remove(xs, 1)",
    "for i in 1..100000 return insert before(xs, 1, i)",
    "for i in 1..100000 return union(xs, xs)",
    "for i in 1..100000 return context merge(rows)",
    "for i in 1..100000 return get entries(rows[1])",
    "for i in 1..100000 return context put({a: {b: 1}}, ['a'[1], 'b'], i)".replace("'", '"'),
    "list replace(xs, function(old, new) sum(xs) > 0, 1)",
    "sort(xs, function(a, b) sum(xs) > a + b)",
    "sort(reverse(xs), function(a, b) a * 1.5 + a / 7 < b * 1.5 + b / 7)[1] + sort(xs, function(a, b) a > sum(xs))",
    'for i in 1..100000 return range("[@\\"2026-01-01\\"..@\\"2026-12-31\\"]")',
    "for i in 1..100000 return includes([1..9], [2..3])",
    'for i in 1..100000 return @"12026-07-01T12:00:00@Europe/Paris" + @"PT1H"',
    'for i in 1..100000 return @"2026-07-01T12:00:00@Europe/Paris" - @"2026-01-01T12:00:00@Asia/Jakarta"',
    'for i in 1..100000 return @"2026-07-01T12:00:00@Europe/Paris" = @"2026-01-01T12:00:00@Asia/Jakarta"',
    'for i in 1..100000 return @"12026-07-01" + @"P1M"',
    "for i in 1..100000 return week of year(today())",
    "for i in 1..100000 return string(now())",
    "for i in 1..100000 return {a: 1} instance of context<a: number>",
    "{f: function(n) f(n + 1), r: f(0)}",
    "{f: function(n) [f(n - 1), f(n - 1)], r: f(9)}",
    "{f: function(n) if n = 0 then 0 else f(n - 1) + f(n - 1), r: f(25)}",
    "{f: function(g) g(g), r: f(f)}",
    "shared",
    "shared = shared",
    "count(shared)",
    "cycle",
    doubling("[x, x]"),
    doubling("[x, x]", ", z: e24 = e24"),
    doubling("[x, x]", ", z: flatten(e24)"),
    doubling("[x, x]", ", z: string(e24)"),
    doubling("[x, x]", ", z: distinct values([e24, e24])"),
    doubling("concatenate(x, x)"),
    doubling("string join(x) + string join(x)"),
]


def shown(source: str) -> str:
    """Return what a report calls a source that may be long."""
    return source[:48]


def seconds_of(action: Callable[[], object]) -> float:
    """Return the processor time an action takes."""
    start = process_time()
    action()
    return process_time() - start


#: Of the processor, where a usual machine takes a fifth of one; what one step costs is in test_feel_charges.py.
MOST_SECONDS = 30


@pytest.mark.parametrize("source", ENDLESS, ids=shown)
def test_an_expression_without_end_is_stopped_before_long(source: str) -> None:
    expression = compile_expression(source)

    def attack() -> None:
        with pytest.raises(FeelBudgetExceeded):
            expression.evaluate(DATA, ENVIRONMENT)

    assert seconds_of(attack) < MOST_SECONDS


@pytest.mark.parametrize(
    "source",
    [
        "(" * 9_000, "[" * 9_000, "{a:" * 5_000, "-" * 9_000 + "1", "not(" * 4_000, "if true then " * 1_500,
        "1 in " * 3_000 + "1", "1" + "=1" * 9_000, "a" + "[1]" * 6_000, "for i in " * 2_000,
        "1 instance of list<" * 900, "a between " * 1_800, "((1..2)..(" * 1_900, "]" * 9_000,
    ],
    ids=shown,
)  # fmt: skip
def test_a_deep_source_is_refused_before_it_can_hurt(source: str) -> None:
    def attack() -> None:
        with pytest.raises(FeelSyntaxError):
            compile_expression(source)

    assert seconds_of(attack) < MOST_SECONDS


@pytest.mark.parametrize(
    "source",
    [
        "9 ** 9 ** 9 ** 9 ** 9", "1.0000001 ** 1e30", "1e6144 ** 1e6144", "2 ** 0.5 ** 1e6000", "(1/3) ** -1e9",
        "modulo(1e6144, 3)", "round half up(1e6144, 6176)", "decimal(1e-6000, 0)", "string(1e6144)", "1e6144 * 10",
        '@"P999999999Y" * 1e6000', '@"P1D" * 1e30', "a" + ".b" * 9_000, "1" + " + 1" * 4_900, "3" + "** 0.5" * 3_300,
        "true" + " and true" * 1_900,
        "count(distinct values(for i in 1..15000 return i * 2305843009213693951))",
        "count(mode(for i in 1..9000 return i * 2305843009213693951))", 'count(split(text, ";"))',
        'string length(replace(text, "[;,]", "|"))', 'matches(text, "^([a-z]+;)+$")',
        "{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(40)}.r",
        "{abs: 1, r: " + "abs(" * 40 + "-1" + ")" * 40 + "}.r",
        "for i in 1..10000 return i", "sort(xs)", "sum(xs) + max(xs)", "rows = rows",
    ],
    ids=shown,
)  # fmt: skip
def test_large_but_bounded_work_is_done_before_long(source: str) -> None:
    expression = compile_expression(source)

    assert seconds_of(lambda: expression.evaluate(DATA, ENVIRONMENT)) < MOST_SECONDS


@pytest.mark.parametrize(
    ("source", "budget", "code"),
    [
        ("count(for i in 1..100 return i)", Budget(steps=50), "steps"),
        ('"aaaaaaaaaa" + "bbbbbbbbbb"', Budget(allocation=10), "allocation"),
        ("[[[1]]]", Budget(nesting=2), "nesting"),
        ("[1, 2, 3]", Budget(result=3), "result"),
    ],
)
def test_each_limit_is_named_in_both_languages(source: str, budget: Budget, code: str) -> None:
    with pytest.raises(FeelBudgetExceeded) as caught:
        compile_expression(source).evaluate({}, Environment(NOW, CALENDAR, budget))

    assert caught.value.code == code
    assert str(caught.value.limit) in caught.value.message("id")
    assert str(caught.value.limit) in caught.value.message("en")


def test_a_caller_deep_in_the_stack_gets_the_same_error() -> None:
    nested = "(1 + " * 45 + "1" + ")" * 45
    compile_expression(nested)

    def deeper() -> object:
        try:
            return deeper()
        except RecursionError:
            return value(nested)

    with pytest.raises(FeelBudgetExceeded):
        deeper()


def test_a_large_list_of_people_fits_the_budget() -> None:
    people = [{"age": place % 60, "unit": f"u{place % 20}", "score": 80 + place % 20} for place in range(2_000)]

    assert value('count(people[age > 30 and unit = "u3"])', people=people) == sum(
        place % 60 > 30 and place % 20 == 3 for place in range(2_000)
    )
