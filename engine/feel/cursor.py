"""Reads names for the grammar, and knows which of them consist of several tokens."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from engine.feel.naming import Names, declared_before, every_name, with_name
from engine.feel.reader import Reader
from engine.feel.tokens import KEYWORDS
from engine.feel.tree import TypeName

NAME_SYMBOLS = (".", "/", "-", "’", "'", "+", "*")
"""What a name may hold beside letters and digits."""


class Cursor(Reader):
    """A position in a source, and the names that count there.

    :param names: the names in scope, :param functions: those of functions, which count in front of ``(`` only.
        Only those matter that a reader of the text could take apart, because they hold a keyword or a symbol
        (``date and time``, ``pre-test``); of several that fit, the longest wins.
    :param types: the types that may be named beside those of FEEL.
    :param members: the names of what contexts hold, which count behind a dot and in a filter.
    """

    def __init__(
        self,
        source: str,
        names: Iterable[str],
        functions: Iterable[str] = (),
        types: Mapping[str, TypeName] = MappingProxyType({}),
        members: Iterable[str] = (),
    ) -> None:
        super().__init__(source)
        self.types = types
        self._types: Names | None = None
        self._sees_members = False
        self._names, self._members = declared_before(frozenset(names), tuple(functions), frozenset(members))

    def at_name(self) -> bool:
        """Return whether the next token can begin a name."""
        if self.token.kind == "name" and self.token.text not in KEYWORDS:
            return True
        return (self.token.kind == "name" or self.token.text == "?") and self._declared() is not None

    def name(self) -> str:
        """Return the name that begins here: the longest declared one, else all words up to the next symbol."""
        found = self._declared()
        if found:
            return self._over(*found)
        if not self.at_name():
            raise self.unexpected("name")
        return self.words()

    def member(self) -> str:
        """Return the name that stands behind a dot: the longest that any context is known to hold, else all words."""
        found = self._longest(self._members)
        return self._over(*found) if found else self.words()

    def type_name(self) -> str:
        """Return the longest name of a declared type that begins here and move over it; empty when there is none."""
        if self._types is None:
            self._types = every_name(self.types)
        found = self._longest(self._types)
        return self._over(*found) if found else ""

    def words(self) -> str:
        """Return this token and the words that follow it, joined by single spaces."""
        words = [self.advance().text]
        while self.token.kind == "name" and self.token.text not in KEYWORDS:
            words.append(self.advance().text)
        return " ".join(words)

    def new_name(self) -> str:
        """Return the name that is made here; it may hold symbols, and ends before a keyword or another symbol."""
        return self._through(self._goes_on, "name")

    def new_key(self, expected: str = "name") -> str:
        """Return the name that is made here, where no keyword is expected: it ends before another symbol."""
        return self._through(lambda: self.token.kind in ("name", "number") or self.at(*NAME_SYMBOLS), expected)

    def _through(self, goes_on: Callable[[], bool], expected: str) -> str:
        is_question = self.token.text == "?" and self.after().kind == "name" and self.after().offset == self.token.end
        if self.token.kind != "name" and not is_question:
            raise self.unexpected(expected)
        start = end = self.advance()
        while goes_on():
            end = self.advance()
        return " ".join(self.source[start.offset : end.end].split())

    def _goes_on(self) -> bool:
        token = self.token
        return token.kind == "number" or (token.kind == "name" and token.text not in KEYWORDS) or self.at(*NAME_SYMBOLS)

    def declare(self, name: str) -> None:
        """Let a name that could be taken apart be read as one from here on."""
        self._names = with_name(self._names, name)
        self._members = with_name(self._members, name)

    def declare_members(self) -> None:
        """Let every name that a context is known to hold be read as one: in a filter, it may be the item's."""
        self._sees_members = True

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Forget at the end what was declared inside."""
        before = self._names, self._sees_members
        yield
        self._names, self._sees_members = before

    def _declared(self) -> "_Found | None":
        found = self._longest(self._names)
        other = self._longest(self._members) if self._sees_members else None
        return max(found, other) if found and other else found or other

    def _longest(self, names: Names) -> "_Found | None":
        found: _Found | None = None
        count, branch = 0, names.after.get(self.token.text)
        while branch is not None:
            count += 1
            following = self.after(count).text
            if branch.ends or (branch.calls and following == "("):
                found = count, branch.ends or branch.calls
            branch = branch.after.get(following)
        return found

    def _over(self, count: int, name: str) -> str:
        self._index += count
        return name


_Found = tuple[int, str]
"""How many tokens a name takes, and the name."""
