from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from engine.feel import Environment, MonthDuration, compile_expression
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
    ("decimal(1, 0.5)", None),
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
    ("flatten([1, [2, [3, []]]])", [1, 2, 3]),
    ("sort([3, 1, 2])", [1, 2, 3]),
    ('sort([1, "a"])', None),
    ("all([true, null])", None),
    ("any([false, true])", True),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("sublist([1, 2, 3], 2)", [2, 3]),
    ("sublist([1, 2, 3], -2, 1)", [2]),
    ("sublist([1], 5)", None),
    ('working days after(@"2026-02-02", 14)', date(2026, 2, 24)),
    ('working days after(@"2026-02-24", -14)', date(2026, 2, 2)),
    ('working days after(@"2026-02-02", 1.5)', None),
    ('working days after(@"9999-12-01", 1000)', None),
    ('working days between(@"2026-02-02", @"2026-02-24")', 14),
]


@pytest.mark.parametrize(("source", "expected"), EXAMPLES)
def test_each_built_in_does_what_its_name_says(source: str, expected: object) -> None:
    found = evaluate(source)

    assert found.value == expected
    assert bool(found.notes) == (expected is None and source not in ("string(null)", "sum([])", "all([true, null])"))


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
