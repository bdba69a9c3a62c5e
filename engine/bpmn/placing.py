"""Puts the tokens of one case on what stands for their elements in another release, or says why that cannot be."""

from typing import Final

from engine.bpmn.counterparts import gateway_before
from engine.bpmn.differences import ASSIGNING, HARMLESS, Aspect, timing
from engine.bpmn.meeting import merge_tasks, place_arrivals, settle_races
from engine.bpmn.model import GATEWAYS, Element, Kind, Outline, Trigger
from engine.bpmn.nesting import why_apart
from engine.bpmn.notes import FOR, HOST, INCIDENT, RACE, UNDOES
from engine.bpmn.openings import open_edges, open_listeners, put_around
from engine.bpmn.placed import Opening, Placed
from engine.bpmn.plan import Plan
from engine.bpmn.proving import check_marking, check_variables
from engine.bpmn.rehoming import rehome
from engine.bpmn.state import CaseState, Scope, Stand, Token
from engine.bpmn.undoings import check_places, check_undoings, check_undoings_of

_SPLITTING: Final = frozenset({Stand.ASKS, Stand.WAITS})


def place_case(plan: Plan, state: CaseState) -> Placed:
    """Return where the tokens of a case go, from the outside inwards, or the reasons why they cannot.

    :raise KeyError: the state does not fit the old release.
    """
    homes = rehome(plan, state)
    parts = homes.around, homes.fresh, homes.ended, homes.freed
    case = Placed(plan, homes.state, *parts, reasons=list(homes.reasons))
    put_around(case, homes.entered)
    for scope in sorted(case.state.scopes, key=lambda scope: scope.number):
        _place_scope(case, scope)
    if case.reasons:
        return case
    for number, name in list(case.elements.items()):
        open_edges(case, case.tokens[number], case.new.elements[name])
    for scope in case.state.scopes:
        open_listeners(case, scope)
        check_marking(case, scope)
    check_variables(case)
    return case


def _place_scope(case: Placed, scope: Scope) -> None:
    container = _container_of(case, scope)
    if container is None:  # the reason is at the activity
        return
    case.containers[scope.number] = container
    for token in case.standing[scope.number]:
        _place(case, scope, token, container)
    settle_races(case, scope)
    merge_tasks(case, scope)
    place_arrivals(case, scope, container)
    check_undoings(case, scope.done)
    check_places(case, scope, container)


def _container_of(case: Placed, scope: Scope) -> str | None:
    if scope.host is None:
        return case.new.process
    host = case.elements.get(scope.host)
    if host is None:
        return None
    return host if scope.is_round else case.new.content(case.new.elements[host])


def _place(case: Placed, scope: Scope, token: Token, container: str) -> None:
    if token.number in case.around:
        return
    old = case.old_element(token)
    if token.number in case.ended:
        case.drop(token, "migration.taken_away")
        return
    if HOST in token.notes or token.stand is Stand.LISTENS:
        _place_event(case, token, old, container)
        return
    check_undoings_of(case, token)
    targets = case.plan.pair.targets(old.id)
    if len(targets) > 1:
        _place_split(case, scope, token, container, targets)
        return
    new = case.plan.pair.target(old.id)
    if new is not None:
        _put(case, scope, token, container, new)
    elif RACE in token.notes:
        case.drop(token, "migration.event_dropped")
    else:
        case.refuse("migration.gone", old.id)


def _put(case: Placed, scope: Scope, token: Token, container: str, new: Element) -> None:
    old = case.old_element(token)
    code = case.plan.misfit(old, new, token.stand)
    is_inside_itself = scope.container == old.id  # in a round, or while it is undone
    if code is not None:
        case.refuse(code, old.id, new.id)
    elif container != (new.id if is_inside_itself else new.container) and not case.is_undone(scope):
        case.refuse(why_apart(case.new, container, new), old.id, new.id)
    else:
        _settle_on(case, token, old, new)


def _settle_on(case: Placed, token: Token, old: Element, new: Element) -> None:
    case.elements[token.number] = new.id
    if old.id != new.id:
        case.say("migration.moved", old.id, new.id)
    aspects = case.plan.aspects(old, new) - HARMLESS
    for aspect in sorted(aspects - {Aspect.SCOPE, Aspect.EDGE}):
        case.say(f"migration.at.{aspect}", old.id)
    if token.stand is Stand.ASKS and aspects & ASSIGNING:
        case.renewed.add(token.number)
    if token.stand in (Stand.WAITS, Stand.LISTENS) and old.kind not in GATEWAYS and _waits_otherwise(old, new):
        is_timer = new.trigger is Trigger.TIMER
        case.say("migration.timer_restarted" if is_timer else "migration.event_restarted", old.id)
        case.restarted.add(token.number)
    if aspects & {Aspect.TIMER, Aspect.EVENT}:
        _renew_host(case, token, new)


def _renew_host(case: Placed, token: Token, event: Element) -> None:
    """Ask again until when a task is to be done: the timer that ends it may be another one."""
    host = case.tokens.get(token.notes.get(HOST, 0))
    if host is not None and host.stand is Stand.ASKS and event.trigger is Trigger.TIMER:
        case.renewed.add(host.number)


def _place_event(case: Placed, token: Token, old: Element, container: str) -> None:
    """Place an event that waits beside something; one that is gone waits no more."""
    host = token.notes.get(HOST)
    if host is not None and host not in case.elements and host not in case.dropped:
        return  # the reason is at the activity
    new = case.plan.pair.target(old.id)
    if new is not None and new.trigger is old.trigger and _is_beside(case, new, host, container):
        _settle_on(case, token, old, new)
        return
    case.drop(token, "migration.event_dropped")
    _renew_host(case, token, old)


def _is_beside(case: Placed, event: Element, host: int | None, container: str) -> bool:
    """Say whether an event is where one was: at the activity, or before an event sub-process of the container."""
    if host is not None:
        return host in case.elements and event.attached_to == case.elements[host]
    around = case.new.elements.get(event.container)
    return around is not None and around.kind is Kind.EVENT_SUB_PROCESS and around.container == container


def _place_split(case: Placed, scope: Scope, token: Token, container: str, targets: tuple[str, ...]) -> None:
    """Let a token become several: each waits for somebody or something, and all stand in one scope."""
    old, news = case.old_element(token), [case.new.elements[name] for name in targets]
    is_plain = token.stand in _SPLITTING and not token.notes.keys() & {INCIDENT, RACE, FOR, UNDOES}
    if not is_plain or scope.is_round or not all(_may_begin(case.new, new, container) for new in news):
        case.refuse("migration.split", old.id, ", ".join(targets))
        return
    _put(case, scope, token, container, news[0])
    case.split[token.number] = targets[1:]
    case.say("migration.split_into", old.id, ", ".join(targets))
    stands = [(new, Stand.ASKS if new.is_human else Stand.WAITS) for new in news[1:]]
    case.openings += [Opening(new.id, scope.number, stand, {}) for new, stand in stands]


def _may_begin(outline: Outline, element: Element, container: str) -> bool:
    """Say whether a token can be put on an element that waits, without anything running."""
    waits = element.is_human or (element.waits and element.kind is not Kind.BOUNDARY)
    is_plain = element.loop is None and gateway_before(outline, element) is None
    return waits and is_plain and element.container == container


def _waits_otherwise(old: Element, new: Element) -> bool:
    """Say whether an event waits for something else than what it was told to wait for when it began."""
    return timing(old) != timing(new) or _awaited(old) != _awaited(new)


def _awaited(element: Element) -> tuple[str | None, ...]:
    use = element.event
    return (use.name, use.key, use.condition) if use is not None else ()
