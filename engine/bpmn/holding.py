"""What stands where in a case: its tokens and scopes, how they are put down, found again and taken away."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import Any, cast

from engine.bpmn.hearing import join_ways, part_ways
from engine.bpmn.notes import HELD, HOST
from engine.bpmn.resting import Heap, Resting, take_apart
from engine.bpmn.state import COUNTER, ROOT, CaseState, Scope, Stand, Token, rouse
from engine.bpmn.waiting import Waiting, waiting_tokens
from engine.records.packing import refuse_floats

_LISTENS = Stand.LISTENS  # to read a member of an enumeration takes longer than to compare it


class Holding:
    """The tokens and scopes of a case, by number.

    :ivar watching: the tokens that wait for a condition.
    """

    def __init__(self, state: CaseState) -> None:
        """Take over what is kept of a case."""
        self.tokens = {token.number: token for token in state.tokens}
        self.scopes = {scope.number: scope for scope in state.scopes}
        self.last_number = state.last_number
        self.watching: dict[int, Token] = {}
        self._unseen: list[Token] = []
        self._has_changed = False
        self._hosted: dict[int, dict[int, Scope]] = {}
        self._attached: dict[int, list[Token]] = {}
        self.roused: list[Waiting] = []
        self._heaps, self._resting = list(state.heaps), dict[int, Resting]()
        self._take_over(state.scopes, state.tokens)

    def _take_over(self, scopes: Iterable[Scope], tokens: Iterable[Token]) -> None:
        for token in tokens:
            self._count(token)
        for scope in scopes:
            if scope.host is not None:
                self._hosted.setdefault(scope.host, {})[scope.number] = scope

    def find(self, number: int) -> Token | None:
        """Return a token, out of a round that rests as well; None if there is none of that number."""
        if number in self.tokens:
            return self.tokens[number]
        for heap in [heap for heap in self._heaps if number in heap.tokens]:
            self._take_apart(heap)
        for item in [item for item in self._resting.values() if number in item.tokens]:
            self._rouse(item)
        return self.tokens.get(number)

    def rouse_all(self) -> None:
        """Look into every round, for what is asked of the case as a whole."""
        for heap in list(self._heaps):
            self._take_apart(heap)
        for item in list(self._resting.values()):
            self._rouse(item)

    def _take_apart(self, heap: Heap) -> None:
        self._heaps.remove(heap)
        self._resting |= {item.scope: item for item in take_apart(heap)}

    def _rouse(self, item: Resting) -> None:
        scopes, tokens = rouse(item.content)
        del self._resting[item.scope]
        self.scopes |= {scope.number: scope for scope in scopes}
        self.tokens |= {token.number: token for token in tokens}
        self.roused.append(waiting_tokens(tokens))
        self._take_over(scopes, tokens)

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the case itself."""
        return cast("dict[str, Any]", self.scopes[ROOT].variables)

    @property
    def is_finished(self) -> bool:
        """Nothing stands anywhere."""
        return not self.scopes[ROOT].live

    def state(self) -> CaseState:
        """Return what must be kept of the case."""
        scopes, tokens = tuple(self.scopes.values()), tuple(self.tokens.values())
        if self.roused:  # what was looked into came last
            scopes = tuple(sorted(scopes, key=lambda scope: scope.number))
            tokens = tuple(sorted(tokens, key=lambda token: token.number))
        return CaseState(scopes, tokens, self.last_number, tuple(self._heaps), tuple(self._resting.values()))

    def seen_from(self, scope: int) -> Mapping[str, Any]:
        """Return the variables that a scope sees: the nearest first."""
        found: list[dict[str, Any]] = []
        step: Scope | None = self.scopes[scope]
        while step is not None:
            if step.variables is not None:
                found.append(step.variables)
            elif step.is_round:  # of a standard loop, which writes into what is around it
                found.append({COUNTER: step.round})
            step = None if step.is_closed or step.parent is None else self.scopes[step.parent]
        return found[0] if len(found) == 1 else ChainMap(*found)

    def assign(self, scope: int, values: Mapping[str, Any]) -> None:
        """Set variables in the nearest scope that has its own.

        :raise NotStorable: a float is among them.
        """
        refuse_floats([*values.values()])  # of any mapping
        step = self.scopes[scope]
        while step.variables is None:
            step = self.scopes[cast(int, step.parent)]
        step.variables.update(values)
        self._has_changed = self._has_changed or bool(values)

    def hosted(self, token: Token) -> list[Scope]:
        """Return the scopes in which an activity goes on, the oldest first."""
        if not (self._hosted or self._heaps or self._resting):
            return []
        for heap in [heap for heap in self._heaps if heap.host == token.number]:
            self._take_apart(heap)
        for item in [item for item in self._resting.values() if item.host == token.number]:
            self._rouse(item)
        return sorted(self._hosted.get(token.number, {}).values(), key=lambda scope: scope.number)

    def ended(self, token: Token) -> list[Scope]:
        """Return the scopes of an activity that have run empty, the oldest first; none that rests has."""
        return [scope for scope in self._hosted.get(token.number, {}).values() if not scope.live]

    def place(self, name: str, scope: Scope, stand: Stand, **notes: Any) -> Token:
        """Put a token on an element, and no more."""
        self.last_number += 1
        token = Token(self.last_number, name, scope.number, stand, notes)
        self.tokens[token.number] = token
        self._count(token)
        return token

    def _count(self, token: Token) -> None:
        scope = self.scopes[token.scope]
        scope.tokens[token.number] = token
        scope.live += token.stand is not _LISTENS
        if HOST in token.notes:
            self._attached.setdefault(token.notes[HOST], []).append(token)
        if HELD in token.notes:
            self.watch(token)

    def watch(self, token: Token) -> None:
        """Look at the condition for which a token waits, now and whenever a variable may have changed."""
        self.watching[token.number] = token
        self._unseen.append(token)

    def add_scope(
        self,
        container: str,
        host: Token,
        variables: dict[str, Any] | None = None,
        *,
        is_closed: bool = False,
        round_: int = 0,
    ) -> Scope:
        """Return a new scope inside an activity.

        :raise NotStorable: a float is among its variables.
        """
        refuse_floats(variables)
        self.last_number += 1
        scope = Scope(self.last_number, container, host.scope, host.number, variables, is_closed, round_)
        self.scopes[scope.number] = scope
        self._hosted.setdefault(host.number, {})[scope.number] = scope
        part_ways(self.scopes[host.scope], scope)
        return scope

    def drop(self, token: Token) -> None:
        """Take a token away with what hangs on it: events at its activity, and the scopes in which that goes on."""
        if self.tokens.pop(token.number, None) is None:
            return
        around = self.scopes[token.scope]
        del around.tokens[token.number]
        around.live -= token.stand is not _LISTENS
        self.detach(token)
        for scope in self.hosted(token):
            self.forget(scope)

    def detach(self, token: Token) -> None:
        """Take away the events that wait at an activity."""
        for event in self._attached.pop(token.number, ()):
            if HOST in event.notes:  # one that has happened goes on by itself
                self.drop(event)

    def clear(self, scope: Scope, spare: Token | None = None) -> None:
        """Take everything out of a scope, or everything but one token."""
        for token in [item for item in scope.tokens.values() if item is not spare]:
            self.drop(token)
        scope.arrivals.clear()

    def forget(self, scope: Scope) -> None:
        """Take a scope away with all that is in it."""
        self.clear(scope)
        join_ways(self.scopes[cast(int, scope.parent)], scope)
        del self.scopes[scope.number]
        siblings = self._hosted[cast(int, scope.host)]
        del siblings[scope.number]
        if not siblings:
            del self._hosted[cast(int, scope.host)]
