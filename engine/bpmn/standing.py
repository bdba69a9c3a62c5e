"""Where a case stands, told to whoever may mend it: its tokens, its joins, and what can be done at each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.bpmn.notes import DUE, INCIDENT
from engine.bpmn.release import Release
from engine.bpmn.repairs import is_skippable, result_name, targets
from engine.bpmn.state import Stand, Token, decode_state
from engine.bpmn.workflow import CaseWorkflow


@dataclass(frozen=True, slots=True)
class StandingToken:
    """A point at which a case stands.

    :param due: the instant of a timer.
    :param variables: as the element sees them.
    :param targets: the elements to which the token can be moved.
    :param can_skip: the element has failed, and can be passed over.
    :param result: the variable that takes what the element gives.
    """

    token: int
    element: str
    stand: Stand
    has_failed: bool
    due: datetime | None
    variables: Mapping[str, Any] = field(repr=False)
    targets: tuple[str, ...]
    can_skip: bool
    result: str | None


@dataclass(frozen=True, slots=True)
class WaitingJoin:
    """A join to which some tokens have come already.

    :param missing: the elements from which a token is still to come.
    """

    element: str
    missing: tuple[str, ...]


def standing_in(release: Release, content: bytes) -> tuple[StandingToken, ...]:
    """Return the tokens of a stored case.

    :raise Unreadable: the state is damaged.
    :raise KeyError: it does not fit the release.
    """
    nobody: Any = None  # nothing runs, so nobody is asked for anything
    return tuple(standing_tokens(CaseWorkflow(release.spec, nobody, decode_state(content))))


def standing_tokens(case: Any) -> Iterator[StandingToken]:
    """Yield the tokens of a case in memory, in the order in which they came."""
    return (_standing(case, token) for token in case.tokens.values())


def waiting_joins(case: Any) -> Iterator[WaitingJoin]:
    """Yield the joins of a case in memory that wait for more tokens."""
    for scope in case.scopes.values():
        for name, counts in scope.arrivals.items():
            flows = [case.outline.flows[flow] for flow in case.outline.elements[name].incoming if flow not in counts]
            yield WaitingJoin(name, tuple(dict.fromkeys(flow.source for flow in flows)))


def _standing(case: Any, token: Token) -> StandingToken:
    element, has_failed = case.outline.elements[token.element], INCIDENT in token.notes
    return StandingToken(
        token.number,
        token.element,
        token.stand,
        has_failed,
        token.notes.get(DUE),
        dict(case.seen_from(token.scope)),
        tuple(targets(case, token)),
        has_failed and is_skippable(element, token),
        result_name(element, is_round=case.scopes[token.scope].is_round),
    )
