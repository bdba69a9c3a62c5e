"""Where the tokens of one case go in another release, and what is said about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.bpmn.model import Element, Outline
from engine.bpmn.notes import UNDOES
from engine.bpmn.plan import Plan, Reason
from engine.bpmn.state import CaseState, Scope, Stand, Token


@dataclass(frozen=True, slots=True)
class Opening:
    """Something that begins to wait because of the move.

    :param notes: what it belongs to.
    """

    element: str
    scope: int
    stand: Stand
    notes: dict[str, Any]


@dataclass
class Placed:
    """A case between two releases.

    :param state: with its tokens in the scopes of the new release.
    :param around: the new sub-process by the token that stands at it since it was put around others.
    :param fresh: the scopes of these.
    :param ended: tokens at sub-processes that are taken away.
    :param freed: tokens that stood in these.
    :ivar elements: the new element by token; a token that is in neither this nor `dropped` has a reason.
    :ivar containers: the new container by scope.
    :ivar dropped: tokens that end: events that are gone, and tasks that became part of another.
    :ivar split: elements on which a token stands as well, by token.
    :ivar arrivals: what waits at joins, by scope.
    :ivar races: the race in which an event is, by token; None if it is in none any more.
    :ivar restarted: events that wait for something else now.
    :ivar renewed: tasks for which it is asked again who does them, and until when.
    :ivar reasons: why the case cannot be moved.
    :ivar remarks: what changes for it.
    """

    plan: Plan
    state: CaseState
    around: Mapping[int, str] = field(default_factory=dict)
    fresh: frozenset[int] = frozenset()
    ended: frozenset[int] = frozenset()
    freed: frozenset[int] = frozenset()
    elements: dict[int, str] = field(default_factory=dict)
    containers: dict[int, str] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)
    split: dict[int, tuple[str, ...]] = field(default_factory=dict)
    arrivals: dict[int, dict[str, dict[str, int]]] = field(default_factory=dict)
    races: dict[int, int | None] = field(default_factory=dict)
    openings: list[Opening] = field(default_factory=list)
    restarted: set[int] = field(default_factory=set)
    renewed: set[int] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)
    remarks: list[Reason] = field(default_factory=list)

    @cached_property
    def tokens(self) -> dict[int, Token]:
        """The tokens by number."""
        return {token.number: token for token in self.state.tokens}

    @cached_property
    def scopes(self) -> dict[int, Scope]:
        """The scopes by number."""
        return {scope.number: scope for scope in self.state.scopes}

    @cached_property
    def standing(self) -> dict[int, list[Token]]:
        """The tokens by the scope in which they stand, the oldest first."""
        found: dict[int, list[Token]] = {scope.number: [] for scope in self.state.scopes}
        for token in sorted(self.state.tokens, key=lambda token: token.number):
            found[token.scope].append(token)
        return found

    @property
    def old(self) -> Outline:
        """The diagram from which the case comes."""
        return self.plan.pair.old.outline

    @property
    def new(self) -> Outline:
        """The diagram to which it goes."""
        return self.plan.pair.new.outline

    @property
    def is_same(self) -> bool:
        """Nothing differs where the case stands."""
        is_renamed = any(self.carried_heard(scope) != scope.heard for scope in self.state.scopes)
        return not (self.reasons or self.remarks or self.plan.values or is_renamed)

    @cached_property
    def stood(self) -> frozenset[str]:
        """The elements of the old release at which something stands or waits."""
        return frozenset(token.element for token in self.state.tokens if token.number not in self.around)

    def is_inside(self, token: Token, host: int) -> bool:
        """Say whether a token stands in an activity, or in one inside that."""
        scope = self.scopes[token.scope]
        while scope.host is not None and scope.host != host:
            scope = self.scopes[self.tokens[scope.host].scope]
        return scope.host == host

    def old_element(self, token: Token) -> Element:
        """Return the element at which a token stands."""
        return self.old.elements[token.element]

    def carried_heard(self, scope: Scope) -> dict[str, dict[str, int]]:
        """Return what was heard on the way to a scope, under the names of the new release."""
        found: dict[str, dict[str, int]] = {}
        for name, numbers in scope.heard.items():
            for target in self.plan.pair.targets(name):
                found[target] = {**found.get(target, {}), **numbers}
        return found

    def is_undone(self, scope: Scope) -> bool:
        """Say whether a scope is there to undo what was done in one like it: handlers from outside stand in it."""
        return scope.host is not None and UNDOES in self.tokens[scope.host].notes

    def drop(self, token: Token, code: str = "", target: str = "") -> None:
        """Let a token end; say so, unless it goes with another of which that is said."""
        self.dropped.add(token.number)
        self.elements.pop(token.number, None)
        self.renewed.discard(token.number)
        self.restarted.discard(token.number)
        if code:
            self.say(code, token.element, target)

    def open_all(self, events: Iterable[Element], scope: int, stand: Stand, notes: dict[str, Any]) -> None:
        """Let events begin to wait."""
        for event in events:
            self.openings.append(Opening(event.id, scope, stand, notes))
            self.say("migration.event_added", event.id)

    def refuse(self, code: str, element: str, target: str = "") -> None:
        """Note a reason why the case cannot be moved."""
        _note(self.reasons, Reason(code, element, target))

    def say(self, code: str, element: str, target: str = "") -> None:
        """Note what changes for the case."""
        _note(self.remarks, Reason(code, element, target))


def _note(reasons: list[Reason], reason: Reason) -> None:
    if reason not in reasons:
        reasons.append(reason)
