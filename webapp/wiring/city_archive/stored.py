"""Looks into what is stored as bytes: which files it names, and the same with other numbers in it."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.bpmn.state import disclose, enclose
from engine.records.packing import ID_BYTES, NotStorable, Unreadable, Wordbook, pack, pack_body, unpack, unpack_body

_BY_WORDBOOK: Final = b"\x03"  # the first byte of `engine.records.packing`
_SHA256 = re.compile(r"[0-9a-f]{64}")
#: Numbers are told from other digits by their length: none was made before 2025-02, see `engine.ids`.
_DIGITS = re.compile(r"(?<!\d)\d{16,19}(?!\d)")

FindBook = Callable[[int], Wordbook]
Opened = tuple[Any, Callable[[Any], bytes]]


def wordbook_of(content: bytes) -> int | None:
    """Return the number of the wordbook that stored bytes refer to, None if they need none."""
    return int.from_bytes(content[1 : 1 + ID_BYTES]) if content[:1] == _BY_WORDBOOK else None


def named_files(value: Any, find_book: FindBook) -> Iterator[str]:
    """Yield the hashes of the files that a value names, wherever they stand in it.

    :raise Unreadable: a wordbook is missing.
    """
    if isinstance(value, bytes):
        if (found := _open(value, find_book)) is not None:
            yield from named_files(found[0], find_book)
    elif isinstance(value, Mapping):
        name = value.get("sha256")
        if isinstance(name, str) and _SHA256.fullmatch(name):
            yield name
        for item in value.values():
            yield from named_files(item, find_book)
    elif isinstance(value, list):
        for item in value:
            yield from named_files(item, find_book)


class Renumbering:
    """Puts other numbers into the place of those that are taken, wherever they stand: a number is as good as unique.

    Bytes in which none of them stands come out as they were.
    """

    def __init__(self, numbers: Mapping[int, int], find_book: FindBook) -> None:
        """Use a table of new numbers by old ones."""
        self._numbers = numbers
        self._texts = {str(old): str(new) for old, new in numbers.items()}
        self._find_book = find_book

    def row(self, row: list[Any], packed: Collection[int]) -> list[Any]:
        """Return a row with the new numbers.

        :param packed: where in it stored bytes stand.
        :raise Unreadable: these cannot be read, so that nobody knows which numbers stand in them.
        """
        for place in packed:
            if row[place] is not None and _open(row[place], self._find_book) is None:
                raise Unreadable("stored bytes are damaged, or of a kind that is not known here")
        return [self.of(value) for value in row]

    def of(self, value: Any) -> Any:
        """Return a value with the new numbers."""
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if isinstance(value, dict):
            return {self.of(key): self.of(item) for key, item in value.items()}
        return self._single(value)

    def _single(self, value: Any) -> Any:
        if type(value) in (int, Decimal):  # no truth value; in FEEL every number is a Decimal
            return type(value)(self._numbers.get(value, value))
        if isinstance(value, str):
            return _DIGITS.sub(lambda found: self._texts.get(found[0], found[0]), value)
        return self._stored(value) if isinstance(value, bytes) else value

    def _stored(self, content: bytes) -> bytes:
        found = _open(content, self._find_book)
        if found is None:
            return content
        value, close = found
        changed = self.of(value)
        # A pile stays one.
        return type(content)(close(changed)) if changed != value else content


def _open(content: bytes, find_book: FindBook) -> Opened | None:
    """Return what stored bytes hold and how it is stored again; None for bytes that are something else."""
    try:
        state = disclose(content)
        if state is not None:
            return _open_state(state, find_book)
        if content[:1] == _BY_WORDBOOK:
            book = find_book(wordbook_of(content) or 0)
            return unpack(content, lambda _identifier: book), lambda value: pack(value, book)
        return unpack(content), pack
    except Unreadable:
        return _open_body(content)


def _open_state(packed: bytes, find_book: FindBook) -> Opened | None:
    found = _open(packed, find_book)
    if found is None:
        return None
    value, close = found
    return value, lambda changed: enclose(close(changed))


def _open_body(content: bytes) -> Opened | None:
    """Return what a round of a case that rests holds: a list without a first byte of ours."""
    try:
        value = unpack_body(content)
        return (value, pack_body) if isinstance(value, list) and pack_body(value) == content else None
    except (Unreadable, NotStorable):
        return None
