"""FEEL values as the kit writes them, and when one is the other."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from lxml import etree

from engine.feel import Environment, compile_expression

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_NOW = Environment(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
_TEMPORAL = {
    "date": compile_expression("date(text)"),
    "time": compile_expression("time(text)"),
    **dict.fromkeys(("dateTime", "dateTimeStamp"), compile_expression("date and time(text)")),
    **dict.fromkeys(("duration", "dayTimeDuration", "yearMonthDuration"), compile_expression("duration(text)")),
}
_EQUAL = compile_expression("left = right")
_NUMBERS = frozenset(
    {"decimal", "double", "float", "integer", "int", "long", "short", "byte"}
    | {"unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"}
    | {"nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger"}
)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
"""What XML Schema writes for a number that is one in FEEL: it has neither infinity nor what is no number."""
_ROUNDED_FROM = 8
"""Digits behind the point from which a number of the kit was cut off, not written out."""


@dataclass(frozen=True)
class Unreadable:
    """A value of the kit that FEEL cannot read: nothing is the same as it."""

    kind: str
    text: str


def read_value(node: etree._Element) -> object:
    """Return the FEEL value that an element of a test file holds: one value, a list, or components."""
    components = [part for part in node.findall("{*}component") if part.get("name") or not _is_nil(part)]
    if len(components) == 1 and not (components[0].get("name") or len(components[0])):
        return {}  # written as one component of no name: there is no other way
    if components:
        return {part.get("name", ""): read_value(part) for part in components}
    for child in node:
        if _is_nil(child):
            continue
        if etree.QName(child).localname == "list":
            return [read_value(item) for item in child.iterfind("{*}item")]
        if etree.QName(child).localname == "value":
            return _scalar(child)
    return None


def same(expected: object, given: object) -> bool:
    """Say whether a result is what the kit expects, its type included."""
    if isinstance(expected, list) and isinstance(given, list):
        return len(expected) == len(given) and all(same(*pair) for pair in zip(expected, given, strict=True))
    if isinstance(expected, dict) and isinstance(given, dict):
        return expected.keys() == given.keys() and all(same(value, given[key]) for key, value in expected.items())
    if isinstance(expected, Decimal) and isinstance(given, Decimal):
        return _same_number(expected, given)
    if type(expected) is not type(given):
        return False
    return _EQUAL.evaluate({"left": expected, "right": given}, _NOW).value is True


def _same_number(expected: Decimal, given: Decimal) -> bool:
    exponent = expected.as_tuple().exponent
    if isinstance(exponent, int) and exponent <= -_ROUNDED_FROM:
        return abs(expected - given) < Decimal(1).scaleb(-_ROUNDED_FROM)
    return expected == given


def _is_nil(node: etree._Element) -> bool:
    return node.get(f"{_XSI}nil") in ("true", "1")


def _scalar(node: etree._Element) -> object:
    text = node.text or ""
    kind = node.get(f"{_XSI}type", "").rpartition(":")[2]
    if kind in _NUMBERS:
        return Decimal(text.strip()) if _NUMBER.fullmatch(text.strip()) else Unreadable(kind, text)
    if kind == "boolean":
        return text.strip() in ("true", "1")
    if kind in _TEMPORAL:
        value = _TEMPORAL[kind].evaluate({"text": text.strip()}, _NOW).value
        return Unreadable(kind, text) if value is None else value
    return text
