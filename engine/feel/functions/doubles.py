"""Built-ins that leave out what is in a list more than once: distinct values, union (DMN 1.5, 10.3.4.4)."""

from datetime import datetime, time
from decimal import Decimal

from engine.feel.comparison import equal, time_of_day
from engine.feel.functions.table import Builtin
from engine.feel.run import Run
from engine.feel.values import NUMBERS, Range
from engine.feel.wide import SECOND, WideDateTime, WideDuration, WideTime, instant_of

_Items = list[object]


def _union(run: Run, *lists: _Items) -> _Items:
    run.allocate(sum(map(len, lists)))
    return _distinct(run, [item for items in lists for item in items])


def _distinct(run: Run, items: _Items) -> _Items:
    run.allocate(len(items))
    seen: set[object] = set()
    distinct: _Items = []
    for item in items:
        if isinstance(item, list | dict):
            is_new = not any(equal(item, other, run) is True for other in _paid(distinct, run))
        else:
            mark = _mark(item)
            is_new = mark not in seen
            seen.add(mark)
        if is_new:
            distinct.append(item)
    return distinct


def _paid(items: _Items, run: Run) -> _Items:
    run.charge(len(items))
    return items


def _mark(item: object) -> object:
    # Two items are the same if their marks are, as `=` has it: moments by their whole second.
    # Python's hash of a number is its rest by a prime: a list could be made of which all have the same. Text is safe.
    if isinstance(item, Decimal):
        return Decimal, str(item.normalize(NUMBERS)) if item else "0"  # Decimal knows a negative zero, FEEL does not
    if isinstance(item, Range):
        return Range, _mark(item.start), _mark(item.end), item.start_included, item.end_included
    if isinstance(item, time | WideTime):
        return time, item.tzinfo is None, time_of_day(item) // SECOND
    if isinstance(item, datetime | WideDateTime):
        return datetime, item.tzinfo is None, instant_of(item) // SECOND
    return type(item), str(item.nanoseconds) if isinstance(item, WideDuration) else item


DOUBLES_FUNCTIONS = (
    Builtin("union", "list: list*", _union),
    Builtin("distinct values", "list: list", _distinct),
)
