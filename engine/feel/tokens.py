"""Cuts FEEL text into tokens."""

import re
from typing import NamedTuple

from engine.feel.errors import FeelSyntaxError
from engine.feel.foreign import KEYWORDS, OPERATORS, QUOTES

__all__ = ["KEYWORDS", "MAX_SOURCE", "Token", "fault", "line_and_column", "tokenize", "unescape"]

MAX_SOURCE = 20_000
"""Longest accepted source, in characters."""

# DMN 1.5, grammar rules 27-29 (name start character, name part character).
_START = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"

_TOKEN = re.compile(
    rf"""
      (?P<space>   [\s\ufeff\u180e\u200b]+ | //[^\n]* | /\*.*?\*/ )
    | (?P<number>  (?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)? )
    | (?P<at>      @\s*"(?:[^"\\\n-\r]|\\[^\n-\r])*" )
    | (?P<string>  "(?:[^"\\\n-\r]|\\[^\n-\r])*" )
    | (?P<name>    [{_START}][{_PART}?]* )
    | (?P<op>      \*\* | \.\. | <= | >= | != | -> | [-+*/=<>(){{}}\[\],.:?’'] )
    """,
    re.VERBOSE | re.DOTALL,
)
_UNKNOWN = {'"': "unclosed_string", "@": "at_without_quotes", "%": "percent", ";": "semicolon"}
_ESCAPE = re.compile(r"\\(?:([\"'\\nrt])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Token(NamedTuple):
    """One token: its kind (number, at, string, name, op, end), text, and offset in the source."""

    kind: str
    text: str
    offset: int

    @property
    def end(self) -> int:
        """Offset just behind the token."""
        return self.offset + len(self.text)


def line_and_column(source: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both counted from 1."""
    start = source.rfind("\n", 0, offset) + 1
    return source.count("\n", 0, offset) + 1, offset - start + 1


def fault(source: str, offset: int, code: str, **params: str) -> FeelSyntaxError:
    """Return the error for a mistake at an offset of the source."""
    line, column = line_and_column(source, offset)
    return FeelSyntaxError(code, params, line=line, column=column)


def tokenize(source: str) -> list[Token]:
    """Return the tokens of a source, closed by one of kind ``end``.

    :raise FeelSyntaxError: at the first character that starts no token, or when the source is too long.
    """
    _check_characters(source)
    tokens: list[Token] = []
    offset = 0
    while offset < len(source):
        match = _TOKEN.match(source, offset)
        if match is None or match.lastgroup is None:
            raise _unknown(source, offset)
        _check_pairs(source, offset, match.lastgroup)
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup, match.group(), offset))
        offset = match.end()
    tokens.append(Token("end", "", len(source)))
    return tokens


def unescape(source: str, token: Token) -> str:
    """Return the characters a string token stands for.

    An unknown escape such as ``\\d`` keeps its backslash: the grammar counts it as two ordinary characters.

    :raise FeelSyntaxError: for a code that is no character (half a surrogate pair, NUL, beyond Unicode).
    """
    body = token.text[token.text.index('"') + 1 : -1]
    if "\\" not in body:
        return body
    try:
        text = _ESCAPE.sub(_unescape_one, body).encode("utf-16", "surrogatepass").decode("utf-16")
    except (ValueError, OverflowError):
        raise fault(source, token.offset, "bad_escape", found=body[:40]) from None
    if "\0" in text:
        raise fault(source, token.offset, "bad_escape", found="\\u0000")
    return text


def _unescape_one(match: re.Match[str]) -> str:
    simple, short, long, other = match.groups()
    if simple:
        return _SIMPLE[simple]
    if other:
        return "\\" + str(other)
    return chr(int(short or long, 16))


def _check_characters(source: str) -> None:
    if len(source) > MAX_SOURCE:
        raise fault(source, 0, "too_long", length=str(len(source)), limit=str(MAX_SOURCE))
    try:
        source.encode()
        offset = source.find("\0")
    except UnicodeEncodeError as error:
        offset = error.start
    if offset >= 0:
        raise fault(source, offset, "unknown_character", found=ascii(source[offset : offset + 1]))


def _check_pairs(source: str, offset: int, kind: str) -> None:
    if source.startswith("==", offset):
        raise fault(source, offset, "double_equals")
    if kind == "op" and source.startswith("/*", offset):
        raise fault(source, offset, "unclosed_comment")


def _unknown(source: str, offset: int) -> FeelSyntaxError:
    rest = source[offset : offset + 2]
    if rest in ("${", "#{"):
        return fault(source, offset, "dollar_braces")
    for foreign in (rest, rest[0]):
        if foreign in OPERATORS:
            return fault(source, offset, "foreign_operator", found=foreign, instead=OPERATORS[foreign])
    if rest[0] in QUOTES:
        return fault(source, offset, "curly_quotes", found=rest[0])
    if re.match(r'@\s*"', source[offset:]):
        return fault(source, offset, "unclosed_string")
    shown = f"'{rest[0]}'" if rest[0].isprintable() else ascii(rest[0])
    return fault(source, offset, _UNKNOWN.get(rest[0], "unknown_character"), found=shown)
