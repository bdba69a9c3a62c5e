"""Rounds in which nothing happens but waiting: kept as bytes, several in a heap, until one of them is looked into.

An activity may go on in hundreds of rounds beside each other. What a step does not touch is neither read nor written
by it: heaps are stored as they were. So are the items of rounds that have not begun, and what many rounds gave, until
all are done.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby, islice
from typing import Any, NamedTuple, cast

from engine.records.packing import pack_quickly, unpack
from engine.records.packing import pile_up as pile

#: So many rounds are in a heap: what a step that looks into one of them reads and writes of the others.
HEAP = 32
# What is noted of a looped activity: what rounds gave, packed, by their places, the last ones and those before them;
# and the items of rounds that have not begun, packed, the next ones and those after them.
_GIVEN, _PUT_AWAY, _ITEMS, _LATER = "outputs", "given", "items", "later"


class Resting(NamedTuple):
    """A round with all that is in it, as bytes.

    :param scope: its number.
    :param host: the token of the looped activity.
    :param tokens: the numbers of those that stand in it.
    """

    scope: int
    host: int
    tokens: list[int]
    content: bytes


class Heap(NamedTuple):
    """Rounds of one activity.

    :param host: the token of the activity.
    :param tokens: the numbers of all that stand in them.
    """

    host: int
    tokens: list[int]
    content: bytes


def pile_up(rounds: Iterable[Resting]) -> Iterator[Heap]:
    """Yield heaps of rounds."""
    for host, found in groupby(sorted(rounds, key=_place), lambda item: item.host):
        beside = list(found)
        for together in (beside[first : first + HEAP] for first in range(0, len(beside), HEAP)):
            scopes, _, tokens, contents = zip(*together, strict=True)
            content = pack_quickly([scopes, list(map(len, tokens)), contents])
            yield Heap(host, list(chain.from_iterable(tokens)), content)


def _place(item: Resting) -> tuple[int, int]:
    return item.host, item.scope


def take_apart(heap: Heap) -> list[Resting]:
    """Return the rounds of a heap.

    :raise Unreadable: the bytes are damaged.
    """
    scopes, counts, contents = cast("list[list[Any]]", unpack(heap.content))
    numbers = iter(heap.tokens)
    found = zip(scopes, counts, contents, strict=True)
    return [Resting(scope, heap.host, list(islice(numbers, count)), content) for scope, count, content in found]


def plain_heaps(heaps: Iterable[Heap]) -> list[Any]:
    """Return heaps as plain lists: few long ones, for that is quicker than many short ones."""
    hosts, tokens, contents = zip(*heaps, strict=True)
    return [list(hosts), list(map(len, tokens)), list(chain.from_iterable(tokens)), pile(contents)]


def read_heaps(plain: list[Any]) -> tuple[Heap, ...]:
    """Return the heaps of plain lists."""
    hosts, counts, tokens, contents = plain
    numbers = iter(tokens)
    found = zip(hosts, counts, _parts(contents), strict=True)
    return tuple(Heap(host, list(islice(numbers, count)), content) for host, count, content in found)


def laid_up(items: list[bytes]) -> dict[str, Any]:
    """Return what is noted of the items of rounds that have not begun."""
    parts = [items[first : first + HEAP] for first in range(0, len(items), HEAP)]
    later = pile(map(pack_quickly, parts[1:]))
    return {_ITEMS: parts[0] if parts else [], **({_LATER: later} if len(parts) > 1 else {})}


def take_item(rounds: dict[str, Any]) -> bytes:
    """Take the next item, packed; there must be one."""
    item: bytes = rounds[_ITEMS].pop(0)
    if not rounds[_ITEMS] and _LATER in rounds:
        following, *later = _parts(rounds.pop(_LATER))
        rounds[_ITEMS] = unpack(following)
        if later:
            rounds[_LATER] = pile(later)
    return item


def put_away(rounds: dict[str, Any]) -> None:
    """Seal what rounds gave when it has become much.

    :param rounds: how far a looped activity is.
    """
    if len(rounds[_GIVEN]) >= HEAP:
        rounds[_PUT_AWAY] = pile([*_parts(rounds.get(_PUT_AWAY)), pack_quickly(rounds[_GIVEN])])
        rounds[_GIVEN] = {}


def given_by(rounds: Mapping[str, Any]) -> dict[int, bytes]:
    """Return what rounds gave, packed, by their places.

    :raise Unreadable: the bytes are damaged.
    """
    found = dict(rounds[_GIVEN])
    for part in _parts(rounds.get(_PUT_AWAY)):
        found |= cast("dict[int, bytes]", unpack(part))
    return found


def laid_open(rounds: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is noted of a looped activity, with nothing of it sealed.

    :raise Unreadable: the bytes are damaged.
    """
    plain = {name: value for name, value in rounds.items() if name not in (_PUT_AWAY, _LATER)}
    if _ITEMS in rounds:
        later = [cast("list[bytes]", unpack(part)) for part in _parts(rounds.get(_LATER))]
        plain[_ITEMS] = [*rounds[_ITEMS], *chain.from_iterable(later)]
    return {**plain, _GIVEN: given_by(rounds)}


def _parts(piled: bytes | None) -> list[bytes]:
    return cast("list[bytes]", unpack(piled)) if piled else []
