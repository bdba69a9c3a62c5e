"""Ranks with ties, and how far two rankings go together (Spearman): exact, whatever the order of the pairs."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

_DIGITS: Final = 50
_KEPT: Final = Decimal("0.001")


def double_ranks(values: Sequence[Decimal]) -> list[int]:
    """Return twice the rank of each value, the smallest first; those that are equal share the middle of their ranks.

    Twice, so that shared ranks stay whole numbers.
    """
    places: dict[Decimal, list[int]] = {}
    for rank, value in enumerate(sorted(values), start=1):
        places.setdefault(value, []).append(rank)
    return [places[value][0] + places[value][-1] for value in values]


def spearman(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return the rank correlation of pairs, -1 to 1 with three decimals; None where one side is all the same.

    Sums are whole numbers and the one root is taken with 50 digits, so that no order of the pairs changes the result.
    """
    first, second = double_ranks([one for one, _ in pairs]), double_ranks([other for _, other in pairs])
    spread = _together(first, first) * _together(second, second)
    if not spread:
        return None
    with localcontext(prec=_DIGITS):
        found = Decimal(_together(first, second)) / Decimal(spread).sqrt()
        return found.quantize(_KEPT, ROUND_HALF_UP)


def shared_places(values: Sequence[Decimal]) -> list[int]:
    """Return the place of each value, the highest first; those that are equal share the better place."""
    ordered = sorted(values, reverse=True)
    return [ordered.index(value) + 1 for value in values]


def median(values: Sequence[Decimal]) -> Decimal:
    """Return the middle of values, or of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mean(values: Sequence[Decimal]) -> Decimal:
    """Return the mean of values, unrounded."""
    return sum(values, Decimal(0)) / len(values)


def _together(first: Sequence[int], second: Sequence[int]) -> int:
    products = sum(one * other for one, other in zip(first, second, strict=True))
    return len(first) * products - sum(first) * sum(second)
