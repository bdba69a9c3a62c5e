"""Lists, filters, contexts."""

from tests.differential.comparing import Difference
from tests.differential.listed.entry import Sheet, kind, number
from tests.differential.values import same

SHEET = Sheet()
_POSITION = "table 75, note 1: a position lies in [-L..L] without 0, else it is null (10.3.4)"


@SHEET.of(
    "remove", "insert before", "list replace",
    because=f"{_POSITION}.",
    example="remove(`[5]`, `2`)",
)  # fmt: skip
def takes_any_position(found: Difference) -> bool:
    """Leaves the list as it is, or adds an item, where the position lies outside of it."""
    values, position = found.arguments[:2]
    return found.ours is None and isinstance(values, list) and not 1 <= abs(number(position)) <= len(values)


@SHEET.of(
    "remove", "insert before", "list replace",
    because=f"{_POSITION}; a negative one counts from the end, the last is -1.",
    example="remove(`[4, 5]`, `-1`)",
)  # fmt: skip
def miscounts_from_the_end(found: Difference) -> bool:
    """Counts a negative position otherwise, or not."""
    values, position = found.arguments[:2]
    return isinstance(found.ours, list) and isinstance(values, list) and -len(values) <= number(position) < 0


@SHEET.of(
    "sublist",
    because="table 75, notes 1 and 2: the start lies in [-L..L], the length in [1..E]; else it is null (10.3.4).",
    example="sublist(`[1]`, `3`)",
)
def cuts_outside(found: Difference) -> bool:
    """Gives what is left of a list where the start or the length lies outside of it."""
    values, start, *length = found.arguments
    if found.ours is not None or not isinstance(values, list):
        return False
    place = int(number(start))
    rest = len(values) - place + 1 if place > 0 else -place
    return not 1 <= abs(place) <= len(values) or any(not 1 <= number(one) <= rest for one in length)


@SHEET.of(
    "concatenate",
    because="table 75 and 10.3.2.9.4: the arguments are lists, and null is not made one.",
    example="concatenate(`[1]`, `null`)",
)
def appends_null(found: Difference) -> bool:
    """Takes null as a list of null."""
    return found.ours is None and None in found.arguments


@SHEET.of(
    "min", "max",
    because="table 75: the items need only be comparable, so strings and dates too.",
    example='max(`["a", "b"]`)',
)  # fmt: skip
def compares_numbers_only(found: Difference) -> bool:
    """Gives null for strings and dates."""
    return found.theirs is None and kind(found.ours) in ("str", "date")


@SHEET.of(
    "sort",
    because="10.3.4.9 has a function that orders; ours, without one, orders ascending what can be compared.",
    example="sort(`[3, 1]`)",
)
def needs_an_order(found: Difference) -> bool:
    """Gives null without a function that orders."""
    return found.theirs is None and len(found.node.slots) == 1 and isinstance(found.ours, list)


@SHEET.of(
    "sort",
    because="10.3.4.9: the function gives true or false for each pair; null, of a comparison with null, is neither.",
    example="sort(`[1, null]`, function(a, b) a < b)",
)
def orders_null(found: Difference) -> bool:
    """Takes null as false where two items are compared."""
    values = found.arguments[0]
    keys = (
        [value.get("x") if isinstance(value, dict) else value for value in values] if isinstance(values, list) else []
    )
    return found.ours is None and None in keys and isinstance(found.theirs, list)


@SHEET.of(
    "filter",
    because="table 68: the items for which the condition is true; null is not (10.3.2.4).",
    example="`[1, 2]`[null]",
)
def gives_null_for_no_condition(found: Difference) -> bool:
    """Gives null instead of an empty list where the condition is null."""
    return found.ours == [] and found.theirs is None


@SHEET.of(
    "filter",
    because="table 68: the item as it is, null included, for which the condition is true.",
    example="`[1, null]`[1 = 1]",
)
def drops_null(found: Difference) -> bool:
    """Drops null from what a condition keeps, although it is true."""
    ours = found.ours
    return isinstance(ours, list) and None in ours and same([item for item in ours if item is not None], found.theirs)
