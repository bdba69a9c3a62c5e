"""Numbers as people in Indonesia type them, read to exact Decimals and shown so that they read back the same."""

import re
from decimal import Decimal

from forms.cleaning import InputError

_PLAIN = re.compile(r"(?P<sign>[+−-]?)(?P<whole>[0-9]+)(?:[.,](?P<fraction>[0-9]+))?")
_GROUPED = re.compile(r"(?P<sign>[+−-]?)(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<fraction>[0-9]+))?")
_AMBIGUOUS = re.compile(r"[+−-]?0*[1-9][0-9]{0,2}\.[0-9]{3}")


def parse_decimal(typed: str, *, decimals: int, digits: int) -> Decimal:
    """Return the number typed as `1.234,56`, `1234,56` or `1234.56`.

    A comma is always the decimal mark. `1.234` is refused where decimals are allowed, because it can be read as 1234
    and as 1,234; with `decimals=0` only 1234 is possible.

    :param decimals: digits allowed after the mark.
    :param digits: digits allowed before the mark.
    :raise InputError: anything else, with the way out.
    """
    if decimals and _AMBIGUOUS.fullmatch(typed):
        raise _ambiguity(typed)
    found = _GROUPED.fullmatch(typed) or _PLAIN.fullmatch(typed)
    if found is None:
        raise InputError("Write a number with the digits 0 to 9, for example 1234,5, without %%, Rp or spaces.")
    whole, fraction = found["whole"].replace(".", "").lstrip("0") or "0", found["fraction"] or ""
    _check_digits(whole, fraction, decimals=decimals, digits=digits)
    value = Decimal(f"{whole}.{fraction}" if fraction else whole)
    return -value if found["sign"] in ("-", "−") and value else value


def parse_integer(typed: str, *, digits: int) -> int:
    """Return the whole number typed as `1234` or `1.234`.

    :raise InputError: anything else, also a whole number with a decimal mark such as `5,0`.
    """
    return int(parse_decimal(typed, decimals=0, digits=digits))


def show_decimal(value: Decimal) -> str:
    """Return the number as a field shows it: decimal comma, no grouping; `parse_decimal` reads it back equal."""
    return format(value, "f").replace(".", ",")


def _ambiguity(typed: str) -> InputError:
    return InputError(
        "“%(typed)s” can mean %(whole)s or %(fraction)s. Please write %(whole)s or %(fraction)s.",
        typed=typed,
        whole=typed.replace(".", ""),
        fraction=typed.replace(".", ","),
    )


def _check_digits(whole: str, fraction: str, *, decimals: int, digits: int) -> None:
    if len(whole) > digits:
        raise InputError("At most %(digits)d digits before the decimal comma are allowed.", digits=digits)
    if fraction and not decimals:
        raise InputError("Write a whole number, for example 12, without a decimal comma.")
    if len(fraction) > decimals:
        raise InputError("Write at most %(decimals)d digits after the decimal comma.", decimals=decimals)
