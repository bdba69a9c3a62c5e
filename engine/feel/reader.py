"""Walks over the tokens of a source, and says what is wrong where one cannot stand."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.feel.errors import FeelSyntaxError
from engine.feel.mistakes import Mistake, left_over, misplaced, unquoted_date
from engine.feel.tokens import Token, fault, tokenize

MAX_DEPTH = 100
"""Deepest nesting of a source; a parse or an evaluation never gets near Python's own limit."""


class Reader:
    """A position in a source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._tokens = tokenize(source)
        self._index = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        """The token to be read next."""
        return self._tokens[self._index]

    def after(self, count: int = 1) -> Token:
        """Return a token further on; the end token beyond the last."""
        return self._tokens[min(self._index + count, len(self._tokens) - 1)]

    def advance(self) -> Token:
        """Return the next token and move behind it."""
        token = self.token
        self._index = min(self._index + 1, len(self._tokens) - 1)
        return token

    def at(self, *texts: str) -> bool:
        """Return whether the next token is one of these symbols or keywords."""
        return self.token.text in texts and self.token.kind in ("op", "name")

    def take(self, *texts: str) -> bool:
        """Move over the next token if it is one of these, and return whether it was."""
        found = self.at(*texts)
        if found:
            self.advance()
        return found

    def expect(self, text: str) -> Token:
        """Move over a required symbol or keyword. :raise FeelSyntaxError: when something else stands there."""
        if not self.at(text):
            raise self.unexpected(text)
        return self.advance()

    def close(self, opening: Token, closing: str) -> None:
        """Move over a closing bracket. :raise FeelSyntaxError: when it is missing."""
        if not self.take(closing):
            raise self.unclosed(opening, closing) if self.token.kind == "end" else self.unexpected(closing)

    def mark(self) -> int:
        """Return the position, for ``reset``."""
        return self._index

    def reset(self, mark: int) -> None:
        """Go back to a marked position."""
        self._index = mark

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count a level of nesting. :raise FeelSyntaxError: below the deepest allowed one."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.fault(self.token, "too_deep", limit=str(MAX_DEPTH))
        yield
        self._depth -= 1

    def fault(self, token: Token, code: str, **params: str) -> FeelSyntaxError:
        """Return the error for a mistake at a token."""
        return fault(self.source, token.offset, code, **params)

    def unexpected(self, expected: str) -> FeelSyntaxError:
        """Return the error for a token that cannot stand here."""
        token = self.token
        mistake = misplaced(self._tokens, self._index) if expected != "type" else None
        if mistake and not (token.kind == "end" and expected == "value"):
            return self._mistaken(mistake)
        if token.kind == "end":
            return self.fault(token, "unexpected_end" if self._index else "empty", expected=expected)
        return self.fault(token, "unexpected", found=token.text[:40], expected=expected)

    def left_over(self) -> FeelSyntaxError:
        """Return the error for a token behind a complete expression."""
        mistake = left_over(self._tokens, self._index)
        return self._mistaken(mistake) if mistake else self.fault(self.token, "left_over", found=self.token.text[:40])

    def unclosed(self, opening: Token, closing: str) -> FeelSyntaxError:
        """Return the error for an opening bracket without a closing one."""
        return self.fault(opening, "unclosed_bracket", opening=opening.text, closing=closing)

    def refuse_dates(self) -> None:
        """Raise the error for a date that is written without quotes, if there is one."""
        mistake = unquoted_date(self._tokens)
        if mistake:
            raise self._mistaken(mistake)

    def _mistaken(self, mistake: Mistake) -> FeelSyntaxError:
        return self.fault(mistake.token, mistake.code, **mistake.params)
