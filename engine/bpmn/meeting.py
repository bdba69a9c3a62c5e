"""Where tokens have to do with each other in a move: events in a race, tasks that become one, joins."""

from typing import Final

from engine.bpmn.counterparts import gateway_before
from engine.bpmn.model import Element, Kind
from engine.bpmn.notes import HOST, INCIDENT, RACE
from engine.bpmn.placed import Placed
from engine.bpmn.state import Scope, Stand, Token

JOINS: Final = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY})


def settle_races(case: Placed, scope: Scope) -> None:
    """Keep the events behind one gateway together: the first of them still takes all."""
    groups: dict[int, list[Token]] = {}
    for token in case.standing[scope.number]:
        is_event = token.stand is Stand.WAITS and not token.notes.keys() & {HOST, INCIDENT}
        if is_event and (token.number in case.elements or token.number in case.dropped):
            groups.setdefault(token.notes.get(RACE, token.number), []).append(token)
    for race, tokens in groups.items():
        _settle_race(case, scope, race, tokens)


def _settle_race(case: Placed, scope: Scope, race: int, tokens: list[Token]) -> None:
    staying = [token for token in tokens if token.number in case.elements]
    placed = {case.elements[token.number] for token in staying}
    gateways = {gateway.id if gateway else None for gateway in (race_around(case, name) for name in placed)}
    if not staying:
        case.refuse("migration.gone", tokens[0].element)
        return
    gateway = gateways.pop() if len(gateways) == 1 else None
    if gateways or (gateway is None and len(staying) > 1):
        case.refuse("migration.race", tokens[0].element, ", ".join(sorted(placed)))
        return
    case.races |= {token.number: race if gateway is not None else None for token in staying}
    if gateway is not None:
        missing = [event for event in case.new.next_of(case.new.elements[gateway]) if event.id not in placed]
        case.open_all(missing, scope.number, Stand.WAITS, {RACE: race})


def race_around(case: Placed, name: str) -> Element | None:
    """Return the gateway behind which an event of the new release is."""
    return gateway_before(case.new, case.new.elements[name])


def merge_tasks(case: Placed, scope: Scope) -> None:
    """Let tasks that stand for one become one: the oldest goes on, with whoever has it."""
    groups: dict[str, list[Token]] = {}
    for token in case.standing[scope.number]:
        if token.number in case.elements and HOST not in token.notes and token.stand is not Stand.LISTENS:
            groups.setdefault(case.elements[token.number], []).append(token)
    for target, tokens in groups.items():
        if len({token.element for token in tokens}) > 1:
            _merge(case, scope, target, tokens)


def _merge(case: Placed, scope: Scope, target: str, tokens: list[Token]) -> None:
    if any(token.stand is not Stand.ASKS for token in tokens):
        case.refuse("migration.merge", tokens[0].element, target)
        return
    numbers = {token.number for token in tokens[1:]}
    for token in case.standing[scope.number]:
        if token.number in numbers:
            case.drop(token, "migration.merged", target)
        elif token.notes.get(HOST) in numbers:
            case.drop(token)


def place_arrivals(case: Placed, scope: Scope, container: str) -> None:
    """Take over what waits at joins for others, or say why no join of the new release can."""
    for name, counts in scope.arrivals.items():
        target = case.plan.pair.target(name)
        if target is None or target.container != container:
            case.refuse("migration.join", name)
        elif _is_taken_in(case, scope, name, target):
            case.say("migration.merged", name, target.id)
        elif target.kind is not case.old.elements[name].kind or len(target.incoming) < 2:
            case.refuse("migration.join", name, target.id)
        else:
            _place_counts(case, scope, name, target, counts)


def _is_taken_in(case: Placed, scope: Scope, name: str, target: Element) -> bool:
    """Say whether what came to a join is part of a task by now: somebody said that the task stands for it."""
    standing = {case.elements.get(token.number) for token in case.standing[scope.number]}
    return name in case.plan.pair.pairs and target.kind not in JOINS and target.id in standing


def _place_counts(case: Placed, scope: Scope, name: str, join: Element, counts: dict[str, int]) -> None:
    found = case.arrivals.setdefault(scope.number, {}).setdefault(join.id, {})
    for flow, count in counts.items():
        target = case.plan.pair.flow(flow, join)
        if target is None:
            case.refuse("migration.join", name, join.id)
            return
        found[target] = found.get(target, 0) + count
        if target != flow:
            case.say("migration.moved", flow, target)
    if name != join.id:
        case.say("migration.moved", name, join.id)
