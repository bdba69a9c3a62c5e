"""What a typed string must be before anything else reads it: storable, displayable, of bounded length."""

import re
import unicodedata
from collections.abc import Mapping

# Unpaired surrogates cannot be encoded, NUL cannot be stored by PostgreSQL, and XML 1.0 (diagrams, DOCX, XLSX)
# holds neither control characters nor noncharacters. Bidi overrides let a text show something else than it says.
_CONTROL = "\x00-\x1f\x7f-\x9f"
_NONCHARACTER = "\ufdd0-\ufdef" + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(17))
_UNSTORABLE = "\ud800-\udfff" + _NONCHARACTER
_BIDI = "\u202a-\u202e\u2066-\u2069"

_REFUSED_IN_BLOCK = re.compile(f"(?![\t\n])[{_CONTROL}{_UNSTORABLE}{_BIDI}]")
_REFUSED_IN_LINE = re.compile(f"[{_CONTROL}{_UNSTORABLE}{_BIDI}]")
_LINE_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")

# Around text copied from sheets and chat programs; none of it is seen, so none of it is meant.
_EDGES = " \t\r\n\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_AROUND = re.compile(f"^[{_EDGES}]+|[{_EDGES}]+\\Z")


class InputError(ValueError):
    """What was typed cannot be taken; the message id and its parameters say why in either language."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params: Mapping[str, object] = params


def clean_line(typed: str, limit: int) -> str:
    """Return one line without invisible characters around it; empty if nothing visible was typed.

    :raise InputError: a line break or refused character is inside, or more than `limit` characters.
    """
    text = _bounded(_AROUND.sub("", typed), limit)
    if _LINE_BREAK.search(text):
        raise InputError("Please write this on one line.")
    return _visible(_checked(text, _REFUSED_IN_LINE))


def clean_block(typed: str, limit: int) -> str:
    r"""Return text of several lines, its line ends as \n; tabs and line breaks are kept.

    :raise InputError: a refused character is inside, or more than `limit` characters.
    """
    text = _bounded(_AROUND.sub("", _LINE_BREAK.sub("\n", typed)), limit)
    return _visible(_checked(text, _REFUSED_IN_BLOCK))


def showable(typed: str) -> str:
    """Return what was typed so that a page can show it again: what cannot be encoded becomes a visible mark."""
    return _REFUSED_IN_BLOCK.sub("\ufffd", _LINE_BREAK.sub("\n", typed))


def storable(typed: str, limit: int) -> str:
    """Return what was typed as far as a database can keep it, cut at `limit` characters."""
    return _REFUSED_IN_BLOCK.sub("", _LINE_BREAK.sub("\n", typed[: 2 * limit]))[:limit]


def _bounded(text: str, limit: int) -> str:
    if len(text) > limit:
        raise InputError(
            "This has %(length)d characters; at most %(max)d are allowed. Please shorten it.",
            length=len(text),
            max=limit,
        )
    return text


def _checked(text: str, refused: re.Pattern[str]) -> str:
    if found := refused.search(text):
        raise InputError(
            "Character %(position)d (%(code)s) cannot be stored. Please delete it and type that part again.",
            position=found.start() + 1,
            code=f"U+{ord(found.group()):04X}",
        )
    return text


def _visible(text: str) -> str:
    """Only marks and invisible format characters are no answer to a question."""
    return text if any(unicodedata.category(char)[0] in "LNPS" for char in text) else ""
