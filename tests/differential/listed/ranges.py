"""Ranges, and the functions that relate them."""

from tests.differential.comparing import Difference
from tests.differential.listed.entry import Sheet, has_null, kind
from tests.differential.values import Tagged

SHEET = Sheet()
_MISSING = (
    "overlaps before",
    "overlaps after",
    "finishes",
    "finished by",
    "during",
    "starts",
    "started by",
    "coincides",
)


@SHEET.of(
    *_MISSING,
    because="10.3.4.7, table 78 defines it for points and ranges.",
    example="starts(`1`, `[1..5]`)",
)
def lacks_functions(found: Difference) -> bool:
    """Does not know the function."""
    return isinstance(found.ours, bool) and found.theirs is None


@SHEET.of(
    "range",
    because="10.3.2.7: both ends are of one type; only < and the like leave one open.",
    example="[`null`..`7`]",
)
def leaves_ends_open(found: Difference) -> bool:
    """Makes a range of null and a value."""
    return found.ours is None and has_null(found) and kind(found.theirs) == "range"


@SHEET.of(
    "before", "after", "includes", "meets", "met by", "overlaps",
    because="10.3.4.7 and table 54: nothing is before or after null, so the result is null.",
    example="before(`null`, `14`)",
)  # fmt: skip
def relates_null(found: Difference) -> bool:
    """Compares null as if it were zero."""
    return found.ours is None and has_null(found) and isinstance(found.theirs, bool)


@SHEET.of(
    "overlaps", "includes",
    because="table 78 compares the ends as they stand, also of a range that ends before it starts.",
    example="includes(`[0..-3]`, `-3`)",
)  # fmt: skip
def relates_reversed_ranges(found: Difference) -> bool:
    """Relates a range otherwise that ends before it starts."""
    is_other = isinstance(found.ours, bool) and found.theirs is (not found.ours)
    return is_other and any(_ends_before_it_starts(value) for value in found.arguments)


@SHEET.of(
    "includes", "overlaps",
    because="table 78: ends that are equal are compared as values.",
    example='includes(`[@"2026-01-01"..@"2026-12-31"]`, `@"2026-01-01"`)',
)  # fmt: skip
def compares_dates_by_identity(found: Difference) -> bool:
    """Takes equal dates as different."""
    return any(kind(end) == "date" for value in found.arguments for end in _ends(value)) and isinstance(
        found.ours, bool
    )


def _ends(value: object) -> list[object]:
    return value.value[:2] if isinstance(value, Tagged) and isinstance(value.value, list) else []


def _ends_before_it_starts(value: object) -> bool:
    ends = _ends(value)
    texts = [end.value if isinstance(end, Tagged) else end for end in ends]
    return len(ends) == 2 and texts[0] > texts[1]  # type: ignore[operator]  # of one kind, as they are a range's
