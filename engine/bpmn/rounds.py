"""Activities that run more than once: standard loops, and instances one after another or beside each other."""

from collections import ChainMap
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engine.bpmn.compensation import records_of_round
from engine.bpmn.model import Element, Loop, LoopKind
from engine.bpmn.notes import DONE, ROUNDS, TOLD
from engine.bpmn.resting import given_by, laid_up, put_away, take_item
from engine.bpmn.state import COUNTER, Scope, Stand, Token
from engine.errors import ElementFailed
from engine.records.packing import NotStorable, pack, unpack

MOST_ROUNDS = 10_000
_STANDARD, _PARALLEL = LoopKind.STANDARD, LoopKind.PARALLEL


def run_rounds(case: Any, token: Token, element: Element, loop: Loop) -> bool:
    """Begin the rounds that may begin, take in those that have ended; True when the activity is done.

    :raise ElementFailed: an expression of the marker gives nothing it can use.
    """
    if ROUNDS not in token.notes:
        token.notes[ROUNDS] = _planned(case, token, loop)
        case.pace.begin_rounds(case.scopes, token)
    rounds = token.notes[ROUNDS]
    is_enough = _is_over(case, token, rounds, loop)
    # One by one, for each may be the one that is enough.
    for scope in case.ended(token):
        if is_enough:
            break
        is_enough = _take_in(case, token, scope, rounds, loop)
    if is_enough:
        _finish(case, token, rounds, loop)
        return True
    token.stand = Stand.HOLDS
    _begin_rounds(case, token, element, rounds, loop)
    return False


def _planned(case: Any, token: Token, loop: Loop) -> dict[str, Any]:
    """Return how far the rounds are before the first.

    `total` is the most there can be, None for any number; `asks` says that the condition is to be looked at. Items and
    outputs are kept packed, for a case with many is read and written again and again.
    """
    asks = loop.kind is _STANDARD and loop.tests_before
    if loop.collection is not None:
        items = case.evaluate(token, loop.collection)
        if not isinstance(items, list) or len(items) > MOST_ROUNDS:
            raise ElementFailed(f"'{loop.collection}' gives no list of at most {MOST_ROUNDS} items.")
        packed = [_packed(item, loop.collection) for item in items]
        return {"total": len(items), "next": 0, "done": 0, "asks": asks, **laid_up(packed), "outputs": {}}
    total = _whole(case.evaluate(token, loop.cardinality), loop) if loop.cardinality else None
    return {"total": total, "next": 0, "done": 0, "asks": asks, "outputs": {}}


def _whole(value: object, loop: Loop) -> int:
    number = value if isinstance(value, int | Decimal) and not isinstance(value, bool) else -1
    if 0 <= number <= MOST_ROUNDS and number == int(number):
        return int(number)
    raise ElementFailed(f"'{loop.cardinality}' gives no whole number from 0 to {MOST_ROUNDS}.")


def _packed(value: object, expression: str) -> bytes:
    try:
        return pack(value)
    except NotStorable as error:
        raise ElementFailed(f"What '{expression}' gives cannot be kept: {error}", expression=expression) from error


def _is_over(case: Any, token: Token, rounds: dict[str, Any], loop: Loop) -> bool:
    """Say whether there is nothing to begin: no round is left, or the condition that is asked first says so."""
    if rounds["total"] is not None and rounds["done"] >= rounds["total"]:
        return True
    if not rounds["asks"]:
        return False
    is_enough = _is_enough(case, token, loop, _counters(rounds, rounds["done"]))
    rounds["asks"] = is_enough
    return is_enough


def _take_in(case: Any, token: Token, scope: Scope, rounds: dict[str, Any], loop: Loop) -> bool:
    """Keep what a round gave, at the place of its item, and forget the rest of it; say whether that is enough.

    If an expression fails nothing has changed, so that the round is still there when it is tried again.
    """
    given: dict[int, bytes] = {}
    if loop.gives is not None and loop.kind is not _STANDARD:
        value = case.performer.evaluate(loop.gives, case.seen_from(scope.number))
        given[scope.round - 1] = _packed(value, loop.gives)
    is_last = rounds["total"] is not None and rounds["done"] + 1 >= rounds["total"]
    is_enough = is_last or _is_enough(case, token, loop, _after(rounds, scope, given, loop), scope)
    if given:
        rounds["outputs"] |= given
        put_away(rounds)
    if scope.done:
        rounds.setdefault("undo", []).extend(records_of_round(scope))
    rounds["done"] += 1
    case.forget(scope)
    case.pace.end_round(token, rounds)
    return is_enough


def _after(rounds: Mapping[str, Any], scope: Scope, given: dict[int, bytes], loop: Loop) -> dict[str, Any]:
    """Return what the condition sees after a round, beside the variables of that round.

    Under the name of the output that is what the rounds gave that have ended, in the order of their items.
    """
    seen = _counters(rounds, rounds["done"] + 1)
    if loop.kind is not _STANDARD:
        seen[COUNTER] = scope.round
    if loop.output is not None and loop.output in (loop.condition or ""):  # else what was put away is not read
        results = given_by(rounds) | given
        seen[loop.output] = [unpack(results[place]) for place in sorted(results)]
    return seen


def _counters(rounds: Mapping[str, Any], done: int) -> dict[str, Any]:
    return {
        COUNTER: done,
        "numberOfInstances": rounds["total"],
        "numberOfActiveInstances": rounds["next"] - done,
        "numberOfCompletedInstances": done,
        "numberOfTerminatedInstances": 0,
    }


def _is_enough(case: Any, token: Token, loop: Loop, seen: dict[str, Any], ended: Scope | None = None) -> bool:
    if loop.condition is None:
        return False
    around = case.seen_from(token.scope if ended is None else ended.number)
    value = case.performer.evaluate(loop.condition, ChainMap(seen, around))
    if not isinstance(value, bool):
        raise ElementFailed(
            f"Condition '{loop.condition}' of '{token.element}' gives {value!r}, neither true nor false.",
            expression=loop.condition,
        )
    return value is not (loop.kind is _STANDARD)  # a standard loop asks whether it goes round again


def _finish(case: Any, token: Token, rounds: Mapping[str, Any], loop: Loop) -> None:
    """Break off the rounds that still run and hand over what the others gave, in the order of the items."""
    for scope in case.hosted(token):
        case.forget(scope)
    if loop.output is not None:
        given = {place: unpack(value) for place, value in given_by(rounds).items()}
        case.assign(token.scope, {loop.output: [given.get(place) for place in range(rounds["total"] or 0)]})
    token.notes[DONE] = rounds.get("undo", [])
    if rounds["done"]:
        token.notes[TOLD] = True
    del token.notes[ROUNDS]


def _begin_rounds(case: Any, token: Token, element: Element, rounds: dict[str, Any], loop: Loop) -> None:
    is_parallel, total = loop.kind is _PARALLEL, rounds["total"]
    while rounds["next"] < (total if is_parallel else rounds["done"] + 1):
        place = rounds["next"]
        rounds["next"] += 1
        own: dict[str, Any] = {COUNTER: place + 1}
        if rounds.get("items"):
            item = unpack(take_item(rounds))
            own.update({loop.item: item} if loop.item else {})
        scope = case.add_scope(element.id, token, None if loop.kind is _STANDARD else own, round_=place + 1)
        case.open_round(element, scope)
