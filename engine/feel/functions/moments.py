"""Built-ins that make temporal values (DMN 1.5, 10.3.4.1 and 10.3.4.10), and our own that count working days."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TypeVar

from engine.calendar import WorkCalendar
from engine.feel.errors import NoValue
from engine.feel.functions.table import Builtin, argument_error
from engine.feel.run import Run
from engine.feel.temporal import read_date, read_datetime, read_duration, read_time
from engine.feel.values import MonthDuration, whole

_SECOND = Decimal(1)
_Read = TypeVar("_Read")


def _date(run: Run, source: str | date) -> date:
    if isinstance(source, str):
        return _read("date", read_date(source), source)
    return source.date() if isinstance(source, datetime) else source


def _date_of_parts(run: Run, year: Decimal, month: Decimal, day: Decimal) -> date:
    parts = (_whole("date", "year", year), _whole("date", "month", month), _whole("date", "day", day))
    try:
        return date(*parts)
    except (ValueError, OverflowError):
        raise argument_error("date", "day", f"{year}-{month}-{day}", "date") from None


def _time(run: Run, source: str | time | date) -> time:
    if isinstance(source, str):
        return _read("time", read_time(source), source)
    if isinstance(source, datetime):
        return source.timetz()
    return source if isinstance(source, time) else time(tzinfo=UTC)


def _time_of_parts(run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None) -> time:
    seconds, fraction = divmod(second, _SECOND)
    parts = (_whole("time", "hour", hour), _whole("time", "minute", minute), _whole("time", "second", seconds))
    try:
        zone = None if offset is None else timezone(offset) if offset else UTC
        return time(*parts, int(fraction.scaleb(6)), zone)
    except (ValueError, OverflowError):
        raise argument_error("time", "hour", f"{hour}:{minute}:{second}", "time") from None


def _datetime(run: Run, source: str | date) -> datetime:
    if isinstance(source, str):
        return _read("date and time", read_datetime(source), source)
    return source if isinstance(source, datetime) else datetime.combine(source, time(tzinfo=UTC))


def _datetime_of_parts(run: Run, day: date, at: time) -> datetime:
    return datetime.combine(day, at)


def _duration(run: Run, source: str | timedelta | MonthDuration) -> timedelta | MonthDuration:
    if not isinstance(source, str):
        return source
    value = read_duration(source)
    if value is None:
        raise argument_error("duration", "from", source, "duration")
    return value


def _now(run: Run) -> datetime:
    return run.environment.now


def _today(run: Run) -> date:
    return run.environment.now.date()


def _working_days_after(run: Run, start: date, days: Decimal) -> date:
    count = _whole("working days after", "days", days)
    try:
        return _calendar(run).add_working_days(_local_day(start, run), count)
    except ValueError:
        raise NoValue("out_of_range", operator="working days after") from None


def _working_days_between(run: Run, start: date, end: date) -> Decimal:
    return Decimal(_calendar(run).working_days_between(_local_day(start, run), _local_day(end, run)))


def _calendar(run: Run) -> WorkCalendar:
    if run.environment.calendar is None:
        raise NoValue("no_calendar")
    return run.environment.calendar


def _local_day(day: date, run: Run) -> date:
    # An instant belongs to the working day it has in the city, not to that of its own offset.
    if not isinstance(day, datetime):
        return day
    return day.date() if day.tzinfo is None else day.astimezone(run.environment.now.tzinfo).date()


def _whole(function: str, parameter: str, number: Decimal) -> int:
    count = whole(number)
    if count is None:
        raise argument_error(function, parameter, number, "whole")
    return count


def _read(function: str, value: _Read | None, text: str) -> _Read:
    if value is None:
        raise argument_error(function, "from", text, function)
    return value


_DAY = "date|date and time"
_READING, _COUNTING = 4, 6
"""Steps it takes to read a text, and to count in the calendar."""
MOMENT_FUNCTIONS = (
    Builtin("date", "from: string|date|date and time", _date, cost=_READING),
    Builtin("date", "year: number, month: number, day: number", _date_of_parts),
    Builtin("time", "from: string|time|date and time|date", _time, cost=_READING),
    Builtin(
        "time", "hour: number, minute: number, second: number, offset: days and time duration|null?", _time_of_parts
    ),
    Builtin("date and time", "from: string|date and time|date", _datetime, cost=_READING),
    Builtin("date and time", "date: date|date and time, time: time", _datetime_of_parts),
    Builtin("duration", "from: string|days and time duration|years and months duration", _duration, cost=_READING),
    Builtin("now", "", _now),
    Builtin("today", "", _today),
    Builtin("working days after", f"start: {_DAY}, days: number", _working_days_after, cost=_COUNTING),
    Builtin("working days between", f"start: {_DAY}, end: {_DAY}", _working_days_between, cost=_COUNTING),
)
