"""How many answers a satisfaction index needs before it is compared."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal


def least_answers(users: Decimal | None, numbers: Mapping[str, Decimal]) -> int:
    """Return how many of a service's users must have answered (Krejcie and Morgan), or the least without their number.

    500 users need 217 answers, 5,000 need 357.
    """
    if users is None or users <= 0:
        return int(numbers["least"])
    spread = numbers["chi_square"] * numbers["share"] * (1 - numbers["share"])
    needed = spread * users / (numbers["margin"] ** 2 * (users - 1) + spread)
    return int(needed.quantize(Decimal(1), ROUND_HALF_UP))
