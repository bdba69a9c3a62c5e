"""What the tokens of a case wait for, by the table in which they stand."""

from collections.abc import Collection, Iterable

from engine.bpmn.notes import DUE, INCIDENT, KEY
from engine.bpmn.state import Stand, Token
from engine.values import value

# To read a member of an enumeration takes longer than to compare it.
_ASKS, _WAITS, _LISTENS = Stand.ASKS, Stand.WAITS, Stand.LISTENS


@value(frozen=True, slots=True)
class Waiting:
    """Tokens that wait, in order, by the table in which they stand."""

    tasks: tuple[int, ...]
    timers: tuple[int, ...]
    subscriptions: tuple[int, ...]
    incidents: tuple[int, ...]


def waiting_tokens(tokens: Collection[Token]) -> Waiting:
    """Sort tokens by what they wait for; one whose element has failed waits for a retry as well."""
    events = [token for token in tokens if token.stand is _WAITS or token.stand is _LISTENS]
    return Waiting(
        tuple([token.number for token in tokens if token.stand is _ASKS]),
        tuple([token.number for token in events if DUE in token.notes]),
        tuple([token.number for token in events if KEY in token.notes]),
        tuple([token.number for token in tokens if INCIDENT in token.notes]),
    )


def together(parts: Iterable[Waiting]) -> Waiting:
    """Return what several parts of a case wait for, in order."""
    found = list(parts)
    return Waiting(
        tuple(sorted(number for part in found for number in part.tasks)),
        tuple(sorted(number for part in found for number in part.timers)),
        tuple(sorted(number for part in found for number in part.subscriptions)),
        tuple(sorted(number for part in found for number in part.incidents)),
    )
