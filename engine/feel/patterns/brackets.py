"""Reads a class in brackets: ``[a-z_]``, ``[^0-9]``, ``[a-z-[aeiou]]``."""

from dataclasses import dataclass, field

from engine.feel.patterns.classes import any_of, folded, none_of, within, without
from engine.feel.patterns.nodes import Chars
from engine.feel.patterns.scanning import Scanner


@dataclass
class _Content:
    """What stands in the brackets: ranges of codes, and classes by how they are written."""

    ranges: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    classes: dict[str, Chars] = field(default_factory=dict[str, Chars])

    @property
    def is_empty(self) -> bool:
        return not self.ranges and not self.classes

    def chars(self, folds: bool) -> Chars:
        # The standard keeps \p{Lu} to capitals even where capitals do not count.
        parts = list(self.classes.values())
        if self.ranges:
            ranges = within(self.ranges)
            parts.append(folded(ranges) if folds else ranges)
        return any_of(parts)


def parse_class(scanner: Scanner, folds: bool) -> tuple[Chars, int]:
    """Return the class whose opening bracket was just read, and how much work it is to ask it.

    :param folds: whether capitals count as small letters; that holds for each part, before ``^`` and subtraction.
    :raise NoValue: when it is none.
    """
    scanner.deeper()
    negated = scanner.take("^")
    content = _Content()
    subtracted: tuple[Chars, int] | None = None
    while not scanner.take("]"):
        if subtracted:
            scanner.refuse()
        if not content.is_empty and scanner.take("-["):
            subtracted = parse_class(scanner, folds)
        else:
            _read_part(scanner, content)
    if content.is_empty:
        scanner.refuse()
    scanner.higher()
    return _combined(content, negated, subtracted, folds)


def _combined(content: _Content, negated: bool, subtracted: tuple[Chars, int] | None, folds: bool) -> tuple[Chars, int]:
    chars, work = content.chars(folds), 1 + len(content.classes)
    chars = none_of(chars) if negated else chars
    if subtracted is None:
        return chars, work
    return without(chars, subtracted[0]), work + subtracted[1]


def _read_part(scanner: Scanner, content: _Content) -> None:
    is_first, start = content.is_empty, scanner.at
    first = scanner.advance()
    if first == "[":
        scanner.refuse()
    if first == "\\":
        escape = scanner.class_escape()
        if escape:
            content.classes[escape[0]] = escape[1]
            return
        first = scanner.single_escape()
    last = first
    if scanner.next == "-" and scanner.pattern[scanner.at + 1 : scanner.at + 2] not in ("]", "[", ""):
        if scanner.pattern[start] == "-" and not is_first:
            scanner.refuse()
        scanner.at += 1
        last = scanner.advance()
        last = scanner.single_escape() if last == "\\" else last
    if last < first:
        scanner.refuse()
    content.ranges.append((ord(first), ord(last)))
