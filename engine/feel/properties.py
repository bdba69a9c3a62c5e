"""What stands behind a dot: keys of contexts, and the parts of temporal values and ranges (DMN 1.5, table 65)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.errors import NoValue, first_names
from engine.feel.run import Run
from engine.feel.values import MonthDuration, Range, kind_of
from engine.feel.wide import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DayDuration,
    Time,
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    clock_of,
    day_of,
    length_of,
    parts_of,
)


def follow(value: object, name: str, run: Run, depth: int = 0) -> object:
    """Return the part of a value a path step names; of a list, the list of the parts of its items.

    :raise NoValue: when the value has no such part.
    """
    if type(value) is dict:
        if name in value:
            return value[name]
        raise NoValue("unknown_key", name=name, known=first_names(value))
    if type(value) is list:
        run.charge(len(value))
        run.allocate(len(value))
        inner = run.deeper(depth)
        return [_part_or_null(item, name, run, inner) for item in value]
    return _part(value, name)


def _part_or_null(item: object, name: str, run: Run, depth: int) -> object:
    if type(item) is dict:
        return item.get(name)
    if type(item) is list:
        return follow(item, name, run, depth)
    try:
        return _part(item, name)
    except NoValue:
        return None


def _part(value: object, name: str) -> object:
    if value is None:
        raise NoValue("path_of_null", name=name)
    read = _PARTS.get(type(value), {}).get(name)
    if read is None:
        raise NoValue("unknown_property", name=name, kind=kind_of(value))
    return read(value)


def _part_of_date(place: int) -> Callable[..., Decimal]:
    return lambda value: Decimal(parts_of(value)[place])


def _part_of_clock(unit: int, wrap: int) -> Callable[..., Decimal]:
    return lambda value: Decimal(clock_of(value) // unit % wrap)


def _weekday(value: Date | DateTime) -> Decimal:
    return Decimal((day_of(value) + 3) % 7 + 1)


def _zone_name(value: Time | DateTime) -> object:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _toward_zero(value: DayDuration, unit: int, wrap: int) -> Decimal:
    total = length_of(value)
    count = abs(total) % wrap // unit if wrap else abs(total) // unit
    return Decimal(-count if total < 0 else count)


def _month_part(divide: Callable[[int], int]) -> Callable[[MonthDuration], Decimal]:
    return lambda value: Decimal(divide(abs(value.months)) * (-1 if value.months < 0 else 1))


_Parts = Mapping[str, Callable[..., object]]
_DATE: _Parts = {
    "year": _part_of_date(0),
    "month": _part_of_date(1),
    "day": _part_of_date(2),
    "weekday": _weekday,
}
_TIME: _Parts = {
    "hour": _part_of_clock(HOUR, 24),
    "minute": _part_of_clock(MINUTE, 60),
    "second": _part_of_clock(SECOND, 60),
    "time offset": lambda value: value.utcoffset(),
    "timezone": _zone_name,
}
_DATE_AND_TIME: _Parts = {**_DATE, **_TIME}
_DURATION: _Parts = {
    "days": lambda value: _toward_zero(value, DAY, 0),
    "hours": lambda value: _toward_zero(value, HOUR, DAY),
    "minutes": lambda value: _toward_zero(value, MINUTE, HOUR),
    "seconds": lambda value: _toward_zero(value, SECOND, MINUTE),
}
_PARTS: Mapping[type, _Parts] = {
    date: _DATE,
    WideDate: _DATE,
    time: _TIME,
    WideTime: _TIME,
    datetime: _DATE_AND_TIME,
    WideDateTime: _DATE_AND_TIME,
    timedelta: _DURATION,
    WideDuration: _DURATION,
    MonthDuration: {
        "years": _month_part(lambda count: count // 12),
        "months": _month_part(lambda count: count % 12),
    },
    Range: {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}
