"""is(): whether two values are the same element of the semantic domain (DMN 1.5, 10.3.4.6)."""

from collections.abc import Sequence
from datetime import datetime, time

from engine.feel.comparison import equal
from engine.feel.functions.table import Builtin
from engine.feel.run import Run
from engine.feel.temporal import write
from engine.feel.values import Function, Range
from engine.feel.wide import WideDateTime, WideTime

_Pairs = Sequence[tuple[object, object]]


def _is(run: Run, value1: object, value2: object, depth: int = 0) -> bool:
    if type(value1) is not type(value2) or isinstance(value1, Function):
        return value1 is value2
    if isinstance(value1, _MOMENTS):
        # `=` finds 08:00:00Z and 09:00:00+01:00 equal, and leaves out parts of a second; neither are they one element.
        return write(value1) == write(value2)  # type: ignore[arg-type]  # of the same type
    parts = _parts(value1, value2)
    if parts is None:
        return equal(value1, value2, run) is True
    run.charge(1 + len(parts))
    inner = run.deeper(depth)
    return all(_is(run, one, two, inner) for one, two in parts)


def _parts(one: object, two: object) -> _Pairs | None:
    """Return what two lists, contexts or ranges hold, in pairs; a pair that differs when their shapes do."""
    if isinstance(one, list) and isinstance(two, list):
        return list(zip(one, two, strict=True)) if len(one) == len(two) else _DIFFERENT
    if isinstance(one, dict) and isinstance(two, dict):
        return [(value, two[key]) for key, value in one.items()] if one.keys() == two.keys() else _DIFFERENT
    if isinstance(one, Range) and isinstance(two, Range):
        return list(zip(_ends(one), _ends(two), strict=True))
    return None


def _ends(values: Range) -> tuple[object, ...]:
    return values.start_included, values.start, values.end, values.end_included


_MOMENTS = (time, datetime, WideTime, WideDateTime)
_DIFFERENT: _Pairs = ((True, False),)
SAMENESS_FUNCTIONS = (Builtin("is", "value1: any, value2: any", _is),)
