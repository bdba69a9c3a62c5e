"""Strings, and values as strings."""

import re

from tests.differential.comparing import Difference
from tests.differential.listed.entry import Sheet, kinds, number
from tests.differential.values import Tagged, same

SHEET = Sheet()
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@SHEET.of(
    "substring",
    because="table 74, note 1: the start lies in [-L..L], the length in [1..E]; else it is null (10.3.4).",
    example='substring(`"a"`, `3`)',
)
def cuts_outside(found: Difference) -> bool:
    """Gives what is left of a string where the start or the length lies outside of it."""
    text, start, *length = found.arguments
    return found.ours is None and isinstance(text, str) and _is_outside(len(text), start, *length)


@SHEET.of(
    "substring",
    because="table 74: characters are counted, also those beyond the first 65,536.",
    example='substring(`"a😀"`, `-1`)',
)
def counts_code_units(found: Difference) -> bool:
    """Counts from the end in UTF-16, where a sign such as 😀 is two."""
    text, start = found.arguments[:2]
    return isinstance(text, str) and any(ord(letter) > 0xFFFF for letter in text) and number(start) < 0


@SHEET.of(
    "string",
    because="10.3.2.3.1: a number has 34 digits, and keeps the places behind the point it was computed with.",
    example="string(`1.50`)",
)
def writes_floats(found: Difference) -> bool:
    """Writes the digits of a float, without zeros behind the point."""
    if not isinstance(found.ours, str) or not isinstance(found.theirs, str):
        return False
    unquoted = _without_quotes(found.theirs)
    ours, theirs = _NUMBER.findall(found.ours), _NUMBER.findall(unquoted)
    rest = ours != theirs and _NUMBER.sub("#", found.ours) == _NUMBER.sub("#", unquoted)
    return (
        rest and len(ours) == len(theirs) and all(same(float(a), float(b)) for a, b in zip(ours, theirs, strict=True))
    )


@SHEET.of(
    "string",
    because="table 72 leaves open how a context is written; a name with a space needs no quotes (rules 25 and 58).",
    example='string(`{"unit kerja": 1}`)',
)
def quotes_keys(found: Difference) -> bool:
    """Puts a key with a space in quotes."""
    return kinds(found) == ["dict"] and found.ours == _without_quotes(str(found.theirs))


@SHEET.of(
    "string",
    because="10.3.2.3.7 and 10.3.2.3.8: a negative duration has one sign, in front of the P (XML Schema).",
    example='string(`@"-P1Y2M"`)',
)
def signs_each_unit(found: Difference) -> bool:
    """Writes the sign of a negative duration at each of its units."""
    return str(found.ours).startswith("-P") and str(found.theirs).replace("-", "") == str(found.ours)[1:]


@SHEET.of(
    "string", "duration",
    because="10.3.2.3.7: days and months are kinds of their own, and no days make a month.",
    example='string(`@"P670D"`)',
)  # fmt: skip
def makes_months_of_days(found: Difference) -> bool:
    """Writes 30 days as a month."""
    value = found.arguments[0]
    if isinstance(value, str):
        days = re.match(r"-?P(\d+)D", value)
        return days is not None and int(days[1]) >= 30
    return isinstance(value, Tagged) and value.kind == "seconds" and abs(number(value)) >= 30 * 86_400


@SHEET.of(
    "string",
    because="10.3.2.3.8: a duration of no months is one of years and months, P0M.",
    example='string(`@"P0M"`)',
)
def forgets_the_unit_of_nothing(found: Difference) -> bool:
    """Writes no months as no seconds."""
    return (found.ours, found.theirs) == ("P0M", "PT0S")


@SHEET.of(
    "split",
    because="table 74: the substrings between the delimiters, without what groups hold (XPath, fn:tokenize).",
    example='split(`"abc"`, `"(a)(b)"`)',
)
def keeps_groups(found: Difference) -> bool:
    """Puts what the groups of the delimiter hold between the substrings."""
    theirs, groups = found.theirs, str(found.arguments[-1]).count("(")
    return groups > 0 and isinstance(theirs, list) and theirs[:: groups + 1] == found.ours


def _without_quotes(text: str) -> str:
    return re.sub(r'"([^":]* [^":]*)": ', r"\1: ", text)


def _is_outside(size: int, start: object, length: object = None) -> bool:
    place = int(number(start))
    if not 1 <= abs(place) <= size:
        return True
    return length is not None and not 1 <= int(number(length)) <= (size - place + 1 if place > 0 else -place)
