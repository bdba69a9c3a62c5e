"""The compact state of a running case: its scopes and the tokens that stand in them; never SpiffWorkflow's JSON."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from engine.records.packing import Unreadable, pack, unpack

ROOT = 0
#: Inside a round, which one it is: 1 for the first.
COUNTER = "loopCounter"
# A small packed value has no check of its own, and one bit can make another case of it. The number goes on where those
# of `packing` end; what was stored before there was a check has one of those.
_CHECKED, _CHECK_BYTES = b"\x04", 4


class Stand(StrEnum):
    """What a token at an element is about."""

    COMES = "c"
    """It is on its way along a flow; a stored case has such only where it went on too long without a wait."""
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
    :param round: which instance of a looped activity it is, 1 for the first; 0 if it is none.
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
    round: int = 0
    arrivals: dict[str, dict[str, int]] = field(default_factory=dict)
    done: list[list[Any]] = field(default_factory=list)
    live: int = 0
    tokens: dict[int, Token] = field(default_factory=dict)

    @property
    def is_round(self) -> bool:
        """It is one instance of a looped activity."""
        return self.round > 0


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
    content = pack([state.last_number, scopes, tokens])
    return _CHECKED + _check_of(content) + content


def _check_of(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_CHECK_BYTES)


# What goes without saying in a scope, at its place; number and container are always said.
_NOTHING: list[Any] = ["number", "container", None, None, None, False, 0, {}, []]
_OF_ITS_OWN, _MADE_ANEW = 4, 7  # where its variables stand; where what it collects begins


def _plain_token(token: Token) -> list[Any]:
    plain = [token.number, token.element, token.scope, token.stand.value]
    return [*plain, token.notes] if token.notes else plain


def _plain_scope(scope: Scope) -> list[Any]:
    plain = [scope.number, scope.container, scope.parent, scope.host, scope.variables]
    plain += [scope.is_closed, scope.round, scope.arrivals, scope.done]
    while plain[-1] == _NOTHING[len(plain) - 1]:
        plain.pop()
    return plain


def decode_state(content: bytes) -> CaseState:
    """Return the state that was encoded.

    :raise Unreadable: the bytes are damaged.
    """
    try:
        if content[:1] != _CHECKED:
            return _in_order(_unpacked(content))
        start = 1 + _CHECK_BYTES
        if content[1:start] == _check_of(content[start:]):
            return _unpacked(content[start:])
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise Unreadable("the stored state of the case is damaged") from error
    raise Unreadable("the stored state of the case is damaged")


def _unpacked(content: bytes) -> CaseState:
    last_number, scopes, tokens = cast("list[Any]", unpack(content))
    if type(last_number) is not int:
        raise ValueError("not the shape of a state")
    return CaseState(tuple(_scope(*scope) for scope in scopes), tuple(_token(*token) for token in tokens), last_number)


def _in_order(state: CaseState) -> CaseState:
    """Return a state without a check of its own if it hangs together: bytes can be damaged and still be msgpack."""
    scopes = {scope.number for scope in state.scopes}
    standing = {token.number: token.scope for token in state.tokens}
    hosts = [(scope.host, scope.parent) for scope in state.scopes[1:]]
    is_whole = (
        state.scopes[0].number == ROOT
        and state.scopes[0].variables is not None
        and len(scopes) + len(standing) == len(state.scopes) + len(state.tokens)
        and scopes.issuperset(standing.values())
        and all(host in standing and standing[host] == parent for host, parent in hosts)
        and max(*scopes, *standing, 0) <= state.last_number
    )
    if not is_whole:
        raise ValueError("not the shape of a state")
    return state


def _token(number: int, element: str, scope: int, stand: str, notes: Mapping[str, Any] | None = None) -> Token:
    if type(number) is not int or type(element) is not str:
        raise ValueError("not the shape of a token")
    return Token(number, element, scope, _STANDS[stand], dict(notes) if notes else {})


def _scope(number: int, container: str, parent: int | None = None, host: int | None = None, *rest: Any) -> Scope:
    variables, is_closed, place, *more = (*rest, *_NOTHING[_OF_ITS_OWN + len(rest) : _MADE_ANEW])
    if type(number) is not int or type(container) is not str or not isinstance(variables, dict | None):
        raise ValueError("not the shape of a scope")
    if place is True:  # once it was only noted that a scope is a round, and its counter said which
        place = (variables or {}).get(COUNTER, 1)
    return Scope(number, container, parent, host, variables, is_closed, place, *more)
