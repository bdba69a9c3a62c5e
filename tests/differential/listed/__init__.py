"""The listed differences: why feelin may give something else, each with its paragraph of the standard and an example.

A listed difference speaks about one operation on plain values (`comparing.Difference`), never about a whole
expression, and says for which values: a defect of ours beside it stays visible. `test_differential.py` asks both sides
for every example, so that an entry which no longer holds is found and removed.
"""

from tests.differential.comparing import Difference
from tests.differential.listed import comparisons, lists, moments, numbers, ranges, syntax, texts
from tests.differential.listed.entry import Listed

LISTED: tuple[Listed, ...] = tuple(
    entry for part in (comparisons, numbers, texts, lists, ranges, moments, syntax) for entry in part.SHEET.entries
)


def explanation(difference: Difference) -> Listed | None:
    """Return the listed difference that a found one is, or None: then one of the two sides is wrong."""
    return next((entry for entry in LISTED if entry.explains(difference)), None)


__all__ = ["LISTED", "Listed", "explanation"]
