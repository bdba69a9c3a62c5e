"""Our own compact bytes for case state and journal: msgpack with exact decimals and dates, compressed when it pays."""

import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import cast

import msgpack

from engine.records.clocks import place_of, read_local_instant, read_local_time, write_local
from engine.spans import MonthDuration, Range

_BROKEN = (ValueError, TypeError, LookupError, ArithmeticError, zlib.error, msgpack.exceptions.UnpackException)
# The first byte says how the rest is to be read; a format that changes gets a number of its own.
_PLAIN, _COMPRESSED, _BY_WORDBOOK = b"\x01", b"\x02", b"\x03"  # 4 is the state's
_FLOAT = b"\xcb"  # how msgpack begins one; other values have this byte as well
_WORTH_COMPRESSING = 120
_USUAL = 1_024  # msgpack grows it where it must; of its own accord it takes 256 times as much for each value
# A case with hundreds of people in it is written again at each step: there time matters more than the last bytes.
_MUCH, _THOROUGH, _QUICK = 2_048, 6, 1
_MEMORY = 6  # zlib clears its tables each time: those that it takes by itself cost more than the compressing
#: Bytes of one value. A case is read and written whole at each of its steps, and a database takes no row of any size.
MOST_STORED = 8 << 20
ID_BYTES, _CHECK_BYTES = 5, 4

_DECIMAL, _DATE, _INSTANT, _TIME, _DURATION, _PILE = range(1, 7)
# In the zone of a place. Instants and times of day above have an offset or nothing.
_LOCAL_INSTANT, _LOCAL_TIME, _MONTHS, _RANGE = range(7, 11)
_MICROSECOND = timedelta(microseconds=1)

