"""The compact state of a running case: its scopes and the tokens that stand in them; never SpiffWorkflow's JSON."""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Any, cast

from engine.bpmn.notes import CANCELS, FOR, HELD, INCIDENT, KEY, PLAN, ROUNDS, SIGNAL, UNDOES
from engine.bpmn.resting import Heap, Resting, laid_open, pile_up, plain_heaps, read_heaps, take_apart
from engine.records.packing import Unreadable, pack_again, pack_body, refuse_floats, unpack, unpack_body
from engine.values import value

ROOT = 0
#: Inside a round, which one it is: 1 for the first.
COUNTER = "loopCounter"
# A small packed value has no check of its own, and one bit can make another case of it. The number goes on where those
# of `packing` end; what was stored before there was a check has one of those.
_CHECKED, _CHECK_BYTES = b"\x04", 4
# A large one has room behind it, and its length before it: SQLite writes a value over one of the same size where that
# lies, and takes other pages for one of another size.
_ROOMY, _LARGE, _ROOM, _LENGTH_BYTES = b"\x05", 2_048, 512, 4


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


# A round rests while its tokens stand so, and note none of these.
_CALM = frozenset({Stand.ASKS, Stand.WAITS, Stand.LISTENS, Stand.HOLDS})
_STIRRED = frozenset({INCIDENT, HELD, PLAN, CANCELS, FOR, UNDOES})
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
    :param heard: messages that were heard on the way to where it stands: element -> key -> number; see `hearing`.
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
    heard: dict[str, dict[str, int]] = field(default_factory=dict)
    live: int = 0
    tokens: dict[int, Token] = field(default_factory=dict)

    @property
    def is_round(self) -> bool:
        """It is one instance of a looped activity."""
        return self.round > 0


