from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from engine.feel import Environment, MonthDuration, Range, compile_expression
from engine.feel.functions import BUILTINS
from tests.unit.engine.feel.expressions import NOW, evaluate, reasons, value, wall_clock

EXAMPLES: list[tuple[str, object]] = [
    ('date("2026-03-31")', date(2026, 3, 31)),
    ("date(2026, 3, 31)", date(2026, 3, 31)),
    ("date(year: 2026, day: 31, month: 3)", date(2026, 3, 31)),
    ("date(now())", date(2026, 3, 31)),
    ('date("2026-02-30")', None),
    ("date(2026, 2, 30)", None),
    ('time("08:30:00")', time(8, 30)),
    ('time("24:00:00")', time(0)),
    ('time("08:30:00+19:00")', None),
    ('time("08:30:00@../etc")', None),
    ('time(8, 30, 1.5, duration("PT7H"))', time(8, 30, 1, 500_000, timezone(timedelta(hours=7)))),
    ("time(25, 0, 0)", None),
    ('date and time("2026-03-31T08:30:00Z")', datetime(2026, 3, 31, 8, 30, tzinfo=UTC)),
    ('date and time("2026-03-31T24:00:00")', wall_clock(2026, 4, 1)),
    ('date and time(date("2026-03-31"), time("08:30:00"))', wall_clock(2026, 3, 31, 8, 30)),
    ('duration("P14DT2H")', timedelta(days=14, hours=2)),
    ('duration("-P1Y2M")', MonthDuration(-14)),
    ('duration("P")', None),
    ("now()", NOW),
    ("today()", date(2026, 3, 31)),
    ('number("82.5")', Decimal("82.5")),
    ('number("1.250.000,75", ".", ",")', Decimal("1250000.75")),
    ('number("1,5", ",", ",")', None),
    ('number("satu")', None),
    ("string(82.50)", "82.50"),
    ("string(1e3)", "1000"),
    ('string([1, "a", {b c: null}, [1..2)])', '[1, "a", {b c: null}, [1..2)]'),
    ('string(@"2026-03-31T08:30:00.5@Asia/Jakarta")', "2026-03-31T08:30:00.5@Asia/Jakarta"),
    ('string(@"-PT90M")', "-PT1H30M"),
    ('string(@"P14M")', "P1Y2M"),
    ("string(null)", None),
    ("not(true)", False),
    ('get value({a: 1}, "a")', 1),
    ('get value({a: 1}, "b")', None),
    ("abs(-2.5)", Decimal("2.5")),
    ('abs(@"-P1D")', timedelta(days=1)),
    ("floor(1.9)", 1),
    ("ceiling(1.1)", 2),
    ("decimal(2.345, 2)", Decimal("2.34")),
    ("decimal(1.55, 1.9)", Decimal("1.6")),
    ("round half down(2.345, 2)", Decimal("2.34")),
    ("sqrt(16)", 4),
    ("sqrt(-1)", None),
    ("log(1)", 0),
    ("log(0)", None),
    ("exp(0)", 1),
    ("exp(99999)", None),
    ("odd(-3)", True),
    ("odd(2.5)", False),
    ("even(1e40)", True),
    ("modulo(1e40, 7)", 4),
    ("round half up(2.345, 2)", Decimal("2.35")),
    ("round half even(2.345, 2)", Decimal("2.34")),
    ("round up(2.341, 2)", Decimal("2.35")),
    ("round down(2.349, 2)", Decimal("2.34")),
    ("modulo(10, 4)", 2),
    ("modulo(10, 0)", None),
    ('string length("naïve🐎")', 6),
    ('upper case("aktif")', "AKTIF"),
    ('lower case("AKTIF")', "aktif"),
    ('contains("dinas kesehatan", "sehat")', True),
    ('starts with("dinas", "di")', True),
    ('ends with("dinas", "di")', False),
    ('substring("dinas", 2, 3)', "ina"),
    ('substring("dinas", -2)', "as"),
    ('substring("dinas", 9)', None),
    ('substring(string: "dinas", start position: 4)', "as"),
    ('substring("dinas", 2.9, 1.9)', "i"),
    ('substring before("dinas kesehatan", " ")', "dinas"),
    ('substring before("dinas", "x")', ""),
    ('substring before("dinas", "")', ""),
    ('substring after("dinas kesehatan", " ")', "kesehatan"),
    ('substring after("dinas", "x")', ""),
    ('substring after("dinas", "")', "dinas"),
    (r'matches("198611162014011901", "\d{18}")', True),
    (r'matches("NIP 1986", "^\d+$")', False),
    ('matches("DINAS", "dinas", "i")', True),
    ('matches("a", "b", null)', False),
    ('matches("a", "a", "z")', None),
    ('matches("a", "(")', None),
    ('replace("a b  c", "\\s+", "-")', "a-b-c"),
    ('replace("2026-03-31", "(\\d+)-(\\d+)-(\\d+)", "$3/$2/$1")', "31/03/2026"),
    (r'replace("abc", "b", "[$0]$9\\\\\\$")', "a[b]\\$c"),
    ('replace("a.b", ".", "x", "q")', "axb"),
    ('replace("a.b", "b", "$x", "q")', "a.$x"),
    ('replace("abc", "b", "$")', None),
    ('replace("abc", "x*", "-")', None),
    ('split("a; b;;c", ";\\s*")', ["a", "b", "", "c"]),
    ('split("", ",")', [""]),
    ('split("abc", "")', None),
    ('string join(["a", null, "b"], ", ")', "a, b"),
    ('string join(["a", 1])', None),
    ("count([1, 2, null])", 3),
    ("sum([1, 2.5])", Decimal("3.5")),
    ("sum(1, 2)", 3),
    ("sum([])", None),
    ('sum([@"P1D", @"PT1H"])', timedelta(days=1, hours=1)),
    ('sum([1, "a"])', None),
    ("mean([1, 2, 6])", 3),
    ("min(3, 1, 2)", 1),
    ('max(["a", "c", "b"])', "c"),
    ('max([1, "a"])', None),
    ("list contains([1, null], null)", True),
    ("append([1], 2, [3])", [1, 2, [3]]),
    ("concatenate([1], [2, 3], [])", [1, 2, 3]),
    ("distinct values([1, 1.0, true, [1], [1], null, null])", [1, True, [1], None]),
    ("distinct values([0, 0 * -1, 0.00])", [0]),
    ("flatten([1, [2, [3, []]]])", [1, 2, 3]),
    ("sort([3, 1, 2])", [1, 2, 3]),
    ('sort([1, "a"])', None),
    ("sort([1, 3, 2], function(a, b) a > b)", [3, 2, 1]),
    ("sort(precedes: function(a, b) a.n < b.n, list: [{n: 2}, {n: 1}])", [{"n": 1}, {"n": 2}]),
    ("sort([1, 2], function(a, b) 7)", None),
    ("sort([1, 2], function(a) true)", None),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("insert before([1, 3], 2, 2)", [1, 2, 3]),
    ("insert before([1, 3], -1, 2)", [1, 2, 3]),
    ("insert before([1], 2, 2)", None),
    ("remove([1, 2, 3], 2)", [1, 3]),
    ("remove([1], 0)", None),
    ("reverse([1, [2, 3]])", [[2, 3], 1]),
    ("list replace([1, 2, 3], -1, 9)", [1, 2, 9]),
    ("list replace([1, 2, 3], 2.5, 9)", [1, 9, 3]),
    ("list replace([1, 2, 3], function(old, new) old < new - 7, 9)", [9, 2, 3]),
    ("list replace(match: function(old, new) old = 2, list: [1, 2], newItem: 9)", [1, 9]),
    ("list replace([1], function(old, new) old, 9)", None),
    ("list replace([1], 2, 9)", None),
    ("product([2, 3, 4])", 24),
    ("product([])", None),
    ("median([8, 2, 5, 7])", 6),
    ("median(3, 1, 2)", 2),
    ("median([])", None),
    ("stddev([2, 4, 7, 5])", Decimal("2.081665999466132735282297706979931")),
    ("stddev([2])", None),
    ("mode([6, 1, 9, 6, 1])", [1, 6]),
    ("mode([])", []),
    ('mode([1, "a"])', None),
    ("get entries({a: 1})", [{"key": "a", "value": 1}]),
    ('context([{key: "a", value: 1}, {key: "b", value: null}])', {"a": 1, "b": None}),
    ('context([{key: "a", value: 1}, {key: "a", value: 2}])', None),
    ('context([{key: "a"}])', None),
    ("context([1])", None),
    ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
    ('context put({a: {b: 1}}, ["a", "c"], 2)', {"a": {"b": 1, "c": 2}}),
    ('context put(context: {}, keys: ["a"], value: 2)', {"a": 2}),
    ('context put({a: 1}, ["a", "b"], 2)', None),
    ("context put({a: 1}, [], 2)", None),
    ("context merge([{a: 1, b: 1}, {b: 2}])", {"a": 1, "b": 2}),
    ("context merge([{a: 1}, 2])", None),
    ("all([true, null])", None),
    ("all([true, 1])", None),
    ("any([false, true])", True),
    ('any(["a", true])', True),
    ('any("a")', None),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("sublist([1, 2, 3], 2)", [2, 3]),
    ("sublist([1, 2, 3], -2, 1)", [2]),
    ("sublist([1], 5)", None),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', MonthDuration(20)),
    ('years and months duration(@"2013-08-24", @"2011-12-22")', MonthDuration(-20)),
    ('years and months duration(from: @"2026-01-31", to: @"2026-02-28T10:00:00")', MonthDuration(0)),
    ('day of year(@"2024-12-31")', 366),
    ('day of week(@"2026-03-31")', "Tuesday"),
    ('month of year(@"2026-03-31")', "March"),
    ('week of year(@"2005-01-01")', 53),
    ('week of year(@"2026-12-31")', 53),
    ('range("[1..3)")', Range(Decimal(1), Decimal(3), True, False)),
    ('range("(..@\\"2026-03-31\\"]")', Range(None, date(2026, 3, 31), False, True)),
    ('range("(duration(\\"P1D\\")..)")', Range(timedelta(days=1), None, False, False)),
    ('range("[3..1]")', None),
    ('range("[1..x]")', None),
    ('range("[..1]")', None),
    ('range("")', None),
    ("is(1, 1.0)", True),
    ('is(@"2026-01-01", @"2026-01-01T00:00:00Z")', False),
    ('is(@"08:00:00Z", @"08:00:00+00:00")', True),
    ('is(@"09:00:00+01:00", @"08:00:00Z")', False),
    ("is(value2: 1)", False),
    ("before(1, 10)", True),
    ("before([1..5), [5..9])", True),
    ("before([1..5], 5)", False),
    ("after(10, [1..10))", True),
    ("after([1..2], (2..3])", False),
    ("after([3..4], (< 3))", True),
    ("meets([1..5], [5..9])", True),
    ("met by([5..9], [1..5))", False),
    ("overlaps([1..5], [5..9])", True),
    ("overlaps([1..5], (5..9])", False),
    ("overlaps before([1..5], [3..8])", True),
    ("overlaps after([3..8], [1..5])", True),
    ("finishes(10, [1..10])", True),
    ("finishes((5..10), [1..10])", False),
    ("finished by([1..10], [5..10])", True),
    ("includes([1..10], [2..10])", True),
    ("includes((1..10], 1)", False),
    ("during(5, [1..10])", True),
    ("during([1..11], [1..10])", False),
    ("starts(1, [1..5])", True),
    ("starts([1..3], [1..5])", True),
    ("started by([1..10], [1..10])", True),
    ("coincides([1..5], [1..5])", True),
    ("coincides(3, 4)", False),
    ("coincides(3, [3..3])", None),
    ('before(1, "a")', None),
    ('working days after(@"2026-02-02", 14)', date(2026, 2, 24)),
    ('working days after(@"2026-02-24", -14)', date(2026, 2, 2)),
    ('working days after(@"2026-02-02", 1.5)', None),
    ('working days after(@"9999-12-01", 1000)', None),
    ('working days between(@"2026-02-02", @"2026-02-24")', 14),
]

