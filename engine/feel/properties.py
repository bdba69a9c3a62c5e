"""What stands behind a dot: keys of contexts, and the parts of temporal values and ranges (DMN 1.5, table 65)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.temporal import microseconds
from engine.feel.values import MonthDuration, Range, kind_of

_DAY, _HOUR, _MINUTE, _SECOND = 86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000


def follow(value: object, name: str, run: Run) -> object:
    """Return the part of a value a path step names; of a list, the list of the parts of its items.

    :raise NoValue: when the value has no such part.
    """
    if type(value) is dict:
        if name in value:
            return value[name]
        raise NoValue("unknown_key", name=name, known=", ".join(list(value)[:40]))
    if type(value) is list:
        run.charge(len(value))
        run.allocate(len(value))
        return [_part_or_null(item, name) for item in value]
    return _part(value, name)


def _part_or_null(item: object, name: str) -> object:
    if type(item) is dict:
        return item.get(name)
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


def _number(attribute: str) -> Callable[..., object]:
    return lambda value: Decimal(getattr(value, attribute))


def _seconds(value: time | datetime) -> Decimal:
    return Decimal(value.second) + Decimal(value.microsecond).scaleb(-6) if value.microsecond else Decimal(value.second)


def _weekday(value: date) -> Decimal:
    return Decimal(value.isoweekday())


def _zone_name(value: time | datetime) -> object:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _toward_zero(value: timedelta, unit: int, wrap: int) -> Decimal:
    total = microseconds(value)
    count = abs(total) % wrap // unit if wrap else abs(total) // unit
    return Decimal(-count if total < 0 else count)


def _month_part(divide: Callable[[int], int]) -> Callable[[MonthDuration], Decimal]:
    return lambda value: Decimal(divide(abs(value.months)) * (-1 if value.months < 0 else 1))


_DATE = {"year": _number("year"), "month": _number("month"), "day": _number("day"), "weekday": _weekday}
_TIME: Mapping[str, Callable[..., object]] = {
    "hour": _number("hour"),
    "minute": _number("minute"),
    "second": _seconds,
    "time offset": lambda value: value.utcoffset(),
    "timezone": _zone_name,
}
_PARTS: Mapping[type, Mapping[str, Callable[..., object]]] = {
    date: _DATE,
    time: _TIME,
    datetime: {**_DATE, **_TIME},
    timedelta: {
        "days": lambda value: _toward_zero(value, _DAY, 0),
        "hours": lambda value: _toward_zero(value, _HOUR, _DAY),
        "minutes": lambda value: _toward_zero(value, _MINUTE, _HOUR),
        "seconds": lambda value: _toward_zero(value, _SECOND, _MINUTE),
    },
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
