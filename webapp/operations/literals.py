"""Values of a case as people type and read them: text, numbers, days, yes or no, and everything else in FEEL."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from engine.feel import Environment, FeelError, MonthDuration, Range, compile_expression
from engine.feel.temporal import write
from forms.cleaning import InputError
from forms.dates import parse_date
from forms.messages import CATALOGUES
from forms.numbers import parse_decimal
from webapp.texts import gettext as _
from webapp.texts.speaking import Language

DIGITS: Final = 15
_YES, _NO = frozenset({"ya", "yes", "true"}), frozenset({"tidak", "no", "false"})


class ValueKind(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"
    FEEL = "feel"
    NOTHING = "nothing"


class NotReadable(ValueError):
    """What was typed is no value of its kind; the message says what to write, in the reader's language."""


def read_value(kind: ValueKind, typed: str, language: Language, now: datetime) -> Any:
    """Return the value that was typed.

    :raise NotReadable: it is none of that kind.
    """
    text = typed.strip()
    try:
        return _READERS[kind](text, language, now)
    except InputError as error:
        raise NotReadable(CATALOGUES[language].gettext(error.message) % dict(error.params)) from error


def show_value(value: object) -> str:
    """Return a value as a FEEL literal, which `read_value` reads."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{show_value(str(name))}: {show_value(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(show_value, value)) + "]"
    return _moment(value) or _range(value) or str(value)


def kind_of(value: object) -> ValueKind:
    """Return how a value would be typed."""
    if value is None:
        return ValueKind.NOTHING
    if isinstance(value, bool):
        return ValueKind.YES_NO
    if isinstance(value, Decimal | int):
        return ValueKind.NUMBER
    if isinstance(value, str):
        return ValueKind.TEXT
    return ValueKind.DAY if isinstance(value, date) and not isinstance(value, datetime) else ValueKind.FEEL


def as_typed(value: object, language: Language) -> str:
    """Return a value as somebody would have typed it, to be changed."""
    kind = kind_of(value)
    if kind is ValueKind.TEXT:
        return str(value)
    if kind is ValueKind.NOTHING:
        return ""
    if kind is ValueKind.YES_NO:
        return _("ya") if value else _("tidak")
    if kind is ValueKind.NUMBER:
        return str(value).replace(".", ",") if language == "id" else str(value)
    return f"{value:%d/%m/%Y}" if kind is ValueKind.DAY else show_value(value)


def _moment(value: object) -> str:
    """Return a day, time or span as a call of FEEL; empty for anything else."""
    if isinstance(value, datetime):
        return f'date and time("{write(value)}")'
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, time):
        return f'time("{write(value)}")'
    return f'duration("{write(value)}")' if isinstance(value, timedelta | MonthDuration) else ""


def _range(value: object) -> str:
    if not isinstance(value, Range):
        return ""
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opening}{show_value(value.start)}..{show_value(value.end)}{closing}"


def _text(text: str, language: Language, now: datetime) -> str:
    return text


def _number(text: str, language: Language, now: datetime) -> Decimal:
    return parse_decimal(text, decimals=DIGITS, digits=DIGITS, language=language)


def _day(text: str, language: Language, now: datetime) -> date:
    return parse_date(text)


def _yes_no(text: str, language: Language, now: datetime) -> bool:
    if text.lower() not in _YES | _NO:
        raise NotReadable(_("Tulis ya atau tidak."))
    return text.lower() in _YES


def _feel(text: str, language: Language, now: datetime) -> Any:
    try:
        expression = compile_expression(text)
        value = expression.evaluate({}, Environment(now=now)).value
    except FeelError as error:
        raise NotReadable(error.message(language)) from error
    if expression.names:
        raise NotReadable(_("Tulis nilainya saja, tanpa nama variabel; teks di antara tanda kutip."))
    if value is None and text != "null":
        raise NotReadable(
            _('Tulisan ini tidak menghasilkan nilai. Contoh daftar: [1, 2]; contoh isian: {nama: "Ani"}.')
        )
    return value


def _nothing(text: str, language: Language, now: datetime) -> None:
    if text:
        raise NotReadable(_("Kosongkan nilainya, atau pilih jenis nilai yang lain."))


_READERS: Final[Mapping[ValueKind, Callable[[str, Language, datetime], Any]]] = {
    ValueKind.TEXT: _text,
    ValueKind.NUMBER: _number,
    ValueKind.DAY: _day,
    ValueKind.YES_NO: _yes_no,
    ValueKind.FEEL: _feel,
    ValueKind.NOTHING: _nothing,
}
