"""Reading, writing and taking apart the temporal values of FEEL."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from engine.feel.wide import (
    DAY,
    SECOND,
    Date,
    DateTime,
    DayDuration,
    Time,
    WideDate,
    WideDateTime,
    WideTime,
    at_instant,
    clock_of,
    day_count,
    day_of,
    days_of_month,
    fixed_zone,
    instant_of,
    length_of,
    make_date,
    make_datetime,
    make_duration,
    make_time,
    parts_of,
)
from engine.spans import MonthDuration

Temporal = Date | Time | DateTime | DayDuration | MonthDuration
MAX_MONTHS = 12 * 999_999_999
"""Most months of a duration, so that numbers cannot grow without bound."""

_DATE = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+/-]+)?"
)
_DAYS = re.compile(
    r"(-)?P(?:([0-9]{1,12})D)?(?:T(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?(?:([0-9]{1,14})(?:\.([0-9]{0,9}))?S)?)?"
)
_MONTHS = re.compile(r"(-)?P(?:([0-9]{1,10})Y)?(?:([0-9]{1,10})M)?")
_LARGEST_OFFSET = timedelta(hours=18)


def read_temporal(text: str) -> Temporal | None:
    """Return the value of an ``@"…"`` literal, or None if it is none."""
    for read in (read_date, read_time, read_datetime, read_duration):
        value = read(text)
        if value is not None:
            return value
    return None


def read_date(text: str) -> Date | None:
    """Return the date of ``YYYY-MM-DD``, or None. A year may have up to nine digits, and a minus."""
    match = _DATE.fullmatch(text)
    try:
        return make_date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_time(text: str) -> Time | None:
    """Return the time of ``hh:mm:ss`` with an optional fraction and an offset, Z or @zone; or None."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, zone = match.groups()
    if hour == "24" and not int(minute + second + (fraction or "")):
        hour = "00"
    try:
        if int(hour) > 23 or int(minute) > 59 or int(second) > 59:
            return None
        clock = (int(hour) * 60 + int(minute)) * 60 + int(second)
        return make_time(clock * SECOND + _nano(fraction), _zone(zone))
    except ValueError:
        return None


def read_datetime(text: str) -> DateTime | None:
    """Return the instant of a date, ``T`` and a time, or of a date alone at midnight; or None.

    ``24:00:00`` is the midnight a day ends with.
    """
    day_text, mark, time_text = text.partition("T")
    day = read_date(day_text)
    at = read_time(time_text) if mark else time()
    if day is None or at is None:
        return None
    try:
        return make_datetime(day_of(day) + time_text.startswith("24"), clock_of(at), at.tzinfo)
    except ValueError:
        return None


def read_duration(text: str) -> DayDuration | MonthDuration | None:
    """Return the duration of ``P1DT2H`` or ``P1Y2M``, or None."""
    if match := _MONTHS.fullmatch(text):
        minus, years, month_count = match.groups()
        if years or month_count:
            total = int(years or 0) * 12 + int(month_count or 0)
            return MonthDuration(-total if minus else total) if total <= MAX_MONTHS else None
    if (match := _DAYS.fullmatch(text)) and text[-1] not in "PT":
        minus, days, hours, minutes, seconds, fraction = match.groups()
        counts = [int(part or 0) for part in (days, hours, minutes, seconds)]
        return _duration(minus, counts, _nano(fraction))
    return None


def write(value: Temporal) -> str:
    """Return the text a temporal value is read back from."""
    if isinstance(value, datetime | WideDateTime):
        return f"{_write_date(*parts_of(value))}T{_write_clock(value)}"
    if isinstance(value, time | WideTime):
        return _write_clock(value)
    if isinstance(value, date | WideDate):
        return _write_date(*parts_of(value))
    return _write_months(value.months) if isinstance(value, MonthDuration) else _write_days(value)


