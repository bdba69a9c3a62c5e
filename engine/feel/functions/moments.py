"""Built-ins that make temporal values (DMN 1.5, 10.3.4.1 and 10.3.4.10), and our own that count working days."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from engine.calendar import WorkCalendar
from engine.feel.errors import NoValue
from engine.feel.functions.table import Builtin, argument_error
from engine.feel.run import Run
from engine.feel.temporal import offset_zone, read_date, read_datetime, read_duration, read_time
from engine.feel.values import NUMBERS, MonthDuration, whole
from engine.feel.wide import (
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DayDuration,
    Time,
    WideDate,
    WideDateTime,
    WideTime,
    civil,
    clock_of,
    day_count,
    day_of,
    make_date,
    make_datetime,
    make_time,
    parts_of,
)

_NANOSECONDS = Decimal(SECOND)
_INSTANTS = (datetime, WideDateTime)


def _date(run: Run, source: str | Date | DateTime) -> Date:
    if isinstance(source, str):
        if (found := read_date(source)) is None:
            raise argument_error("date", "from", source, "date")
        return found
    return make_date(*parts_of(source))


def _date_of_parts(run: Run, year: Decimal, month: Decimal, day: Decimal) -> Date:
    parts = (_whole("date", "year", year), _whole("date", "month", month), _whole("date", "day", day))
    try:
        return make_date(*parts)
    except (ValueError, OverflowError):
        raise argument_error("date", "day", f"{year}-{month}-{day}", "date") from None


def _time(run: Run, source: str | Time | Date | DateTime) -> Time:
    if isinstance(source, str):
        if (found := read_time(source)) is None:
            raise argument_error("time", "from", source, "time")
        return found
    if isinstance(source, _INSTANTS):
        return make_time(clock_of(source), source.tzinfo)
    return source if isinstance(source, time | WideTime) else time(tzinfo=UTC)


def _time_of_parts(
    run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: DayDuration | None = None
) -> Time:
    hours, minutes = _whole("time", "hour", hour), _whole("time", "minute", minute)
    try:
        if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= second < 60):
            raise ValueError
        zone = None if offset is None else offset_zone(offset)
        return make_time((hours * 60 + minutes) * MINUTE + int(NUMBERS.multiply(second, _NANOSECONDS)), zone)
    except ValueError:
        raise argument_error("time", "hour", f"{hour}:{minute}:{second}", "time") from None


def _datetime(run: Run, source: str | DateTime) -> DateTime:
    if isinstance(source, str):
        if (found := read_datetime(source)) is None:
            raise argument_error("date and time", "from", source, "date and time")
        return found
    return source


def _datetime_of_parts(run: Run, day: Date | DateTime, at: Time) -> DateTime:
    return make_datetime(day_of(day), clock_of(at), at.tzinfo)


def _duration(run: Run, source: str | DayDuration | MonthDuration) -> DayDuration | MonthDuration:
    if not isinstance(source, str):
        return source
    value = read_duration(source)
    if value is None:
        raise argument_error("duration", "from", source, "duration")
    return value


def _months_between(run: Run, start: Date | DateTime, end: Date | DateTime) -> MonthDuration:
    (year, month, day), (last_year, last_month, last_day) = parts_of(start), parts_of(end)
    count = (last_year - year) * 12 + last_month - month
    if count > 0 and last_day < day:
        count -= 1
    elif count < 0 and last_day > day:
        count += 1
    return MonthDuration(count)


def _day_of_year(run: Run, day: Date | DateTime) -> Decimal:
    return Decimal(day_of(day) - day_count(parts_of(day)[0], 1, 1) + 1)


def _day_of_week(run: Run, day: Date | DateTime) -> str:
    return WEEKDAYS[(day_of(day) + 3) % 7]


def _week_of_year(run: Run, day: Date | DateTime) -> Decimal:
    # The calendar repeats every 400 years, weekdays included; the week is that of its Thursday (ISO 8601).
    days = day_of(day)
    thursday = days - (days + 3) % 7 + 3
    return Decimal((thursday - day_count(civil(thursday)[0], 1, 1)) // 7 + 1)


def _month_of_year(run: Run, day: Date | DateTime) -> str:
    return MONTHS[parts_of(day)[1] - 1]


def _now(run: Run) -> datetime:
    return run.environment.now


def _today(run: Run) -> date:
    return run.environment.now.date()


def _working_days_after(run: Run, start: Date | DateTime, days: Decimal) -> date:
    count = _whole("working days after", "days", days)
    try:
        return _calendar(run).add_working_days(_local_day(start, run), count)
    except ValueError:
        raise NoValue("out_of_range", operator="working days after") from None


def _working_days_between(run: Run, start: Date | DateTime, end: Date | DateTime) -> Decimal:
    return Decimal(_calendar(run).working_days_between(_local_day(start, run), _local_day(end, run)))


def _calendar(run: Run) -> WorkCalendar:
    if run.environment.calendar is None:
        raise NoValue("no_calendar")
    return run.environment.calendar


def _local_day(day: Date | DateTime, run: Run) -> date:
    if isinstance(day, WideDate | WideDateTime):
        raise NoValue("out_of_range", operator="working days")
    # An instant belongs to the working day it has in the city, not to that of its own offset.
    if not isinstance(day, datetime):
        return day
    return day.date() if day.tzinfo is None else day.astimezone(run.environment.now.tzinfo).date()


def _whole(function: str, parameter: str, number: Decimal) -> int:
    count = whole(number)
    if count is None:
        raise argument_error(function, parameter, number, "whole")
    return count


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple("January February March April May June July August September October November December".split())
"""The standard has the names in English."""
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
    Builtin("date and time", "from: string|date and time", _datetime, cost=_READING),
    Builtin("date and time", "date: date|date and time, time: time", _datetime_of_parts),
    Builtin("duration", "from: string|days and time duration|years and months duration", _duration, cost=_READING),
    Builtin("years and months duration", f"from: {_DAY}, to: {_DAY}", _months_between),
    Builtin("day of year", f"date: {_DAY}", _day_of_year),
    Builtin("day of week", f"date: {_DAY}", _day_of_week),
    Builtin("month of year", f"date: {_DAY}", _month_of_year),
    Builtin("week of year", f"date: {_DAY}", _week_of_year),
    Builtin("now", "", _now),
    Builtin("today", "", _today),
    Builtin("working days after", f"start: {_DAY}, days: number", _working_days_after, cost=_COUNTING),
    Builtin("working days between", f"start: {_DAY}, end: {_DAY}", _working_days_between, cost=_COUNTING),
)
