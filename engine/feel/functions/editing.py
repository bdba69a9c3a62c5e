"""Built-ins that give a changed list: insert before, remove, reverse, list replace (DMN 1.5, 10.3.4.4)."""

from decimal import Decimal

from engine.feel.errors import NoValue
from engine.feel.functions.table import Builtin, argument_error, check_takes
from engine.feel.invoking import invoke
from engine.feel.run import Run
from engine.feel.values import Function, counted, kind_of

_Items = list[object]


def _insert_before(run: Run, items: _Items, position: Decimal, item: object) -> _Items:
    place = _place("insert before", items, position)
    run.allocate(len(items) + 1)
    return [*items[:place], item, *items[place:]]


def _remove(run: Run, items: _Items, position: Decimal) -> _Items:
    place = _place("remove", items, position)
    run.allocate(len(items))
    return [*items[:place], *items[place + 1 :]]


def _reverse(run: Run, items: _Items) -> _Items:
    run.allocate(len(items))
    return items[::-1]


def _list_replace(run: Run, items: _Items, which: Decimal | Function, item: object) -> _Items:
    run.allocate(len(items))
    if isinstance(which, Function):
        check_takes(which, 2, "match")
        return [item if _is_chosen(which, old, item, run) else old for old in items]
    place = _place("list replace", items, which)
    return [*items[:place], item, *items[place + 1 :]]


def _is_chosen(match: Function, old: object, new: object, run: Run) -> bool:
    truth = invoke(match, [old, new], run)
    if not isinstance(truth, bool):
        raise NoValue("argument_result", function="list replace", parameter="match", kind=kind_of(truth))
    return truth


def _place(function: str, items: _Items, position: Decimal) -> int:
    """Return the place from 0 of a position from 1, or from -1 at the end. :raise NoValue: when there is none."""
    place = counted(position)
    if not place or abs(place) > len(items):
        raise argument_error(function, "position", position, "position")
    return place - 1 if place > 0 else len(items) + place


EDITING_FUNCTIONS = (
    Builtin("insert before", "list: list, position: number, newItem: any", _insert_before),
    Builtin("remove", "list: list, position: number", _remove),
    Builtin("reverse", "list: list", _reverse),
    Builtin("list replace", "list: list, position or match: number|function, newItem: any", _list_replace),
    Builtin("list replace", "list: list, position: number, newItem: any", _list_replace),
    Builtin("list replace", "list: list, match: function, newItem: any", _list_replace),
)
