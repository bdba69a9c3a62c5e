"""Equality, order and membership of FEEL values, with three truth values: True, False and None (null)."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from operator import ge, gt, le, lt

from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.temporal import at_midnight
from engine.feel.values import ORDERED, Range, kind_of, wrong_operands
from engine.feel.wide import (
    SECOND,
    DateTime,
    Time,
    WideDate,
    WideDateTime,
    WideDuration,
    WideTime,
    clock_of,
    day_of,
    instant_of,
    length_of,
    offset_at,
)

Truth = bool | None

_LONG = 256
"""Characters of text that are compared in about the time of one step."""


def equal(left: object, right: object, run: Run, depth: int = 0) -> Truth:
    """Return whether two values are the same; null equals only null, different types give null."""
    kind = type(left)
    if left is None or right is None:
        return left is right
    if kind in _MOMENTS:
        return _same_moment(left, right)
    if kind is not type(right):
        return False if kind_of(left) == kind_of(right) else None
    if kind is list:
        return _equal_lists(left, right, run, depth)  # type: ignore[arg-type]  # both are lists here
    if kind is dict:
        return _equal_contexts(left, right, run, depth)  # type: ignore[arg-type]  # both are contexts here
    if kind is str and len(left) > _LONG:  # type: ignore[arg-type]
        run.charge(len(left) // _LONG)  # type: ignore[arg-type]
    return _same_range(left, right, run, depth) if kind is Range else left == right


def equal_or_none(left: object, right: object, run: Run) -> Truth:
    """Return whether two values are the same. :raise NoValue: when their types differ."""
    truth = equal(left, right, run)
    if truth is None and kind_of(left) != kind_of(right):
        raise wrong_operands("=", left, right)
    return truth


def compare(operator: str, left: object, right: object, run: Run) -> bool:
    """Return the truth of ``<``, ``<=``, ``>`` or ``>=``.

    :raise NoValue: unless both are of one ordered type, both with or both without a zone.
    """
    if type(left) is not type(right) or type(left) not in _COMPARED:
        left, right = _promote(operator, left, right)
    if type(left) is str and len(left) > _LONG:
        run.charge(len(left) // _LONG)
    try:
        return ORDER[operator](left, right)
    except TypeError:
        raise NoValue("zone_mismatch") from None


def contains(values: Range, value: object, run: Run) -> bool:
    """Return whether a range holds a value. :raise NoValue: when the value cannot be compared with its ends."""
    above, below = ">=" if values.start_included else ">", "<=" if values.end_included else "<"
    return (values.start is None or compare(above, value, values.start, run)) and (
        values.end is None or compare(below, value, values.end, run)
    )


def make_range(start: object, end: object, start_included: bool, end_included: bool) -> Range:
    """Return the range between two ends. :raise NoValue: when they are not of one ordered type."""
    if type(start) not in ORDERED or (type(start) is not type(end) and kind_of(start) != kind_of(end)):
        raise NoValue("range_ends", left_kind=kind_of(start), right_kind=kind_of(end))
    return Range(start, end, start_included, end_included)


def is_member(value: object, candidate: object, run: Run) -> Truth:
    """Return whether a value passes a test that is itself a value: a range, a list of such, or an equal value.

    :raise NoValue: when a range cannot be compared with the value.
    """
    if type(candidate) is Range and type(value) is not Range:
        if value is None:
            raise wrong_operands("in", value, candidate)
        return contains(candidate, value, run)
    if type(candidate) is not list:
        return equal(value, candidate, run)
    # A list may be the value itself, or hold it.
    return True if type(value) is list and equal(value, candidate, run) else _among(value, candidate, run)


def all_of(truths: "list[Truth]") -> Truth:
    """Return the conjunction: False if any is, else None if any is, else True."""
    return False if False in truths else None if None in truths else True


def any_of(truths: "list[Truth]") -> Truth:
    """Return the disjunction: True if any is, else None if any is, else False."""
    return True if True in truths else None if None in truths else False


ORDER: dict[str, Callable[..., bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def time_of_day(at: Time) -> int:
    """Return the nanoseconds since midnight UTC of a time; of one without a zone, since its own midnight."""
    if at.tzinfo is None:
        return clock_of(at)
    # What a zone is ahead by depends on the day, which a time has not; a day has to do.
    return clock_of(at) - int(offset_at(_SOME_DAY, clock_of(at), at.tzinfo)) * SECOND


def _promote(operator: str, left: object, right: object) -> tuple[object, object]:
    """Return two values as such that Python can compare. :raise NoValue: when they are not of one ordered type."""
    kinds = {kind_of(left), kind_of(right)}
    if kinds <= {"date", "date and time"}:
        return _comparable(_as_instant(left, kinds), _as_instant(right, kinds))
    if len(kinds) > 1 or type(left) not in ORDERED:
        raise wrong_operands(operator, left, right)
    if isinstance(left, timedelta | WideDuration):
        return length_of(left), length_of(right)  # type: ignore[arg-type]  # of the same kind
    return _comparable(left, right)


def _comparable(left: object, right: object) -> tuple[object, object]:
    if isinstance(left, _TIMED) and isinstance(right, _TIMED):
        if (left.tzinfo is None) != (right.tzinfo is None):
            raise NoValue("zone_mismatch")
        return _count(left), _count(right)
    return day_of(left), day_of(right)  # type: ignore[arg-type]  # both are dates here


def _as_instant(value: object, kinds: set[str]) -> object:
    return at_midnight(value) if len(kinds) > 1 and type(value) in (date, WideDate) else value  # type: ignore[arg-type]


def _count(value: "Time | DateTime") -> int:
    return time_of_day(value) if isinstance(value, time | WideTime) else instant_of(value)


def _same_moment(left: object, right: object) -> Truth:
    # The standard compares the parts of a time, and its second is a whole number.
    if not isinstance(left, _TIMED) or not isinstance(right, _TIMED) or kind_of(left) != kind_of(right):
        return None
    if (left.tzinfo is None) != (right.tzinfo is None):
        return False
    return _count(left) // SECOND == _count(right) // SECOND


_SOME_DAY = 10_957
"""2000-01-01."""
_TIMED = (time, datetime, WideTime, WideDateTime)
_MOMENTS = frozenset(_TIMED)
_COMPARED = ORDERED - {time, WideTime, WideDateTime}
"""The types whose values Python compares as the standard does."""


def _equal_lists(left: list[object], right: list[object], run: Run, depth: int) -> Truth:
    if len(left) != len(right):
        return False
    run.charge(1 + len(left))
    depth = run.deeper(depth)
    return all_of([equal(a, b, run, depth) for a, b in zip(left, right, strict=True)])


def _equal_contexts(left: dict[str, object], right: dict[str, object], run: Run, depth: int) -> Truth:
    if left.keys() != right.keys():
        return False
    run.charge(1 + len(left))
    depth = run.deeper(depth)
    return all_of([equal(value, right[key], run, depth) for key, value in left.items()])


def _same_range(left: object, right: object, run: Run, depth: int) -> Truth:
    assert isinstance(left, Range)
    assert isinstance(right, Range)
    if (left.start_included, left.end_included) != (right.start_included, right.end_included):
        return False
    return all_of([equal(left.start, right.start, run, depth), equal(left.end, right.end, run, depth)])


def _among(value: object, candidates: list[object], run: Run) -> Truth:
    run.charge(1 + len(candidates))
    unknown = False
    for candidate in candidates:
        truth = _passes(value, candidate, run)
        if truth:
            return True
        unknown = unknown or truth is None
    return None if unknown and value is None else False


def _passes(value: object, candidate: object, run: Run) -> Truth:
    if type(candidate) is Range and type(value) is not Range:
        try:
            return contains(candidate, value, run)
        except NoValue:
            return None
    return equal(value, candidate, run)
