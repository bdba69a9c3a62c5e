"""The compact state of a running case: its scopes and the tokens that stand in them; never SpiffWorkflow's JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from engine.records.packing import Unreadable, pack, unpack

ROOT = 0


class Stand(StrEnum):
    """What a token at an element is about."""

    COMES = "c"
    """It is on its way along a flow; no stored case has any."""
    RUNS = "r"
    """The engine runs the element, or would if it had not failed."""
    ASKS = "a"
    """A person is asked."""
    WAITS = "w"
    """An event waits for its timer, message, signal or condition."""
    LISTENS = "l"
    """The start event of an event sub-process waits; the scope may end without it."""
    HOLDS = "h"
    """The activity goes on in scopes of its own."""


_STANDS = {stand.value: stand for stand in Stand}


@dataclass(slots=True)
class Token:
    """One point at which a case stands.

    :param number: counts up within the case, never used twice.
    :param notes: what it waits for and what it belongs to; the names are in `engine.bpmn.notes`.
    """

    number: int
    element: str
    scope: int
    stand: Stand
    notes: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Scope:
    """Where tokens stand together: the process, a sub-process that runs, or one round of a looped activity.

    :param container: the process or sub-process; of a round the activity itself.
    :param parent: None for the case itself.
    :param host: the token of the activity, in the parent.
    :param variables: its own; without, those of the parent are read and written.
    :param is_closed: the variables of the parent are out of sight: a called process.
    :param is_round: one instance of a looped activity.
    :param arrivals: tokens that wait at joins: element -> flow -> how many.
    :param done: activities that can be compensated, oldest first: [activity, what was done inside it, its variables].
    :param live: tokens that keep the scope from ending; counted, not stored.
    :param tokens: those that stand here; found again when a case is loaded, not stored.
    """

    number: int
    container: str
    parent: int | None = None
    host: int | None = None
    variables: dict[str, Any] | None = None
    is_closed: bool = False
    is_round: bool = False
    arrivals: dict[str, dict[str, int]] = field(default_factory=dict)
    done: list[list[Any]] = field(default_factory=list)
    live: int = 0
    tokens: dict[int, Token] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseState:
    """Everything needed to go on with a case later.

    :param last_number: the highest number given to a token or scope so far.
    """

    scopes: tuple[Scope, ...]
    tokens: tuple[Token, ...]
    last_number: int

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the case itself."""
        return self.scopes[0].variables or {}


def first_state(process: str, variables: Mapping[str, Any]) -> CaseState:
    """Return the state of a case that has not begun."""
    return CaseState((Scope(ROOT, process, variables=dict(variables)),), (), 0)


def encode_state(state: CaseState) -> bytes:
    """Return the state as bytes."""
    scopes = [_plain_scope(scope) for scope in state.scopes]
    tokens = [_plain_token(token) for token in state.tokens]
    return pack([state.last_number, scopes, tokens])


_NOTHING: list[object] = [
    "number",
    "container",
    None,
    None,
    None,
    False,
    False,
    {},
    [],
]  # what goes without saying, at its place


def _plain_token(token: Token) -> list[Any]:
    plain = [token.number, token.element, token.scope, token.stand.value]
    return [*plain, token.notes] if token.notes else plain


def _plain_scope(scope: Scope) -> list[Any]:
    plain = [scope.number, scope.container, scope.parent, scope.host, scope.variables]
    plain += [scope.is_closed, scope.is_round, scope.arrivals, scope.done]
    while plain[-1] == _NOTHING[len(plain) - 1]:
        plain.pop()
    return plain


def decode_state(content: bytes) -> CaseState:
    """Return the state that was encoded.

    :raise Unreadable: the bytes are damaged.
    """
    try:
        last_number, scopes, tokens = cast("list[Any]", unpack(content))
        return CaseState(
            tuple(_scope(*scope) for scope in scopes),
            tuple(_token(*token) for token in tokens),
            _whole(last_number),
        )
    except (TypeError, ValueError, LookupError) as error:
        raise Unreadable("the stored state of the case is damaged") from error


def _token(number: int, element: str, scope: int, stand: str, notes: Mapping[str, Any] | None = None) -> Token:
    return Token(number, element, scope, _STANDS[stand], dict(notes) if notes else {})


def _scope(
    number: object, container: Any, parent: Any = None, host: Any = None, variables: object = None, *rest: Any
) -> Scope:
    # Bytes can be damaged and still be msgpack: then the shape is wrong.
    if not isinstance(number, int) or not isinstance(variables, dict | None) or (number != ROOT and host is None):
        raise ValueError("not the shape of a scope")
    return Scope(number, container, parent, host, variables, *rest)


def _whole(number: object) -> int:
    if not isinstance(number, int):
        raise ValueError("not the shape of a state")
    return number
