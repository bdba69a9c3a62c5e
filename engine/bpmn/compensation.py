"""Undoing what was done: handlers of activities that have completed, the last first.

What a scope has done is a list of records [activity, what was done inside it, its variables]: it is undone by its
handler, or else part by part, in a scope like the one in which the parts were done, hosted by a token on the activity.
A record with a fourth entry is about parts only: those of one round of a looped activity, or of an activity that was
still under way when its transaction was cancelled; the entry says whether what is around the scope is out of sight.
"""

from typing import Any

from engine.bpmn.model import Element, Kind, Trigger
from engine.bpmn.notes import CANCELS, DONE, FOR, LEAVES, PAYLOAD, PLAN, ROUNDS, UNDOES
from engine.bpmn.state import Scope, Stand, Token
from engine.errors import ElementFailed


def remember(case: Any, scope: Scope, token: Token, element: Element) -> None:
    """Keep of an activity that has completed how it can be undone; of a looped one, each of its rounds."""
    if case.outline.has_undoing:
        scope.done += _records_of(case, scope, token, element)


def _records_of(case: Any, scope: Scope, token: Token, element: Element) -> list[list[Any]]:
    if element.is_handler:  # what it has done was undoing itself
        return []
    if element.loop and not scope.is_round:
        return list(token.notes.get(DONE, []))
    inside, own = token.notes.get(DONE, ([], None))
    listener = _listener_of(case, element.id)
    if not (inside or listener or _handler_of(case, element.id)):
        return []
    return [[element.id, inside, own if inside or listener else None]]


def records_of_round(scope: Scope) -> list[list[Any]]:
    """Return what has been done in a round that is over; what undoes it sees the variables of that round."""
    if not scope.done or scope.variables is None:
        return scope.done
    return [[scope.container, scope.done, scope.variables, False]]


def compensate(case: Any, token: Token, activity: str | None) -> bool | None:
    """Run the handlers one by one; None until the last has ended.

    :param activity: what is undone; None for everything in the scope.
    """
    scope = _undone_in(case, case.scopes[token.scope])
    if PLAN not in token.notes:
        token.notes[PLAN] = [record for record in scope.done if activity in (None, record[0])]
        scope.done = [record for record in scope.done if activity not in (None, record[0])]
    return _undo_next(case, token, scope)


def go_on(case: Any, token: Token) -> bool | None:
    """Undo the next part of an activity; None until the last is undone."""
    scope: Scope = case.hosted(token)[0]
    if _undo_next(case, token, scope) is None:
        return None
    case.forget(scope)
    return True


def resume(case: Any, token: Token) -> None:
    """Let the compensation go on for which a handler has run."""
    thrower = case.tokens.get(token.notes.get(FOR))
    if thrower is not None:
        case.go_on(thrower)


def cancel_transaction(case: Any, token: Token) -> bool | None:
    """Break a transaction off, undo what it has done, and go on at its cancel event; None until that is reached.

    All rounds of a looped one are broken off and undone. While that goes on no event at the transaction happens any
    more, but for an error that a handler reports.

    :raise ElementFailed: no transaction is around, or it has no cancel event.
    """
    host = _transaction_around(case, token)
    boundary = case.outline.boundaries.get(host.element, ())
    caught = next((event for event in boundary if event.trigger is Trigger.CANCEL), None)
    if caught is None:
        raise ElementFailed(f"Nothing catches the cancellation that '{token.element}' throws.")
    if PLAN not in token.notes:
        _break_off_inside(case, host, token)
        return None
    if compensate(case, token, None) is None:
        return None
    outside = case.scopes[host.scope]
    case.break_off(host)
    case.open(caught.id, outside, Stand.RUNS)
    return True


def _break_off_inside(case: Any, host: Token, token: Token) -> None:
    """Leave nothing of a transaction but the event that cancels it, with all that it has to undo."""
    plan = _parts_of(case, host)
    for scope in case.hosted(host):
        case.forget(scope)
    case.detach(host)
    host.notes.pop(ROUNDS, None)
    host.notes[CANCELS] = True
    case.open(token.element, case.add_scope(host.element, host), Stand.RUNS, **{PLAN: plan})


def _parts_of(case: Any, token: Token) -> list[Any]:
    """Return what has been done inside an activity that is still under way."""
    parts: list[Any] = list(token.notes.get(ROUNDS, {}).get("undo", ()))
    element: Element = case.outline.elements[token.element]
    for scope in case.hosted(token):
        done = [*scope.done, *(part for inner in scope.tokens.values() for part in _under_way(case, inner))]
        is_apart = done and scope.variables is not None
        parts += [[element.id, done, scope.variables, scope.is_closed]] if is_apart else done
    return parts


