"""Values as people type them in a play: plain text stays text, everything else is read as FEEL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from engine.bpmn.references import is_variable
from engine.feel import Environment, FeelError, compile_expression
from engine.feel.tagged import UnreadableTag, untagged
from webapp.texts import gettext as _
from webapp.values import show_value

MOST_ROWS: Final = 60
EMPTY_ROWS: Final = 3
LONGEST: Final = 20_000
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOW: Final = Environment(datetime(2000, 1, 1, tzinfo=UTC))


class NotPlayable(ValueError):
    """What was typed or chosen cannot be played; the message says what to do, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its value, as a page lets people type them."""

    name: str
    typed: str


def read_typed(text: str) -> Any:
    """Return the value that was typed; null for nothing.

    :raise NotPlayable: it is longer than any value.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise NotPlayable(_("Nilai ini terlalu panjang; singkat menjadi paling banyak 20.000 huruf."))
    if not text:
        return None
    if _DAY.fullmatch(text):
        return _day(text)
    try:
        expression = compile_expression(text)
        value = expression.evaluate({}, _NOW).value
    except FeelError:
        return text
    if expression.names or (value is None and text != "null"):
        return text
    try:
        return untagged(value, "")
    except UnreadableTag:
        return text


def rows_of(values: Mapping[str, Any]) -> list[Row]:
    """Return values as rows, with some empty ones for more."""
    rows = [Row(name, show_value(value)) for name, value in values.items()]
    return [*rows, *[Row("", "")] * EMPTY_ROWS][:MOST_ROWS]


def read_rows(sent: MultiDict[str, str]) -> dict[str, Any]:
    """Return the values that were typed in rows; a row without a name is left out.

    :raise NotPlayable: a name is none that a process can read.
    """
    names, typed = sent.getlist("_name"), sent.getlist("_value")
    values: dict[str, Any] = {}
    for name, text in zip(map(str.strip, names[:MOST_ROWS]), typed, strict=False):
        if name and not is_variable(name):
            raise NotPlayable(
                _(
                    "“%(name)s” tidak dapat dipakai sebagai nama data. Pakai huruf, angka dan garis bawah.",
                    name=name[:80],
                )
            )
        if name:
            values[name] = read_typed(text)
    return values


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
