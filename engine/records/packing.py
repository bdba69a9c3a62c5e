"""Our own compact bytes for case state and journal: msgpack with exact decimals and dates, compressed when it pays."""

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

import msgpack

# The first byte says how the rest is to be read; a format that changes gets a number of its own.
_PLAIN, _COMPRESSED, _BY_WORDBOOK = b"\x01", b"\x02", b"\x03"
_WORTH_COMPRESSING = 120
#: Bytes of one value. A case is read and written whole at each of its steps, and a database takes no row of any size.
MOST_STORED = 8 << 20
ID_BYTES, _CHECK_BYTES = 5, 4

_DECIMAL, _DATE, _INSTANT, _TIME, _DURATION = range(1, 6)
_NO_FLOATS = frozenset({str, int, bool, bytes, type(None), Decimal, datetime, date})
_MICROSECOND = timedelta(microseconds=1)

_WRITERS: dict[type, tuple[int, Callable[..., bytes]]] = {
    Decimal: (_DECIMAL, lambda value: str(value).encode()),
    date: (_DATE, lambda value: value.isoformat().encode()),
    datetime: (_INSTANT, lambda value: value.isoformat().encode()),
    time: (_TIME, lambda value: value.isoformat().encode()),
    timedelta: (_DURATION, lambda value: str(value // _MICROSECOND).encode()),
}
_READERS: dict[int, Callable[[str], object]] = {
    _DECIMAL: Decimal,
    _DATE: date.fromisoformat,
    _INSTANT: datetime.fromisoformat,
    _TIME: time.fromisoformat,
    _DURATION: lambda text: timedelta(microseconds=int(text)),
}


class NotStorable(TypeError):
    """A value is of a type that cannot be kept with a case."""


class Unreadable(ValueError):
    """Stored bytes are damaged or of a newer format."""


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
    :raise NotStorable: a float, set, object or naive datetime is in it.
    """
    body = pack_body(value)
    if book is not None:
        return _by_wordbook(body, book)
    if len(body) < _WORTH_COMPRESSING:
        return _PLAIN + body
    return _COMPRESSED + zlib.compress(body, 6)


def _by_wordbook(body: bytes, book: Wordbook) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, book.words)
    head = _BY_WORDBOOK + book.id.to_bytes(ID_BYTES) + zlib.crc32(body).to_bytes(_CHECK_BYTES)
    return head + packer.compress(body) + packer.flush()


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
    try:
        _refuse_floats(value)
        return cast(bytes, msgpack.packb(value, default=_extend, strict_types=True))
    except (OverflowError, ValueError, RecursionError) as error:
        # A whole number beyond 64 bits, text with half a surrogate pair, a list that holds itself.
        raise NotStorable(f"a value cannot be stored with a case: {error}") from error


def unpack(content: bytes, find_wordbook: Callable[[int], Wordbook] | None = None) -> object:
    """Return the value that was packed.

    :param find_wordbook: gives the wordbook with that id; not needed for what was packed without one.
    :raise Unreadable: the bytes are damaged or of another version, or their wordbook is not given.
    """
    try:
        return msgpack.unpackb(_unpacked(content, find_wordbook), ext_hook=_restore, strict_map_key=False)
    except Unreadable:
        raise
    except (ValueError, TypeError, ArithmeticError, zlib.error, msgpack.exceptions.UnpackException) as error:
        raise Unreadable("stored bytes are damaged") from error


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


def _refuse_floats(value: object) -> None:
    # msgpack would take a float; a number that decides about a person never is one.
    if isinstance(value, float):
        raise NotStorable("a float cannot be stored with a case; use Decimal")
    if isinstance(value, dict):
        items: Iterable[object] = value.values()
    else:
        items = value if isinstance(value, list | tuple) else ()
    for item in items:
        if type(item) not in _NO_FLOATS:  # a case with 500 people on it has thousands of these
            _refuse_floats(item)


def _extend(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, str):  # a StrEnum member under strict_types
        return str.__str__(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise NotStorable("a date and time without a time zone cannot be stored")
    found = _WRITERS.get(type(value))
    if found is None:
        raise NotStorable(f"a value of type {type(value).__name__} cannot be stored with a case")
    code, write = found
    return msgpack.ExtType(code, write(value.astimezone(UTC) if isinstance(value, datetime) else value))


def _restore(code: int, content: bytes) -> object:
    reader = _READERS.get(code)
    if reader is None:
        raise Unreadable(f"stored bytes hold an unknown kind of value ({code})")
    return reader(content.decode())
