"""Reads a pattern (XML Schema Part 2, appendix G, with what XPath adds: ``^ $``, lazy quantifiers, back-references)."""

from collections.abc import Callable

from engine.feel.errors import NoValue
from engine.feel.patterns.brackets import parse_class
from engine.feel.patterns.classes import Memory
from engine.feel.patterns.letters import variants
from engine.feel.patterns.nodes import (
    Again,
    Char,
    Chars,
    Choice,
    Group,
    LineEnd,
    LineStart,
    Node,
    OneOf,
    Repeat,
    Sequence,
)
from engine.feel.patterns.scanning import Scanner

MAX_PATTERN = 2_000
"""Longest accepted pattern, in characters."""
_DIGITS = frozenset("0123456789")
_QUANTIFIERS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


def parse_pattern(pattern: str, flags: str) -> Node:
    """Return the tree of a pattern. :raise NoValue: when it is none."""
    if len(pattern) > MAX_PATTERN:
        raise NoValue("pattern_large", value=f"'{pattern[:40]}'")
    if "q" in flags:
        return _Parser(pattern, flags).literally()
    return _Parser(_without_space(pattern) if "x" in flags else pattern, flags).whole()


class _Parser:
    def __init__(self, pattern: str, flags: str) -> None:
        self._scanner = Scanner(pattern)
        self._memory = Memory()
        self._opened = 0
        self._closed: set[int] = set()
        self._folds = "i" in flags
        multiline, dot = "m" in flags, _is_anything if "s" in flags else _is_no_line_end
        self._special: dict[str, Callable[[], Node]] = {
            "(": self._group,
            "[": self._class,
            "\\": self._escape,
            ".": lambda: OneOf(dot),
            "^": lambda: LineStart(multiline),
            "$": lambda: LineEnd(multiline),
        }

    def whole(self) -> Node:
        node = self._choice()
        if self._scanner.next:
            self._scanner.refuse()
        return node

    def literally(self) -> Node:
        return Sequence(tuple(self._one(char) for char in self._scanner.pattern))

    def _choice(self) -> Node:
        self._scanner.deeper()
        branches = [self._sequence()]
        while self._scanner.take("|"):
            branches.append(self._sequence())
        self._scanner.higher()
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._scanner.next not in ("", "|", ")"):
            parts.append(self._quantified(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _quantified(self, atom: Node) -> Node:
        sign = self._scanner.next
        if sign not in ("?", "*", "+", "{"):
            return atom
        self._scanner.advance()
        least, most = self._counts() if sign == "{" else _QUANTIFIERS[sign]
        return Repeat(atom, least, most, self._scanner.take("?"))

    def _counts(self) -> tuple[int, int | None]:
        least = self._count()
        most: int | None = least
        if self._scanner.take(","):
            most = None if self._scanner.next == "}" else self._count()
        self._scanner.expect("}")
        if most is not None and most < least:
            self._scanner.refuse()
        return least, most

    def _count(self) -> int:
        digits = ""
        while self._scanner.next in _DIGITS:
            digits += self._scanner.advance()
        if not digits or len(digits) > 6:
            self._scanner.refuse()
        return int(digits)

    def _atom(self) -> Node:
        char = self._scanner.advance()
        if char in self._special:
            return self._special[char]()
        if char in "?*+{}]":
            self._scanner.refuse()
        return self._one(char)

    def _one(self, char: str) -> Node:
        # A letter without another form of one character may still be that of another letter: "ß" of "ẞ".
        if not self._folds or (char == char.lower() == char.upper()):
            return Char(char)
        forms = variants(char)
        return self._one_of(lambda other: not forms.isdisjoint(variants(other)))

    def _one_of(self, chars: Chars, work: int = 1) -> Node:
        return OneOf(self._memory.remembered(chars), work)

    def _class(self) -> Node:
        return self._one_of(*parse_class(self._scanner, self._folds))

    def _group(self) -> Node:
        number = 0
        if self._scanner.take("?"):
            self._scanner.expect(":")
        else:
            self._opened += 1
            number = self._opened
        inner = self._choice()
        self._scanner.expect(")")
        self._closed.add(number)
        return Group(number, inner)

    def _escape(self) -> Node:
        if self._scanner.next in _DIGITS - {"0"}:
            return self._back_reference()
        escape = self._scanner.class_escape()
        return self._one_of(escape[1]) if escape else self._one(self._scanner.single_escape())

    def _back_reference(self) -> Node:
        number = int(self._scanner.advance())
        # More digits belong to it as long as there is such a group.
        while (digit := self._scanner.next) in _DIGITS and number * 10 + int(digit) <= self._opened:
            number = number * 10 + int(self._scanner.advance())
        if number not in self._closed:
            self._scanner.refuse()
        return Again(number, self._folds)


def _is_anything(char: str) -> bool:
    return True


def _is_no_line_end(char: str) -> bool:
    return char not in "\n\r"


def _without_space(pattern: str) -> str:
    kept: list[str] = []
    depth = 0
    escaped = False
    for char in pattern:
        if depth == 0 and char in " \t\n\r":
            continue
        if not escaped:
            depth += (char == "[") - (char == "]")
        escaped = char == "\\" and not escaped
        kept.append(char)
    return "".join(kept)
