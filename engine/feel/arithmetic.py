"""``+ - * / **`` and minus on numbers, strings, temporal values and durations (DMN 1.5, tables 53 to 59)."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException, DivisionByZero

from engine.feel.comparison import time_of_day
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.temporal import add_days, add_months, at_midnight
from engine.feel.values import NUMBERS, MonthDuration, kind_of, months, whole, wrong_operands
from engine.feel.wide import (
    DAY,
    MICROSECOND,
    Date,
    DateTime,
    DayDuration,
    Time,
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    civil,
    clock_of,
    day_of,
    instant_of,
    length_of,
    make_date,
    make_duration,
    make_time,
)

_Operation = Callable[..., object]
_DATES = (date, WideDate)
_MOST_EXPONENT = 999_999_999
"""Of powers (DMN 1.5, table 60)."""
_POWER_STEPS, _OTHER_STEPS = 50, 4
"""What a power costs, which with a broken exponent takes as long as so many additions, and what dates cost."""


def calculate(operator: str, left: object, right: object, run: Run) -> object:
    """Return the result of an arithmetic operator.

    :raise NoValue: for operands it does not work on, division by zero, and results out of bounds.
    """
    if type(left) is str and type(right) is str and operator == "+":
        run.allocate(len(left) + len(right))
        return left + right
    operation = _OPERATIONS[operator].get((type(left), type(right)))
    run.charge(_POWER_STEPS if operation is _power else _OTHER_STEPS)
    if operation is None:
        raise wrong_operands(operator, left, right)
    try:
        return operation(left, right)
    except (DivisionByZero, ZeroDivisionError):
        raise NoValue("division_by_zero") from None
    except DecimalException:
        raise _failed(operator, left, right) from None
    except (OverflowError, ValueError):
        raise NoValue("out_of_range", operator=operator) from None


def negate(value: object) -> object:
    """Return minus a number or duration. :raise NoValue: for anything else."""
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, MonthDuration):
        return MonthDuration(-value.months)
    if isinstance(value, timedelta | WideDuration):
        return make_duration(-length_of(value))
    raise NoValue("null_operand" if value is None else "operand", operator="-", kind=kind_of(value))


def difference(left: Date | DateTime, right: Date | DateTime) -> DayDuration:
    """Return the time between two dates or instants.

    :raise NoValue: when only one of them has a zone; a date alone counts as midnight UTC.
    """
    if type(left) is date and type(right) is date:
        return left - right
    if type(left) in _DATES and type(right) in _DATES:
        return make_duration((day_of(left) - day_of(right)) * DAY)
    start, end = _instant(right), _instant(left)
    if (start.tzinfo is None) != (end.tzinfo is None):
        raise NoValue("zone_mismatch")
    return make_duration(instant_of(end) - instant_of(start))


def _failed(operator: str, left: object, right: object) -> NoValue:
    zero = operator == "/" and right == 0 and isinstance(left, Decimal)
    return NoValue("division_by_zero") if zero else NoValue("arithmetic", operator=operator)


def _instant(day: Date | DateTime) -> DateTime:
    return at_midnight(day) if type(day) in _DATES else day  # type: ignore[arg-type,return-value]  # by its type


def _later_day(day: Date, duration: DayDuration) -> Date:
    if type(day) is date and type(duration) is timedelta:
        with suppress(OverflowError):
            return (datetime.combine(day, time()) + duration).date()
    return make_date(*civil((day_of(day) * DAY + length_of(duration)) // DAY))


def _later_time(at: Time, duration: DayDuration) -> Time:
    return make_time((clock_of(at) + length_of(duration)) % DAY, at.tzinfo)


def _time_between(left: Time, right: Time) -> DayDuration:
    if (left.tzinfo is None) != (right.tzinfo is None):
        raise NoValue("zone_mismatch")
    return make_duration(time_of_day(left) - time_of_day(right))


def _sum(left: DayDuration, right: DayDuration) -> DayDuration:
    if type(left) is timedelta and type(right) is timedelta:
        with suppress(OverflowError):
            return left + right
    return make_duration(length_of(left) + length_of(right))


def _less(left: DayDuration, right: DayDuration) -> DayDuration:
    return make_duration(length_of(left) - length_of(right))


def _stretch(duration: DayDuration, factor: Decimal) -> DayDuration:
    return _whole_part(duration, NUMBERS.multiply(Decimal(length_of(duration)), factor))


def _shrink(duration: DayDuration, divisor: Decimal) -> DayDuration:
    return _whole_part(duration, NUMBERS.divide(Decimal(length_of(duration)), divisor))


def _whole_part(duration: DayDuration, length: Decimal) -> DayDuration:
    # Parts of a microsecond are kept where somebody wrote them, and not made by dividing.
    if length.adjusted() > 40:
        raise OverflowError
    unit = 1 if isinstance(duration, WideDuration) else MICROSECOND
    return make_duration(int(NUMBERS.divide(length, Decimal(unit))) * unit)


def _ratio(left: int, right: int) -> Decimal:
    if right == 0:
        raise ZeroDivisionError
    return NUMBERS.divide(Decimal(left), Decimal(right))


def _months_of(count: Decimal) -> MonthDuration:
    if count.adjusted() > 12:
        raise OverflowError
    return months(int(count))


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if exponent.copy_abs() > _MOST_EXPONENT:
        raise NoValue("arithmetic", operator="**")
    if not exponent:
        return Decimal(1)  # of zero too, as IEEE 754 says
    if not base and exponent < 0:
        raise NoValue("division_by_zero")  # Decimal would give infinity, which is no number of FEEL
    # Integer powers are exact to the last digit this way; others are correctly rounded to within one unit.
    count = whole(exponent)
    return NUMBERS.power(base, exponent if count is None else count)


def _swapped(operation: _Operation) -> _Operation:
    return lambda left, right: operation(right, left)


def _minus(operation: _Operation) -> _Operation:
    return lambda left, right: operation(left, negate(right))


def _shift_months(day: Date | DateTime, duration: MonthDuration) -> Date | DateTime:
    return add_months(day, duration.months)


_WIDE: Mapping[type, type] = {date: WideDate, time: WideTime, datetime: WideDateTime, timedelta: WideDuration}


def _widened(operations: Mapping[tuple[type, type], _Operation]) -> Mapping[tuple[type, type], _Operation]:
    # Each operation on a type of Python's works on the wide type of the same values as well.
    return {
        (a, b): operation
        for (left, right), operation in operations.items()
        for a in (left, _WIDE.get(left, left))
        for b in (right, _WIDE.get(right, right))
    }


_FORWARD: Mapping[tuple[type, type], _Operation] = {
    (date, timedelta): _later_day,
    (date, MonthDuration): _shift_months,
    (datetime, timedelta): add_days,
    (datetime, MonthDuration): _shift_months,
    (time, timedelta): _later_time,
}
_ON_PYTHON: Mapping[str, Mapping[tuple[type, type], _Operation]] = {
    "+": {
        (Decimal, Decimal): NUMBERS.add,
        (timedelta, timedelta): _sum,
        (MonthDuration, MonthDuration): lambda left, right: months(left.months + right.months),
        **_FORWARD,
        **{(right, left): _swapped(operation) for (left, right), operation in _FORWARD.items()},
    },
    "-": {
        (Decimal, Decimal): NUMBERS.subtract,
        (timedelta, timedelta): _less,
        (MonthDuration, MonthDuration): lambda left, right: months(left.months - right.months),
        (date, date): difference,
        (datetime, datetime): difference,
        (date, datetime): difference,
        (datetime, date): difference,
        (time, time): _time_between,
        **{kinds: _minus(operation) for kinds, operation in _FORWARD.items()},
    },
    "*": {
        (Decimal, Decimal): NUMBERS.multiply,
        (timedelta, Decimal): _stretch,
        (Decimal, timedelta): _swapped(_stretch),
        (MonthDuration, Decimal): lambda left, right: _months_of(NUMBERS.multiply(Decimal(left.months), right)),
        (Decimal, MonthDuration): lambda left, right: _months_of(NUMBERS.multiply(Decimal(right.months), left)),
    },
    "/": {
        (Decimal, Decimal): NUMBERS.divide,
        (timedelta, Decimal): _shrink,
        (timedelta, timedelta): lambda left, right: _ratio(length_of(left), length_of(right)),
        (MonthDuration, Decimal): lambda left, right: _months_of(NUMBERS.divide(Decimal(left.months), right)),
        (MonthDuration, MonthDuration): lambda left, right: _ratio(left.months, right.months),
    },
    "**": {(Decimal, Decimal): _power},
}
_OPERATIONS = {operator: _widened(operations) for operator, operations in _ON_PYTHON.items()}
