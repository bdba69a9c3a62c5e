"""What feelin cannot read, or reads otherwise."""

from tests.differential.comparing import Difference
from tests.differential.listed.entry import Sheet, error

SHEET = Sheet()
_TYPES = (
    "Right-hand side of 'instanceof'", "args[3] is not a function", "not implemented: SpecialType",
    "Incomplete <Comparison>", "Unrecognized token <",
)  # fmt: skip


@SHEET.of(
    because="10.3.1.2, rule 51, and table 61: any type may stand behind instance of, those with parameters too.",
    example="`[1]` instance of list<number>",
)
def fails_at_types(found: Difference) -> bool:
    """Gives up at most types behind ``instance of``."""
    return " instance of " in found.node.text and error(found).startswith(_TYPES)


@SHEET.of(
    "instance of",
    because="table 61: whether the type of the value conforms to the type named.",
    example="`1` instance of number",
)
def knows_no_simple_type(found: Difference) -> bool:
    """Takes no value as an instance of number, string, date or time."""
    return found.ours is True and found.theirs is False


@SHEET.of(
    because="10.3.2: what an expression means follows from what its parts mean, and of these both say the same.",
    example="`0 in <= 5` or `false`",
)
def contradicts_itself(found: Difference) -> bool:
    """Makes of the parts together something else than of their values: it reads them otherwise, or loses a name."""
    return found.is_composed
