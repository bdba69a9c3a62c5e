"""When a timer is due: ISO 8601 literals or FEEL values turned into one instant in UTC."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from engine.bpmn.codec import Token
from engine.bpmn.model import Outline, Timer
from engine.bpmn.specs import DUE, HOST
from engine.errors import ElementFailed

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W|(?:(?P<days>\d{1,5})D)?(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,6})M)?"
    r"(?:(?P<seconds>\d{1,9})S)?)?)"
)
LONGEST = timedelta(days=36_525)


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


def taken_away_at(outline: Outline, tokens: Iterable[Token], host: int) -> datetime | None:
    """Return when the first interrupting timer at a task takes it away; None if none is attached to that token."""
    instants = (
        token.notes[DUE]
        for token in tokens
        if token.notes.get(HOST) == host and DUE in token.notes and outline.elements[token.element].is_interrupting
    )
    return min(instants, default=None)


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
