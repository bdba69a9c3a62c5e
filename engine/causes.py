"""Says which incidents have the same cause, so that a thousand of them are one line on a page."""

import re
from hashlib import blake2b

#: Digits of the name of a cause.
CAUSE_DIGITS = 16
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"|“([^”]*)”")
# What a release names (services, variables, elements) tells causes apart; anything else in quotes may be a person's.
_NAME = re.compile(r"[a-z_][a-z0-9_.]*")
_NUMBER = re.compile(r"\d[\d.,:]*")


def cause_of(code: str, element: str, text: str) -> str:
    """Return the name of a cause: the same for incidents of one code and element whose texts differ in values only."""
    content = "\0".join((code, element, without_values(text)))
    return blake2b(content.encode(), digest_size=CAUSE_DIGITS // 2).hexdigest()


def without_values(text: str) -> str:
    """Return what an incident says without the values in it: numbers become `#`, quoted words `…`.

    Names that the release uses, such as a service, stay: they tell what is to be mended, and nothing of a person.
    """
    return _NUMBER.sub("#", _QUOTED.sub(_kept_name, text))


def _kept_name(found: re.Match[str]) -> str:
    quoted = next((part for part in found.groups() if part is not None), "")
    return found[0] if _NAME.fullmatch(quoted) else "'…'"