def add_months(day: Date | DateTime, count: int) -> Date | DateTime:
    """Return the day so many months later; the last of the month where the day does not exist.

    A date and time keeps its time. :raise ValueError: when the year has more than nine digits.
    """
    year, month, day_of_month = parts_of(day)
    year, month0 = divmod(year * 12 + month - 1 + count, 12)
    last = min(day_of_month, days_of_month(year, month0 + 1))
    if isinstance(day, datetime | WideDateTime):
        return make_datetime(day_count(year, month0 + 1, last), clock_of(day), day.tzinfo)
    return make_date(year, month0 + 1, last)


def add_days(moment: DateTime, duration: DayDuration) -> DateTime:
    """Return the instant later by elapsed time: with a zone, clocks that change in between do not matter.

    :raise ValueError: when the year has more than nine digits.
    """
    if isinstance(moment, datetime) and moment.tzinfo is None and isinstance(duration, timedelta):
        with suppress(OverflowError):
            return moment + duration
    if isinstance(moment.tzinfo, ZoneInfo):
        return at_instant(instant_of(moment) + length_of(duration), moment.tzinfo)
    local = day_of(moment) * DAY + clock_of(moment) + length_of(duration)
    return make_datetime(*divmod(local, DAY), moment.tzinfo)


def at_midnight(day: Date) -> DateTime:
    """Return a day's first instant in UTC, which is how the standard compares dates with instants."""
    return make_datetime(day_of(day), 0, UTC)


def offset_zone(offset: DayDuration) -> tzinfo:
    """Return the zone that is always so far ahead of UTC. :raise ValueError: for more than 18 hours."""
    if not isinstance(offset, timedelta) or abs(offset) > _LARGEST_OFFSET:
        raise ValueError(offset)
    return fixed_zone(offset)


def _duration(minus: str | None, counts: list[int], nano: int) -> DayDuration | None:
    days, hours, minutes, seconds = counts
    total = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * SECOND + nano
    try:
        return make_duration(-total if minus else total)
    except OverflowError:
        return None


def _nano(fraction: str | None) -> int:
    return int((fraction or "")[:9].ljust(9, "0"))


@lru_cache(maxsize=256)
def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text.startswith("@"):
        return _named_zone(text[1:])
    if text in "Zz":  # the standard's own example has time("23:59:00z")
        return UTC
    hours, minutes, *seconds = map(int, text[1:].split(":"))
    if minutes > 59 or any(second > 59 for second in seconds):
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return offset_zone(-offset if text[0] == "-" else offset)


def _named_zone(name: str) -> tzinfo:
    if name not in _zone_names():
        raise ValueError(name)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(name) from error


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    # Not those of the machine: it may lack old names, and its "localtime" would make a result depend on it.
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _write_date(year: int, month: int, day: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def _write_clock(at: Time | DateTime) -> str:
    seconds, nano = divmod(clock_of(at), SECOND)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return clock + _write_fraction(nano) + _write_zone(at.tzinfo, at.utcoffset())


def _write_fraction(nano: int) -> str:
    return f".{nano:09}".rstrip("0") if nano else ""


def _write_zone(zone: tzinfo | None, offset: timedelta | None) -> str:
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    if offset is None:
        return ""
    if not offset:
        return "Z"
    hours, rest = divmod(abs(offset), timedelta(hours=1))
    minutes, seconds = divmod(rest.seconds, 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _write_months(count: int) -> str:
    years, rest = divmod(abs(count), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest or not years else "")
    return f"{'-' if count < 0 else ''}P{text}"


def _write_days(duration: DayDuration) -> str:
    length = length_of(duration)
    seconds, nano = divmod(abs(length), SECOND)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    clock = "".join(f"{count}{unit}" for count, unit in ((hour, "H"), (minute, "M")) if count)
    clock += f"{second}{_write_fraction(nano)}S" if second or nano else ""
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if length < 0 else ''}P{text or 'T0S'}"
