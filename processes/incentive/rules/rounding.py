"""Whole rupiah: rounded half up, once, where a line is paid."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

#: Wider than any amount times any share; quotients end after so many digits, the same everywhere.
EXACT: Final = Context(prec=60)
RUPIAH: Final = Decimal(1)


def rupiah(amount: Decimal) -> Decimal:
    """Return an amount in whole rupiah."""
    return amount.quantize(RUPIAH, rounding=ROUND_HALF_UP, context=EXACT)


def product(*factors: Decimal | int) -> Decimal:
    """Return the exact product."""
    found = Decimal(1)
    for factor in factors:
        found = EXACT.multiply(found, Decimal(factor))
    return found


def quotient(number: Decimal | int, by: Decimal | int) -> Decimal:
    """Return a quotient to 60 digits; 0 of nothing."""
    return EXACT.divide(Decimal(number), Decimal(by)) if by else Decimal(0)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum."""
    found = Decimal(0)
    for amount in amounts:
        found = EXACT.add(found, amount)
    return found
