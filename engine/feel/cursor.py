"""Walks over the tokens of a source for the grammar, and knows which names consist of several tokens."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from engine.feel.errors import FeelSyntaxError
from engine.feel.tokens import KEYWORDS, Token, fault, tokenize
from engine.feel.tree import TypeName

MAX_DEPTH = 100
"""Deepest nesting of a source; a parse or an evaluation never gets near Python's own limit."""
NAME_SYMBOLS = (".", "/", "-", "’", "'", "+", "*")
"""What a name may hold beside letters and digits."""


class Cursor:
    """A position in a source.

    :param names: the names in scope, :param functions: those of functions, which count in front of ``(`` only.
        Only those matter that a reader of the text could take apart, because they hold a keyword or a symbol
        (``date and time``, ``pre-test``); of several that fit, the longest wins.
    :param types: the types that may be named beside those of FEEL.
    """

    def __init__(
        self,
        source: str,
        names: Iterable[str],
        functions: Iterable[str] = (),
        types: Mapping[str, TypeName] = MappingProxyType({}),
    ) -> None:
        self.source = source
        self.types = types
        self._types: _Names | None = None
        self._tokens = tokenize(source)
        self._index = 0
        self._depth = 0
        self._names, self._members = _declared_before(frozenset(names), tuple(functions))

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self._tokens[self._index]

    def after(self, count: int = 1) -> Token:
        """Return a token further on; the end token beyond the last."""
        return self._tokens[min(self._index + count, len(self._tokens) - 1)]

    def advance(self) -> Token:
        """Return the next token and move behind it."""
        token = self.token
        self._index = min(self._index + 1, len(self._tokens) - 1)
        return token

    def at(self, *texts: str) -> bool:
        """Return whether the next token is one of these symbols or keywords."""
        return self.token.text in texts and self.token.kind in ("op", "name")

    def take(self, *texts: str) -> bool:
        """Move over the next token if it is one of these, and return whether it was."""
        found = self.at(*texts)
        if found:
            self.advance()
        return found

    def expect(self, text: str) -> Token:
        """Move over a required symbol or keyword. :raise FeelSyntaxError: when something else stands there."""
        if not self.at(text):
            raise self.unexpected(text)
        return self.advance()

    def at_name(self) -> bool:
        """Return whether the next token can begin a name."""
        return self.token.kind == "name" and (self.token.text not in KEYWORDS or bool(self._declared()))

    def name(self) -> str:
        """Return the name that begins here: the longest declared one, else all words up to the next symbol."""
        found = self._declared()
        if found:
            return self._over(found)
        if not self.at_name():
            raise self.unexpected("name")
        return self.words()

    def member(self) -> str:
        """Return the name that stands behind a dot: the longest that any context is known to hold, else all words."""
        found = self._longest(self._members)
        return self._over(found) if found else self.words()

    def type_name(self) -> str:
        """Return the longest name of a declared type that begins here and move over it; empty when there is none."""
        if self._types is None:
            self._types = {}
            for name in self.types:
                _enter(self._types, name, _words_of(name), call=False)
        found = self._longest(self._types)
        return self._over(found) if found else ""

    def words(self) -> str:
        """Return this token and the words that follow it, joined by single spaces."""
        words = [self.advance().text]
        while self.token.kind == "name" and self.token.text not in KEYWORDS:
            words.append(self.advance().text)
        return " ".join(words)

    def new_name(self) -> str:
        """Return the name that is made here; it may hold symbols, and ends before a keyword or another symbol."""
        start = self.token
        if start.kind != "name":
            raise self.unexpected("name")
        end = self.advance()
        while self._goes_on():
            end = self.advance()
        return " ".join(self.source[start.offset : end.end].split())

    def _goes_on(self) -> bool:
        token = self.token
        return token.kind == "number" or (token.kind == "name" and token.text not in KEYWORDS) or self.at(*NAME_SYMBOLS)

    def declare(self, name: str) -> None:
        """Let a name that could be taken apart be read as one from here on."""
        parts = _parts(name)
        if parts:
            self._names = _with(self._names, name, parts)
            self._members = _with(self._members, name, parts)

    def declare_members(self) -> None:
        """Let every name that a context is known to hold be read as one: in a filter, it may be the item's."""
        for entries in self._members.values():
            for entry in entries:
                self._names = _with(self._names, entry.name, entry.parts)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Forget at the end what was declared inside."""
        names = self._names
        yield
        self._names = names

    def mark(self) -> int:
        """Return the position, for ``reset``."""
        return self._index

    def reset(self, mark: int) -> None:
        """Go back to a marked position."""
        self._index = mark

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count a level of nesting. :raise FeelSyntaxError: below the deepest allowed one."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.fault(self.token, "too_deep", limit=str(MAX_DEPTH))
        yield
        self._depth -= 1

    def fault(self, token: Token, code: str, **params: str) -> FeelSyntaxError:
        """Return the error for a mistake at a token."""
        return fault(self.source, token.offset, code, **params)

    def unexpected(self, expected: str) -> FeelSyntaxError:
        """Return the error for a token that cannot stand here."""
        token = self.token
        if token.kind == "end":
            return self.fault(token, "unexpected_end" if self._index else "empty", expected=expected)
        if token.text == "'":
            return self.fault(token, "single_quotes")
        return self.fault(token, "unexpected", found=token.text[:40], expected=expected)

    def _declared(self) -> "_Entry | None":
        return self._longest(self._names)

    def _longest(self, names: "_Names") -> "_Entry | None":
        for entry in names.get(self.token.text, ()):
            count = len(entry.parts)
            here = self._tokens[self._index : self._index + count]
            if tuple(token.text for token in here) == entry.parts and (not entry.call or self.after(count).text == "("):
                return entry
        return None

    def _over(self, entry: "_Entry") -> str:
        self._index += len(entry.parts)
        return entry.name


class _Entry(NamedTuple):
    """A name of several tokens."""

    name: str
    parts: tuple[str, ...]
    call: bool


_Names = dict[str, list[_Entry]]
"""Names by their first token, the longest first."""


@lru_cache(maxsize=256)
def _declared_before(names: frozenset[str], functions: tuple[str, ...]) -> tuple[_Names, _Names]:
    known: _Names = {}
    for name in names:
        known = _with(known, name, _parts(name))
    members = known
    for name in functions:
        known = _with(known, name, _parts(name), call=True)
    return known, members


def _with(names: _Names, name: str, parts: tuple[str, ...], *, call: bool = False) -> _Names:
    """Return the names and one more; these stay as they are."""
    if not parts:
        return names
    more = {**names, parts[0]: list(names.get(parts[0], ()))}
    _enter(more, name, parts, call=call)
    return more


def _enter(names: _Names, name: str, parts: tuple[str, ...], *, call: bool) -> None:
    known = names.setdefault(parts[0], [])
    entry = _Entry(" ".join(name.split()), parts, call)
    if entry not in known:
        known.append(entry)
        known.sort(key=lambda one: len(one.parts), reverse=True)


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
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
