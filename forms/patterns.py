"""Shapes of a text that everybody knows by name, so that nobody has to write a regular expression."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from forms.cleaning import InputError

_GAPS = re.compile(r"[\s.\-\u2010-\u2015()]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named shape.

    :param message: what is said about a text of another shape, as a message id.
    :param input_mode: the keyboard that a phone shows.
    :param is_gapped: blanks, dots and dashes between the characters are typed for the eye and not kept.
    """

    shape: re.Pattern[str]
    message: str
    input_mode: str
    is_gapped: bool = True


PATTERNS: Final[Mapping[str, Pattern]] = {
    "nip": Pattern(
        # Born (year, month, day), appointed (year, month), man or woman, number: BKN's rule for PNS and PPPK.
        re.compile(
            r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(19|20)\d{2}(0[1-9]|1[0-2]|21)[12]\d{3}", re.ASCII
        ),
        "Write the NIP with its 18 digits, for example 198501012010011001.",
        "numeric",
    ),
    "nik": Pattern(
        re.compile(r"\d{16}", re.ASCII), "Write the NIK with its 16 digits, for example 3674010101850001.", "numeric"
    ),
    "email": Pattern(
        re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}"),
        "Write an e-mail address, for example nama@contoh.go.id.",
        "email",
        is_gapped=False,
    ),
    "phone": Pattern(
        re.compile(r"(?:\+62|0)\d{8,12}", re.ASCII), "Write a phone number, for example 081234567890.", "tel"
    ),
}


def read_pattern(name: str, typed: str) -> str:
    """Return a text of the named shape as it is kept.

    :raise InputError: it has another shape.
    """
    pattern = PATTERNS[name]
    text = _GAPS.sub("", typed) if pattern.is_gapped else typed
    if not pattern.shape.fullmatch(text):
        raise InputError(pattern.message)
    return text
