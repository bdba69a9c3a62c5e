"""Built-ins on numbers (DMN 1.5, 10.3.4.5)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from engine.feel.functions.table import Builtin, argument_error
from engine.feel.run import Run
from engine.feel.values import NUMBERS, MonthDuration, whole

_ZERO = Decimal(0)


def round_to(function: str, value: Decimal, scale: Decimal, mode: str) -> Decimal:
    """Return a number rounded to so many decimal places.

    :raise NoValue: for a scale that is not whole or outside the standard's -6111 to 6176.
    """
    places = whole(scale)
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


def _absolute(run: Run, value: Decimal | timedelta | MonthDuration) -> object:
    return MonthDuration(abs(value.months)) if isinstance(value, MonthDuration) else abs(value)


def _modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Decimal:
    if divisor == 0:
        raise argument_error("modulo", "divisor", divisor, "zero")
    # dividend - divisor * floor(dividend / divisor): the result has the divisor's sign.
    remainder = NUMBERS.remainder(dividend, divisor)
    return NUMBERS.add(remainder, divisor) if remainder and (remainder < 0) != (divisor < 0) else remainder


NUMBER_FUNCTIONS = (
    Builtin("abs", "n: number|days and time duration|years and months duration", _absolute),
    Builtin("floor", "n: number, scale: number?", _rounding("floor", ROUND_FLOOR)),
    Builtin("ceiling", "n: number, scale: number?", _rounding("ceiling", ROUND_CEILING)),
    Builtin("decimal", "n: number, scale: number", _rounding("decimal", ROUND_HALF_EVEN)),
    Builtin("round half up", "n: number, scale: number", _rounding("round half up", ROUND_HALF_UP)),
    Builtin("round half even", "n: number, scale: number", _rounding("round half even", ROUND_HALF_EVEN)),
    Builtin("round up", "n: number, scale: number", _rounding("round up", ROUND_UP)),
    Builtin("round down", "n: number, scale: number", _rounding("round down", ROUND_DOWN)),
    Builtin("modulo", "dividend: number, divisor: number", _modulo),
)
