"""Values of a field as a builder types them, and back: days, amounts, options by their labels."""

from decimal import Decimal
from typing import Any, Final

from forms.cleaning import InputError
from forms.dates import parse_date, show_date
from forms.numbers import parse_decimal, parse_integer, show_decimal, show_grouped
from forms.spec.model import TODAY
from forms.spec.report import as_date, as_number
from webapp.studio.form_builder.items import Item

_TODAY_WORDS: Final = {TODAY, "hari ini"}
_YES: Final = {"ya", "yes", "true", "dicentang", "ticked"}
_NO: Final = {"tidak", "no", "false", "tidak dicentang", "not ticked"}
NUMBERS: Final = ("integer", "decimal", "money")


def write_words(value: object, field: Item) -> str:
    """Return a value as people type it."""
    kind = field.get("type")
    if isinstance(value, list):
        return "; ".join(_label(one, field) for one in value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if kind == "date":
        day = as_date(value)
        return show_date(day) if day is not None else "hari ini" if value == TODAY else str(value)
    if kind in NUMBERS:
        number = as_number(value)
        return str(value) if number is None else (show_grouped if kind == "money" else show_decimal)(number)
    return _label(value, field)


def read_words(typed: str, field: Item) -> Any:
    """Return the value that was typed, as a spec holds it; what cannot be read stays as it is, to be told about."""
    kind, text = field.get("type"), typed.strip()
    if kind in NUMBERS:
        return _number(text, str(kind))
    if kind == "date":
        return _day(text)
    if kind == "checkbox":
        return True if text.lower() in _YES else False if text.lower() in _NO else text
    if kind == "multichoice":
        return [_option(one.strip(), field) for one in text.split(";") if one.strip()]
    return _option(text, field) if kind in ("choice", "radio") else typed


def read_whole(typed: str) -> Any:
    """Return a whole number; what is none stays as it is."""
    try:
        return parse_integer(typed.strip(), digits=15)
    except InputError:
        return typed


def _number(text: str, kind: str) -> Any:
    try:
        number = Decimal(parse_integer(text, digits=15))
    except InputError:
        try:
            number = parse_decimal(text, decimals=6, digits=15)
        except InputError:
            return text
    is_whole = number == number.to_integral_value()
    return int(number) if is_whole else text if kind == "integer" else format(number, "f")


def _day(text: str) -> str:
    if text.lower() in _TODAY_WORDS:
        return TODAY
    try:
        day: Any = parse_date(text)
        return str(day.isoformat())
    except InputError:
        return text


def _options(field: Item) -> list[tuple[str, str, str]]:
    choices = field.get("choices")
    found = [one for one in choices if isinstance(one, dict)] if isinstance(choices, list) else []
    return [(str(one.get("value")), _word(one, "id"), _word(one, "en")) for one in found]


def _word(choice: Item, language: str) -> str:
    label = choice.get("label")
    return str(label.get(language, "")) if isinstance(label, dict) else ""


def _label(value: object, field: Item) -> str:
    """Return the label of an option, unless another one could be meant by it."""
    options = _options(field)
    mine = next((indonesian for one, indonesian, _english in options if one == value), "")
    return mine if mine and _option(mine, field) == value else str(value)


def _option(typed: str, field: Item) -> str:
    options = _options(field)
    if any(value == typed for value, _indonesian, _english in options):
        return typed
    wanted = typed.casefold()
    named = [value for value, *words in options if wanted in (word.casefold() for word in words)]
    return named[0] if named else typed