_WRITERS: dict[type, tuple[int, Callable[..., bytes]]] = {
    Decimal: (_DECIMAL, lambda value: str(value).encode()),
    date: (_DATE, lambda value: value.isoformat().encode()),
    datetime: (_INSTANT, lambda value: value.isoformat().encode()),
    time: (_TIME, lambda value: value.isoformat().encode()),
    timedelta: (_DURATION, lambda value: str(value // _MICROSECOND).encode()),
    MonthDuration: (_MONTHS, lambda value: str(value.months).encode()),
    Range: (_RANGE, lambda value: pack_body([value.start, value.end, value.start_included, value.end_included])),
}
_LOCAL: dict[type, int] = {datetime: _LOCAL_INSTANT, time: _LOCAL_TIME}
_READERS: dict[int, Callable[[str], object]] = {
    _DECIMAL: Decimal,
    _DATE: date.fromisoformat,
    _INSTANT: datetime.fromisoformat,
    _TIME: time.fromisoformat,
    _DURATION: lambda text: timedelta(microseconds=int(text)),
    _LOCAL_INSTANT: read_local_instant,
    _LOCAL_TIME: read_local_time,
    _MONTHS: lambda text: MonthDuration(int(text)),
}


class NotStorable(TypeError):
    """A value is of a type that cannot be kept with a case."""


class Unreadable(ValueError):
    """Stored bytes are damaged or of a newer format."""


class Pile(bytes):
    """Packed values beside each other, part of another value: stored with it as they are, read when asked for."""


_NO_FLOATS = frozenset({str, int, bool, bytes, type(None), Decimal, datetime, date, Pile})


@dataclass(frozen=True, slots=True)
class Wordbook:
    """Bytes that occur in many stored values, which these can then refer to.

    :param id: made of the words, below 2**40.
    """

    id: int
    words: bytes


def pack(value: object, book: Wordbook | None = None) -> bytes:
    """Return a value of plain data, Decimals and dates as bytes; the first says how the rest is to be read.

    :param book: what the value shares with others; it must be stored as long as the bytes are.
    :raise NotStorable: a float, set or object is in it.
    """
    if book is not None:
        return _by_wordbook(pack_body(value), book)
    refuse_floats(value)
    return pack_again(value)


def pack_again(value: object) -> bytes:
    """Return what `pack` returns for what is known to hold no float: all of it was read from storage, or looked at.

    :raise NotStorable: a set or object is in it.
    """
    piles: list[Pile] = []
    body = _body(value, partial(_extend, piles=piles))
    # What a pile holds is compressed already, and there is more of it than of what is around it.
    return _PLAIN + body if piles else _compressed(body)


def pack_quickly(value: object) -> bytes:
    """Return what `pack` returns, perhaps some more bytes, in half the time.

    :raise NotStorable: as `pack`.
    """
    return _compressed(pack_body(value), most=0)


def pile_up(values: Iterable[bytes]) -> Pile:
    """Return packed values as one; `unpack` gives them back as a list."""
    return Pile(_PLAIN + cast(bytes, msgpack.packb([*values])))


def _compressed(body: bytes, most: int = _MUCH) -> bytes:
    if len(body) < _WORTH_COMPRESSING:
        return _PLAIN + body
    level = _THOROUGH if len(body) < most else _QUICK
    packer = zlib.compressobj(level, zlib.DEFLATED, _window(len(body)), _MEMORY)
    return _COMPRESSED + packer.compress(body) + packer.flush()


def _by_wordbook(body: bytes, book: Wordbook) -> bytes:
    window = _window(len(book.words) + len(body))
    packer = zlib.compressobj(_THOROUGH, zlib.DEFLATED, -window, _MEMORY, zlib.Z_DEFAULT_STRATEGY, book.words)
    head = _BY_WORDBOOK + book.id.to_bytes(ID_BYTES) + zlib.crc32(body).to_bytes(_CHECK_BYTES)
    return head + packer.compress(body) + packer.flush()


def _window(size: int) -> int:
    return min(max(size.bit_length(), 9), zlib.MAX_WBITS)


def check_storable(value: object) -> None:
    """Do nothing if `pack` takes a value, and a case can carry it.

    :raise NotStorable: it does not, or the value is larger than `MOST_STORED`.
    """
    size = len(pack_body(value))
    if size > MOST_STORED:
        raise NotStorable(f"a value of {size} bytes is too large; a case carries {MOST_STORED} at most")


def pack_body(value: object) -> bytes:
    """Return a value as msgpack, without first byte and compression.

    :raise NotStorable: as `pack`.
    """
    body = _body(value, _extend)
    if _FLOAT in body:
        refuse_floats(value)
    return body


def _body(value: object, extend: Callable[[object], object]) -> bytes:
    try:
        return cast(bytes, msgpack.Packer(default=extend, strict_types=True, buf_size=_USUAL).pack(value))
    except (OverflowError, ValueError, RecursionError) as error:
        # A whole number beyond 64 bits, text with half a surrogate pair, a list that holds itself.
        raise NotStorable(f"a value cannot be stored with a case: {error}") from error


def unpack_body(content: bytes) -> object:
    """Return the value that `pack_body` packed.

    :raise Unreadable: the bytes are damaged.
    """
    try:
        return _value_of(content)
    except _BROKEN as error:
        raise Unreadable("stored bytes are damaged") from error


def unpack(content: bytes, find_wordbook: Callable[[int], Wordbook] | None = None) -> object:
    """Return the value that was packed.

    :param find_wordbook: gives the wordbook with that id; not needed for what was packed without one.
    :raise Unreadable: the bytes are damaged or of another version, or their wordbook is not given.
    """
    try:
        return _value_of(_unpacked(content, find_wordbook))
    except Unreadable:
        raise
    except _BROKEN as error:
        raise Unreadable("stored bytes are damaged") from error


def _value_of(body: bytes) -> object:
    return msgpack.unpackb(body, ext_hook=_restore, strict_map_key=False)


def _unpacked(content: bytes, find_wordbook: Callable[[int], Wordbook] | None) -> bytes:
    kind, rest = content[:1], content[1:]
    if kind == _PLAIN:
        return rest
    if kind == _COMPRESSED:
        return zlib.decompress(rest)
    if kind != _BY_WORDBOOK or find_wordbook is None:
        raise Unreadable("stored bytes are of an unknown format")
    return _through(rest, find_wordbook)


def _through(content: bytes, find_wordbook: Callable[[int], Wordbook]) -> bytes:
    book = find_wordbook(int.from_bytes(content[:ID_BYTES]))
    check, packed = content[ID_BYTES : ID_BYTES + _CHECK_BYTES], content[ID_BYTES + _CHECK_BYTES :]
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS, book.words)
    body = unpacker.decompress(packed) + unpacker.flush()
    if not unpacker.eof or zlib.crc32(body) != int.from_bytes(check):
        raise Unreadable("stored bytes are damaged")
    return body


def refuse_floats(value: object) -> None:
    """Do nothing if no float is in a value: msgpack takes one, but no number that decides about a person is one.

    :raise NotStorable: one is in it, or a list that holds itself.
    """
    try:
        _look_through(value)
    except RecursionError as error:
        raise NotStorable(f"a value cannot be stored with a case: {error}") from error


def _look_through(value: object) -> None:
    items: Collection[object]
    if isinstance(value, dict):
        items = value.values()
    elif isinstance(value, list | tuple):
        items = value
    elif isinstance(value, float):
        raise NotStorable("a float cannot be stored with a case; use Decimal")
    else:
        return
    if not _NO_FLOATS.issuperset(map(type, items)):  # a case with 500 people on it has thousands of these
        for item in items:
            if type(item) not in _NO_FLOATS:
                _look_through(item)


def _extend(value: object, piles: list[Pile] | None = None) -> object:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Pile):
        if piles is not None:
            piles.append(value)
        return msgpack.ExtType(_PILE, bytes(value))
    if isinstance(value, str):  # a StrEnum member under strict_types
        return str.__str__(value)
    place = place_of(value) if type(value) in _LOCAL else None
    if place is not None:
        return msgpack.ExtType(_LOCAL[type(value)], write_local(cast(datetime, value), place))
    found = _WRITERS.get(type(value))
    if found is None:
        raise NotStorable(f"a value of type {type(value).__name__} cannot be stored with a case")
    code, write = found
    return msgpack.ExtType(code, write(value))


def _restore(code: int, content: bytes) -> object:
    if code == _PILE:
        return Pile(content)
    if code == _RANGE:
        return Range(*cast("list[bool]", _value_of(content)))
    reader = _READERS.get(code)
    if reader is None:
        raise Unreadable(f"stored bytes hold an unknown kind of value ({code})")
    return reader(content.decode())
