"""Rules for what repeats: for, some, every, filter. Each round pays for its body."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from engine.feel import tree
from engine.feel.compiling.core import Closure, Compiler, Rules
from engine.feel.errors import NoValue
from engine.feel.run import Frame, Run
from engine.feel.values import Range, kind_of, whole

_Iterators = tuple[tuple[str, tree.Node], ...]
_PARTIAL = "partial"
"""The name under which a round of ``for`` sees the results so far."""
_NEVER_COUNTS = (tree.Comparison, tree.Between, tree.Logic, tree.In, tree.InstanceOf, tree.Quantified)
"""Conditions that cannot be an index."""


def _for(node: tree.For, compiler: Compiler) -> Closure:
    used, compiler.used = compiler.used, set()
    rounds, (body, cost) = _nested(node.iterators, node.body, compiler, {_PARTIAL})
    looks_back = _PARTIAL in compiler.used
    compiler.used |= used
    offset = node.offset

    def loop(frame: Frame) -> object:
        run = frame.run
        results: list[object] = []
        outer = Frame(run, {_PARTIAL: []}, frame)
        try:
            for inner in rounds(outer):
                run.charge(cost)
                run.allocate(1)
                results.append(body(inner))
                if looks_back:
                    outer.names[_PARTIAL] = _snapshot(results, run)
        except NoValue as reason:
            run.note(reason, offset)
            return None
        return results

    return loop


def _snapshot(results: list[object], run: Run) -> list[object]:
    # A body may keep what it saw, so each round sees a list of its own; most drop it at once, hence half the price.
    run.allocate(len(results) // 2)
    return list(results)


def _quantified(node: tree.Quantified, compiler: Compiler) -> Closure:
    rounds, (condition, cost) = _nested(node.iterators, node.condition, compiler, set())
    offset, decisive = node.offset, node.quantifier == "some"

    def quantify(frame: Frame) -> object:
        unknown = False
        try:
            for inner in rounds(frame):
                frame.run.charge(cost)
                truth = condition(inner)
                if truth is decisive:
                    return decisive
                unknown = unknown or not isinstance(truth, bool)
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None
        return None if unknown else not decisive

    return quantify


def _nested(
    iterators: _Iterators, body: tree.Node, compiler: Compiler, names: set[str]
) -> tuple[Callable[[Frame], Iterator[Frame]], tuple[Closure, int]]:
    domains: list[tuple[str, Callable[[Frame], Iterator[object]]]] = []
    with compiler.scope(names):
        for name, node in iterators:
            domains.append((name, _domain(node, compiler)))
            names.add(name)
        sized = compiler.sized(body)

    def rounds(frame: Frame, place: int = 0) -> Iterator[Frame]:
        name, domain = domains[place]
        for value in domain(frame):
            frame.run.charge(1)
            inner = Frame(frame.run, {name: value}, frame)
            if place + 1 < len(domains):
                yield from rounds(inner, place + 1)
            else:
                yield inner

    return rounds, sized


def _domain(node: tree.Node, compiler: Compiler) -> Callable[[Frame], Iterator[object]]:
    if isinstance(node, tree.Iteration):
        start, end = compiler.compile(node.start), compiler.compile(node.end)
        return lambda frame: _span(start(frame), end(frame))
    values = compiler.compile(node)
    return lambda frame: _elements(values(frame), frame.run)


def _elements(values: object, run: Run) -> Iterator[object]:
    if isinstance(values, list):
        return iter(values)
    if isinstance(values, Range):
        return _inside(values)
    raise NoValue("not_iterable", operator="for", kind=kind_of(values))


def _inside(values: Range) -> Iterator[object]:
    if values.start is None or values.end is None or values.start > values.end:  # type: ignore[operator]  # of one type
        raise NoValue("not_iterable", operator="for", kind="range")
    for value in _span(values.start, values.end):
        outside = (value == values.start and not values.start_included) or (
            value == values.end and not values.end_included
        )
        if not outside:
            yield value


def _span(start: object, end: object) -> Iterator[object]:
    if type(start) is date and type(end) is date:
        return _days(start, end)
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        first, last = whole(start), whole(end)
        if first is not None and last is not None:
            step = 1 if first <= last else -1
            return map(Decimal, range(first, last + step, step))
    raise NoValue("not_iterable", operator="for", kind=kind_of(start if type(start) is not date else end))


def _days(start: date, end: date) -> Iterator[object]:
    step = 1 if start <= end else -1
    return map(date.fromordinal, range(start.toordinal(), end.toordinal() + step, step))


def _filter(node: tree.Filter, compiler: Compiler) -> Closure:
    base = compiler.compile(node.base)
    with compiler.scope(None):
        condition, cost = compiler.sized(node.condition)
    offset, may_count = node.offset, not isinstance(node.condition, _NEVER_COUNTS)

    def choose(frame: Frame) -> object:
        values = base(frame)
        if values is None:
            # DMN 1.5, table 68: what is filtered is a list, or any value but null.
            frame.run.note(NoValue("null_operand", operator="[ ]"), offset)
            return None
        items: list[object] = values if isinstance(values, list) else [values]
        chosen: list[object] = []
        for place, item in enumerate(items):
            frame.run.charge(cost)
            truth = condition(_item_frame(item, frame))
            if place == 0 and isinstance(truth, Decimal):
                return _index(items, truth, frame, offset)
            if truth is True:
                chosen.append(item)
            elif truth is not False and truth is not None:
                frame.run.note(NoValue("not_boolean", operator="[ ]", kind=kind_of(truth)), offset)
                return None
        if not items and may_count:
            frame.run.charge(cost)
            number = frame.run.quietly(lambda: condition(frame))
            return _index(items, number, frame, offset) if isinstance(number, Decimal) else chosen
        frame.run.allocate(len(chosen))
        return chosen

    return choose


def _item_frame(item: object, frame: Frame) -> Frame:
    named = Frame(frame.run, {"item": item}, frame)
    # An entry of the item hides a variable of the same name, even one called "item".
    return Frame(frame.run, item, named) if isinstance(item, dict) else named


def _index(items: list[object], number: Decimal, frame: Frame, offset: int) -> object:
    place = whole(number)
    if place and 0 < place <= len(items):
        return items[place - 1]
    if place and -len(items) <= place < 0:
        return items[place]
    frame.run.note(NoValue("index", index=str(number)[:40], size=str(len(items))), offset)
    return None


LOOP_RULES: Rules = {tree.For: _for, tree.Quantified: _quantified, tree.Filter: _filter}
