"""What happens to a case: events that are caught and thrown, and the scopes that they interrupt."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.bpmn.compensation import cancel_transaction, compensate
from engine.bpmn.hearing import keep_in_mind, numbers_heard, takes_earlier
from engine.bpmn.model import Element, Flow, Kind, Trigger
from engine.bpmn.notes import (
    BEFORE,
    CANCELS,
    DUE,
    FOR,
    HELD,
    HOST,
    INCIDENT,
    KEY,
    LAST,
    LEFT,
    PAYLOAD,
    RACE,
    SINCE,
    UNDOES,
)
from engine.bpmn.state import Scope, Stand, Token
from engine.errors import ElementFailed


def attach(case: Any, token: Token, boundary: Iterable[Element]) -> None:
    """Let the events at an activity wait while it is under way."""
    for event in boundary:
        case.open(event.id, case.scopes[token.scope], Stand.WAITS, **{HOST: token.number})


def wait(case: Any, token: Token, element: Element) -> None:
    """Note what an event waits for; it runs at once if that has been sent before."""
    if element.trigger is Trigger.CONDITION:
        token.notes.setdefault(HELD, False)
        case.watch(token)
        return
    before = token.notes.pop(BEFORE, {})
    token.notes.pop(LAST, None)
    token.notes.update(case.performer.wait(element, case.seen_from(token.scope), before))
    if takes_earlier(element):
        key = token.notes[KEY]
        earlier = case.performer.earlier(element, key, numbers_heard(case, token, key))
        if earlier is not None:
            keep_in_mind(case, token, earlier.number)
            _go_on(case, token, element, earlier.payload)


def race(case: Any, token: Token, flows: Iterable[Flow]) -> None:
    """Let the events behind a gateway wait, until the first of them happens."""
    scope = case.scopes[token.scope]
    for flow in flows:
        case.took(flow)
        event = case.open(flow.target, scope, Stand.WAITS, **{RACE: token.number})
        if event.stand is Stand.RUNS:
            return


def happen(case: Any, token: Token, payload: Mapping[str, Any]) -> None:
    """Let happen what a token waits for."""
    element = case.outline.elements[token.element]
    if token.stand is Stand.LISTENS:
        _trigger(case, token, element, payload)
    elif element.kind is Kind.BOUNDARY:
        _fire(case, token, element, payload)
    else:
        _go_on(case, token, element, payload)
        case.queue.append(token.number)


def _go_on(case: Any, token: Token, element: Element, payload: Mapping[str, Any]) -> None:
    receive(case, token.scope, element, payload)
    for other in list(case.scopes[token.scope].tokens.values()):
        if RACE in token.notes and other is not token and other.notes.get(RACE) == token.notes[RACE]:
            case.drop(other)
    token.notes = {FOR: token.notes[FOR]} if FOR in token.notes else {}
    token.stand = Stand.RUNS


def receive(case: Any, scope: int, element: Element, payload: Mapping[str, Any]) -> None:
    """Set what a caught event carried: one context under its result name, or the entries one by one."""
    result = element.event.result if element.event else None
    if result is None and element.trigger is Trigger.ESCALATION:
        return  # which one it was is asked for by a result only
    case.assign(scope, {result: dict(payload)} if result else payload)


def _fire(case: Any, token: Token, element: Element, payload: Mapping[str, Any]) -> None:
    """Let an event at an activity happen: it ends the activity, or goes on beside it."""
    host, notes = case.tokens[token.notes[HOST]], dict(token.notes)
    token.notes.clear()
    if element.is_interrupting:
        case.break_off(host)
    else:
        _come_again(case, token, element, notes)
    receive(case, token.scope, element, payload)
    token.stand = Stand.RUNS
    case.queue.append(token.number)


def _come_again(case: Any, token: Token, element: Element, notes: Mapping[str, Any]) -> None:
    """Let an event that interrupts nothing wait again, a timer only if it has rounds left."""
    kept = {name: notes[name] for name in (HOST, HELD) if name in notes}
    if KEY in notes:  # what is on its way to it is on its way to the one that listens now
        kept[SINCE] = notes.get(SINCE, token.number)
    if element.trigger is not Trigger.TIMER or notes.get(LEFT):
        before = {BEFORE: {DUE: notes[DUE], LEFT: notes[LEFT]}} if LEFT in notes else {}
        case.open(element.id, case.scopes[token.scope], _waiting_stand(element), **kept, **before)


def _waiting_stand(element: Element) -> Stand:
    return Stand.LISTENS if element.kind is Kind.START else Stand.WAITS


def _trigger(case: Any, token: Token, start: Element, payload: Mapping[str, Any]) -> None:
    """Let an event sub-process begin whose start event has waited."""
    scope, notes = case.scopes[token.scope], dict(token.notes)
    case.drop(token)
    if not start.is_interrupting:
        _come_again(case, token, start, notes)
    start_sub_process(case, scope, start, payload)


def start_sub_process(case: Any, scope: Scope, start: Element, payload: Mapping[str, Any]) -> None:
    """Begin an event sub-process in the scope to which it belongs; if it interrupts, nothing else goes on there."""
    if start.is_interrupting or start.trigger is Trigger.ERROR:
        case.clear(scope)
    case.open(start.container, scope, Stand.RUNS, **{PAYLOAD: [start.id, dict(payload)]})


def throw(case: Any, token: Token, element: Element) -> bool | None:
    """Let a throwing event happen; None while what it asks for goes on.

    :raise ElementFailed: nothing catches an error.
    """
    trigger = element.trigger
    if trigger in (Trigger.MESSAGE, Trigger.SIGNAL):
        _send(case, token, element)
    elif trigger is Trigger.ERROR:
        throw_error(case, token, _code(element), {})
    elif trigger is Trigger.ESCALATION:
        _catch(case, token, Trigger.ESCALATION, _code(element), {"code": _code(element)})
    elif trigger is Trigger.TERMINATE:
        case.clear(case.scopes[token.scope], spare=token)
    elif trigger is Trigger.COMPENSATION:
        return compensate(case, token, element.event.activity if element.event else None)
    elif trigger is Trigger.CANCEL:
        return cancel_transaction(case, token)
    return True


def throw_error(case: Any, token: Token, code: str | None, payload: Mapping[str, Any]) -> None:
    """Let an error go outwards from where a token stands to whatever catches it first.

    :raise ElementFailed: nothing does.
    """
    if not _catch(case, token, Trigger.ERROR, code, payload):
        raise ElementFailed(f"Nothing catches the error '{code or ''}' that '{token.element}' throws.", code=code)


def _send(case: Any, token: Token, element: Element) -> None:
    payload = case.performer.send(element, case.seen_from(token.scope))
    if element.trigger is Trigger.SIGNAL:
        name = element.event.name if element.event else None
        _let_happen(case, [item for item in case.tokens.values() if _hears(case, item, name)], payload)


def _interrupts(case: Any, token: Token) -> bool:
    element: Element = case.outline.elements[token.element]
    return element.is_interrupting and (token.stand is Stand.LISTENS or element.kind is Kind.BOUNDARY)


def _hears(case: Any, token: Token, signal: str | None) -> bool:
    element = case.outline.elements[token.element]
    is_waiting = token.stand in (Stand.WAITS, Stand.LISTENS) and element.trigger is Trigger.SIGNAL
    return is_waiting and element.event is not None and element.event.name == signal


def _code(element: Element) -> str | None:
    return element.event.name if element.event else None


def _catch(case: Any, token: Token, trigger: Trigger, code: str | None, payload: Mapping[str, Any]) -> bool:
    """Look outwards for an event that catches, and let it happen.

    What an event sub-process throws is not for its neighbours: it goes on to whoever is around them. Nor is what is
    thrown while something is undone for those that were there when it was done.
    """
    if _catch_at(case, token, trigger, code, payload):
        return True
    scope, is_neighbour = case.scopes[token.scope], False
    while True:
        if not (scope.is_round or is_neighbour or _is_being_undone(case, scope)):
            starts = [start for _, start in case.outline.event_sub_processes(scope.container)]
            start = _matching(starts, trigger, code)
            if start is not None:
                start_sub_process(case, scope, start, payload)
                return True
        if scope.host is None:
            return False
        host = case.tokens[scope.host]
        if _catch_at(case, host, trigger, code, payload):
            return True
        is_neighbour = case.outline.elements[host.element].kind is Kind.EVENT_SUB_PROCESS
        scope = case.scopes[host.scope]


def _catch_at(case: Any, host: Token, trigger: Trigger, code: str | None, payload: Mapping[str, Any]) -> bool:
    """Let an event at an activity catch; the rounds of a looped one have none, nor has one that is being undone."""
    scope = case.scopes[host.scope]
    events = () if scope.is_round or UNDOES in host.notes else case.outline.boundaries.get(host.element, ())
    event = _matching(events, trigger, code)
    if event is None:
        return False
    if event.is_interrupting or trigger is Trigger.ERROR:
        case.break_off(host)
    caught = case.open(event.id, scope, Stand.RUNS)
    receive(case, caught.scope, event, payload)
    return True


def _is_being_undone(case: Any, scope: Scope) -> bool:
    return scope.host is not None and not case.tokens[scope.host].notes.keys().isdisjoint((UNDOES, CANCELS))


def _matching(events: Iterable[Element], trigger: Trigger, code: str | None) -> Element | None:
    """Return the event that names the code, else one that catches any."""
    found = {_code(event): event for event in reversed(list(events)) if event.trigger is trigger}
    return found.get(code) or found.get(None)


def watch_conditions(case: Any, looked_at: Iterable[Token]) -> bool:
    """Let happen what waits for a condition that has become true; say whether anything did.

    All are looked at before the first happens: what that changes takes nothing back from the others.
    """
    fulfilled = [token for token in looked_at if _has_come_true(case, token)]
    _let_happen(case, fulfilled, {})
    return bool(fulfilled)


def _has_come_true(case: Any, token: Token) -> bool:
    """Look at the condition of a token, and note whether it holds."""
    element: Element = case.outline.elements[token.element]
    if token.number not in case.tokens or HELD not in token.notes:
        case.watching.pop(token.number, None)
        return False
    if INCIDENT in token.notes:
        return False
    try:
        # Null is not yet: what the condition is about may come later.
        holds: bool = case.holds(token, element.event.condition if element.event else None, null=False)
    except ElementFailed as error:
        case.fail(token, error)
        return False
    before, token.notes[HELD] = token.notes[HELD], holds
    return holds and not before


def _let_happen(case: Any, tokens: Iterable[Token], payload: Mapping[str, Any]) -> None:
    """Let happen at once what several tokens wait for."""
    # What is interrupted does not hear any more, so those that interrupt come first.
    for token in sorted(tokens, key=lambda item: not _interrupts(case, item)):
        if token.number in case.tokens:
            happen(case, token, payload)
