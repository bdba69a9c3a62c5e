"""Frozen dataclasses to plain JSON and back, checked: Decimals are strings, enums their values, dates ISO."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Self, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

#: Far beyond anything computed about people; wider numbers would make Decimal arithmetic crawl.
MOST_DIGITS = 120
LARGEST_EXPONENT = 100
LARGEST_WHOLE = 2**63 - 1  # the largest number of a row

#: Reads JSON data as one type.
Reader = Callable[[object], Any]


class InvalidPlain(ValueError):
    """The data does not have the expected shape; `path` says where, `reason_id` and `reason_en` say what is wrong."""

    def __init__(self, path: str, reason_id: str, reason_en: str) -> None:
        """Keep the path and both reasons."""
        self.path = path or "."
        self.reason_id = reason_id
        self.reason_en = reason_en
        super().__init__(f"{self.path}: {reason_en}")

    def said(self, language: str) -> str:
        """Return place and reason as one line."""
        reason = self.reason_id if language == "id" else self.reason_en
        return reason if self.path == "." else f"{self.path.removeprefix('.')}: {reason}"

    def below(self, step: str) -> InvalidPlain:
        """Return the same problem as seen from one level higher."""
        return InvalidPlain(step if self.path == "." else f"{step}{self.path}", self.reason_id, self.reason_en)


class Plain:
    """Adds `to_plain` and `from_plain` to a frozen dataclass."""

    __slots__ = ()

    def to_plain(self) -> dict[str, Any]:
        """Return the value as JSON-ready dicts, lists and strings."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_plain(cls, data: object) -> Self:
        """Return the value described by JSON data.

        :raise InvalidPlain: a key is unknown or missing, or a value has the wrong type or size.
        """
        return from_plain(cls, data)


def to_plain(value: object) -> Any:
    """Return dataclasses, enums, Decimals, dates, mappings and tuples as JSON-ready values."""
    if isinstance(value, str | int):
        return value.value if isinstance(value, Enum) else value
    if value is None:
        return None
    if isinstance(value, Decimal | date):
        return str(value)
    kind: Any = type(value)
    names = _field_names(kind)
    if names is not None:
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(to_plain(key)): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no plain form")


@cache
def _field_names(kind: type) -> tuple[str, ...] | None:
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


def from_plain(kind: type[T], data: object) -> T:
    """Return `data` read as `kind`, with nothing shared between the two.

    :raise InvalidPlain: naming the path of the first wrong value.
    """
    # mypy does not take type[T] for hashable, which the cache needs.
    key: Any = kind
    result: T = _reader(key)(data)
    return result


@cache
def _reader(kind: Any) -> Reader:
    # Made once a type: scores are read and copied by the thousand when a quarter opens.
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        (inner,) = [item for item in get_args(kind) if item is not type(None)]
        read = _reader(inner)
        return lambda data: None if data is None else read(data)
    if origin is tuple:
        return _tuple_reader(_reader(get_args(kind)[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_reader(*(_reader(item) for item in get_args(kind)))
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    return _scalar_reader(kind)


def _tuple_reader(read: Reader) -> Reader:
    def read_tuple(data: object) -> tuple[Any, ...]:
        if not isinstance(data, list | tuple):
            raise InvalidPlain("", "harus berupa daftar", "must be a list")
        items: list[Any] = []
        for item in data:
            try:
                items.append(read(item))
            except InvalidPlain as problem:
                raise problem.below(f"[{len(items)}]") from None
        return tuple(items)

    return read_tuple


def _mapping_reader(read_key: Reader, read_value: Reader) -> Reader:
    def read_mapping(data: object) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key, item in _as_object(data).items():
            try:
                found[read_key(key)] = read_value(item)
            except InvalidPlain as problem:
                raise problem.below(f".{key}") from None
        return found

    return read_mapping


def _dataclass_reader(kind: Any) -> Reader:
    fields = dataclasses.fields(kind)
    missing = dataclasses.MISSING
    required = [item.name for item in fields if item.default is missing and item.default_factory is missing]
    known = ", ".join(item.name for item in fields)
    readers: dict[str, Reader] = {}

    def read_dataclass(data: object) -> Any:
        if not readers:
            # Not before the first use: a tree's node holds nodes.
            hints = get_type_hints(kind)
            readers.update({item.name: _reader(hints[item.name]) for item in fields})
        given = _as_object(data)
        values: dict[str, Any] = {}
        for key, item in given.items():
            read = readers.get(key)
            if read is None:
                text_id, text_en = "kunci tidak dikenal", "unknown key"
                raise InvalidPlain(f".{key}", f"{text_id} (yang dikenal: {known})", f"{text_en} (known: {known})")
            try:
                values[key] = read(item)
            except InvalidPlain as problem:
                raise problem.below(f".{key}") from None
        for name in required:
            if name not in values:
                raise InvalidPlain(f".{name}", "wajib diisi", "is required")
        return kind(**values)

    return read_dataclass


def _scalar_reader(kind: Any) -> Reader:
    if kind is Decimal:
        return _read_decimal
    if kind is date:
        return _read_date
    if issubclass(kind, Enum):
        return _enum_reader(kind)
    return {str: _read_text, int: _read_whole, bool: _read_bool}[kind]


def _as_object(data: object) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise InvalidPlain("", "harus berupa objek", "must be an object")
    return data


def _read_text(data: object) -> str:
    if not isinstance(data, str):
        raise InvalidPlain("", "harus berupa teks", "must be text")
    # An enum of texts is a text to Python; it must not hide in a copy.
    return str(data)


def _read_whole(data: object) -> int:
    # True is an int to Python, never to a reader of JSON.
    if not isinstance(data, int) or isinstance(data, bool):
        raise InvalidPlain("", "harus berupa bilangan bulat", "must be a whole number")
    if abs(data) > LARGEST_WHOLE:
        raise InvalidPlain("", "angka terlalu besar", "number too large")
    return data


def _read_bool(data: object) -> bool:
    if not isinstance(data, bool):
        raise InvalidPlain("", "harus berupa benar atau salah", "must be true or false")
    return data


def _read_decimal(data: object) -> Decimal:
    if isinstance(data, bool) or not isinstance(data, str | int | Decimal):
        raise InvalidPlain("", "harus berupa angka", "must be a number")
    try:
        number = Decimal(data)
    except (InvalidOperation, ValueError):
        raise InvalidPlain("", f"{data!r} bukan angka", f"{data!r} is not a number") from None
    if not number.is_finite() or len(str(data)) > MOST_DIGITS or abs(number.adjusted()) > LARGEST_EXPONENT:
        raise InvalidPlain("", "angka di luar batas", "number out of bounds")
    return number


def _read_date(data: object) -> date:
    if isinstance(data, date):
        return data
    try:
        return date.fromisoformat(str(data))
    except ValueError:
        reason_id, reason_en = f"{data!r} bukan tanggal (TTTT-BB-HH)", f"{data!r} is not a date (YYYY-MM-DD)"
        raise InvalidPlain("", reason_id, reason_en) from None


def _enum_reader(kind: type[Enum]) -> Reader:
    known = ", ".join(str(member.value) for member in kind)

    def read_enum(data: object) -> Enum:
        try:
            return kind(data)
        except ValueError:
            text_id, text_en = f"{data!r} tidak dikenal", f"{data!r} is unknown"
            raise InvalidPlain("", f"{text_id} (pilihan: {known})", f"{text_en} (choices: {known})") from None

    return read_enum
