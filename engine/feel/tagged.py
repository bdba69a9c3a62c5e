"""FEEL values in JSON: numbers exact; what JSON has not is tagged: {"$date": "2026-03-31"}, {"$decimal": "0.10"}."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from engine.feel.environment import Environment
from engine.feel.evaluation import compile_expression
from engine.feel.values import kind_of

_READ: Final[Mapping[str, tuple[str, ...]]] = {
    "$date": ("date(text)", "date and time(text)"),
    "$time": ("time(text)",),
    "$datetime": ("date and time(text)",),
    "$duration": ("duration(text)",),
}
_TAGS: Final[Mapping[str, str]] = {
    "date": "$date",
    "time": "$time",
    "date and time": "$datetime",
    "days and time duration": "$duration",
    "years and months duration": "$duration",
}
_STRING = compile_expression("string(value)")
_NOW = Environment(datetime(2000, 1, 1, tzinfo=UTC))


class UnreadableTag(ValueError):
    """A tag holds no such value; `where` says at which place, `tag` and `text` what stands there."""

    def __init__(self, where: str, tag: str, text: str) -> None:
        """Remember what cannot be read, and where."""
        super().__init__(f"{where}: {{{json.dumps(tag)}: {json.dumps(text)}}} cannot be read.")
        self.where, self.tag, self.text = where, tag, text


def parse_json(text: str | bytes) -> Any:
    """Return what a JSON text holds, numbers exact, tags still as they are.

    :raise ValueError: it is no JSON.
    :raise RecursionError: it is nested too deep.
    """
    return json.loads(text, parse_float=_number, parse_int=_number)


def untagged(value: Any, where: str) -> object:
    """Return a JSON value as a FEEL value. :raise UnreadableTag: a tag holds no such value."""
    if isinstance(value, list):
        return [untagged(item, where) for item in value]
    if not isinstance(value, dict):
        return value
    tag = next(iter(value), "")
    if len(value) == 1 and (tag == "$decimal" or tag in _READ):
        return _untagged(tag, value[tag], where)
    return {name: untagged(item, f"{where}.{name}") for name, item in value.items()}


def tag_of(value: object) -> str:
    """Return the tag under which JSON says a value; empty for what JSON says itself."""
    return "$decimal" if isinstance(value, Decimal) else _TAGS.get(kind_of(value), "")


def text_of(value: object) -> str:
    """Return a value as FEEL writes it; the name of its kind where it does not."""
    text = _STRING.evaluate({"value": value}, _NOW).value
    return text if isinstance(text, str) else kind_of(value)


def tagged(value: object) -> Any:
    """Return a FEEL value as JSON data: numbers stay as they are, times are tagged; the reverse of `untagged`."""
    if isinstance(value, Mapping):
        return {str(name): tagged(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [tagged(item) for item in value]
    if value is None or isinstance(value, str | bool | int | Decimal):
        return value
    tag = tag_of(value)
    return {tag: text_of(value)} if tag else text_of(value)


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # more digits or a larger exponent than any decimal has
        raise ValueError(text) from None


def _untagged(tag: str, text: Any, where: str) -> object:
    readers: tuple[Callable[[str], object], ...] = (_decimal,) if tag == "$decimal" else tuple(map(_reader, _READ[tag]))
    for read in readers:
        value = read(str(text)) if isinstance(text, str | int | Decimal) else None
        if value is not None:
            return value
    raise UnreadableTag(where, tag, str(text)[:40])


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _reader(source: str) -> Callable[[str], object]:
    expression = compile_expression(source)
    return lambda text: expression.evaluate({"text": text}, _NOW).value
