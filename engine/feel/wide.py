"""Temporal values that Python's own types cannot hold: years beyond 1 to 9999, and parts of a microsecond.

A value is of one of these types only if Python's type cannot hold it, so that each value has one form. Days count from
1970-01-01 in the proleptic Gregorian calendar, and years as ISO 8601 does: year 0 is before year 1.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

Zone = tzinfo
DAY, HOUR, MINUTE, SECOND, MICROSECOND = 86_400 * 10**9, 3_600 * 10**9, 60 * 10**9, 10**9, 10**3
"""Lengths in nanoseconds."""
MAX_YEAR = 999_999_999
MAX_DURATION = 10**9 * 400 * DAY
"""Durations and years are bounded, so that numbers cannot grow without end."""
_EPOCH = date(1970, 1, 1).toordinal()
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PYTHON_DAYS = range(1 - _EPOCH, date.max.toordinal() - _EPOCH + 1)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, order=True)
class WideDate:
    """A date before year 1 or after year 9999."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class WideTime:
    """A time of day with parts of a microsecond: nanoseconds since midnight."""

    nanoseconds: int
    tzinfo: Zone | None = None

    def utcoffset(self) -> timedelta | None:
        """Return the distance to UTC; None without a zone, and of a zone where it depends on the day."""
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)


@dataclass(frozen=True, slots=True)
class WideDateTime:
    """A date and time outside Python's years, or with parts of a microsecond: a day, and nanoseconds since midnight."""

    days: int
    nanoseconds: int
    tzinfo: Zone | None = None

    def utcoffset(self) -> timedelta | None:
        """Return the distance to UTC; None without a zone."""
        return None if self.tzinfo is None else timedelta(seconds=offset_at(self.days, self.nanoseconds, self.tzinfo))


@dataclass(frozen=True, slots=True, order=True)
class WideDuration:
    """A days-and-time duration that is very long, or has parts of a microsecond."""

    nanoseconds: int


Date = date | WideDate
Time = time | WideTime
DateTime = datetime | WideDateTime
DayDuration = timedelta | WideDuration
Temporal = Date | Time | DateTime | DayDuration


def make_date(year: int, month: int, day: int) -> Date:
    """Return the date. :raise ValueError: when there is none, or its year has more than nine digits."""
    if 1 <= year <= 9999:
        return date(year, month, day)
    if abs(year) > MAX_YEAR or not 1 <= month <= 12 or not 1 <= day <= days_of_month(year, month):
        raise ValueError(f"{year}-{month}-{day}")
    return WideDate(year, month, day)


def make_time(nanoseconds: int, zone: Zone | None) -> Time:
    """Return the time so long after midnight, within the day."""
    seconds, rest = divmod(nanoseconds, SECOND)
    if rest % MICROSECOND:
        return WideTime(nanoseconds, zone)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60, rest // MICROSECOND, zone)


def make_datetime(days: int, nanoseconds: int, zone: Zone | None) -> DateTime:
    """Return the date and time. :raise ValueError: when its year has more than nine digits."""
    if nanoseconds % MICROSECOND == 0 and days in _PYTHON_DAYS:
        at = make_time(nanoseconds, zone)
        assert isinstance(at, time)
        return datetime.combine(date.fromordinal(days + _EPOCH), at)
    if abs(civil(days)[0]) > MAX_YEAR:
        raise ValueError(days)
    return WideDateTime(days, nanoseconds, zone)


