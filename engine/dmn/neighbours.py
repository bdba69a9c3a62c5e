"""Values beside others: what lies below the lowest, between two neighbours, and above the highest of a column."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Any, Final

from engine.feel import MonthDuration

_MICROSECOND, _DAY = timedelta(microseconds=1), timedelta(1)
_DIGITS: Final = Context(prec=34, rounding=ROUND_HALF_EVEN)
"""Of the numbers of FEEL: between two neighbours there is none."""


def _number_beside(number: Decimal, step: int) -> Decimal:
    whole = _DIGITS.add(number, Decimal(step))
    if whole != number:
        return whole
    return _DIGITS.next_plus(number) if step > 0 else _DIGITS.next_minus(number)


def _number_between(a: Decimal, b: Decimal) -> Decimal | None:
    whole = _DIGITS.add(a.to_integral_value(ROUND_FLOOR), Decimal(1))
    middle = whole if a < whole < b else _DIGITS.divide(_DIGITS.add(a, b), Decimal(2))
    return middle if a < middle < b else None


def _text_between(a: str, b: str) -> str | None:
    return next((text for text in (f"{a}a", f"{a} ", f"{a}\x01") if text < b), None)


def _moved(moment: Any, step: timedelta) -> Any:
    try:
        return moment + step
    except OverflowError:
        return None


def _time_step(moment: time, step: timedelta) -> time | None:
    day = datetime(2000, 1, 1)  # noqa: DTZ001 - only to count with a time of day, whose zone is put back
    moved = datetime.combine(day, moment.replace(tzinfo=None)) + step
    return moved.time().replace(tzinfo=moment.tzinfo) if moved.date() == day.date() else None


def _before(middle: Any, end: Any) -> Any:
    return middle if middle is not None and middle < end else None


def _halfway(a: Any, b: Any) -> Any:
    return _before(a + (b - a) / 2, b)


NEIGHBOURS: Final[Mapping[str, tuple[Any, Any, Any]]] = {
    "number": (lambda a: _number_beside(a, -1), _number_between, lambda a: _number_beside(a, 1)),
    "string": (lambda a: "" if a else None, _text_between, lambda a: f"{a}a"),
    "date": (lambda a: _moved(a, -_DAY), lambda a, b: _before(_moved(a, _DAY), b), lambda a: _moved(a, _DAY)),
    "time": (
        lambda a: _time_step(a, -_MICROSECOND),
        lambda a, b: _before(_time_step(a, _MICROSECOND), b),
        lambda a: _time_step(a, _MICROSECOND),
    ),
    "date and time": (lambda a: _moved(a, -_MICROSECOND), _halfway, lambda a: _moved(a, _MICROSECOND)),
    "days and time duration": (lambda a: _moved(a, -_DAY), _halfway, lambda a: _moved(a, _DAY)),
    "years and months duration": (
        lambda a: MonthDuration(a.months - 1),
        lambda a, b: _before(MonthDuration(a.months + 1), b),
        lambda a: MonthDuration(a.months + 1),
    ),
}
"""By the FEEL name of a type: a value below one, one between two, one above; None where there is none."""
