"""Values of a case as people type them; webapp/values.py shows them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from engine.feel import Environment, FeelError, compile_expression
from forms.cleaning import InputError
from forms.dates import parse_date
from forms.messages import CATALOGUES
from forms.numbers import parse_decimal
from webapp.texts import gettext as _
from webapp.texts.speaking import Language
from webapp.values import ValueKind

DIGITS: Final = 15
_YES, _NO = frozenset({"ya", "yes", "true"}), frozenset({"tidak", "no", "false"})


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
