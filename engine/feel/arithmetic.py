"""``+ - * / **`` and minus on numbers, strings, temporal values and durations (DMN 1.5, tables 53 to 59)."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, DecimalException, DivisionByZero

from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.temporal import add_days, add_months, at_midnight, microseconds, of_microseconds
from engine.feel.values import NUMBERS, MonthDuration, kind_of, months, whole, wrong_operands

_Operation = Callable[..., object]
_DAY = timedelta(days=1)
_POWER_STEPS = 40
"""What a power costs: with a broken exponent it takes as long as so many additions."""


def calculate(operator: str, left: object, right: object, run: Run) -> object:
    """Return the result of an arithmetic operator.

    :raise NoValue: for operands it does not work on, division by zero, and results out of bounds.
    """
    if type(left) is str and type(right) is str and operator == "+":
        run.allocate(len(left) + len(right))
        return left + right
    operation = _OPERATIONS[operator].get((type(left), type(right)))
    if operation is _power:
        run.charge(_POWER_STEPS)
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
    if isinstance(value, timedelta):
        return of_microseconds(-microseconds(value))
    raise NoValue("null_operand" if value is None else "operand", operator="-", kind=kind_of(value))


def difference(left: date, right: date) -> timedelta:
    """Return the time between two dates or instants.

    :raise NoValue: when only one of them has a zone; a date alone counts as midnight UTC.
    """
    if not isinstance(left, datetime) and not isinstance(right, datetime):
        return left - right
    start, end = _instant(right), _instant(left)
    if (start.tzinfo is None) != (end.tzinfo is None):
        raise NoValue("zone_mismatch")
    # Python ignores the zone when both share it; over a change of clocks that is an hour wrong.
    return end.astimezone(UTC) - start.astimezone(UTC) if end.tzinfo else end - start


def _failed(operator: str, left: object, right: object) -> NoValue:
    zero = operator == "/" and right == 0 and isinstance(left, Decimal)
    return NoValue("division_by_zero") if zero else NoValue("arithmetic", operator=operator)


def _instant(day: date) -> datetime:
    return day if isinstance(day, datetime) else at_midnight(day)


def _later_day(day: date, duration: timedelta) -> date:
    return (datetime.combine(day, time()) + duration).date()


def _later_time(at: time, duration: timedelta) -> time:
    moment = datetime.combine(date(2000, 1, 1), at.replace(tzinfo=None)) + (duration % _DAY)
    return moment.time().replace(tzinfo=at.tzinfo)


def _time_between(left: time, right: time) -> timedelta:
    if (left.tzinfo is None) != (right.tzinfo is None):
        raise NoValue("zone_mismatch")
    day = date(2000, 1, 1)
    return difference(datetime.combine(day, left), datetime.combine(day, right))


def _stretch(duration: timedelta, factor: Decimal) -> timedelta:
    return of_microseconds(NUMBERS.multiply(Decimal(microseconds(duration)), factor))


def _shrink(duration: timedelta, divisor: Decimal) -> timedelta:
    return of_microseconds(NUMBERS.divide(Decimal(microseconds(duration)), divisor))


def _ratio(left: int, right: int) -> Decimal:
    if right == 0:
        raise ZeroDivisionError
    return NUMBERS.divide(Decimal(left), Decimal(right))


def _months_of(count: Decimal) -> MonthDuration:
    if count.adjusted() > 12:
        raise OverflowError
    return months(int(count))


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    # Integer powers are exact to the last digit this way; others are correctly rounded to within one unit.
    count = whole(exponent)
    return NUMBERS.power(base, exponent if count is None else count)


def _swapped(operation: _Operation) -> _Operation:
    return lambda left, right: operation(right, left)


def _minus(operation: _Operation) -> _Operation:
    return lambda left, right: operation(left, negate(right))


def _shift_months(day: date, duration: MonthDuration) -> date:
    return add_months(day, duration.months)


_FORWARD: Mapping[tuple[type, type], _Operation] = {
    (date, timedelta): _later_day,
    (date, MonthDuration): _shift_months,
    (datetime, timedelta): add_days,
    (datetime, MonthDuration): _shift_months,
    (time, timedelta): _later_time,
}
_OPERATIONS: Mapping[str, Mapping[tuple[type, type], _Operation]] = {
    "+": {
        (Decimal, Decimal): NUMBERS.add,
        (timedelta, timedelta): lambda left, right: left + right,
        (MonthDuration, MonthDuration): lambda left, right: months(left.months + right.months),
        **_FORWARD,
        **{(right, left): _swapped(operation) for (left, right), operation in _FORWARD.items()},
    },
    "-": {
        (Decimal, Decimal): NUMBERS.subtract,
        (timedelta, timedelta): lambda left, right: left - right,
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
        (timedelta, timedelta): lambda left, right: _ratio(microseconds(left), microseconds(right)),
        (MonthDuration, Decimal): lambda left, right: _months_of(NUMBERS.divide(Decimal(left.months), right)),
        (MonthDuration, MonthDuration): lambda left, right: _ratio(left.months, right.months),
    },
    "**": {(Decimal, Decimal): _power},
}
