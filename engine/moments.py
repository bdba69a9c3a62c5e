"""The data that failed elements saw at that moment, kept once for all that failed in the same step.

Each is kept as its scopes had it, nearest first; what two of them have in common is kept once, down to single values:
five hundred people on whom one service fails cost hardly more than the case itself.
"""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from typing import Any, cast

from engine.records.packing import MOST_STORED, NotStorable, Unreadable, Wordbook, pack

Layers = Sequence[Mapping[str, Any]]

_VALUES, _LAYERS, _SEEN = "values", "layers", "seen"


def layers_of(seen: Mapping[str, Any]) -> Layers:
    """Return what an element sees at this moment, scope by scope; it stays so when the scopes go on."""
    return tuple(dict(layer) for layer in (seen.maps if isinstance(seen, ChainMap) else (seen,)))


def pack_moments(moments: Mapping[int, Layers], book: Wordbook | None = None) -> bytes | None:
    """Return what the elements of one step saw, by token; None if it is too much to be kept."""
    shared = _Shared()
    seen = {token: [shared.layer(layer) for layer in layers] for token, layers in moments.items()}
    try:
        content = pack({_VALUES: shared.values, _LAYERS: shared.layers, _SEEN: seen}, book)
    except NotStorable:
        return None
    return content if len(content) <= MOST_STORED else None


def moment_of(stored: object, token: int) -> Mapping[str, Any] | None:
    """Return the variables that an element saw, from what `pack_moments` has packed; None if it is not among them.

    :raise Unreadable: it is not what was packed.
    """
    try:
        content = cast("Mapping[str, Any]", stored)
        layers = [content[_LAYERS][number] for number in reversed(content[_SEEN].get(token, ()))]
        seen = {name: content[_VALUES][number] for layer in layers for name, number in layer.items()}
        return seen if token in content[_SEEN] else None
    except (LookupError, TypeError, AttributeError) as error:
        raise Unreadable("the data of an incident are damaged") from error


class _Shared:
    """Values and layers by what they are made of; each is there once, as long as it is the same object."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.layers: list[dict[str, int]] = []
        self._values: dict[int, int] = {}
        self._layers: dict[tuple[tuple[str, int], ...], int] = {}

    def layer(self, layer: Mapping[str, Any]) -> int:
        numbers = {name: self._value(value) for name, value in layer.items()}
        found = self._layers.setdefault(tuple(numbers.items()), len(self.layers))
        if found == len(self.layers):
            self.layers.append(numbers)
        return found

    def _value(self, value: Any) -> int:
        found = self._values.setdefault(id(value), len(self.values))
        if found == len(self.values):
            self.values.append(value)
        return found
