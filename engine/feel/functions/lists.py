"""Built-ins on lists (DMN 1.5, 10.3.4.4)."""

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key
from typing import NoReturn

from engine.feel.arithmetic import calculate
from engine.feel.comparison import Truth, all_of, any_of, compare, equal
from engine.feel.errors import NoValue
from engine.feel.functions.table import Builtin, argument_error, check_takes
from engine.feel.invoking import invoke
from engine.feel.run import Run
from engine.feel.values import NUMBERS, Function, counted, kind_of

_Items = list[object]


def _count(run: Run, items: _Items) -> Decimal:
    return Decimal(len(items))


def _sum(run: Run, items: _Items) -> object:
    if not items:
        return None
    total = items[0]
    if type(total) is not Decimal:
        return _sum_of_durations(items, run)
    for item in items[1:]:
        total = NUMBERS.add(total, item) if type(item) is Decimal else _refuse("sum", total, item)
    return total


def _mean(run: Run, items: _Items) -> object:
    return calculate("/", _sum(run, items), Decimal(len(items)), run) if items else None


def _extreme(function: str, operator: str) -> Callable[..., object]:
    def extreme(run: Run, items: _Items) -> object:
        if not items:
            return None
        best = items[0]
        for item in items:
            best = item if _ordered(function, operator, item, best, run) else best
        return best

    return extreme


def _list_contains(run: Run, items: _Items, element: object) -> bool:
    return any(equal(item, element, run) is True for item in items)


def _append(run: Run, items: _Items, *more: object) -> _Items:
    run.allocate(len(items) + len(more))
    return [*items, *more]


def _concatenate(run: Run, *lists: _Items) -> _Items:
    run.allocate(sum(map(len, lists)))
    return [item for items in lists for item in items]


def _flatten(run: Run, items: _Items, depth: int = 0) -> _Items:
    flat: _Items = []
    inner = run.deeper(depth)
    run.charge(1 + len(items))
    run.allocate(len(items))
    for item in items:
        flat.extend(_flatten(run, item, inner)) if isinstance(item, list) else flat.append(item)
    return flat


def _sort(run: Run, items: _Items, precedes: Function | None = None) -> _Items:
    run.charge(len(items) * len(items).bit_length())
    run.allocate(len(items))
    if precedes is not None:
        check_takes(precedes, 2, "precedes")
        with run.sorting():
            return sorted(items, key=cmp_to_key(_order_by(precedes, run)))

    def order(left: object, right: object) -> int:
        if _ordered("sort", "<", left, right, run):
            return -1
        return 1 if _ordered("sort", "<", right, left, run) else 0

    return sorted(items, key=cmp_to_key(order))


def _order_by(precedes: Function, run: Run) -> Callable[[object, object], int]:
    def order(left: object, right: object) -> int:
        # Python asks only whether one comes before the other.
        truth = invoke(precedes, [left, right], run)
        if not isinstance(truth, bool):
            raise NoValue("argument_result", function="sort", parameter="precedes", kind=kind_of(truth))
        return -1 if truth else 0

    return order


def _all(run: Run, items: _Items) -> Truth:
    return _judged("all", items, all_of([item if isinstance(item, bool) else None for item in items]))


def _any(run: Run, items: _Items) -> Truth:
    return _judged("any", items, any_of([item if isinstance(item, bool) else None for item in items]))


def _judged(function: str, items: _Items, truth: Truth) -> Truth:
    other = next((item for item in items if item is not None and not isinstance(item, bool)), None)
    if truth is None and other is not None:
        raise NoValue("not_boolean", operator=function, kind=kind_of(other))
    return truth


def _index_of(run: Run, items: _Items, match: object) -> _Items:
    return [Decimal(place) for place, item in enumerate(items, 1) if equal(item, match, run) is True]


def _sublist(run: Run, items: _Items, position: Decimal, length: Decimal | None = None) -> _Items:
    start, count = counted(position), counted(length) if length is not None else len(items)
    if start is None or start == 0 or abs(start) > len(items):
        raise argument_error("sublist", "start position", position, "whole")
    if count is None or count < 1:
        raise argument_error("sublist", "length", length, "whole")
    first = start - 1 if start > 0 else len(items) + start
    run.allocate(min(count, len(items)))
    return items[first : first + count]


def _sum_of_durations(items: _Items, run: Run) -> object:
    total = items[0]
    if kind_of(total) not in ("days and time duration", "years and months duration"):
        raise NoValue("mixed_list", function="sum", left_kind=kind_of(total), right_kind="number")
    for item in items[1:]:
        total = calculate("+", total, item, run) if type(item) is type(total) else _refuse("sum", total, item)
    return total


def _ordered(function: str, operator: str, left: object, right: object, run: Run) -> bool:
    try:
        return compare(operator, left, right, run)
    except NoValue:
        _refuse(function, left, right)


def _refuse(function: str, left: object, right: object) -> NoReturn:
    raise NoValue("mixed_list", function=function, left_kind=kind_of(left), right_kind=kind_of(right))


LIST_FUNCTIONS = (
    Builtin("count", "list: list", _count),
    Builtin("sum", "list: list…", _sum),
    Builtin("mean", "list: list…", _mean),
    Builtin("min", "list: list…", _extreme("min", "<")),
    Builtin("max", "list: list…", _extreme("max", ">")),
    Builtin("list contains", "list: list, element: any", _list_contains),
    Builtin("append", "list: list, item: any*", _append),
    Builtin("concatenate", "list: list*", _concatenate),
    Builtin("flatten", "list: list", _flatten),
    Builtin("sort", "list: list, precedes: function|null?", _sort),
    Builtin("all", "list: list…", _all),
    Builtin("any", "list: list…", _any),
    Builtin("index of", "list: list, match: any", _index_of),
    Builtin("sublist", "list: list, start position: number, length: number?", _sublist),
)
