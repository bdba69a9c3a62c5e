"""Walks over the tokens of a source for the grammar, and knows which names consist of several tokens."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from engine.feel.errors import FeelSyntaxError
from engine.feel.tokens import KEYWORDS, Token, fault, tokenize

MAX_DEPTH = 100
"""Deepest nesting of a source; a parse or an evaluation never gets near Python's own limit."""


class Cursor:
    """A position in a source.

    :param names: the names in scope, :param functions: those of functions, which count in front of ``(`` only.
        Only those matter that a reader of the text could take apart, because they hold a keyword or a symbol
        (``date and time``, ``pre-test``); of several that fit, the longest wins.
    """

    def __init__(self, source: str, names: Iterable[str], functions: Iterable[str] = ()) -> None:
        self.source = source
        self._tokens = tokenize(source)
        self._index = 0
        self._depth = 0
        self._names: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
        for name in names:
            self.declare(name)
        for name in functions:
            self.declare(name, call=True)

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
        parts = self._declared()
        if parts:
            start, self._index = self.token, self._index + len(parts)
            return " ".join(self.source[start.offset : self._tokens[self._index - 1].end].split())
        if not self.at_name():
            raise self.unexpected("name")
        return self.words()

    def words(self) -> str:
        """Return this token and the words that follow it, joined by single spaces."""
        words = [self.advance().text]
        while self.token.kind == "name" and self.token.text not in KEYWORDS:
            words.append(self.advance().text)
        return " ".join(words)

    def declare(self, name: str, *, call: bool = False) -> None:
        """Let a name that could be taken apart be read as one from here on."""
        parts = _parts(name)
        if parts:
            known = [*self._names.get(parts[0], ()), (parts, call)]
            self._names = {**self._names, parts[0]: sorted(known, key=lambda entry: len(entry[0]), reverse=True)}

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

    def _declared(self) -> tuple[str, ...]:
        for parts, call in self._names.get(self.token.text, ()):
            here = self._tokens[self._index : self._index + len(parts)]
            if tuple(token.text for token in here) == parts and (not call or self.after(len(parts)).text == "("):
                return parts
        return ()


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    try:
        parts = tuple(token.text for token in tokenize(name)[:-1])
    except FeelSyntaxError:
        return ()
    plain = all(_is_word(part) for part in parts)
    return () if plain or len(parts) < 2 else parts


def _is_word(part: str) -> bool:
    return part not in KEYWORDS and (part[0].isalpha() or part[0] == "_")
