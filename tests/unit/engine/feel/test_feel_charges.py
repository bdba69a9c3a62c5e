"""Work that hides in one operation is paid for, counted in steps, calls and bytes, not in seconds."""

import threading
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest

from engine.feel import (
    Budget,
    Environment,
    Evaluation,
    FeelBudgetExceeded,
    FeelSyntaxError,
    compile_expression,
    compile_unary_tests,
)
from tests.unit.engine.feel.counting import calls_of, peak_of
from tests.unit.engine.feel.expressions import CALENDAR, ENVIRONMENT, NOW, evaluate, reasons, value

MANY = 400
DATA: dict[str, object] = {
    "halves": "x" * 600 + "X" * 600,
    "text": "x" * 200_000,
    "zeros": ", ".join(["0"] * MANY),
}
NUMBERS, DAYS, RANGES, SIGNS = (
    ", ".join([one] * MANY) for one in ("0", '@"2026-01-01"', "[1..2]", "< 0")
)  # one cell of many
DEEP = "(for i in 1..300 return if i = 1 then {a: 1} else {a: partial[-1]})[-1]"
WIDE_TYPE = "function<context<" + ", ".join(f"k{place}: number" for place in range(MANY)) + ">>->Any"
WIDE_FUNCTION = WIDE_TYPE.replace("function<", "(function(a: ").replace(">>->Any", ">) 1)")


def with_steps(steps: int) -> Environment:
    """Return an environment with a small budget."""
    return Environment(NOW, CALENDAR, Budget(steps=steps))


@pytest.mark.parametrize(
    "source",
    [
        f"for i in 1..20 return i in ({NUMBERS})",
        f"for i in 1..20 return i in (-1, {NUMBERS})",
        f'for i in 1..20 return "b" in ({NUMBERS.replace("0", chr(34) + "a" + chr(34))})',
        f"for i in 1..20 return today() in ({DAYS})",
        f"for i in 1..20 return i + 5 in ({RANGES})",
        f"for i in 1..20 return i in ({SIGNS})",
        f"{{c: {DEEP}, r: for i in 1..20 return c{'.a' * 290}}}.r",
        f"for i in 1..20 return {WIDE_FUNCTION} instance of {WIDE_TYPE}",
        'replace("abc", "x", text)',
    ],
    ids=lambda source: source[:40],
)
def test_an_operation_is_as_dear_as_the_work_in_it(source: str) -> None:
    expression = compile_expression(source)

    with pytest.raises(FeelBudgetExceeded) as caught:
        expression.evaluate(DATA, with_steps(4_000))

    assert caught.value.code == "steps"


def test_a_function_value_is_dearer_than_a_number() -> None:
    with pytest.raises(FeelBudgetExceeded):
        evaluate("for i in 1..60000 return function(x) x + i")


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:(x)*|" + "(b)" * 600 + ")y",
        "(x)*" + "(b)?" * 490 + "y",
        "(?:(x)*|" + "(b)" * 600 + r")\1y",
    ],
    ids=["other groups", "optional groups", "a group again"],
)
def test_a_pattern_of_many_groups_cannot_fill_the_memory(pattern: str) -> None:
    expression = compile_expression("matches(text, pattern)")

    def attack() -> None:
        with pytest.raises(FeelBudgetExceeded):
            expression.evaluate({**DATA, "pattern": pattern}, ENVIRONMENT)

    assert peak_of(attack) < 30_000_000


def test_a_group_again_without_regard_to_capitals_pays_for_each_letter() -> None:
    expression = compile_expression(r'matches(halves, "^(x*)\1y", "i")')

    def attack() -> None:
        with pytest.raises(FeelBudgetExceeded):
            expression.evaluate(DATA, with_steps(40_000))

    assert calls_of(attack) < 1_000_000


class Endless(Mapping[str, object]):
    """Variables of a case that are too many to be listed."""

    def __init__(self) -> None:
        self.listed = 0

    def __getitem__(self, name: str) -> object:
        raise KeyError(name)

    def __len__(self) -> int:
        return 10**9

    def __iter__(self) -> Iterator[str]:
        while True:
            self.listed += 1
            yield f"k{self.listed}" * 100


def test_a_reason_lists_some_of_many_names_and_the_beginning_of_long_ones() -> None:
    scope = Endless()

    evaluation = compile_expression("zzz").evaluate(scope, ENVIRONMENT)

    assert scope.listed <= 40
    assert [note.code for note in evaluation.notes] == ["unknown_name"]
    assert len(evaluation.notes[0].message("en")) < 4_000


@pytest.mark.parametrize("source", ["data.zzz", 'get value(data, "zzz")', "get value(data, key)", "key.zzz"])
def test_no_reason_is_longer_than_a_page(source: str) -> None:
    data = {"a" * 400_000: 1, "b" * 400_000: 2, **{f"k{place}": place for place in range(1_000)}}

    notes = evaluate(source, data=data, key="y" * 400_000).notes

    assert len(notes) == 1
    assert len(notes[0].message("id")) < 4_000


