"""The times that diagrams name: ISO 8601 literals, and values turned into an instant in UTC."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from engine.bpmn.model import Timer
from engine.errors import ElementFailed

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W|(?:(?P<days>\d{1,5})D)?(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,6})M)?"
    r"(?:(?P<seconds>\d{1,9})S)?)?)"
)
LONGEST = timedelta(days=36_525)


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


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the first instant after a day in a zone, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def read_duration(text: str) -> timedelta | None:
    """Return the duration of a literal such as `P14D` or `PT8H`; None if it is none."""
    found = _DURATION.fullmatch(text)
    parts = {name: int(value) for name, value in found.groupdict().items() if value} if found else {}
    return timedelta(**parts) if parts else None


def read_date(text: str) -> date | datetime | None:
    """Return the date of a literal, or its date and time with an offset; None if it is none."""
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            value = read(text)
        except ValueError:
            continue
        if not isinstance(value, datetime) or value.tzinfo is not None:
            return value
    return None
