"""Where the tokens of one case go in another release, and what is said about it."""

from collections.abc import Iterable
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
        return not (self.reasons or self.remarks or self.plan.values)

    def old_element(self, token: Token) -> Element:
        """Return the element at which a token stands."""
        return self.old.elements[token.element]

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
