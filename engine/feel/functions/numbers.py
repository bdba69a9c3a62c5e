"""Built-ins on numbers (DMN 1.5, 10.3.4.5)."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel.functions.table import Builtin, argument_error
from engine.feel.run import Run
from engine.feel.values import NUMBERS, MonthDuration, counted
from engine.feel.wide import DayDuration, WideDuration, make_duration

_ZERO = Decimal(0)


def round_to(function: str, value: Decimal, scale: Decimal, mode: str) -> Decimal:
    """Return a number rounded to so many decimal places.

    Decimal places of the scale do not count. :raise NoValue: for one outside the standard's -6111 to 6176.
    """
    places = counted(scale)
    if places is None or not -6111 <= places <= 6176:
        raise argument_error(function, "scale", scale, "whole")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return value
    return NUMBERS.plus(value.quantize(Decimal((0, (1,), -places)), mode, NUMBERS))


def _rounding(function: str, mode: str) -> Callable[..., Decimal]:
    def rounded(run: Run, value: Decimal, scale: Decimal = _ZERO) -> Decimal:
        return round_to(function, value, scale, mode)

    return rounded


def _absolute(run: Run, value: Decimal | DayDuration | MonthDuration) -> object:
    if isinstance(value, MonthDuration):
        return MonthDuration(abs(value.months))
    if isinstance(value, WideDuration):
        return make_duration(abs(value.nanoseconds))
    return NUMBERS.abs(value) if isinstance(value, Decimal) else abs(value)


def _square_root(run: Run, number: Decimal) -> Decimal:
    return NUMBERS.sqrt(_positive("sqrt", number, number >= 0))


def _logarithm(run: Run, number: Decimal) -> Decimal:
    return NUMBERS.ln(_positive("log", number, number > 0))


def _exponential(run: Run, number: Decimal) -> Decimal:
    return NUMBERS.exp(number)


def _parity(remainder: int) -> Callable[..., bool]:
    return lambda run, number: NUMBERS.compare(_modulo(run, number, _TWO), Decimal(remainder)) == 0


def _positive(function: str, number: Decimal, is_right: bool) -> Decimal:
    if not is_right:
        raise argument_error(function, "number", number, "positive")
    return number


def _modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    if divisor == 0:
        raise argument_error("modulo", "divisor", divisor, "zero")
    # dividend - divisor * floor(dividend / divisor): the result has the divisor's sign.
    remainder = _remainder(dividend, divisor)
    return NUMBERS.add(remainder, divisor) if remainder and (remainder < 0) != (divisor < 0) else remainder


def _remainder(dividend: Decimal, divisor: Decimal) -> Decimal:
    # The context refuses where the quotient has more than 34 digits; as whole numbers it is exact. Neither number has
    # more than 34 digits, so there the dividend ends in zeros as far as the divisor's last digit.
    if dividend.adjusted() - divisor.adjusted() < NUMBERS.prec - 1:
        return NUMBERS.remainder(dividend, divisor)
    (digits, exponent), (other, places) = _whole_digits(dividend), _whole_digits(divisor)
    rest = digits * pow(10, exponent - places, other) % other
    return NUMBERS.create_decimal(-rest if dividend < 0 else rest).scaleb(places, NUMBERS)


def _whole_digits(number: Decimal) -> tuple[int, int]:
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return int("".join(map(str, digits))), exponent


_TWO = Decimal(2)
_TRANSCENDENTAL_STEPS = 40
NUMBER_FUNCTIONS = (
    Builtin("abs", "n: number|days and time duration|years and months duration", _absolute),
    Builtin("floor", "n: number, scale: number?", _rounding("floor", ROUND_FLOOR)),
    Builtin("ceiling", "n: number, scale: number?", _rounding("ceiling", ROUND_CEILING)),
    Builtin("decimal", "n: number, scale: number", _rounding("decimal", ROUND_HALF_EVEN)),
    Builtin("round half up", "n: number, scale: number", _rounding("round half up", ROUND_HALF_UP)),
    Builtin("round half even", "n: number, scale: number", _rounding("round half even", ROUND_HALF_EVEN)),
    Builtin("round up", "n: number, scale: number", _rounding("round up", ROUND_UP)),
    Builtin("round down", "n: number, scale: number", _rounding("round down", ROUND_DOWN)),
    Builtin("round half down", "n: number, scale: number", _rounding("round half down", ROUND_HALF_DOWN)),
    Builtin("modulo", "dividend: number, divisor: number", _modulo, cost=8),
    Builtin("sqrt", "number: number", _square_root, cost=4),
    Builtin("log", "number: number", _logarithm, cost=_TRANSCENDENTAL_STEPS),
    Builtin("exp", "number: number", _exponential, cost=_TRANSCENDENTAL_STEPS),
    Builtin("odd", "number: number", _parity(1), cost=8),
    Builtin("even", "number: number", _parity(0), cost=8),
)
