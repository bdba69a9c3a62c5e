"""What begins to wait because of a move: events that only the new release has beside something that goes on."""

from collections.abc import Iterable

from engine.bpmn.model import AWAITED, Element, Kind, Trigger
from engine.bpmn.notes import CANCELS, HOST, PLAN, UNDOES
from engine.bpmn.placed import Placed
from engine.bpmn.state import Scope, Stand, Token


def put_around(case: Placed, entered: Iterable[str]) -> None:
    """Put tokens at the sub-processes that are around others from now on; renew tasks whose limit may be another.

    :param entered: these, and those that ran already.
    """
    for name in entered:
        case.say("migration.put_around", name)
    for number, name in case.around.items():
        case.elements[number] = name
        if any(event.trigger is Trigger.TIMER for event in _awaited_at(case, name)):
            _renew_tasks(case, (token for token in case.state.tokens if case.is_inside(token, number)))
    edges = (token for token in case.state.tokens if token.notes.get(HOST) in case.ended)
    if any(case.old_element(token).trigger is Trigger.TIMER for token in edges):
        _renew_tasks(case, (case.tokens[number] for number in case.freed))


def _awaited_at(case: Placed, name: str) -> list[Element]:
    """Return the events for which something waits while a sub-process runs."""
    starts = (start for _, start in case.new.event_sub_processes(name))
    return [event for event in (*case.new.boundaries.get(name, ()), *starts) if event.trigger in AWAITED]


def _renew_tasks(case: Placed, tokens: Iterable[Token]) -> None:
    case.renewed |= {token.number for token in tokens if token.stand is Stand.ASKS}


def open_edges(case: Placed, token: Token, new: Element) -> None:
    """Let the events wait that only the new release has beside an activity that goes on."""
    is_event = HOST in token.notes or token.stand is Stand.LISTENS
    if is_event or token.notes.keys() & {UNDOES, CANCELS} or case.scopes[token.scope].is_round:
        return
    if token.number in case.around:
        added = [event for event in _awaited_at(case, new.id) if event.kind is Kind.BOUNDARY]
    else:
        added = list(case.plan.added_edges(case.old_element(token), new))
    added = [event for event in added if not _has_happened(case, event)]
    case.open_all(added, token.scope, Stand.WAITS, {HOST: token.number})
    if token.stand is Stand.ASKS and any(event.trigger is Trigger.TIMER for event in added):
        case.renewed.add(token.number)


def open_listeners(case: Placed, scope: Scope) -> None:
    """Let the event sub-processes listen that only the new release has, unless nothing new can happen there."""
    standing = case.standing[scope.number]
    if scope.is_round or case.is_undone(scope) or any(_is_last(case, token) for token in standing):
        return
    container = case.containers[scope.number]
    if scope.number in case.fresh:
        added = [event for event in _awaited_at(case, container) if event.kind is Kind.START]
    else:
        added = list(case.plan.added_listeners(scope.container, container))
    known = {case.elements.get(token.number) for token in standing if token.stand is Stand.LISTENS}
    added = [event for event in added if event.id not in known and not _has_happened(case, event)]
    case.open_all(added, scope.number, Stand.LISTENS, {})


def _has_happened(case: Placed, event: Element) -> bool:
    """Say whether an event has happened where it was before: it waits no more, though what it belonged to goes on."""
    return any(_is_spent(case, case.old.elements[name]) for name in case.plan.pair.sources.get(event.id, ()))


def _is_spent(case: Placed, old: Element) -> bool:
    if old.trigger not in AWAITED or old.id in case.stood:
        return False
    if old.attached_to is not None:
        return old.attached_to in case.stood
    around = case.old.elements.get(old.container)
    if around is None or around.kind is not Kind.EVENT_SUB_PROCESS:
        return False
    return around.container == case.old.process or around.container in case.stood


def _is_last(case: Placed, token: Token) -> bool:
    """Say whether a token undoes what was done around it, or has taken the place of everything else there."""
    if token.number in case.around or token.number in case.ended:
        return False
    element = case.old_element(token)
    starts = case.old.starts(element.id) if element.kind is Kind.EVENT_SUB_PROCESS else ()
    return PLAN in token.notes or any(start.is_interrupting for start in starts)
