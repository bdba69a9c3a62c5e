"""Numbers as readers of each language type them, read to exact Decimals and shown so that they read back the same."""

import re
from decimal import Decimal

from forms.cleaning import InputError
from forms.text import Language

_PLAIN = re.compile(r"(?P<sign>[+−-]?)(?P<whole>[0-9]+)(?:[.,](?P<fraction>[0-9]+))?")
_GROUPED = re.compile(r"(?P<sign>[+−-]?)(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<fraction>[0-9]+))?")
_AMBIGUOUS = re.compile(r"[+−-]?0*[1-9][0-9]{0,2}\.[0-9]{3}")


_SWAPPED = str.maketrans(",.", ".,")


def parse_decimal(typed: str, *, decimals: int, digits: int, language: Language = "id") -> Decimal:
    """Return the number typed as `1.234,56`, `1234,56` or `1234.56`; in English as `1,234.56`, `1234.56` or `1234,56`.

    In Indonesian a comma is always the decimal mark. `1.234` is refused where decimals are allowed, because it can be
    read as 1234 and as 1,234; with `decimals=0` only 1234 is possible. In English the two marks change places.

    :param decimals: digits allowed after the mark.
    :param digits: digits allowed before the mark.
    :raise InputError: anything else, with the way out.
    """
    written = in_notation(typed, language)
    if decimals and _AMBIGUOUS.fullmatch(written):
        raise _ambiguity(written, language)
    found = _GROUPED.fullmatch(written) or _PLAIN.fullmatch(written)
    if found is None:
        raise InputError("Write a number with the digits 0 to 9, for example 1234.5, without %%, Rp or spaces.")
    whole, fraction = found["whole"].replace(".", "").lstrip("0") or "0", found["fraction"] or ""
    _check_digits(whole, fraction, decimals=decimals, digits=digits)
    value = Decimal(f"{whole}.{fraction}" if fraction else whole)
    return -value if found["sign"] in ("-", "−") and value else value


def parse_integer(typed: str, *, digits: int, language: Language = "id") -> int:
    """Return the whole number typed as `1234` or `1.234`, in English as `1,234`.

    :raise InputError: anything else, also a whole number with a decimal mark such as `5,0`.
    """
    return int(parse_decimal(typed, decimals=0, digits=digits, language=language))


def show_decimal(value: Decimal, language: Language = "id") -> str:
    """Return the number as a field shows it: the reader's mark, no grouping; `parse_decimal` reads it back equal."""
    return in_notation(format(value, "f").replace(".", ","), language)


def show_grouped(value: Decimal, language: Language = "id") -> str:
    """Return the number with its thousands marked off, as an amount of money is read."""
    return in_notation(format(value, ",f").translate(_SWAPPED), language)


def in_notation(written: str, language: Language) -> str:
    """Return a number written the Indonesian way as a reader of the language writes it, and the other way round."""
    return written.translate(_SWAPPED) if language == "en" else written


def _ambiguity(written: str, language: Language) -> InputError:
    return InputError(
        "“%(typed)s” can mean %(whole)s or %(fraction)s. Please write %(whole)s or %(fraction)s.",
        typed=in_notation(written, language),
        whole=written.replace(".", ""),
        fraction=in_notation(written.replace(".", ","), language),
    )


def _check_digits(whole: str, fraction: str, *, decimals: int, digits: int) -> None:
    if len(whole) > digits:
        raise InputError("At most %(digits)d digits before the decimal point are allowed.", digits=digits)
    if fraction and not decimals:
        raise InputError("Write a whole number, for example 12, without a decimal point.")
    if len(fraction) > decimals:
        raise InputError("Write at most %(decimals)d digits after the decimal point.", decimals=decimals)
