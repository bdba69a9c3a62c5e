"""Boxed filters and iterators: they repeat a box for each value of a list, and mean what FEEL's own words mean."""

from collections.abc import Mapping

from engine.dmn.hearing import hearing_of
from engine.dmn.steps import Step
from engine.feel import Frame, Function, compile_expression
from engine.feel.run import Run
from engine.feel.values import kind_of

_VALUES, _BODY = "dmn_values", "dmn_body"
_NAMES = frozenset({_VALUES, _BODY})
_LOOPS = {
    "for": compile_expression(f"for it in {_VALUES} return {_BODY}(it, partial)", _NAMES),
    "some": compile_expression(f"some it in {_VALUES} satisfies {_BODY}(it, null)", _NAMES),
    "every": compile_expression(f"every it in {_VALUES} satisfies {_BODY}(it, null)", _NAMES),
}
_ROUND = 2
"""Steps that each round of a filter costs."""


def compile_iterator(kind: str, variable: str, values: Step, body: Step, *, element: str) -> Step:
    """Return what runs a body for each value: ``for`` gives the results, ``some`` and ``every`` whether they hold."""
    loop = _LOOPS[kind]

    def repeat(frame: Frame) -> object:
        def call(run: Run, arguments: list[object]) -> object:
            names = {variable: arguments[0], "partial": arguments[1]} if kind == "for" else {variable: arguments[0]}
            return hearing_of(frame).within("", element, lambda: body(Frame(run, names, frame)))

        given: Mapping[str, object] = {_VALUES: values(frame), _BODY: Function("", ("value", "partial"), call)}
        inner = Frame(frame.run, dict(given), None)
        return hearing_of(frame).within(loop.source, element, lambda: loop.value_in(inner))

    return repeat


def compile_filter(values: Step, match: Step, element: str) -> Step:
    """Return what gives the items for which a condition is true; the item and its entries are names in it."""

    def choose(frame: Frame) -> object:
        hearing, given = hearing_of(frame), values(frame)
        if not isinstance(given, list):
            hearing.say("not_list", element, kind=kind_of(given))
            return None
        chosen: list[object] = []
        for item in given:
            hearing.charge(_ROUND)
            truth = match(_item_frame(item, frame))
            if truth is not None and not isinstance(truth, bool):
                hearing.say("match", element, kind=kind_of(truth))
                return None
            if truth:
                chosen.append(item)
        hearing.allocate(len(chosen))
        return chosen

    return choose


def _item_frame(item: object, frame: Frame) -> Frame:
    named = Frame(frame.run, {"item": item}, frame)
    return Frame(frame.run, item, named) if isinstance(item, dict) else named
