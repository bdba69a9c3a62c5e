"""Walks over a pattern, and reads what may stand in and outside of brackets: escapes."""

from typing import NoReturn

from engine.feel.errors import NoValue
from engine.feel.patterns.classes import ESCAPES, category, none_of
from engine.feel.patterns.nodes import Chars

_MAX_DEPTH = 40
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", **{char: char for char in "\\|.?*+(){}-[]^$"}}


class Scanner:
    """A position in a pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self._depth = 0

    @property
    def next(self) -> str:
        """The character to be read next; empty at the end."""
        return self.pattern[self.at : self.at + 1]

    def advance(self) -> str:
        """Return the next character and move behind it. :raise NoValue: at the end."""
        char = self.next
        if not char:
            self.refuse()
        self.at += 1
        return char

    def take(self, text: str) -> bool:
        """Move over a text if it stands here, and return whether it did."""
        found = self.pattern.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def expect(self, text: str) -> None:
        """Move over a text. :raise NoValue: when it does not stand here."""
        if not self.take(text):
            self.refuse()

    def deeper(self) -> None:
        """Count a level of nesting. :raise NoValue: below the deepest allowed one."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise NoValue("pattern_large", value=f"'{self.pattern[:40]}'")

    def higher(self) -> None:
        """Leave a level of nesting."""
        self._depth -= 1

    def class_escape(self) -> tuple[str, Chars] | None:
        """Return the class of ``\\d``, ``\\p{L}`` and the like behind a backslash, and its text; or None."""
        char = self.next
        if char in ESCAPES:
            return self.advance(), ESCAPES[char]
        if char not in ("p", "P"):
            return None
        self.at += 1
        end = self.pattern.find("}", self.at)
        name = self.pattern[self.at + 1 : end] if self.next == "{" and end > 0 else ""
        chars = category(name)
        if chars is None:
            self.refuse()
        self.at = end + 1
        return f"{char}{name}", chars if char == "p" else none_of(chars)

    def single_escape(self) -> str:
        """Return the character that ``\\n``, ``\\.`` and the like stand for, behind a backslash."""
        char = self.advance()
        if char not in _SINGLE:
            self.refuse()
        return _SINGLE[char]

    def refuse(self) -> NoReturn:
        """Say that the pattern cannot be read from here on. :raise NoValue: always."""
        raise NoValue("pattern", value=f"'{self.pattern[:60]}'", place=str(self.at + 1))
