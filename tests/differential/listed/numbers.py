"""Numbers, which feelin computes in floats."""

from decimal import Decimal
from math import fmod

from tests.differential.comparing import Difference
from tests.differential.listed.entry import Sheet, kinds, no_number, number
from tests.differential.values import same

SHEET = Sheet()


@SHEET.of(
    "/", "**",
    because="tables 58 and 60: a division by zero is null, and a power that is no number too.",
    example="`0` ** `-1`",
)  # fmt: skip
def knows_infinity(found: Difference) -> bool:
    """Gives infinity or NaN, which FEEL does not have."""
    return found.ours is None and no_number(found)


@SHEET.of(
    "modulo",
    because="table 76: dividend - divisor * floor(dividend / divisor), in decimal numbers (10.3.2.3.1).",
    example="modulo(`100`, `0.1`)",
)
def takes_remainders_of_floats(found: Difference) -> bool:
    """Leaves nearly the whole divisor where the float of the dividend is a little too small."""
    a, b = (float(number(value)) for value in found.arguments[:2])
    if "divisor: " in found.node.text:
        a, b = b, a
    return found.ours == Decimal(0) and b != 0 and same(Decimal(str(round(fmod(fmod(a, b) + b, b), 9))), found.theirs)


@SHEET.of(
    "round half up", "round half down", "decimal", "floor", "ceiling", "round up", "round down",
    because="table 76: the decimal number is rounded (10.3.2.3.1), not the float next to it.",
    example="round half up(`1.005`, `2`)",
)  # fmt: skip
def rounds_floats(found: Difference) -> bool:
    """Rounds the float, which lies on the other side of the half or of the whole number."""
    value, scale = (*found.arguments, Decimal(0))[:2]
    if found.theirs is None or "Decimal" not in kinds(found):
        return False
    unit = Decimal(10) ** -number(scale)
    units = number(value) / unit
    at_edge = same(units * 2, (units * 2).to_integral_value(), 1e-9)
    return at_edge and abs(number(found.ours) - number(found.theirs)) <= unit * Decimal("1.000001")


@SHEET.of(
    "round half even",
    because="table 76 of DMN 1.4 and 1.5 has no such function; the kit's and ours rounds half to even.",
    example="round half even(`2.5`, `0`)",
)
def lacks_round_half_even(found: Difference) -> bool:
    """Does not know the function."""
    return found.theirs is None and kinds(found) == ["Decimal", "Decimal"]


@SHEET.of(
    "median",
    because="table 75: the numbers are sorted, as numbers, before the middle is taken.",
    example="median(`[3, 1, 100, 5]`)",
)
def sorts_numbers_as_texts(found: Difference) -> bool:
    """Sorts numbers as texts, so that 100 comes before 3."""
    values = found.arguments[0]
    assert isinstance(values, list)
    by_text = sorted(values, key=lambda value: format(value.normalize(), "f"))
    return by_text != sorted(values) and _is_middle(by_text, found.theirs)


@SHEET.of(
    "mode",
    because="table 75: several most frequent numbers are given in ascending order.",
    example="mode(`[-1, 0, 1]`)",
)
def orders_modes_by_key(found: Difference) -> bool:
    """Gives the most frequent numbers in the order in which JavaScript keeps keys."""
    theirs = found.theirs
    return isinstance(theirs, list) and sorted(theirs) != theirs and same(found.ours, sorted(theirs))


@SHEET.of(
    "number",
    because="table 72: what is converted must be a number (rule 37), which an empty string is not.",
    example='number(`""`, ",", ".")',
)
def reads_nothing_as_zero(found: Difference) -> bool:
    """Takes a string of nothing but spaces as zero."""
    text = found.arguments[0]
    return isinstance(text, str) and not text.strip() and found.ours is None and same(found.theirs, Decimal(0))


def _is_middle(values: list[Decimal], found: object) -> bool:
    half = len(values) // 2
    middle = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
    return same(middle, found)