def _under_way(case: Any, token: Token) -> list[Any]:
    """Return what is to be undone of an activity that is broken off, and of a compensation that is."""
    element: Element = case.outline.elements[token.element]
    plan = token.notes.get(PLAN, [])
    if LEAVES in token.notes:  # it has done its part
        return _records_of(case, case.scopes[token.scope], token, element)
    if UNDOES in token.notes:
        scope: Scope = case.hosted(token)[0]
        if scope.done:  # for its event sub-process, which begins anew
            return [[element.id, scope.done, scope.variables]]
        running = [part for inner in scope.tokens.values() for part in _under_way(case, inner)]
        return [[element.id, [*plan, *running], scope.variables, scope.is_closed]]
    return [element.id] if element.is_handler else [*plan, *_parts_of(case, token)]


def _undo_next(case: Any, token: Token, scope: Scope) -> bool | None:
    """Undo the next part of a plan inside a scope; True when nothing is left."""
    plan = token.notes[PLAN]
    if not plan:
        del token.notes[PLAN]
        return True
    token.stand = Stand.HOLDS
    step = plan.pop()
    # What stands inside a scope of its own is over when that is empty; a throwing event has none.
    notes = {} if UNDOES in token.notes else {FOR: token.number}
    if isinstance(step, str):
        _start_handler(case, step, scope, notes)
    else:
        _undo(case, step, scope, notes)
    return None


def _undo(case: Any, record: list[Any], scope: Scope, notes: dict[str, Any]) -> None:
    """Undo one activity: by its event sub-process and its handler, or part by part if it has neither.

    A handler alone stands outside the activity, and sees what is seen there.
    """
    name, inside, own, *is_closed = record
    element: Element = case.outline.elements[name]
    handler = None if is_closed else _handler_of(case, name)
    listener = None if is_closed else _listener_of(case, name)
    if handler and listener is None:
        _start_handler(case, handler, scope, notes)
        return
    parts = [part for part in (handler, listener) if part] or list(inside)
    token = case.place(name, scope, Stand.HOLDS, **notes, **{UNDOES: True, PLAN: parts})
    hides = is_closed[0] if is_closed else element.kind is Kind.CALL_ACTIVITY
    undone = case.add_scope(case.outline.content(element), token, own, is_closed=hides)
    undone.done = list(inside) if listener else []
    case.go_on(token)


def _start_handler(case: Any, name: str, scope: Scope, notes: dict[str, Any]) -> None:
    start = next((start.id for start in case.outline.starts(name) if start.trigger is Trigger.COMPENSATION), None)
    if start is not None:
        notes = {**notes, PAYLOAD: [start, {}]}
    else:
        case.entered(name)
    case.open(name, scope, case.stand_at(name), **notes)


def _handler_of(case: Any, activity: str) -> str | None:
    """Return the handler of the compensation event at an activity."""
    events = case.outline.boundaries.get(activity, ())
    return next((event.handler for event in events if event.trigger is Trigger.COMPENSATION), None)


def _listener_of(case: Any, activity: str) -> str | None:
    """Return the compensation event sub-process inside an activity."""
    found = case.outline.event_sub_processes(case.outline.content(case.outline.elements[activity]))
    return next((element.id for element, start in found if start.trigger is Trigger.COMPENSATION), None)


def _undone_in(case: Any, scope: Scope) -> Scope:
    """Return the scope whose activities are undone: an event sub-process undoes what is around it."""
    while scope.host is not None:
        host: Token = case.tokens[scope.host]
        if case.outline.elements[host.element].kind is not Kind.EVENT_SUB_PROCESS:
            break
        scope = case.scopes[host.scope]
    return scope


def _transaction_around(case: Any, token: Token) -> Token:
    """Return the token of the transaction around an event; of a looped one, that of the whole."""
    scope: Scope = case.scopes[token.scope]
    while scope.host is not None:
        host: Token = case.tokens[scope.host]
        scope = case.scopes[host.scope]
        if case.outline.elements[host.element].kind is Kind.TRANSACTION:
            return case.tokens[scope.host] if scope.is_round else host
    raise ElementFailed(f"'{token.element}' cancels, but no transaction is around it.")
