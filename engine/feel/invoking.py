"""Calls a function that is a value: puts the arguments in order and converts them and the result."""

from collections.abc import Sequence

from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.typenames import coerce
from engine.feel.values import Function

CALL_STEPS = 2


def invoke(function: Function, values: Sequence[object], run: Run, names: Sequence[str | None] = ()) -> object:
    """Return what a function gives.

    :param names: the parameters that the values are for; without any, they stand in order.
    :raise NoValue: when count, names or types do not fit, or the function has no result.
    """
    run.charge(CALL_STEPS)
    arguments = _in_order(function, values, names)
    types = function.types
    if types:
        arguments = [
            coerce(types[place] if place < len(types) else None, value, run.charge, "parameter_type")
            for place, value in enumerate(arguments)
        ]
    result = function.call(run, arguments)
    return result if function.result is None else coerce(function.result, result, run.charge, "result_type")


def _in_order(function: Function, values: Sequence[object], names: Sequence[str | None]) -> list[object]:
    if not any(names):
        if function.takes_any_count or len(values) == len(function.parameters):
            return list(values)
        raise _misfit(function, ["…"] * len(values))
    given = dict(zip(names, values, strict=True))
    if function.arrange and None not in given:
        arranged = function.arrange([name for name in names if name], values)
        if arranged is not None:
            return arranged
    if function.takes_any_count or len(given) != len(values) or given.keys() != set(function.parameters):
        raise _misfit(function, [name or "…" for name in names])
    return [given[name] for name in function.parameters]


def _misfit(function: Function, given: list[str]) -> NoValue:
    return NoValue(
        "call_arguments",
        function=function.name,
        given=f"({', '.join(given)})",
        parameters=", ".join(function.parameters) or "…",
    )
