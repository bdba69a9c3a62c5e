"""What an operator may do to a case by hand: pass a failed element over, move a token, mend a variable."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.bpmn.model import GATEWAYS, Element, Kind
from engine.bpmn.notes import FLOW, FOR, HOST, INCIDENT, LEAVES, RACE, UNDOES
from engine.bpmn.state import Scope, Stand, Token
from engine.errors import OperationRefused

#: What does its work without a person, so that somebody can give its result by hand.
SKIPPABLE: Final = frozenset({Kind.SERVICE_TASK, Kind.SCRIPT_TASK, Kind.BUSINESS_RULE_TASK, Kind.SEND_TASK, Kind.THROW})
_JOINS: Final = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY})


def skip(case: Any, token: Token, result: Any) -> None:
    """Pass a failed automatic element over: it counts as done, with a result that somebody gives.

    :raise OperationRefused: it has not failed, or it is none that could be passed over.
    """
    element: Element = case.outline.elements[token.element]
    if INCIDENT not in token.notes:
        raise OperationRefused("not_failed", element=element.id)
    if not is_skippable(element, token):
        raise OperationRefused("not_automatic", element=element.id)
    name = result_name(element, is_round=case.scopes[token.scope].is_round)
    if name is not None and LEAVES not in token.notes:
        case.assign(token.scope, {name: result})
    del token.notes[INCIDENT]
    token.notes[LEAVES] = True
    case.queue.append(token.number)
    case.advance()


def is_skippable(element: Element, token: Token) -> bool:
    """Say whether a failed element can be passed over: it is automatic, and nothing goes on inside it."""
    return element.kind in SKIPPABLE and token.stand is Stand.RUNS


def result_name(element: Element, *, is_round: bool) -> str | None:
    """Return the variable that takes what an element gives; a looped one as a whole gives a list."""
    return element.loop.output if element.loop is not None and not is_round else element.result


def move(case: Any, token: Token, target: str) -> None:
    """Take a token off the element at which it waits and let it begin at another one.

    What hangs on it ends: events at the activity, the scopes in which it goes on, its rivals behind an event gateway.

    :raise OperationRefused: the diagram does not allow it; `why` says for what reason.
    """
    why = why_fixed(case, token) or why_not(case, token, target)
    if why is not None:
        raise OperationRefused(why, element=token.element, target=target)
    scope: Scope = case.scopes[token.scope]
    if _is_stranded(case, token):
        scope.arrivals.pop(token.element, None)  # they are this token
    for other in [item for item in scope.tokens.values() if _is_rival(item, token)]:
        case.drop(other)
    case.drop(token)
    element: Element = case.outline.elements[target]
    case.queue.append(case.place(target, scope, Stand.COMES, **{FLOW: _flow_into(scope, element)}).number)
    case.advance()


def why_fixed(case: Any, token: Token) -> str | None:
    """Say why a token cannot be moved at all; None if it can."""
    if HOST in token.notes or token.stand is Stand.LISTENS:
        return "only_listens"
    if FOR in token.notes or UNDOES in token.notes:
        return "undoes"
    return "in_a_round" if case.scopes[token.scope].is_round else None


def why_not(case: Any, token: Token, target: str) -> str | None:
    """Say why a token cannot begin at an element; None if it can."""
    element: Element | None = case.outline.elements.get(target)
    if element is None:
        return "unknown_element"
    if element.container != case.scopes[token.scope].container:
        return "other_scope"
    is_apart = element.kind in (Kind.START, Kind.BOUNDARY, Kind.EVENT_SUB_PROCESS) or element.is_handler
    return "begins_by_itself" if is_apart else None


def targets(case: Any, token: Token) -> Iterator[str]:
    """Yield the elements to which a token can be moved, in the order of the diagram."""
    if why_fixed(case, token) is None:
        yield from (name for name in case.outline.elements if why_not(case, token, name) is None)


def change(case: Any, scope: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set variables where a scope sees them, new ones in the nearest scope that has its own; return the old values."""
    seen = case.seen_from(scope)
    old = {name: seen[name] for name in values if name in seen}
    for name, value in values.items():
        case.assign(_owner(case, scope, name), {name: value})
    return old


def _owner(case: Any, scope: int, name: str) -> int:
    """Return the nearest scope that holds a variable; the one asked for if none does."""
    step: Scope | None = case.scopes[scope]
    while step is not None:
        if name in (step.variables or ()):
            return step.number
        step = None if step.is_closed or step.parent is None else case.scopes[step.parent]
    return scope


def _is_stranded(case: Any, token: Token) -> bool:
    is_gateway = case.outline.elements[token.element].kind in GATEWAYS
    return is_gateway and token.stand is Stand.WAITS and INCIDENT in token.notes


def _is_rival(other: Token, token: Token) -> bool:
    return RACE in token.notes and other is not token and other.notes.get(RACE) == token.notes[RACE]


def _flow_into(scope: Scope, element: Element) -> str:
    """Return the flow along which a token comes: at a join the first one that has brought none yet."""
    there = scope.arrivals.get(element.id, {}) if element.kind in _JOINS else {}
    return next((flow for flow in element.incoming if flow not in there), next(iter(element.incoming), ""))
