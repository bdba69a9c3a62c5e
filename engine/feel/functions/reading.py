"""Reads the text of a range for `range()` (DMN 1.5, grammar rules 66 and 67): only literals may be its ends."""

from collections.abc import Callable, Mapping
from decimal import DecimalException

from engine.feel.errors import FeelSyntaxError
from engine.feel.temporal import read_date, read_datetime, read_duration, read_temporal, read_time
from engine.feel.tokens import Token, tokenize, unescape
from engine.feel.values import NUMBERS, ORDERED, Range, kind_of

_READERS: Mapping[str, Callable[[str], object]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_datetime,
    "duration": read_duration,
}


def read_range(text: str) -> Range | None:
    """Return the range a text stands for, or None when it is none."""
    try:
        return _Reader(text).range()
    except (FeelSyntaxError, DecimalException):
        return None


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokenize(text)[::-1]

    def range(self) -> Range | None:
        opening = self._take()
        start = None if self._next() == ".." else self._end()
        dots = self._take()
        end = None if self._next() in (")", "[", "]") else self._end()
        closing = self._take()
        starts, ends = opening == "[", closing == "]"
        if opening not in ("(", "[", "]") or dots != ".." or closing not in (")", "[", "]") or len(self._tokens) != 1:
            return None
        if (start is None and (starts or end is None)) or (end is None and ends):
            return None
        values = [value for value in (start, end) if value is not None]
        if any(type(value) not in ORDERED for value in values) or len(set(map(kind_of, values))) > 1:
            return None
        return Range(start, end, starts, ends)

    def _end(self) -> object:
        if len(self._tokens) == 1:
            return _NOTHING
        token = self._tokens.pop()
        if token.text == "-" and self._tokens[-1].kind == "number":
            return NUMBERS.create_decimal("-" + self._take())
        if token.kind == "number":
            return NUMBERS.create_decimal(token.text)
        if token.kind == "string":
            return unescape(self._text, token)
        return self._known(read_temporal(unescape(self._text, token)) if token.kind == "at" else self._call(token))

    def _call(self, token: Token) -> object:
        words = [token.text]
        while self._tokens[-1].kind == "name":
            words.append(self._take())
        read = _READERS.get(" ".join(words))
        if read is None or self._take() != "(" or self._tokens[-1].kind != "string":
            return None
        text = unescape(self._text, self._tokens.pop())
        return read(text) if self._take() == ")" else None

    def _known(self, value: object) -> object:
        # A word here is no end at all, which is another thing than an end that is left open.
        return _NOTHING if value is None else value

    def _next(self) -> str:
        return self._tokens[-1].text

    def _take(self) -> str:
        return self._tokens.pop().text if len(self._tokens) > 1 else ""


_NOTHING: list[object] = []
