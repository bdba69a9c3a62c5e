"""Our own compact bytes for case state and journal: msgpack with exact decimals and dates, compressed when it pays."""

import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

import msgpack

VERSION = 1
_PLAIN, _COMPRESSED = 0, 1
_WORTH_COMPRESSING = 120

_DECIMAL, _DATE, _INSTANT, _TIME, _DURATION = range(1, 6)
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


def pack(value: object) -> bytes:
    """Return a value of plain data, Decimals and dates as bytes, with a version byte in front.

    :raise NotStorable: a float, set, object or naive datetime is in it.
    """
    body = _body(value)
    if len(body) < _WORTH_COMPRESSING:
        return bytes((VERSION, _PLAIN)) + body
    return bytes((VERSION, _COMPRESSED)) + zlib.compress(body, 6)


def check_storable(value: object) -> None:
    """Do nothing if `pack` takes a value.

    :raise NotStorable: it does not.
    """
    _body(value)


def _body(value: object) -> bytes:
    try:
        _refuse_floats(value)
        return cast(bytes, msgpack.packb(value, default=_extend, strict_types=True))
    except (OverflowError, ValueError, RecursionError) as error:
        # A whole number beyond 64 bits, text with half a surrogate pair, a list that holds itself.
        raise NotStorable(f"a value cannot be stored with a case: {error}") from error


def unpack(content: bytes) -> object:
    """Return the value that was packed.

    :raise Unreadable: the bytes are damaged or of another version.
    """
    if len(content) < 2 or content[0] != VERSION:
        raise Unreadable("stored bytes have an unknown version")
    try:
        body = zlib.decompress(content[2:]) if content[1] == _COMPRESSED else content[2:]
        return msgpack.unpackb(body, ext_hook=_restore, strict_map_key=False)
    except (ValueError, TypeError, ArithmeticError, zlib.error, msgpack.exceptions.UnpackException) as error:
        raise Unreadable("stored bytes are damaged") from error


def _refuse_floats(value: object) -> None:
    # msgpack would take a float; a number that decides about a person never is one.
    if isinstance(value, float):
        raise NotStorable("a float cannot be stored with a case; use Decimal")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
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
