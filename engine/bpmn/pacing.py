"""When a case has gone on too long without anybody being asked: a diagram that loops is stopped, much work is not."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.state import Scope, Token
from engine.patience import may_have_taken_long

#: Steps without a wait, and without a round that has ended, after which a diagram loops.
MAX_STEPS = 25_000
#: Steps without a wait in all: so many at once are too much for one step of a case, however finite.
MOST_STEPS = 250_000
_BREATH = 8  # steps between two looks at the clock, which take longer than many a step


class Pace:
    """How much a case has done since it began to move.

    A round that ends shows that finite work goes on, but only in an activity that was begun for the first time where it
    stands: a loop that leads back to it goes round again, and so does all that is inside it.
    """

    def __init__(self, last_number: int) -> None:
        """Begin to count.

        :param last_number: of the tokens that the case has had so far.
        """
        self._last_number = last_number
        self._steps, self._all = 0, 0
        self._begun: set[tuple[str, int]] = set()
        self._counted: set[int] = set()

    def step(self) -> str | None:
        """Count a step; return why it is one too many, None if it is not.

        Nobody waits for a case any more that has taken a moment.
        """
        self._steps += 1
        self._all += 1
        if self._all % _BREATH == 0:
            may_have_taken_long()
        if self._steps > MAX_STEPS:
            return f"More than {MAX_STEPS} steps without a wait: the diagram loops."
        if self._all > MOST_STEPS:
            return f"More than {MOST_STEPS} steps without a wait: that is too much at once; a retry goes on."
        return None

    def begin_rounds(self, scopes: Mapping[int, Scope], token: Token) -> None:
        """Hear that an activity begins its rounds."""
        around = _round_around(scopes, token)
        place = (token.element, around.number if around else 0)
        if place not in self._begun and (around is None or self._counts(around.host)):
            self._begun.add(place)
            self._counted.add(token.number)

    def end_round(self, token: Token, rounds: Mapping[str, Any]) -> None:
        """Hear that a round of an activity has ended."""
        if rounds["total"] is not None and self._counts(token.number):
            self._steps = 0

    def _counts(self, host: int | None) -> bool:
        return host is not None and (host <= self._last_number or host in self._counted)


def _round_around(scopes: Mapping[int, Scope], token: Token) -> Scope | None:
    scope: Scope | None = scopes[token.scope]
    while scope is not None and not scope.is_round:
        scope = None if scope.parent is None else scopes[scope.parent]
    return scope
