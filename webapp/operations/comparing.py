"""What a failed step saw, beside what it would see now: which values differ, down to the part of each that does."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from webapp.values import ABSENT

#: Parts of one value that are listed one by one; more of them are told as a whole.
MOST_PARTS: Final = 12
#: After the parts of a name that is joined by underscores, and within what is longer than the narrowest column.
_LONG: Final = re.compile(r"([^\s_]{12}(?=[^\s_])|_+(?=[^\s_]))")


@dataclass(frozen=True, slots=True)
class Compared:
    """One value then and now; `ABSENT` where there was none, or is none any more.

    :param variable: of which it is a part.
    :param parts: where in the variable: names of entries and numbers of items; nothing for all of it.
    """

    variable: str
    parts: tuple[str, ...]
    then: object = field(repr=False)
    now: object = field(repr=False)

    @property
    def name(self) -> str:
        """The variable and the way into it."""
        return " › ".join((self.variable, *self.parts))

    @property
    def differs(self) -> bool:
        """It is another value now."""
        return not _is_same(self.then, self.now)


def compare(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Compared, ...]:
    """Return every variable in the order of the alphabet; of one that differs the parts that do, and no others."""
    found = (_differences(name, (), then.get(name, ABSENT), now.get(name, ABSENT)) for name in sorted({*then, *now}))
    return tuple(item for items in found for item in items)


def pieces_of(text: str) -> tuple[str, ...]:
    """Return a text in pieces between which a line may end, so that a word as long as a hash fits any column."""
    return tuple(_LONG.sub(r"\1\n", text.replace("\n", " ")).split("\n"))


def _differences(variable: str, parts: tuple[str, ...], then: object, now: object) -> list[Compared]:
    whole = [Compared(variable, parts, then, now)]
    if _is_same(then, now):
        return whole
    found = [
        item
        for name, one, other in _pairs(then, now)
        if not _is_same(one, other)
        for item in _differences(variable, (*parts, name), one, other)
    ]
    return found if 0 < len(found) <= MOST_PARTS else whole


def _pairs(then: object, now: object) -> Iterator[tuple[str, object, object]]:
    """Yield the parts of two values of the same build side by side; nothing for values that have none."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        for name in dict.fromkeys((*then, *now)):
            yield str(name), then.get(name, ABSENT), now.get(name, ABSENT)
    elif isinstance(then, list | tuple) and isinstance(now, list | tuple):
        for place in range(max(len(then), len(now))):
            yield str(place + 1), _item(then, place), _item(now, place)


def _item(values: list[Any] | tuple[Any, ...], place: int) -> object:
    return values[place] if place < len(values) else ABSENT


def _is_same(one: object, other: object) -> bool:
    """A number is not the same as yes or no, whatever Python says."""
    return isinstance(one, bool) is isinstance(other, bool) and one == other
