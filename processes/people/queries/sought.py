"""What somebody types to find an employee: parts of the name, or the NIP as it stands on a card, in groups or not."""

import re
from dataclasses import dataclass, field
from typing import Self

#: More words than this are no name.
MOST_WORDS = 5
#: Fewer digits than a NIP's date of birth stand for nobody; they may be part of a name.
FEWEST_DIGITS = 8

_DIGITS = re.compile(r"[0-9.\-]*[0-9][0-9.\-]*")


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom somebody looks for.

    :param names: parts that the name must hold.
    :param number: digits that the NIP must hold; empty for none.
    """

    names: tuple[str, ...]
    number: str = field(default="", repr=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what a typed text means: its digits together are a number, if they are enough."""
        words = text.split()
        digits = re.sub(r"[.\-]", "", "".join(word for word in words if _DIGITS.fullmatch(word)))
        if len(digits) < FEWEST_DIGITS:
            return cls(tuple(words[:MOST_WORDS]))
        return cls(tuple(word for word in words if not _DIGITS.fullmatch(word))[:MOST_WORDS], digits)

    def fits(self, name: str, nip: str) -> bool:
        """Tell whether an employee is meant; nobody is by an empty text."""
        folded = name.casefold()
        return (
            bool(self.names or self.number)
            and self.number in nip
            and all(part.casefold() in folded for part in self.names)
        )