def make_duration(nanoseconds: int) -> DayDuration:
    """Return the duration. :raise OverflowError: beyond a thousand million years."""
    if abs(nanoseconds) > MAX_DURATION:
        raise OverflowError("duration")
    if nanoseconds % MICROSECOND == 0:
        try:
            return timedelta(microseconds=nanoseconds // MICROSECOND)
        except OverflowError:
            pass
    return WideDuration(nanoseconds)


def length_of(duration: DayDuration) -> int:
    """Return the nanoseconds of a duration."""
    if isinstance(duration, WideDuration):
        return duration.nanoseconds
    return duration // _MICROSECOND * MICROSECOND


def clock_of(at: Time | DateTime) -> int:
    """Return the nanoseconds since midnight."""
    if isinstance(at, WideTime | WideDateTime):
        return at.nanoseconds
    return ((at.hour * 60 + at.minute) * 60 + at.second) * SECOND + at.microsecond * MICROSECOND


def day_of(day: Date | DateTime) -> int:
    """Return the days since 1970-01-01."""
    if isinstance(day, WideDateTime):
        return day.days
    if isinstance(day, WideDate):
        return day_count(day.year, day.month, day.day)
    return day.toordinal() - _EPOCH


def parts_of(day: Date | DateTime) -> tuple[int, int, int]:
    """Return year, month and day."""
    if isinstance(day, WideDateTime):
        return civil(day.days)
    return day.year, day.month, day.day


def day_count(year: int, month: int, day: int) -> int:
    """Return the days from 1970-01-01 to a date."""
    cycles, within = divmod(year - 1, _CYCLE_YEARS)
    return cycles * _CYCLE_DAYS + date(within + 1, month, 1).toordinal() + day - 1 - _EPOCH


def civil(days: int) -> tuple[int, int, int]:
    """Return year, month and day so many days after 1970-01-01."""
    cycles, within = divmod(days + _EPOCH - 1, _CYCLE_DAYS)
    day = date.fromordinal(within + 1)
    return day.year + cycles * _CYCLE_YEARS, day.month, day.day


def days_of_month(year: int, month: int) -> int:
    """Return how many days a month has."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _LENGTHS[month - 1]


def offset_at(days: int, nanoseconds: int, zone: Zone) -> float:
    """Return the seconds by which a zone's clocks are ahead of UTC when they show a date and time."""
    offset = zone.utcoffset(_likeness(days, nanoseconds))
    assert offset is not None
    return offset.total_seconds()


def instant_of(moment: DateTime) -> int:
    """Return the nanoseconds since 1970 UTC; without a zone, since the midnight of its own clocks."""
    local = day_of(moment) * DAY + clock_of(moment)
    offset = moment.utcoffset()
    return local - length_of(offset) if offset else local


def at_instant(nanoseconds: int, zone: Zone | None) -> DateTime:
    """Return the date and time of an instant in a zone. :raise ValueError: when its year has more than nine digits."""
    if zone is not None:
        nanoseconds += _ahead(nanoseconds, zone)
    return make_datetime(*divmod(nanoseconds, DAY), zone)


def _ahead(instant: int, zone: Zone) -> int:
    # A zone's clocks are ahead by what they show then, which is at most a day away.
    if not isinstance(zone, ZoneInfo):
        offset = zone.utcoffset(None)
    else:
        days, clock = divmod(instant, DAY)
        offset = _likeness(days, clock).replace(tzinfo=UTC).astimezone(zone).utcoffset()
    return length_of(offset or timedelta())


def _likeness(days: int, nanoseconds: int) -> datetime:
    # Zones have no rules before year 1; after 9999 they repeat with the calendar, which does so every 400 years.
    if days < _PYTHON_DAYS.start + 2:
        days = _PYTHON_DAYS.start + 2
    elif days > _PYTHON_DAYS.stop - 3:
        days -= -((_PYTHON_DAYS.stop - 3 - days) // _CYCLE_DAYS) * _CYCLE_DAYS
    clock = timedelta(microseconds=nanoseconds // MICROSECOND)
    return datetime.combine(date.fromordinal(days + _EPOCH), time()) + clock


def fixed_zone(offset: timedelta) -> Zone:
    """Return the zone whose clocks are always so far ahead of UTC. :raise ValueError: for a day or more."""
    return timezone(offset) if offset else UTC
