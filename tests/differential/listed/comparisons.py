"""Equality, order, between, in, and the logic of three values."""

from tests.differential.comparing import Difference
from tests.differential.listed.entry import Sheet, error, has_null, kind, kinds, number
from tests.differential.tree import Node
from tests.differential.values import Tagged

SHEET = Sheet()
_ORDERED = frozenset({"Decimal", "str", "date", "moment", "time", "months", "seconds"})
_ORDER = ("<", "<=", ">", ">=")


@SHEET.of(
    "!=",
    because="table 52: values of different kinds have no equality, so it is null; != is its negation (10.3.2.15).",
    example='`1` != `"a"`',
)
def differs_by_kind(found: Difference) -> bool:
    """Takes values of different kinds as different."""
    return found.ours is None and found.theirs is True and (len(set(kinds(found))) == 2 or "list" in kinds(found))


@SHEET.of(
    *_ORDER,
    because="table 54: only values of one ordered kind can be compared, anything else is null.",
    example='`"abc"` > `1`',
)
def orders_anything(found: Difference) -> bool:
    """Compares values of different kinds, or of kinds without an order, or gives up at them."""
    comparable = len(set(kinds(found))) == 1 and set(kinds(found)) <= _ORDERED
    is_odd = isinstance(found.theirs, bool) or error(found).startswith(
        ("unsupported range", "Unknown duration", "Invalid unit")
    )
    return found.ours is None and not comparable and is_odd


@SHEET.of(
    "=",
    because="table 53: lists are equal if they are of the same length and their items are; else they are not.",
    example="`[]` = `[3, 1]`",
)
def unwraps_short_lists(found: Difference) -> bool:
    """Compares the only item of a list, or null for an empty one, with the other list."""
    short = [value for value in found.arguments if isinstance(value, list) and len(value) < 2]
    one_is_none = (found.ours is None) != (found.theirs is None)
    return bool(short) and one_is_none and True not in (found.ours, found.theirs)


@SHEET.of(
    *_ORDER, "=", "!=",
    because="tables 53 and 54: durations are compared by the number of their months or seconds.",
    example='`duration("P14M")` >= `@"P1Y2M"`',
)  # fmt: skip
def compares_units(found: Difference) -> bool:
    """Compares durations by units or by a month of 30 days."""
    return kinds(found) in (["months", "months"], ["seconds", "seconds"]) and isinstance(found.theirs, bool)


@SHEET.of(
    "between",
    because="table 55: e1 between e2 and e3 is e1 >= e2 and e1 <= e3.",
    example="`2` between `17` and `-3`",
)
def looks_between_reversed_ends(found: Difference) -> bool:
    """Exchanges the ends when the first is larger."""
    _, low, high = found.arguments
    return found.ours is False and found.theirs is True and _is_above(low, high)


@SHEET.of(
    "between", "in range", "in tests", "in test",
    because="tables 50 and 55: false and null is false, and a comparison with null is null.",
    example="`10.75` between `null` and `-3`",
)  # fmt: skip
def misses_comparisons_with_null(found: Difference) -> bool:
    """Gives null for all, or a truth, where one of the two comparisons is with null."""
    ends = _ends_of_ranges(found.node)
    return found.ours in (None, False) and (has_null(found) or "null" in ends)


@SHEET.of(
    "in range", "in tests",
    because="table 55: e1 in [e2..e3] is e1 >= e2 and e1 <= e3.",
    example="`2` in [`5`..`1`]",
)  # fmt: skip
def looks_in_reversed_ranges(found: Difference) -> bool:
    """Exchanges the ends of a range when the first is larger."""
    arguments = found.arguments[1:]
    pairs = [value.value[:2] for value in arguments if isinstance(value, Tagged) and isinstance(value.value, list)]
    if len(arguments) >= 2:
        pairs.append(list(arguments[:2]))
    return found.ours is False and found.theirs is True and any(_is_above(low, high) for low, high in pairs)


@SHEET.of(
    "in list", "in range", "in tests",
    because="table 55: e1 in e2 is e1 = e2 when e2 is not a list, and nothing but null equals null (table 51).",
    example="`1` in `null`",
)  # fmt: skip
def finds_nothing_in_null(found: Difference) -> bool:
    """Gives null for anything in null."""
    return found.theirs is None and found.arguments[-1] is None and found.ours is (found.arguments[0] is None)


@SHEET.of(
    "some", "every",
    because="10.3.2.15: some is false or e1 or e2 …, every is true and e1 and e2 …, so null stays null.",
    example="some v in `[1, 2]` satisfies null",
)  # fmt: skip
def takes_null_as_false(found: Difference) -> bool:
    """Gives false where no condition holds and one is null."""
    return found.ours is None and found.theirs is False


@SHEET.of(
    "is",
    because="10.3.4.6: is gives true for the same element of the domain, else false.",
    example='is(`@"P1D"`, `1`)',
)
def asks_for_one_kind(found: Difference) -> bool:
    """Gives null for values of different kinds."""
    return found.ours is False and found.theirs is None and (len(set(kinds(found))) == 2 or "list" in kinds(found))


def _is_above(low: object, high: object) -> bool:
    if kind(low) != kind(high) or low is None:
        return False
    if isinstance(low, Tagged) and low.kind in ("date", "moment", "time"):
        return str(low.value) > str(getattr(high, "value", ""))
    return str(low) > str(high) if isinstance(low, str) else number(low) > number(high)


def _ends_of_ranges(node: Node) -> list[str]:
    return [slot.node.text for slot in node.slots]
