"""Letters that count as the same where capitals do not count (XPath and XQuery Functions 3.1, 5.6.1.1)."""

from collections.abc import Iterator
from functools import lru_cache

_ONE_WAY = (
    *(0xB5, 0x131, 0x17F, 0x1C5, 0x1C8, 0x1CB, 0x1F2, 0x345, 0x3C2, 0x3D0, 0x3D1, 0x3D5, 0x3D6, 0x3F0, 0x3F1, 0x3F4),
    *(0x3F5, *range(0x1C80, 0x1C89), 0x1E9B, 0x1E9E, *range(0x1F88, 0x1F90), *range(0x1F98, 0x1FA0)),
    *(*range(0x1FA8, 0x1FB0), 0x1FBC, 0x1FBE, 0x1FCC, 0x1FFC, 0x2126, 0x212A, 0x212B),
)
"""Letters that have a capital or small letter which is not theirs in turn: the long s has S, the Kelvin sign has k."""


@lru_cache(maxsize=8192)
def variants(char: str) -> frozenset[str]:
    """Return a letter as it is, as capital and as small letter, and the letters that are those of the same."""
    forms = _forms(char)
    return forms.union(*(_BACK.get(form, ()) for form in forms))


def _forms(char: str) -> frozenset[str]:
    lower, upper = char.lower(), char.upper()
    return frozenset(form for form in (char, lower, upper, upper.lower(), lower.upper()) if len(form) == 1)


def _ways_back() -> Iterator[tuple[str, str]]:
    for code in _ONE_WAY:
        for form in _forms(chr(code)):
            yield form, chr(code)


_BACK: dict[str, set[str]] = {}
for _form, _letter in _ways_back():
    _BACK.setdefault(_form, set()).add(_letter)
