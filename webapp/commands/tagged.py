"""FEEL values in JSON: numbers exact; what JSON has not is tagged: {"$date": "2026-03-31"}, {"$decimal": "0.10"}."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from engine.feel import Environment, compile_expression
from engine.feel.values import kind_of
from webapp.commands.words import Refused

_READ: Mapping[str, tuple[str, ...]] = {
    "$date": ("date(text)", "date and time(text)"),
    "$time": ("time(text)",),
    "$datetime": ("date and time(text)",),
    "$duration": ("duration(text)",),
}
_TAGS: Mapping[str, str] = {
    "date": "$date",
    "time": "$time",
    "date and time": "$datetime",
    "days and time duration": "$duration",
    "years and months duration": "$duration",
}
_STRING = compile_expression("string(value)")
_NOW = Environment(datetime(2000, 1, 1, tzinfo=UTC))


def read_json(file: Path) -> Any:
    """Return what a JSON file holds, numbers exact, tags still as they are. :raise Refused: it is no JSON."""
    try:
        return json.loads(file.read_text("utf-8"), parse_float=_number, parse_int=_number)
    except json.JSONDecodeError as error:
        place = f"baris {error.lineno}, kolom {error.colno}"
        raise Refused(f"{file.name} bukan JSON yang sah; perbaiki {place}.") from error
    except RecursionError as error:
        raise Refused(f"{file.name} bersarang terlalu dalam.") from error
    except ValueError as error:
        raise Refused(f"{file.name} bukan teks UTF-8. Simpan lagi sebagai UTF-8.") from error


def read_variables(content: Any, where: str) -> dict[str, object]:
    """Return a JSON object as variables. :raise Refused: it is no object, or a tag holds no such value."""
    if not isinstance(content, dict):
        raise Refused(f"{where} harus berisi satu objek JSON.")
    return {name: untagged(value, f"{where}, {name}") for name, value in content.items()}


def untagged(value: Any, where: str) -> object:
    """Return a JSON value as a FEEL value. :raise Refused: a tag holds no such value."""
    if isinstance(value, list):
        return [untagged(item, where) for item in value]
    if not isinstance(value, dict):
        return value
    tag = next(iter(value), "")
    if len(value) == 1 and (tag == "$decimal" or tag in _READ):
        return _tagged(tag, value[tag], where)
    return {name: untagged(item, f"{where}.{name}") for name, item in value.items()}


def to_json(value: object, *, with_tags: bool = False) -> str:
    """Return a FEEL value as JSON, numbers exact; temporal values and the like as FEEL writes them, as strings.

    :param with_tags: whether numbers and temporal values are tagged, so that the text can be read back as a context.
    """
    if isinstance(value, dict):
        parts = (f"{_quoted(str(name))}: {to_json(item, with_tags=with_tags)}" for name, item in value.items())
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(to_json(item, with_tags=with_tags) for item in value)}]"
    if isinstance(value, str | bool | int) or value is None:
        return json.dumps(value, ensure_ascii=False)
    return _tag(value) if with_tags else _untagged_text(value)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # more digits or a larger exponent than any decimal has
        raise ValueError(text) from None


def _tagged(tag: str, text: Any, where: str) -> object:
    readers: tuple[Callable[[str], object], ...] = (_decimal,) if tag == "$decimal" else tuple(map(_reader, _READ[tag]))
    for read in readers:
        value = read(str(text)) if isinstance(text, str | int | Decimal) else None
        if value is not None:
            return value
    raise Refused(f"{where}: {{{_quoted(tag)}: {_quoted(str(text)[:40])}}} tidak dapat dibaca. Periksa penulisannya.")


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _reader(source: str) -> Callable[[str], object]:
    expression = compile_expression(source)
    return lambda text: expression.evaluate({"text": text}, _NOW).value


def _untagged_text(value: object) -> str:
    return str(value) if isinstance(value, Decimal) else _quoted(_text(value))


def _tag(value: object) -> str:
    name = "$decimal" if isinstance(value, Decimal) else _TAGS.get(kind_of(value), "")
    return f"{{{_quoted(name)}: {_quoted(_text(value))}}}" if name else _quoted(_text(value))


def _text(value: object) -> str:
    text = _STRING.evaluate({"value": value}, _NOW).value
    return text if isinstance(text, str) else kind_of(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