@pytest.mark.parametrize("source", ["text", "[text, text]", "{a: text}", "for i in 1..20 return text"])
def test_texts_of_a_result_count_as_often_as_they_are_in_it(source: str) -> None:
    limited = Environment(NOW, CALENDAR, Budget(text=150_000))

    with pytest.raises(FeelBudgetExceeded) as caught:
        compile_expression(source).evaluate(DATA, limited)

    assert caught.value.code == "text"
    assert "150000" in caught.value.message("id")
    assert value("[text, text]", text="a" * 1_000) == ["a" * 1_000] * 2


def test_many_names_with_signs_are_read_without_comparing_each_with_each() -> None:
    names = [f"a-{place}" for place in range(1_000)]
    source = f"{{{', '.join(f'{name}: 1' for name in names)}, z: [{', '.join(['a'] * 3_000)}], last: a-999}}.last"

    assert calls_of(lambda: compile_expression(source)) < 1_000_000
    assert value(source) == 1


def test_many_filters_under_many_names_with_signs_are_read_at_once() -> None:
    names = [f"a-{place}" for place in range(1_000)]
    source = f"{{{', '.join(f'{name}: 1' for name in names)}, z: [{', '.join(['x[1]'] * 1_500)}]}}"

    assert calls_of(lambda: compile_expression(source)) < 1_000_000


def test_ranges_within_ranges_are_compiled_and_evaluated_once_each() -> None:
    def nested(depth: int) -> str:
        return f"1 in [({nested(depth - 1)})..null]" if depth else "1"

    def work(depth: int) -> int:
        source = nested(depth)
        return calls_of(lambda: compile_expression(source).evaluate({}, ENVIRONMENT))

    assert work(24) < 3 * work(12)


@pytest.mark.parametrize(
    "alternatives",
    [", ".join(map(str, range(3_000))), ", ".join(["< 0"] * 4_000), ", ".join(["[1..2]"] * 2_000)],
    ids=["numbers", "signs", "ranges"],
)
def test_a_cell_of_thousands_of_tests_is_one_pass_over_them(alternatives: str) -> None:
    tests = compile_unary_tests(alternatives)

    assert calls_of(lambda: tests.evaluate(Decimal("99999.5"), {}, ENVIRONMENT)) < 30_000


def test_a_cell_of_more_tests_than_a_source_holds_is_refused() -> None:
    with pytest.raises(FeelSyntaxError, match="too long"):
        compile_unary_tests(",".join(["1"] * 100_000))


@pytest.mark.parametrize(
    "source",
    [
        "{f: function(n) f(n + 1), r: f(0)}",
        "{f: function(n) sort([n, n + 1], function(a, b) f(n + 1) = 1), r: f(0)}.r",
        "{f: function(n) list replace([n], function(a, b) f(a) = 1, n), r: f(0)}.r",
        "{f: function(n) for i in [n] return f(i), r: f(0)}.r",
        "{f: function(n) some i in [n] satisfies f(i), r: f(0)}.r",
        "{f: function(n) [n][f(item)], r: f(0)}.r",
        "(for i in 1..1900 return if i = 1 then [1] else [partial[-1]])[-1]",
        "flatten((for i in 1..1900 return if i = 1 then [1] else [partial[-1]])[-1])",
        "string((for i in 1..1900 return if i = 1 then [1] else [partial[-1]])[-1])",
    ],
    ids=lambda source: source[:40],
)
def test_depth_is_an_error_of_the_expression_also_in_a_thread_with_a_small_stack(source: str) -> None:
    expression = compile_expression(source)
    found: list[Evaluation | str] = []

    def evaluated() -> None:
        try:
            found.append(expression.evaluate({}, ENVIRONMENT))
        except FeelBudgetExceeded as error:
            found.append(error.code)

    in_thread(evaluated, stack=128 * 1024)

    assert found == ["nesting"]


@pytest.mark.parametrize("opening", ["(", "[", "{a: ", "-", "not(", "if true then 1 else ", "for i in [", "1 in ("])
def test_the_deepest_source_that_is_read_is_evaluated_in_a_thread_with_a_small_stack(opening: str) -> None:
    closing = {"(": ")", "[": "]", "{": "}"}
    ends = "".join(closing[sign] for sign in reversed(opening) if sign in closing)
    source = opening * 40 + "true" + ("] return 1" if opening.startswith("for") else ends) * 40
    found: list[Evaluation] = []

    in_thread(lambda: found.append(compile_expression(source).evaluate({}, ENVIRONMENT)), stack=128 * 1024)

    assert len(found) == 1


def in_thread(action: object, stack: int) -> None:
    """Do something in a thread of its own with a stack of so many bytes."""
    before = threading.stack_size(stack)
    try:
        thread = threading.Thread(target=action)  # type: ignore[arg-type]  # a function without arguments
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)


def test_a_zone_that_nobody_knows_is_no_way_to_the_files_of_the_machine() -> None:
    for name in ("../../etc/passwd", "/etc/passwd", "localtime", "posixrules", "Asia/../../../etc/passwd", "Asia"):
        assert value("date and time(text)", text=f"2026-01-01T00:00:00@{name}") is None
        assert reasons("date and time(text)", text=f"2026-01-01T00:00:00@{name}") == ["argument_value"]
