"""Reading, writing and taking apart the temporal values of FEEL."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.feel.values import MAX_MONTHS, MonthDuration

Temporal = date | time | datetime | timedelta | MonthDuration

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+/-]+)?"
)
_DAYS = re.compile(
    r"(-)?P(?:([0-9]{1,12})D)?(?:T(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?(?:([0-9]{1,14})(?:\.([0-9]{0,9}))?S)?)?"
)
_MONTHS = re.compile(r"(-)?P(?:([0-9]{1,10})Y)?(?:([0-9]{1,10})M)?")
_AREAS = frozenset("Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific Etc".split())
_MICROSECOND = timedelta(microseconds=1)


def read_temporal(text: str) -> Temporal | None:
    """Return the value of an ``@"…"`` literal, or None if it is none."""
    for read in (read_date, read_time, read_datetime, read_duration):
        value = read(text)
        if value is not None:
            return value
    return None


def read_date(text: str) -> date | None:
    """Return the date of ``YYYY-MM-DD``, or None."""
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Return the time of ``hh:mm:ss`` with an optional fraction and an offset, Z or @zone; or None.

    Fractions are kept to the microsecond.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, zone = match.groups()
    if hour == "24" and not int(minute + second + (fraction or "")):
        hour = "00"
    try:
        return time(int(hour), int(minute), int(second), _micro(fraction), _zone(zone))
    except ValueError:
        return None


def read_datetime(text: str) -> datetime | None:
    """Return the instant of a date, ``T`` and a time, or of a date alone at midnight; or None.

    ``24:00:00`` is the midnight a day ends with.
    """
    day_text, mark, time_text = text.partition("T")
    day = read_date(day_text)
    at = read_time(time_text) if mark else time()
    if day is None or at is None:
        return None
    try:
        return datetime.combine(day + timedelta(days=time_text.startswith("24")), at)
    except OverflowError:
        return None


def read_duration(text: str) -> timedelta | MonthDuration | None:
    """Return the duration of ``P1DT2H`` or ``P1Y2M``, or None."""
    if match := _MONTHS.fullmatch(text):
        minus, years, month_count = match.groups()
        if years or month_count:
            total = int(years or 0) * 12 + int(month_count or 0)
            return MonthDuration(-total if minus else total) if total <= MAX_MONTHS else None
    if (match := _DAYS.fullmatch(text)) and text[-1] not in "PT":
        minus, days, hours, minutes, seconds, fraction = match.groups()
        counts = [int(part or 0) for part in (days, hours, minutes, seconds)]
        return _duration(minus, counts, _micro(fraction))
    return None


def write(value: Temporal) -> str:
    """Return the text a temporal value is read back from."""
    if isinstance(value, datetime | time):
        text = value.replace(tzinfo=None).isoformat()
        text = text.rstrip("0") if "." in text else text
        return text + _write_zone(value.tzinfo, value.utcoffset())
    if isinstance(value, date):
        return value.isoformat()
    return _write_months(value.months) if isinstance(value, MonthDuration) else _write_days(value)


def add_months(day: date, count: int) -> date:
    """Return the day so many months later; the last of the month where the day does not exist.

    A datetime keeps its time. :raise ValueError: outside years 1 to 9999.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + count, 12)
    first = day.replace(year=year, month=month0 + 1, day=1)
    next_month = date(year + month0 // 11, (month0 + 1) % 12 + 1, 1) if (year, month0) < (9999, 11) else None
    last = (next_month - timedelta(days=1)).day if next_month else 31
    return first.replace(day=min(day.day, last))


def add_days(moment: datetime, duration: timedelta) -> datetime:
    """Return the instant later by elapsed time: with a zone, clocks that change in between do not matter."""
    if moment.tzinfo is None:
        return moment + duration
    return (moment.astimezone(UTC) + duration).astimezone(moment.tzinfo)


def at_midnight(day: date) -> datetime:
    """Return a day's first instant in UTC, which is how the standard compares dates with instants."""
    return datetime.combine(day, time(), UTC)


def microseconds(duration: timedelta) -> int:
    """Return the whole length of a duration."""
    return duration // _MICROSECOND


def of_microseconds(count: Decimal | int) -> timedelta:
    """Return the duration of so many microseconds, truncated; OverflowError beyond what Python counts."""
    if not -(10**21) < count < 10**21:
        raise OverflowError("duration")
    return timedelta(microseconds=int(count))


def _duration(minus: str | None, counts: list[int], micro: int) -> timedelta | None:
    days, hours, minutes, seconds = counts
    total = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000_000 + micro
    try:
        return of_microseconds(-total if minus else total)
    except OverflowError:
        return None


def _micro(fraction: str | None) -> int:
    return int((fraction or "")[:6].ljust(6, "0"))


@lru_cache(maxsize=256)
def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text.startswith("@"):
        return _named_zone(text[1:])
    if text in "Zz":
        return UTC
    hours, minutes, *seconds = map(int, text[1:].split(":"))
    if hours > 18 or minutes > 59 or any(second > 59 for second in seconds):
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes, seconds=sum(seconds))
    return timezone(-offset if text[0] == "-" else offset) if offset else UTC


def _named_zone(name: str) -> tzinfo:
    # Only names of the zone database; "localtime" and the like would make a result depend on the machine.
    area = name.split("/", maxsplit=1)[0]
    if name not in {"UTC", "GMT"} and (area not in _AREAS or area == name):
        raise ValueError(name)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(name) from error


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


def _write_days(duration: timedelta) -> str:
    seconds, micro = divmod(abs(microseconds(duration)), 1_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    fraction = f".{micro:06}".rstrip("0") if micro else ""
    clock = "".join(f"{count}{unit}" for count, unit in ((hour, "H"), (minute, "M")) if count)
    clock += f"{second}{fraction}S" if second or micro else ""
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return f"{'-' if duration < timedelta(0) else ''}P{text or 'T0S'}"
