"""The values of FEEL as Python objects, and the arithmetic context of its numbers.

number is Decimal, string is str, boolean is bool, days and time duration is timedelta, list is list, context is dict;
null is None. The two types that Python lacks are in `engine.spans`.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from types import NoneType

from engine.feel.errors import NoValue
from engine.spans import MonthDuration, Range

__all__ = [
    "KINDS",
    "MAX_MONTHS",
    "NUMBERS",
    "ORDERED",
    "MonthDuration",
    "Range",
    "kind_of",
    "months",
    "whole",
    "wrong_operands",
]

NUMBERS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    clamp=0,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""DMN 1.5, 10.3.2.3.1: decimal128 numbers, 34 digits, half to even."""

MAX_MONTHS = 12 * 999_999_999


KINDS: Mapping[type, str] = {
    Decimal: "number",
    str: "string",
    bool: "boolean",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    MonthDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    NoneType: "null",
}
ORDERED = frozenset({Decimal, str, date, time, datetime, timedelta, MonthDuration})
"""The types of which one value can be less than another."""


def kind_of(value: object) -> str:
    """Return the FEEL name of a value's type."""
    return KINDS[type(value)]


def months(count: int) -> MonthDuration:
    """Return a duration of so many months.

    :raise NoValue: beyond a thousand million years, so that numbers cannot grow without bound.
    """
    if abs(count) > MAX_MONTHS:
        raise NoValue("out_of_range", operator="duration")
    return MonthDuration(count)


def whole(number: Decimal) -> int | None:
    """Return a number as int when it is whole and small enough to count with, else None."""
    if number.adjusted() > 18 or number != number.to_integral_value():
        return None
    return int(number)


def wrong_operands(operator: str, left: object, right: object) -> NoValue:
    """Return the reason why an operator has no result for two values."""
    if left is None or right is None:
        return NoValue("null_operand", operator=operator)
    return NoValue("operands", operator=operator, left_kind=kind_of(left), right_kind=kind_of(right))
