"""Undoing what was done: handlers of activities that have completed, the last first.

What a scope has done is a list of records [activity, records of what was done inside it, its variables]. A record with
something inside is undone in a scope like the one in which it was done, hosted by a token on the activity.
"""

from typing import Any

from engine.bpmn.model import Element, Kind, Trigger
from engine.bpmn.notes import DONE, FOR, PAYLOAD, PLAN, UNDOES
from engine.bpmn.state import Scope, Stand, Token
from engine.errors import ElementFailed


def remember(case: Any, scope: Scope, token: Token, element: Element) -> None:
    """Keep of an activity that has completed how it can be undone; of a looped one, each of its rounds."""
    if element.loop and not scope.is_round:
        scope.done += token.notes.get(DONE, [])
        return
    inside, own = token.notes.get(DONE, ([], None))
    if inside or _handler_of(case, element.id) or _listener_of(case, element.id):
        scope.done.append([element.id, inside, own])


def compensate(case: Any, token: Token, activity: str | None) -> bool | None:
    """Run the handlers one by one; None until the last has ended.

    :param activity: what is undone; None for everything in the scope.
    """
    scope = _undone_in(case, case.scopes[token.scope])
    if PLAN not in token.notes:
        chosen = [record for record in scope.done if activity in (None, record[0])]
        scope.done = [record for record in scope.done if record not in chosen]
        token.notes[PLAN] = chosen
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

    :raise ElementFailed: no transaction is around, or it has no cancel event.
    """
    scope = _transaction_around(case, token)
    host = case.tokens[scope.host]
    while case.scopes[host.scope].is_round:
        host = case.tokens[case.scopes[host.scope].host]
    boundary = case.outline.boundaries.get(host.element, ())
    caught = next((event for event in boundary if event.trigger is Trigger.CANCEL), None)
    if caught is None:
        raise ElementFailed(f"Nothing catches the cancellation that '{token.element}' throws.")
    if PLAN not in token.notes:
        plan, scope.done = scope.done, []
        case.clear(scope)
        case.open(token.element, scope, Stand.RUNS, **{PLAN: plan})
        return None
    if compensate(case, token, None) is None:
        return None
    outside = case.scopes[host.scope]
    case.break_off(host)
    case.open(caught.id, outside, Stand.RUNS)
    return True


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
    """Undo one activity: by its event sub-process and its handler, or part by part if it has neither."""
    name, inside, own = record
    handler, listener = _handler_of(case, name), _listener_of(case, name)
    if handler and own is None and not inside and listener is None:
        _start_handler(case, handler, scope, notes)
        return
    element: Element = case.outline.elements[name]
    known = [part for part in (handler, listener) if part]
    token = case.place(name, scope, Stand.HOLDS, **notes, **{UNDOES: True, PLAN: known or list(inside)})
    undone = case.add_scope(case.outline.content(element), token, own, is_closed=element.kind is Kind.CALL_ACTIVITY)
    undone.done = list(inside) if known else []
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
    while scope.host is not None and case.outline.elements[scope.container].kind is Kind.EVENT_SUB_PROCESS:
        scope = case.scopes[case.tokens[scope.host].scope]
    return scope


def _transaction_around(case: Any, token: Token) -> Scope:
    scope: Scope = case.scopes[token.scope]
    while scope.host is not None:
        if case.outline.elements[case.tokens[scope.host].element].kind is Kind.TRANSACTION:
            return scope
        scope = case.scopes[case.tokens[scope.host].scope]
    raise ElementFailed(f"'{token.element}' cancels, but no transaction is around it.")