@value(frozen=True, slots=True)
class CaseState:
    """Everything needed to go on with a case later.

    :param last_number: the highest number given to a token or scope so far.
    :param heaps: rounds that have not been looked into; their scopes and tokens are not among the others.
    :param resting: rounds out of heaps, one of which was looked into.
    """

    scopes: tuple[Scope, ...]
    tokens: tuple[Token, ...]
    last_number: int
    heaps: tuple[Heap, ...] = ()
    resting: tuple[Resting, ...] = ()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the case itself."""
        return self.scopes[0].variables or {}


def first_state(process: str, variables: Mapping[str, Any]) -> CaseState:
    """Return the state of a case that has not begun.

    :raise NotStorable: a float is among the variables.
    """
    own = dict(variables)
    refuse_floats(own)
    return CaseState((Scope(ROOT, process, variables=own),), (), 0)


def encode_state(state: CaseState) -> bytes:
    """Return the state as bytes; what only waits in rounds beside each other rests from now on.

    Variables were looked through when they were set; there may be hundreds that this step has not touched.

    :raise NotStorable: something in it cannot be kept.
    """
    refuse_floats([token.notes for token in state.tokens])
    state = _at_rest(state)
    plain: list[Any] = [state.last_number, *_plain(state.scopes, state.tokens)]
    if state.heaps:
        plain.append(plain_heaps(state.heaps))
    return enclose(pack_again(plain))


def enclose(packed: bytes) -> bytes:
    """Return a packed state with all that proves it."""
    if len(packed) < _LARGE:
        return _CHECKED + _check_of(packed) + packed
    roomy = len(packed).to_bytes(_LENGTH_BYTES) + packed
    roomy += bytes(-len(roomy) % _ROOM)
    return _ROOMY + _check_of(roomy) + roomy


def disclose(content: bytes) -> bytes | None:
    """Return the packed state that was enclosed; None for one of the time when there was no proof.

    :raise Unreadable: the bytes are damaged.
    """
    kind, check, rest = content[:1], content[1 : 1 + _CHECK_BYTES], content[1 + _CHECK_BYTES :]
    if kind not in (_CHECKED, _ROOMY):
        return None
    if check != _check_of(rest):
        raise Unreadable("the stored state of the case is damaged")
    return rest if kind == _CHECKED else rest[_LENGTH_BYTES:][: int.from_bytes(rest[:_LENGTH_BYTES])]


def _plain(scopes: Iterable[Scope], tokens: Iterable[Token]) -> list[list[Any]]:
    return [[_plain_scope(scope) for scope in scopes], [_plain_token(token) for token in tokens]]


def _at_rest(state: CaseState) -> CaseState:
    """Return the state with every round that only waits in a heap, if others are beside it."""
    top = _rounds_around(state.scopes)
    if not top and not state.resting:
        return state
    rounds = set(top.values())
    if len(rounds) == 1 and not state.resting and not state.heaps:
        return state
    inside: dict[int, tuple[list[Scope], list[Token]]] = {number: ([], []) for number in rounds}
    for scope in state.scopes:
        if scope.number in top:
            inside[top[scope.number]][0].append(scope)
    for token in state.tokens:
        if token.scope in top:
            inside[top[token.scope]][1].append(token)
    hosts = [parts[0][0].host for parts in inside.values()]
    beside = Counter([*hosts, *(item.host for item in state.resting), *(heap.host for heap in state.heaps)])
    calm = {number: parts for number, parts in inside.items() if beside[parts[0][0].host] > 1 and _only_waits(*parts)}
    return CaseState(
        tuple(scope for scope in state.scopes if top.get(scope.number) not in calm),
        tuple(token for token in state.tokens if top.get(token.scope) not in calm),
        state.last_number,
        (*state.heaps, *pile_up([*state.resting, *(_resting(*parts) for parts in calm.values())])),
    )


def _rounds_around(scopes: Iterable[Scope]) -> dict[int, int]:
    """Return the outermost round around each scope, itself included; what is around a scope comes before it."""
    top: dict[int, int] = {}
    for scope in scopes:
        if scope.parent in top:
            top[scope.number] = top[scope.parent]
        elif scope.is_round:
            top[scope.number] = scope.number
    return top


def _only_waits(scopes: Iterable[Scope], tokens: Iterable[Token]) -> bool:
    """Say whether nothing but waiting goes on in a round; a scope that has run empty is about to go on."""
    is_live = all(scope.live and not scope.arrivals for scope in scopes)
    return is_live and all(
        token.stand in _CALM and token.notes.keys().isdisjoint(_STIRRED) and token.notes.get(KEY) != SIGNAL
        for token in tokens
    )


def _resting(scopes: list[Scope], tokens: list[Token]) -> Resting:
    outermost = scopes[0]
    numbers = [token.number for token in tokens]
    return Resting(outermost.number, cast(int, outermost.host), numbers, pack_body(_plain(scopes, tokens)))


def rouse(content: bytes) -> tuple[list[Scope], list[Token]]:
    """Return what is in a round that rested.

    :raise Unreadable: the bytes are damaged.
    """
    scopes, tokens = cast("list[Any]", unpack_body(content))
    return [_scope(*scope) for scope in scopes], [_token(*token) for token in tokens]


def _check_of(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(_CHECK_BYTES)


# What goes without saying in a scope, at its place; number and container are always said.
_NOTHING: list[Any] = ["number", "container", None, None, None, False, 0, {}, [], {}]
_OF_ITS_OWN, _MADE_ANEW = 4, 7  # where its variables stand; where what it collects begins


def _plain_token(token: Token) -> list[Any]:
    plain = [token.number, token.element, token.scope, token.stand.value]
    return [*plain, token.notes] if token.notes else plain


def _plain_scope(scope: Scope) -> list[Any]:
    plain = [scope.number, scope.container, scope.parent, scope.host, scope.variables]
    plain += [scope.is_closed, scope.round, scope.arrivals, scope.done, scope.heard]
    while plain[-1] == _NOTHING[len(plain) - 1]:
        plain.pop()
    return plain


def decode_state(content: bytes) -> CaseState:
    """Return the state that was encoded, with all that is in it.

    :raise Unreadable: the bytes are damaged.
    """
    state = load_state(content)
    scopes, tokens = list(state.scopes), list(state.tokens)
    for item in chain.from_iterable(map(take_apart, state.heaps)):
        more_scopes, more_tokens = rouse(item.content)
        scopes += more_scopes
        tokens += more_tokens
    for token in tokens:
        if ROUNDS in token.notes:
            token.notes[ROUNDS] = laid_open(token.notes[ROUNDS])
    return CaseState(
        tuple(sorted(scopes, key=lambda scope: scope.number)),
        tuple(sorted(tokens, key=lambda token: token.number)),
        state.last_number,
    )


def load_state(content: bytes) -> CaseState:
    """Return the state that was encoded; what rests is not looked into.

    :raise Unreadable: the bytes are damaged.
    """
    try:
        packed = disclose(content)
        return _unpacked(packed) if packed is not None else _in_order(_unpacked(content))
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise Unreadable("the stored state of the case is damaged") from error


def _unpacked(content: bytes) -> CaseState:
    last_number, scopes, tokens, *rest = cast("list[Any]", unpack(content))
    if type(last_number) is not int:
        raise ValueError("not the shape of a state")
    return CaseState(
        tuple(_scope(*scope) for scope in scopes),
        tuple(_token(*token) for token in tokens),
        last_number,
        read_heaps(rest[0]) if rest else (),
    )


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
