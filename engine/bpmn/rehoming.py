"""In which scopes the tokens of a case stand after a move: sub-processes are put around them, or taken away.

The state that comes out still has the old names; only what stands in what is as the new release draws it. An embedded
sub-process has no variables of its own, so nothing of the data is moved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.bpmn.hearing import join_ways, part_ways
from engine.bpmn.model import Element
from engine.bpmn.nesting import is_plain, way_into
from engine.bpmn.notes import CANCELS, FOR, HOST, LEAVES, PLAN, UNDOES
from engine.bpmn.plan import Plan, Reason
from engine.bpmn.state import CaseState, Scope, Stand, Token

_UNDOING = frozenset({FOR, UNDOES, CANCELS, PLAN})


@dataclass(frozen=True, slots=True)
class Rehomed:
    """A case whose tokens stand in the scopes of the new release.

    :param around: the new sub-process by the token that stands at it since it was put around others.
    :param entered: the sub-processes into which tokens are put, whether they run already or not.
    :param fresh: the scopes of these.
    :param ended: tokens at sub-processes that are taken away; they are still in the state.
    :param freed: tokens that stood in these.
    :param reasons: why it cannot be.
    """

    state: CaseState
    around: Mapping[int, str] = field(default_factory=dict)
    entered: tuple[str, ...] = ()
    fresh: frozenset[int] = frozenset()
    ended: frozenset[int] = frozenset()
    freed: frozenset[int] = frozenset()
    reasons: tuple[Reason, ...] = ()


def rehome(plan: Plan, state: CaseState) -> Rehomed:
    """Return the case with its tokens in the scopes in which the new release draws their elements.

    A token for which there is no way to such a scope stays in its own.

    :raise KeyError: the state does not fit the old release.
    """
    return _Homes(plan, state).all() if plan.moves_scopes else Rehomed(state)


class _Homes:
    """Finds the scope of every token; each is asked for when another one needs it."""

    def __init__(self, plan: Plan, state: CaseState) -> None:
        self._pair = plan.pair
        self._state = state
        self._tokens = {token.number: token for token in state.tokens}
        self._before = {scope.number: scope for scope in state.scopes}
        self._last = state.last_number
        self._scopes: dict[int, Scope] = {}
        self._containers: dict[int, str | None] = {}
        self._home: dict[int, int] = {}
        self._placed: dict[int, int] = {}
        self._put: dict[tuple[int, str], int] = {}
        self._hosts: list[Token] = []
        self._reasons: list[Reason] = []
        self._undone_in = {token.scope for token in state.tokens if token.notes.keys() & {PLAN, CANCELS}}
        self._ended = {scope.host for scope in state.scopes if scope.host is not None and self._ends(scope)}

    def all(self) -> Rehomed:
        for number in sorted(self._before):
            self._arrive(self._before[number], self._after(number))
        tokens = [replace(token, scope=self._place(token)) for token in self._state.tokens]
        scopes = tuple(self._scopes[number] for number in sorted(self._scopes))
        return Rehomed(
            CaseState(scopes, (*tokens, *self._hosts), self._last),
            {host.number: host.element for host in self._hosts},
            tuple(dict.fromkeys(name for _, name in self._put)),
            frozenset(self._put.values()) - set(self._home.values()),
            frozenset(self._ended),
            frozenset(token.number for token in self._state.tokens if self._is_freed(token)),
            tuple(self._reasons),
        )

    def _is_freed(self, token: Token) -> bool:
        host = self._before[token.scope].host
        return host is not None and (host in self._ended or self._is_freed(self._tokens[host]))

    def _after(self, number: int) -> int:
        """Return the scope that takes the place of one of before."""
        if number not in self._home:
            self._home[number] = self._settle(self._before[number])
        return self._home[number]

    def _settle(self, scope: Scope) -> int:
        if scope.host is None or scope.parent is None:
            return self._keep(scope, None, self._pair.new.process)
        host = self._tokens[scope.host]
        if host.number in self._ended:
            join_ways(self._scopes[self._after(scope.parent)], scope)
            return self._after(scope.parent)
        target = self._pair.target(host.element)
        content = None if target is None else self._pair.new.outline.content(target)
        return self._keep(scope, self._place(host), target.id if target is not None and scope.is_round else content)

    def _keep(self, scope: Scope, parent: int | None, container: str | None) -> int:
        # What is around a scope has a lower number than it, by which states are put in order.
        number = scope.number if parent is None or parent < scope.number else self._next()
        heard = {element: dict(numbers) for element, numbers in scope.heard.items()}
        self._scopes[number] = replace(scope, number=number, parent=parent, arrivals={}, heard=heard)
        self._containers[number] = container
        return number

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _place(self, token: Token) -> int:
        """Return the scope in which a token stands; an event at an activity stands beside that."""
        if token.number not in self._placed:
            host = self._tokens.get(token.notes.get(HOST, 0))
            home = self._after(token.scope)
            self._placed[token.number] = self._place(host) if host is not None else self._inwards(token, home)
        return self._placed[token.number]

    def _inwards(self, token: Token, home: int) -> int:
        goes = set(self._goes_to(token)) if self._may_go(token) else set()
        return self._walk(home, goes.pop()) if len(goes) == 1 else home

    def _may_go(self, token: Token) -> bool:
        scope = self._before[token.scope]
        is_apart = token.stand in (Stand.LISTENS, Stand.COMES) or bool(token.notes.keys() & _UNDOING)
        return not (is_apart or token.number in self._ended or scope.is_round or self._is_undone(scope))

    def _is_undone(self, scope: Scope) -> bool:
        host = self._tokens[scope.host].notes if scope.host is not None else {}
        return scope.number in self._undone_in or bool(host.keys() & _UNDOING)

    def _goes_to(self, token: Token) -> Iterator[str]:
        """Yield the containers of what stands for the element of a token."""
        elements = self._pair.new.outline.elements
        return (elements[name].container for name in self._pair.targets(token.element))

    def _walk(self, home: int, container: str) -> int:
        """Return the scope of a container inside that of a scope; the scope itself if there is no way."""
        base = self._containers[home]
        way = way_into(self._pair.new.outline, base, container) if base is not None else None
        for element in way or ():
            home = self._inside(home, element)
        return home

    def _inside(self, around: int, element: Element) -> int:
        """Return the scope of a sub-process inside a scope: that which runs already, or a new one."""
        if (around, element.id) not in self._put:
            running = [scope for scope in self._state.scopes if self._runs(scope, around, element)]
            found = self._after(running[0].number) if len(running) == 1 else self._begin(around, element)
            self._put[around, element.id] = found
        return self._put[around, element.id]

    def _runs(self, scope: Scope, around: int, element: Element) -> bool:
        if scope.host is None or scope.is_round or scope.host in self._ended or self._is_undone(scope):
            return False
        host = self._tokens[scope.host]
        return self._home.get(host.scope) == around and self._pair.target(host.element) == element

    def _begin(self, around: int, element: Element) -> int:
        host = Token(self._next(), element.id, around, Stand.HOLDS)
        self._hosts.append(host)
        number = self._keep(Scope(self._next(), element.id, host=host.number), around, element.id)
        part_ways(self._scopes[around], self._scopes[number])
        return number

    def _arrive(self, scope: Scope, home: int) -> None:
        """Take along what waits at joins for others."""
        for name, counts in scope.arrivals.items():
            target = self._pair.target(name)
            place = self._walk(home, target.container) if target is not None and not self._is_undone(scope) else home
            found = self._scopes[place].arrivals.setdefault(name, {})
            for flow, count in counts.items():
                found[flow] = found.get(flow, 0) + count

    def _ends(self, scope: Scope) -> bool:
        """Say whether a sub-process is taken away from around its tokens: it is gone, or all of them are outside."""
        host = self._tokens[scope.host or 0]
        old = self._pair.old.outline.elements[host.element]
        is_calm = host.stand is Stand.HOLDS and not host.notes.keys() & {*_UNDOING, LEAVES}
        if not (is_plain(old) and is_calm) or scope.number in self._undone_in or len(self._pair.targets(old.id)) > 1:
            return False
        target = self._pair.target(old.id)
        goes = set(self._goes_from(scope))
        if target is not None and (not is_plain(target) or not goes or any(self._is_in(name, target) for name in goes)):
            return False
        self._reasons += [Reason("migration.undoing", record[0]) for record in scope.done]
        return True

    def _goes_from(self, scope: Scope) -> Iterator[str]:
        """Yield where the tokens of a scope go; those of a sub-process that is gone itself come from inside it."""
        for token in self._state.tokens:
            if token.scope != scope.number or HOST in token.notes or token.stand is Stand.LISTENS:
                continue
            yield from self._goes_to(token)
            if not self._pair.targets(token.element):
                for inner in self._state.scopes:
                    yield from self._goes_from(inner) if inner.host == token.number else ()
        for name in scope.arrivals:
            yield from (item.container for item in (self._pair.target(name),) if item is not None)

    def _is_in(self, container: str, element: Element) -> bool:
        return way_into(self._pair.new.outline, element.id, container) is not None
