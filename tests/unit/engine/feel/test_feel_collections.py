from datetime import date

import pytest

from tests.unit.engine.feel.expressions import evaluate, reasons, value

PEOPLE = [{"name": "Sari", "age": 31}, {"name": "Budi", "age": 45}, {"name": "Tono"}]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[10, 20, 30][1]", 10),
        ("[10, 20, 30][-1]", 30),
        ("[10, 20, 30][item > 10]", [20, 30]),
        ("[10, 20, 30][false]", []),
        ("[{a: 1}, {a: 2}][a > 1]", [{"a": 2}]),
        ("[{item: 1}, {item: 2}][item > 1]", [{"item": 2}]),
        ("[{a: 1}, {b: 2}].a", [1, None]),
        ("[[{a: 1}], {a: [2]}, 3].a", [[1], [2], None]),
        ('"foo"[1]', "foo"),
        ("5[item > 9]", []),
        ("null[true]", None),
        ("null[1]", None),
        ("[][1]", None),
        ("[[1, 2], [3]][2][1]", 3),
    ],
)
def test_a_filter_takes_an_index_or_a_condition(source: str, expected: object) -> None:
    assert value(source) == expected


def test_an_index_may_come_from_outside() -> None:
    assert value("rows[i]", rows=[5, 6, 7], i=2) == 6
    assert value("rows[count(rows)]", rows=[5, 6, 7]) == 7
    assert reasons("rows[i]", rows=[], i=2) == ["index"]


def test_a_filter_prefers_what_the_item_holds_over_a_variable() -> None:
    assert value("people[age > limit].name", people=PEOPLE, limit=40, age=0) == ["Budi"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("for i in 1..3 return i * i", [1, 4, 9]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in [1..4) return i", [1, 2, 3]),
        ("for i in [1, 2], j in [i..3] return i * 10 + j", [11, 12, 13, 22, 23]),
        ("for rows in [[1, 2], [3]], x in rows return x", [1, 2, 3]),
        ("for i in 1..5 return if i = 1 then 1 else partial[-1] * i", [1, 2, 6, 24, 120]),
        ("for i in 1..3 return partial", [[], [[]], [[], [[]]]]),
        ('for d in @"2026-02-27"..@"2026-03-01" return d.day', [27, 28, 1]),
        ("for i in [] return i", []),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
        ("every x in [1, 2] satisfies x > 1", False),
        ("every x in [] satisfies false", True),
        ("some x in [1, null] satisfies x > 5", None),
    ],
)
def test_iterations_go_through_lists_and_ranges(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize("domain", ["5", '"abc"', "null", '"a".."c"', "[3..1]", "(< 3)", "1..2.5"])
def test_what_cannot_be_gone_through_gives_null_with_a_reason(domain: str) -> None:
    assert value(f"for i in {domain} return i") is None
    assert "not_iterable" in reasons(f"for i in {domain} return i")


def test_paths_lead_through_contexts_and_lists_of_contexts() -> None:
    scope = {"unit": {"head of unit": {"name": "Sari"}, "people": PEOPLE}}

    assert value("unit.head of unit.name", **scope) == "Sari"
    assert value("unit.people.age", **scope) == [31, 45, None]
    assert value('unit.people[name = "Budi"].age[1]', **scope) == 45


def test_a_missing_key_is_null_and_the_note_offers_the_nearest() -> None:
    (note,) = evaluate("unit.nama", unit={"namaa": 1, "kode": 2}).notes

    assert (note.code, note.line, note.column) == ("unknown_key", 1, 6)
    assert note.message("id") == ("Baris 1, kolom 6: Kunci 'nama' tidak ada dalam konteks. Mungkin maksudnya: namaa.")
    assert note.message("en") == "Line 1, column 6: The key 'nama' is not in the context. Did you mean: namaa?"


def test_a_missing_variable_is_null_and_the_note_says_what_there_is() -> None:
    (note,) = evaluate("1 = 1 and\n  nila", nilai=1).notes

    assert (note.code, note.line, note.column) == ("unknown_name", 2, 3)
    assert "Mungkin maksudnya: nilai" in note.message("id")


def test_in_a_loop_the_same_reason_is_recorded_once() -> None:
    assert reasons("for i in 1..100 return i + zzz") == ["unknown_name", "null_operand"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("is defined(name)", True),
        ("is defined(empty)", True),
        ("is defined(missing)", False),
        ("is defined(unit.code)", True),
        ("is defined(unit.missing)", False),
        ("is defined(missing.part)", False),
        ("is defined(unit.code.year)", False),
        ("is defined(1 + null)", False),
        ("some x in [1] satisfies is defined(x)", True),
    ],
)
def test_is_defined_asks_without_leaving_a_reason(source: str, expected: bool) -> None:
    found = evaluate(source, name="Sari", empty=None, unit={"code": 1})

    assert (found.value, found.notes) == (expected, ())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("null instance of number", False),
        ("null instance of Null", True),
        ("1 instance of Any", True),
        ('"1" instance of string', True),
        ("today() instance of date", True),
        ("now() instance of date", False),
        ("now() instance of date and time", True),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1Y" instance of days and time duration', False),
        ('@"P1Y" instance of years and months duration', True),
        ("[1, 2] instance of list<number>", True),
        ('[1, "2"] instance of list<number>', False),
        ("[1..2] instance of range<number>", True),
        ('{a: 1, b: "x"} instance of context<a: number>', True),
        ("{} instance of context<a: number>", False),
        ("{a: [{b: 1}]} instance of context<a: list<context<b: number>>>", True),
    ],
)
def test_instance_of_knows_the_types(source: str, expected: bool) -> None:
    assert value(source) is expected


def test_a_value_of_a_context_entry_is_seen_by_later_ones_only() -> None:
    assert value("{a: b, b: 1}") == {"a": None, "b": 1}
    assert value("{a: 1, b: {a: 2, c: a}}.b.c") == 2


def test_dates_have_parts() -> None:
    parts = "[d.year, d.month, d.day, d.weekday]"

    assert value(parts, d=date(2026, 3, 31)) == [2026, 3, 31, 2]
    assert value('[@"10:20:30+07:00".hour, @"10:20:30.5".second]') == [10, 30]
    assert value('[@"P1DT2H3M4S".hours, @"-P14M".years, @"-P14M".months]') == [2, -1, -2]
    assert value('@"10:00:00+07:00".time offset = @"PT7H"') is True
    assert value("now().timezone") == "Asia/Jakarta"
    assert reasons("d.hour", d=date(2026, 3, 31)) == ["unknown_property"]
