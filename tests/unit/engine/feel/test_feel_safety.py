import os
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from types import MappingProxyType

import pytest

from engine.feel import Environment, FeelSyntaxError, Range
from tests.unit.engine.feel.expressions import evaluate, passes, reasons, value, wall_clock


class Rating(StrEnum):
    ABOVE = "DIATAS_EKSPEKTASI"


class Colour(Enum):
    RED = 1


@dataclass
class Secret:
    password: str = "rahasia"


@pytest.mark.parametrize(
    "source",
    [
        "x.__class__", "x.__init__.__globals__", '"a".__class__', "[].append", "x.keys", "x.real",
        "now().tzinfo", "today().__reduce__", "[1..2].__slots__", "(1).as_tuple", '@"P1D".total_seconds',
        "count.__globals__", "print", "__import__", "x.password",
    ],
)  # fmt: skip
def test_nothing_of_python_can_be_reached(source: str) -> None:
    targets: list[object] = [{}, [], "teks", Decimal(1), Secret(), os, datetime.now, Colour.RED]

    for x in targets:
        assert value(source, x=x) in (None, [])


@pytest.mark.parametrize("source", ['__import__("os")', "eval(1)", "exec(1)", "open(1)", "getattr(x, 1)"])
def test_no_function_of_python_can_be_named(source: str) -> None:
    with pytest.raises(FeelSyntaxError, match="not known"):
        value(source, x="teks")


@pytest.mark.parametrize("source", ["x.upper()", "(x.upper)()", "[x][1]()", "now().date()"])
def test_no_function_of_python_can_be_called(source: str) -> None:
    assert value(source, x="teks") is None
    assert "not_a_function" in reasons(source, x="teks")
    assert value("x", x=print) is None


def test_values_from_outside_become_plain_and_exact() -> None:
    assert value("x", x=3) == Decimal(3)
    assert type(value("x", x=3)) is Decimal
    assert type(value("x", x=Rating.ABOVE)) is str
    assert value('x = "DIATAS_EKSPEKTASI"', x=Rating.ABOVE) is True
    assert value("x", x=(1, [True, None])) == [1, [True, None]]
    assert value("x.a.b", x=MappingProxyType({"a": {"b": 7}})) == 7
    assert value("x", x=Decimal("1." + "1" * 40)) == Decimal("1." + "1" * 33)


@pytest.mark.parametrize(
    ("outside", "code"),
    [
        (1.5, "float"),
        (Secret(), "unsupported"),
        ({1, 2}, "unsupported"),
        (Colour.RED, "unsupported"),
        (b"bytes", "unsupported"),
        (Range(Secret(), None), "unsupported"),
        ({1: 2}, "unsupported"),
        (Decimal("NaN"), "number_too_large"),
        (Decimal("Infinity"), "number_too_large"),
        (Decimal("sNaN"), "number_too_large"),
        (Decimal("1e9999999"), "number_too_large"),
        pytest.param(10**7000, "number_too_large", id="int of 7000 digits"),
    ],
)
def test_what_is_no_feel_value_is_null_with_a_reason(outside: object, code: str) -> None:
    assert value("x", x=outside) is None
    assert reasons("x", x=outside) == [code]
    assert reasons("x.a.b", x={"a": {"b": outside}}) == [code]


def test_a_tested_value_is_refused_in_the_same_way() -> None:
    assert passes("> 1", 1.5) is None


def test_the_data_stays_as_it_was_and_the_result_is_a_copy() -> None:
    rows = [{"a": [1]}]

    result = evaluate("rows", rows=rows).value
    assert isinstance(result, list)
    result[0]["a"].append(2)

    assert rows == [{"a": [1]}]
    assert value("append(rows, 1)", rows=rows) != rows
    assert rows == [{"a": [1]}]


def test_the_present_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        Environment(wall_clock(2026, 3, 31))


@pytest.mark.parametrize(
    "source",
    [
        'get value(x, "__class__")', 'get value(x, "items")', 'get value(x, "")', "get entries(x).__class__",
        'context put({}, "__class__", 1).__dict__', "{__class__: 1}.__dict__", "x[item.__class__ != null]",
        "(for i in [x] return i.__class__)[1]", "[x].__class__[1]", "(function(y) y.__class__)(x)", "abs.__call__",
        "(function(y) y).__closure__", "sort([x, x], function(a, b) a.__lt__)", "[1..2].start.__class__",
        'string(x.__class__) + "{0.__class__}"', 'substring(x, "__getitem__")', "x.get", "x.values", "x.mro",
    ],
)  # fmt: skip
def test_no_way_through_keys_parts_items_or_functions_leads_to_python(source: str) -> None:
    targets: list[object] = [{}, [], "teks", Decimal(1), Colour.RED, os, Secret()]

    for x in targets:
        found = value(source, x=x)

        assert found in (None, [], {}) or type(found) in (dict, list, str)
        assert "<" not in repr(found)


def test_names_of_python_in_the_data_are_names_like_any_other() -> None:
    data = {"__class__": 1, "items": 2, "__init__": {"__globals__": 3}}

    assert value("[x.__class__, x.items, x.__init__.__globals__]", x=data) == [1, 2, 3]
    assert value("[__class__, items]", **{"__class__": 4, "items": 5}) == [4, 5]


@pytest.mark.parametrize("name", ["{0.__class__}", "{name.__class__}", "{}", "{known!r}", "%(x)s", "%n", "{0"])
def test_a_name_that_looks_like_a_format_stays_as_it_is_in_a_reason(name: str) -> None:
    (note,) = evaluate("get value(x, name)", x={name + "x": 1}, name=name).notes

    assert f"'{name}'" in note.message("id")
    assert "class 'str'" not in note.message("en")


def plain(found: object) -> bool:
    """Return whether a result consists of values that the caller owns, and nothing that can be called."""
    if isinstance(found, list):
        return all(plain(one) for one in found)
    if isinstance(found, dict):
        return all(type(key) is str and plain(one) for key, one in found.items())
    return type(found) in (Decimal, str, bool, type(None), date, time, datetime, timedelta)


@pytest.mark.parametrize(
    "source",
    ["x", "[x, x]", "{a: x}", "x.a", "get entries(x)", "flatten([x])", "for i in x return i", "x[1]", "[1..3]"],
)
def test_a_result_holds_nothing_that_the_data_did_not(source: str) -> None:
    data = {"a": [1, "b", {"c": (True, None)}], "f": print, "g": (one for one in "ab"), "h": 0.5, "i": {1, 2}}

    found = value(source, x=data)

    assert plain(found) or type(found) is Range
