"""Proves that a case can go on from where a move would put it, or says what stands in the way."""

from engine.bpmn.meeting import JOINS, race_around
from engine.bpmn.notes import FOR, HOST, PLAN, UNDOES
from engine.bpmn.placed import Placed
from engine.bpmn.possible import ALONG, marking_of, rests
from engine.bpmn.state import Scope, Stand, Token


def check_marking(case: Placed, scope: Scope) -> None:
    """Refuse what no case of the new release can look like: it would wait for ever, or run twice.

    Where the two diagrams have the same shape there is nothing to prove, nor while something is undone: handlers run
    one after another, and no flow leads from one to the next.
    """
    standing, container = case.standing[scope.number], case.containers[scope.number]
    is_carried = not any(token.number in case.split or token.number in case.dropped for token in standing)
    is_carried = is_carried and scope.number not in case.fresh
    has_same_shape = is_carried and case.plan.has_same_shape(scope.container, container)
    is_undoing = case.is_undone(scope) or any(PLAN in token.notes for token in standing)
    if scope.is_round or has_same_shape or is_undoing:
        return
    places = _places(case, scope)
    pauses = (name for name in places if not name.startswith(ALONG) and not rests(case.new.elements[name]))
    found = case.plan.can_stand(container, marking_of(places), frozenset(pauses))
    if not found:
        said = sorted({_element_of(case, place) for place in places})
        case.refuse("migration.not_decided" if found is None else "migration.impossible", container, ", ".join(said))


def _places(case: Placed, scope: Scope) -> list[str]:
    """Return where the tokens of a scope stand, as `engine.bpmn.possible` counts them."""
    places: list[str] = []
    races: set[int] = set()
    for token in case.standing[scope.number]:
        name = case.elements.get(token.number)
        if name is None or _is_beside(case, token):
            continue
        race = case.races.get(token.number)
        if race is None:
            places += [name, *case.split.get(token.number, ())]
        elif race not in races:
            races.add(race)
            gateway = race_around(case, name)
            places += [gateway.id] if gateway is not None else []
    for counts in case.arrivals.get(scope.number, {}).values():
        places += [ALONG + flow for flow, count in counts.items() for _ in range(count)]
    return places


def _is_beside(case: Placed, token: Token) -> bool:
    """Say whether a token stands beside the way: an event that waits, a handler, a join that is stranded."""
    is_stranded = token.stand is Stand.WAITS and case.old_element(token).kind in JOINS
    return token.stand is Stand.LISTENS or is_stranded or bool(token.notes.keys() & {HOST, FOR, UNDOES})


def _element_of(case: Placed, place: str) -> str:
    return case.new.flows[place.removeprefix(ALONG)].target if place.startswith(ALONG) else place


def check_variables(case: Placed) -> None:
    """Refuse what the way ahead reads for the first time in the new release and the case does not have.

    A called process sees nothing of what is around it, so what stands in it is looked at by itself.
    """
    spaces: dict[int, list[Scope]] = {}
    for scope in case.state.scopes:
        spaces.setdefault(_space_of(case, scope), []).append(scope)
    for scopes in spaces.values():
        tokens = [token for scope in scopes for token in case.standing[scope.number]]
        before = frozenset(token.element for token in tokens if _stood(case, token))
        after = frozenset(case.elements[token.number] for token in tokens if token.number in case.elements)
        known = {*case.plan.values}.union(*(scope.variables or () for scope in scopes))
        for name, element in case.plan.needed(before, after).items():
            if name not in known:
                case.refuse("migration.variable", element, name)


def _stood(case: Placed, token: Token) -> bool:
    """Say whether a token goes on, or stands at a sub-process behind which it goes on when that is taken away."""
    return token.number in case.ended or (token.number in case.elements and token.number not in case.around)


def _space_of(case: Placed, scope: Scope) -> int:
    """Return the scope at which sight ends: that of a called process, or the case."""
    while not scope.is_closed and scope.parent is not None:
        scope = case.scopes[scope.parent]
    return scope.number
