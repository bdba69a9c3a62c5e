"""Recognises what people write who think of a spreadsheet, another language, or their mother tongue.

It is asked where the text is no FEEL anyway, and so refuses nothing, but for a date without quotes, which to FEEL is
arithmetic.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from engine.feel.foreign import KEYWORDS, OPERATORS, word_meant
from engine.feel.tokens import Token

_CLOSES = {")": "(", "]": "[", "}": "{"}
_SIGNS = ("=", "!=", "<", "<=", ">", ">=")


class Mistake(NamedTuple):
    """What was probably meant: the code of its text, the token it is about, and what the text names."""

    code: str
    token: Token
    params: Mapping[str, str] = {}


def misplaced(tokens: Sequence[Token], place: int) -> Mistake | None:
    """Return what was probably meant by the token at a place, where another is needed."""
    before, token, after = _three(tokens, place)
    return (
        _quotes(token)
        or _operator(before, token)
        or _half_comparison(before, token)
        or _decimal_comma(before, token, after)
        or _thousands(tokens, place)
        or _word(tokens, place)
    )


def left_over(tokens: Sequence[Token], place: int) -> Mistake | None:
    """Return what was probably meant by the token at a place, where the expression is complete."""
    before, token, after = _three(tokens, place)
    return (
        _quotes(token)
        or _operator(before, token)
        or _operator(token, after)
        or _decimal_comma(before, token, after)
        or _thousands(tokens, place)
        or _sign(token)
        or _word(tokens, place)
    )


def unquoted_date(tokens: Sequence[Token]) -> Mistake | None:
    """Return the first date that is written without quotes: ``2026-03-31`` or ``31/03/2026``."""
    for start in range(len(tokens) - 5):
        five = tokens[start : start + 5]
        if five[1].text in ("-", "/") and _is_date([token.text for token in five]) and _is_one_word(five):
            return Mistake("unquoted_date", five[0], {"found": "".join(token.text for token in five)})
    return None


def _three(tokens: Sequence[Token], place: int) -> tuple[Token | None, Token, Token]:
    return (tokens[place - 1] if place else None), tokens[place], tokens[min(place + 1, len(tokens) - 1)]


def _is_date(texts: list[str]) -> bool:
    first, sign, month, again, last = texts
    if again != sign or not all(part.isdigit() for part in (first, month, last)):
        return False
    return len(month) == 2 and (len(first), len(last)) in ((4, 2), (2, 4))


def _is_one_word(tokens: Sequence[Token]) -> bool:
    return all(left.end == right.offset for left, right in pairwise(tokens))


def _quotes(token: Token) -> Mistake | None:
    return Mistake("single_quotes", token) if token.text in ("'", "’") else None


def _operator(before: Token | None, token: Token) -> Mistake | None:
    if token.kind != "op":
        return None
    if before and before.kind == "op" and before.end == token.offset and before.text + token.text in OPERATORS:
        return _foreign(before, before.text + token.text)
    return _foreign(token, token.text) if token.text in OPERATORS else None


def _foreign(token: Token, found: str) -> Mistake:
    return Mistake("foreign_operator", token, {"found": found, "instead": OPERATORS[found]})


def _decimal_comma(before: Token | None, token: Token, after: Token) -> Mistake | None:
    if before is None or token.text != "," or not before.kind == after.kind == "number":
        return None
    if not _is_one_word((before, token, after)):
        return None
    found = {"found": f"{before.text},{after.text}", "instead": f"{before.text}.{after.text}"}
    return Mistake("decimal_comma", before, found)


def _thousands(tokens: Sequence[Token], place: int) -> Mistake | None:
    end = place
    while tokens[end].text.startswith(".") and tokens[end].kind == "number" and _is_one_word(tokens[end - 1 : end + 1]):
        end += 1
    if end == place or tokens[place - 1].kind != "number":
        return None
    found = "".join(token.text for token in tokens[place - 1 : end])
    return Mistake("thousands", tokens[place - 1], {"found": found, "instead": found.replace(".", "")})


def _sign(token: Token) -> Mistake | None:
    if token.kind != "op":
        return None
    if token.text in _CLOSES:
        return Mistake("unopened_bracket", token, {"found": token.text, "opening": _CLOSES[token.text]})
    code = {"..": "bare_range", ",": "stray_comma"}.get(token.text)
    return Mistake(code, token) if code else None


def _half_comparison(before: Token | None, token: Token) -> Mistake | None:
    if before is None or before.text not in ("and", "or") or token.text not in _SIGNS:
        return None
    return Mistake("half_comparison", token, {"found": token.text, "word": before.text})


def _word(tokens: Sequence[Token], place: int) -> Mistake | None:
    # A keyword in capitals may stand long before the place where nothing fits any more: IF a THEN b.
    for back, token in enumerate(reversed(tokens[: place + 1])):
        meant = word_meant(token.text) if token.kind == "name" else None
        if meant and (back < 2 or (meant in KEYWORDS - {"null"} and token.text.lower() == meant)):
            return Mistake("foreign_word", token, {"found": token.text, "instead": meant})
    return None
