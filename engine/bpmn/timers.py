"""When a timer is due: ISO 8601 literals or FEEL values turned into one instant in UTC."""

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from engine.bpmn.model import Outline, Timer
from engine.bpmn.notes import DUE, HOST
from engine.bpmn.state import CaseState, Stand, Token
from engine.errors import ElementFailed

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W|(?:(?P<days>\d{1,5})D)?(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,6})M)?"
    r"(?:(?P<seconds>\d{1,9})S)?)?)"
)
_CYCLE = re.compile(r"R(?P<times>\d{0,4})/(?P<step>P.+)")
LONGEST = timedelta(days=36_525)
_NEVER = datetime.max.replace(tzinfo=UTC)
ENDLESS = 10_000  # noted as what is left of a cycle that names no number; one that does has four digits


def is_literal(timer: Timer) -> bool:
    """Say whether a timer holds an ISO 8601 literal, as modellers write it, rather than an expression."""
    if timer.kind == "timeDuration":
        return _read_duration(timer.expression) is not None
    return _read_date(timer.expression) is not None


def literal_value(timer: Timer) -> object:
    """Return the duration, date or date and time that a literal says."""
    read = _read_duration if timer.kind == "timeDuration" else _read_date
    return read(timer.expression)


def due_instant(timer: Timer, value: object, now: datetime, zone: tzinfo) -> datetime:
    """Return the instant at which a timer fires.

    A date is due when that day has ended in the city's zone: the person has the whole day.

    A date and time without an offset is the city's own time.

    :raise ElementFailed: the value is no date, date and time, or duration between 0 and 100 years.
    """
    with suppress(OverflowError):  # the last days of the calendar have no instant in UTC
        if isinstance(value, timedelta) and timedelta(0) <= value <= LONGEST:
            return now.astimezone(UTC) + value
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
        if isinstance(value, date):
            return end_of_day(value, zone)
    raise ElementFailed(f"Timer expression '{timer.expression}' gives {value!r}: no date and no duration.")


def next_due(
    timer: Timer,
    evaluate: Callable[[str], object],
    before: tuple[datetime | None, int | None],
    now: datetime,
    zone: tzinfo,
) -> tuple[datetime, int | None]:
    """Return when a timer fires next, and how often a cycle comes again after that; None if it does not, or always.

    :param before: when it fired last, and how often it was to come again.
    :raise ElementFailed: the value is none that a timer of its kind can have.
    """
    if timer.kind != "timeCycle":
        value = literal_value(timer) if is_literal(timer) else evaluate(timer.expression)
        return due_instant(timer, value, now, zone), None
    times, step = _read_cycle(timer, evaluate)
    last, left = before
    due = due_instant(timer, step, last or now, zone)
    # What was missed while nobody looked is not made up for: the next one is in the future.
    if last is not None and due <= now:
        due += step * ((now - due) // step + 1)
    return due, ENDLESS if times == ENDLESS else (times if left is None else left) - 1


def _read_cycle(timer: Timer, evaluate: Callable[[str], object]) -> tuple[int, timedelta]:
    """Return how often a cycle comes, and what lies between."""
    found = _CYCLE.fullmatch(timer.expression)
    step = _read_duration(found["step"]) if found else None
    if found is None or step is None or step <= timedelta(0):
        raise ElementFailed(f"Timer expression '{timer.expression}' is no cycle such as R3/P1D.")
    return int(found["times"] or ENDLESS), step


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


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the first instant after a day in a zone, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def _read_duration(text: str) -> timedelta | None:
    found = _DURATION.fullmatch(text)
    parts = {name: int(value) for name, value in found.groupdict().items() if value} if found else {}
    return timedelta(**parts) if parts else None


def _read_date(text: str) -> date | datetime | None:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            value = read(text)
        except ValueError:
            continue
        if not isinstance(value, datetime) or value.tzinfo is not None:
            return value
    return None
