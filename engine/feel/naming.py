"""Names that a reader of the text could take apart, because they hold a keyword or a symbol (``date and time``)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from engine.feel.errors import FeelSyntaxError
from engine.feel.tokens import KEYWORDS, tokenize

_LOOKED_AT = 10_000
"""Entries of data that are looked at for names."""


@dataclass(slots=True)
class Names:
    """Names of several tokens, by their next token: however many there are, to look one up is as long as it is.

    :param ends: the name that is complete here, :param calls: that of a function, which counts in front of ``(`` only.
    """

    after: "dict[str, Names]" = field(default_factory=dict[str, "Names"])
    ends: str = ""
    calls: str = ""

    def enter(self, name: str, parts: tuple[str, ...]) -> None:
        """Add a name."""
        last = self
        for part in parts:
            last = last.after.setdefault(part, Names())
        last.end(name, call=False)

    def end(self, name: str, *, call: bool) -> None:
        """Complete a name here."""
        spelled = " ".join(name.split())
        self.ends, self.calls = (self.ends, spelled) if call else (spelled, self.calls)

    def copy(self) -> "Names":
        """Return the same names, to which one can be added."""
        return Names(dict(self.after), self.ends, self.calls)


def special_names(value: object) -> frozenset[str]:
    """Return the names of a context's entries, however deep, that text alone would take apart.

    Of very wide data, those of the first entries: who names a later one writes ``get value``.
    """
    return frozenset(filter(parts_of_name, islice(_keys(value), _LOOKED_AT // 2)))


@lru_cache(maxsize=256)
def declared_before(names: frozenset[str], functions: tuple[str, ...], members: frozenset[str]) -> tuple[Names, Names]:
    """Return the names to be read whole anywhere, and those to be read whole behind a dot."""
    known = Names()
    for name in names:
        if parts := parts_of_name(name):
            known.enter(name, parts)
    behind_dots = known
    for name in members:
        behind_dots = with_name(behind_dots, name)
    for name in functions:
        known = with_name(known, name, call=True)
    return known, behind_dots


def with_name(names: Names, name: str, *, call: bool = False) -> Names:
    """Return the names and one more, unless text alone says what it is; these stay as they are."""
    parts = parts_of_name(name)
    if not parts:
        return names
    more = last = names.copy()
    for part in parts:
        inner = last.after.get(part)
        last.after[part] = inner.copy() if inner else Names()
        last = last.after[part]
    last.end(name, call=call)
    return more


def every_name(names: Iterable[str]) -> Names:
    """Return names, also those that text alone would not take apart."""
    known = Names()
    for name in names:
        known.enter(name, _words_of(name))
    return known


@lru_cache(maxsize=4096)
def parts_of_name(name: str) -> tuple[str, ...]:
    """Return the tokens of a name that text alone would take apart; none for another."""
    parts = _words_of(name)
    plain = all(_is_word(part) for part in parts)
    return () if plain or len(parts) < 2 else parts


def _words_of(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in tokenize(name)[:-1]) or (name,)
    except FeelSyntaxError:
        return (name,)


def _is_word(part: str) -> bool:
    return part not in KEYWORDS and (part[:1].isalpha() or part.startswith("_"))


def _keys(value: object) -> Iterator[str]:
    level: Collection[object] = [value]
    left = _LOOKED_AT
    while level and left > 0:
        left -= len(level)
        contexts = [part for part in level if isinstance(part, Mapping)]
        for context in contexts:
            yield from (key for key in context if isinstance(key, str))
        level = list(islice(_inside(level), left))


def _inside(level: Iterable[object]) -> Iterator[object]:
    for part in level:
        if isinstance(part, Mapping):
            yield from part.values()
        elif isinstance(part, list | tuple):
            yield from part
