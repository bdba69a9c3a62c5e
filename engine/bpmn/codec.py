"""The compact state of a running case: variables, waiting tokens, counted arrivals; never SpiffWorkflow's JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from engine.records.packing import Unreadable, pack, unpack


@dataclass(frozen=True, slots=True)
class Token:
    """One waiting point of a case.

    :param number: counts up within the case, never used twice.
    :param is_ready: a person's or an incident's task; otherwise an event that waits.
    :param notes: what the event waits for: host token, due instant, message key, incident mark.
    """

    number: int
    element: str
    is_ready: bool
    notes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseState:
    """Everything needed to go on with a case later.

    :param arrivals: tokens counted at parallel joins: element -> source element -> count.
    :param last_number: the highest token number given out so far.
    """

    variables: Mapping[str, Any]
    tokens: tuple[Token, ...]
    arrivals: Mapping[str, Mapping[str, int]]
    last_number: int


def encode_state(state: CaseState) -> bytes:
    """Return the state as bytes."""
    tokens = [[token.number, token.element, token.is_ready, dict(token.notes)] for token in state.tokens]
    return pack([state.last_number, dict(state.variables), tokens, {k: dict(v) for k, v in state.arrivals.items()}])


def decode_state(content: bytes) -> CaseState:
    """Return the state that was encoded.

    :raise Unreadable: the bytes are damaged.
    """
    try:
        last_number, variables, tokens, arrivals = cast("list[Any]", unpack(content))
        _check(last_number, variables, tokens, arrivals)
        return CaseState(variables, tuple(Token(*token) for token in tokens), arrivals, last_number)
    except (TypeError, ValueError) as error:
        raise Unreadable("the stored state of the case is damaged") from error


def _check(last_number: object, variables: object, tokens: object, arrivals: object) -> None:
    # Bytes can be damaged and still be msgpack: then the shape is wrong.
    shape = (last_number, int), (variables, dict), (tokens, list), (arrivals, dict)
    if not all(isinstance(value, kind) for value, kind in shape):
        raise ValueError("not the shape of a state")
