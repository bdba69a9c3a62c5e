"""When a timer is due: ISO 8601 literals or FEEL values turned into one instant in UTC."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from engine.bpmn.cycles import ENDLESS, Evaluate, next_of_cycle, read_cycle
from engine.bpmn.durations import LONGEST, due_instant, end_of_day, read_date, read_duration
from engine.bpmn.model import Outline, Timer
from engine.bpmn.notes import DUE, HOST
from engine.bpmn.state import CaseState, Stand, Token

__all__ = [
    "ENDLESS",
    "LONGEST",
    "due_instant",
    "end_of_day",
    "expression_in",
    "is_literal",
    "literal_value",
    "next_due",
    "taken_away_at",
]

_NEVER = datetime.max.replace(tzinfo=UTC)


def is_literal(timer: Timer) -> bool:
    """Say whether a timer holds an ISO 8601 literal, as modellers write it, rather than an expression."""
    if timer.kind == "timeDuration":
        return read_duration(timer.expression) is not None
    return read_date(timer.expression) is not None


def literal_value(timer: Timer) -> object:
    """Return the duration, date or date and time that a literal says."""
    read = read_duration if timer.kind == "timeDuration" else read_date
    return read(timer.expression)


def expression_in(timer: Timer) -> str | None:
    """Return the FEEL expression that a timer asks; None if it is a literal."""
    if timer.kind != "timeCycle":
        return None if is_literal(timer) else timer.expression
    cycle = read_cycle(timer.expression)
    return cycle.says if cycle is not None else None


def next_due(
    timer: Timer,
    evaluate: Evaluate,
    before: tuple[datetime | None, int | None],
    now: datetime,
    zone: tzinfo,
    *,
    begins: bool = False,
) -> tuple[datetime, int | None]:
    """Return when a timer fires next, and how often a cycle comes again after that; None if it does not, or always.

    :param before: when it fired last, and how often it was to come again.
    :param begins: a date that a cycle gives is the beginning of that day, not its end.
    :raise ElementFailed: the value is none that a timer of its kind can have.
    """
    if timer.kind == "timeCycle":
        return next_of_cycle(timer, evaluate, before, now, zone, begins=begins)
    value = literal_value(timer) if is_literal(timer) else evaluate(timer.expression, now)
    return due_instant(timer, value, now, zone), None


def taken_away_at(outline: Outline, state: CaseState) -> dict[int, datetime]:
    """Return when the first timer that interrupts takes each token away; those that none does are not in it.

    It may stand at the activity of the token, at one around that, or start an event sub-process in the place of all.
    """
    at_host, at_scope = _interrupting(outline, state.tokens)
    if not (at_host or at_scope):
        return {}
    around = {scope.number: at_scope.get(scope.number, _NEVER) for scope in state.scopes}
    for scope in state.scopes:  # what is around a scope comes before it
        if scope.host is not None and scope.parent is not None:
            host = min(at_host.get(scope.host, _NEVER), around[scope.parent])
            around[scope.number] = min(around[scope.number], host)
    limits = {token.number: min(at_host.get(token.number, _NEVER), around[token.scope]) for token in state.tokens}
    return {number: due for number, due in limits.items() if due is not _NEVER}


def _interrupting(outline: Outline, tokens: Iterable[Token]) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """Return when timers interrupt: activities by their token, and scopes by their number."""
    at_host, at_scope = dict[int, datetime](), dict[int, datetime]()
    for token in (token for token in tokens if DUE in token.notes):
        found, number = (at_scope, token.scope) if token.stand is Stand.LISTENS else (at_host, token.notes.get(HOST))
        if number is not None and outline.elements[token.element].is_interrupting:
            found[number] = min(token.notes[DUE], found.get(number, _NEVER))
    return at_host, at_scope
