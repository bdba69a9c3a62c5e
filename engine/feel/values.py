"""The values of FEEL as Python objects, and the arithmetic context of its numbers.

number is Decimal, string is str, boolean is bool, days and time duration is timedelta, list is list, context is dict;
null is None. The two types that Python lacks are in `engine.spans`; temporal values that Python cannot hold are in
`engine.feel.wide`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from types import NoneType

from engine.feel.errors import NoValue
from engine.feel.temporal import MAX_MONTHS
from engine.feel.tree import TypeName
from engine.feel.wide import WideDate, WideDateTime, WideDuration, WideTime
from engine.spans import MonthDuration, Range

__all__ = [
    "KINDS",
    "MAX_MONTHS",
    "NUMBERS",
    "ORDERED",
    "Function",
    "MonthDuration",
    "Range",
    "counted",
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


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function as a value: a built-in one, one that an expression defines, or a decision model's knowledge.

    :param name: what it is called, for messages; empty when nobody named it.
    :param parameters: the names of its parameters.
    :param call: gets the Run and the arguments in the order of the parameters; may raise NoValue.
    :param types: the types of the parameters; None, or none at all, for any.
    :param result: the type of what it gives; None for any.
    :param takes_any_count: whether ``call`` itself says how many arguments are right (built-in functions).
    :param arrange: returns arguments given by name in the order that ``call`` wants, or None when they do not fit.
    :param source: the expression that defines it: what it records there is told where it is called from elsewhere.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[..., object]
    types: tuple[TypeName | None, ...] = ()
    result: TypeName | None = None
    takes_any_count: bool = False
    source: str | None = None
    arrange: Callable[[Sequence[str], Sequence[object]], list[object] | None] | None = None


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
    Function: "function",
    NoneType: "null",
    WideDate: "date",
    WideTime: "time",
    WideDateTime: "date and time",
    WideDuration: "days and time duration",
}
ORDERED = frozenset(
    {Decimal, str, date, time, datetime, timedelta, MonthDuration, WideDate, WideTime, WideDateTime, WideDuration}
)
"""The types of which one value can be less than another."""


def kind_of(value: object) -> str:
    """Return the FEEL name of a value's type."""
    return KINDS[type(value)]


def months(count: int) -> MonthDuration:
    """Return a duration of so many months.

    :raise NoValue: beyond a thousand million years.
    """
    if abs(count) > MAX_MONTHS:
        raise NoValue("out_of_range", operator="duration")
    return MonthDuration(count)


def whole(number: Decimal) -> int | None:
    """Return a number as int when it is whole and small enough to count with, else None."""
    if number.adjusted() > 18 or number != number.to_integral_value():
        return None
    return int(number)


def counted(number: Decimal) -> int | None:
    """Return a number without its decimal places, to count with; None when it is too large for that."""
    return None if number.adjusted() > 18 else int(number)


def wrong_operands(operator: str, left: object, right: object) -> NoValue:
    """Return the reason why an operator has no result for two values."""
    if left is None or right is None:
        return NoValue("null_operand", operator=operator)
    kinds = {kind_of(left), kind_of(right)}
    if operator in "+-" and "number" in kinds and kinds & _MOMENTS:
        return NoValue("date_and_number")
    if operator in _COMPARISONS and "string" in kinds and kinds & _MOMENTS:
        return NoValue("date_and_text")
    if operator in _COMPARISONS[1:] and kind_of(left) == "boolean" and kind_of(right) == "number":
        return NoValue("chained_comparison")
    return NoValue("operands", operator=operator, left_kind=kind_of(left), right_kind=kind_of(right))


_MOMENTS = {"date", "time", "date and time"}
_COMPARISONS = ("=", "<", "<=", ">", ">=")