NULL_BY_RIGHT = ("string(null)", "sum([])", "all([true, null])", "product([])", "median([])")


@pytest.mark.parametrize(("source", "expected"), EXAMPLES)
def test_each_built_in_does_what_its_name_says(source: str, expected: object) -> None:
    found = evaluate(source)

    assert found.value == expected
    assert bool(found.notes) == (expected is None and source not in NULL_BY_RIGHT)


def test_every_built_in_has_an_example() -> None:
    unshown = [name for name in BUILTINS if not any(source.startswith(f"{name}(") for source, _ in EXAMPLES)]

    assert unshown == []


def test_a_single_item_stands_for_a_list_of_one_and_back() -> None:
    assert value("count(5)") == 1
    assert value('upper case(["a"])') == "A"


def test_an_argument_of_a_wrong_type_is_null_with_function_parameter_and_types() -> None:
    (note,) = evaluate('floor("1")').notes

    assert note.message("id") == "Baris 1, kolom 1: Fungsi 'floor': 'n' harus angka, bukan teks."
    assert note.message("en") == "Line 1, column 1: Function 'floor': 'n' must be number, not string."


def test_working_days_need_a_calendar() -> None:
    environment = Environment(NOW)

    found = compile_expression("working days after(today(), 3)").evaluate({}, environment)

    assert found.value is None
    assert [note.code for note in found.notes] == ["no_calendar"]


def test_an_instant_counts_as_the_day_it_has_in_the_city() -> None:
    late_in_utc = '@"2026-03-30T20:00:00Z"'

    assert value(f"working days between({late_in_utc}, today())") == 0
    assert value(f"working days after({late_in_utc}, 1)") == date(2026, 4, 1)


def test_arguments_out_of_bounds_name_the_value() -> None:
    assert reasons("round half up(1, 9999)") == ["argument_value"]
    assert reasons('substring("abc", 0)') == ["argument_value"]
