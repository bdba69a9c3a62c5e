"""Turns a raw cell into a value: NIP, code, day, number or one of several words."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from processes.people.imports.problems import BadCell
from processes.people.imports.sheets import Raw
from processes.people.nip import InvalidNip, parse_nip

Value = TypeVar("Value")
Parse = Callable[[Raw], Any]

# A year outside is a slip of the finger; the oldest pensioner and the longest plan lie inside.
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)

_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[ T]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})([/.-])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})")
_PLAIN = re.compile(r"(?P<sign>[+−-]?)(?P<whole>[0-9]+)(?:[.,](?P<fraction>[0-9]+))?")
_GROUPED = re.compile(r"(?P<sign>[+−-]?)(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<fraction>[0-9]+))?")
_AMBIGUOUS = re.compile(r"[+−-]?0*[1-9][0-9]{0,2}\.[0-9]{3}")
_LARGEST = Decimal(10) ** 12


def read_text(limit: int) -> Parse:
    """Return a parser of text with at most so many characters."""

    def parse(raw: Raw) -> str:
        text = _as_text(raw)
        if len(text) > limit:
            raise BadCell("too_long", limit=limit)
        return text

    return parse


def read_code(limit: int = 60) -> Parse:
    """Return a parser of a short code without spaces, such as `DISDIK-01` or `4.1.2`."""

    def parse(raw: Raw) -> str:
        text = _as_text(raw)
        if len(text) > limit:
            raise BadCell("too_long", limit=limit)
        if _CODE.fullmatch(text) is None:
            raise BadCell("not_code", value=text)
        return text

    return parse


def read_nip(raw: Raw) -> str:
    """Return the 18 digits of a valid employee number; a code 13 to 20 of a PPPK is let through (dossier 12.7).

    :raise BadCell: it is none, or Excel has cut it.
    """
    if isinstance(raw, Decimal) or (isinstance(raw, str) and "E+" in raw.upper()):
        raise BadCell("nip_as_number")
    try:
        return parse_nip(_as_text(raw), lenient=True).digits
    except InvalidNip as error:
        raise BadNip(error) from None


class BadNip(BadCell):
    """The employee number is wrong; its own sentences say how, and never repeat it."""

    def __init__(self, error: InvalidNip) -> None:
        """Take the sentences over."""
        super().__init__("plan", text_id=error.text_id, text_en=error.text_en)


def read_day(raw: Raw) -> date:
    """Return a day from a real date cell, `2026-08-17` or `17/08/2026`."""
    day = raw if isinstance(raw, date) else _parse_day(_as_text(raw))
    if not EARLIEST <= day <= LATEST:
        raise BadCell("out_of_range", value=day, low=EARLIEST, high=LATEST)
    return day


def _parse_day(text: str) -> date:
    found = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if found is None:
        raise BadCell("not_date", value=text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise BadCell("no_such_day", value=text) from None


def read_number(low: Decimal | int | None = None, high: Decimal | int | None = None) -> Parse:
    """Return a parser of an exact number: `1.234,56`, `1234,56`, `1234.56` or a number cell.

    `1.234` is refused, because it can be read as 1234 and as 1,234.
    """

    def parse(raw: Raw) -> Decimal:
        number = _parse_number(raw)
        _check_range(number, low, high)
        return number

    return parse


def read_whole(low: int, high: int) -> Parse:
    """Return a parser of a whole number; `1.234` is 1234 here."""

    def parse(raw: Raw) -> int:
        if isinstance(raw, str) and _AMBIGUOUS.fullmatch(raw):
            raw = raw.replace(".", "")
        number = _parse_number(raw)
        if number != number.to_integral_value():
            raise BadCell("not_whole", value=raw)
        _check_range(number, low, high)
        return int(number)

    return parse


def _parse_number(raw: Raw) -> Decimal:
    if isinstance(raw, bool | date):
        raise BadCell("not_number", value=raw)
    if isinstance(raw, int | Decimal):
        return _bounded(Decimal(raw), raw)
    text = _as_text(raw)
    if _AMBIGUOUS.fullmatch(text):
        raise BadCell("ambiguous_number", value=text, whole=text.replace(".", ""), fraction=text.replace(".", ","))
    found = _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)
    if found is None:
        raise BadCell("not_number", value=text)
    whole, fraction = found["whole"].replace(".", ""), found["fraction"]
    number = Decimal(f"{whole}.{fraction}" if fraction else whole)
    return _bounded(-number if found["sign"] in ("-", "−") and number else number, text)


def _bounded(number: Decimal, shown: object) -> Decimal:
    if not number.is_finite():
        raise BadCell("not_number", value=shown)
    if abs(number) >= _LARGEST:
        raise BadCell("number_too_large", value=shown, limit=_LARGEST - 1)
    return number


def _check_range(number: Decimal, low: Decimal | int | None, high: Decimal | int | None) -> None:
    found = outside(number, low, high)
    if found is not None:
        raise found


def outside(number: Decimal, low: Decimal | int | None, high: Decimal | int | None) -> BadCell | None:
    """Return what is wrong with a number outside its bounds, of which only those that there are get named."""
    if (low is None or number >= low) and (high is None or number <= high):
        return None
    bounds = {"value": number, "low": low, "high": high}
    named = {name: str(item).replace(".", ",") for name, item in bounds.items() if item is not None}
    return BadCell("too_high" if low is None else "too_low" if high is None else "out_of_range", **named)


def read_choice(choices: Mapping[Value, tuple[str, ...]]) -> Parse:
    """Return a parser of one of several words; letter case, spaces, slashes, hyphens and underscores do not matter.

    :param choices: the accepted words of each value; the first is the one that a message names.
    """
    known = {plain_word(word): value for value, words in choices.items() for word in (str(value), *words)}
    shown = ", ".join(words[0] for words in choices.values())

    def parse(raw: Raw) -> Value:
        text = _as_text(raw)
        found = known.get(plain_word(text))
        if found is None:
            raise BadCell("not_choice", value=text, choices=shown)
        return found

    return parse


def plain_word(text: str) -> str:
    """Return the text in small letters and digits only, for comparing words that people type."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _as_text(raw: Raw) -> str:
    if isinstance(raw, date):
        return raw.isoformat()
    return str(raw)
