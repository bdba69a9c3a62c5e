"""Built-ins that say how points and ranges lie to each other (DMN 1.5, table 78), and range(), which reads one."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.feel.comparison import compare, equal_or_none
from engine.feel.functions.reading import read_range
from engine.feel.functions.table import Builtin, argument_error
from engine.feel.run import Run
from engine.feel.values import Range

_POINT = "number|string|date|time|date and time|days and time duration|years and months duration"
_EITHER = f"{_POINT}|range"


@dataclass(frozen=True, slots=True)
class _Order:
    """Compares the ends of two ranges; an end without a value lies beyond all others on its side."""

    run: Run
    one: Range
    two: Range

    def starts(self) -> int:
        """Return -1, 0 or 1 as the first range starts before, with or after the second."""
        return self._beyond(self.one.start, self.two.start, -1)

    def ends(self) -> int:
        """Return -1, 0 or 1 as the first range ends before, with or after the second."""
        return self._beyond(self.one.end, self.two.end, 1)

    def gap(self) -> int:
        """Return -1, 0 or 1 as the first range ends before, at or after the start of the second."""
        if self.one.end is None or self.two.start is None:
            return 1
        return self._places(self.one.end, self.two.start)

    def _beyond(self, one: object, two: object, side: int) -> int:
        if one is None or two is None:
            return 0 if one is two else side if one is None else -side
        return self._places(one, two)

    def _places(self, one: object, two: object) -> int:
        if compare("<", one, two, self.run):
            return -1
        return 1 if compare(">", one, two, self.run) else 0


_Relation = Callable[[_Order], bool]
_OfPoint = Callable[[object, Range, Run], bool]


def _before(order: _Order) -> bool:
    return order.gap() < 0 or (order.gap() == 0 and not (order.one.end_included and order.two.start_included))


def _meets(order: _Order) -> bool:
    return order.gap() == 0 and order.one.end_included and order.two.start_included


def _overlaps(order: _Order) -> bool:
    return not _before(order) and not _before(_turned(order))


def _overlaps_before(order: _Order) -> bool:
    starts, ends, one, two = order.starts(), order.ends(), order.one, order.two
    begins = starts < 0 or (starts == 0 and one.start_included and not two.start_included)
    stops = ends < 0 or (ends == 0 and (not one.end_included or two.end_included))
    return begins and stops and not _before(order)


def _finishes(order: _Order) -> bool:
    starts, one, two = order.starts(), order.one, order.two
    begins = starts > 0 or (starts == 0 and (not one.start_included or two.start_included))
    return order.ends() == 0 and one.end_included == two.end_included and begins


def _during(order: _Order) -> bool:
    starts, ends, one, two = order.starts(), order.ends(), order.one, order.two
    begins = starts > 0 or (starts == 0 and (two.start_included or not one.start_included))
    return begins and (ends < 0 or (ends == 0 and (two.end_included or not one.end_included)))


def _starts(order: _Order) -> bool:
    ends, one, two = order.ends(), order.one, order.two
    stops = ends < 0 or (ends == 0 and (not one.end_included or two.end_included))
    return order.starts() == 0 and one.start_included == two.start_included and stops


def _coincides(order: _Order) -> bool:
    one, two = order.one, order.two
    included = (one.start_included, one.end_included) == (two.start_included, two.end_included)
    return included and order.starts() == 0 and order.ends() == 0


def _turned(order: _Order) -> _Order:
    return _Order(order.run, order.two, order.one)


def _starts_at(point: object, values: Range, run: Run) -> bool:
    return values.start_included and compare("<=", point, values.start, run) and compare(">=", point, values.start, run)


def _ends_at(point: object, values: Range, run: Run) -> bool:
    return values.end_included and compare("<=", point, values.end, run) and compare(">=", point, values.end, run)


def _holds(point: object, values: Range, run: Run) -> bool:
    after = values.start is None or compare(">", point, values.start, run)
    before = values.end is None or compare("<", point, values.end, run)
    return (after and before) or _starts_at(point, values, run) or _ends_at(point, values, run)


def _related(relation: _Relation, of_point: _OfPoint | None = None, *, turned: bool = False) -> Callable[..., bool]:
    """Return a function of two points or ranges.

    :param of_point: the row of the standard's table for a point and a range, where it is not that of the ranges for
        the point as a range of itself: (1..1] holds 1, and not [1..1].
    """

    def related(run: Run, first: object, second: object) -> bool:
        one, two = (second, first) if turned else (first, second)
        if of_point and isinstance(two, Range) and not isinstance(one, Range):
            compare("<", one, two.start if two.end is None else two.end, run)  # the point may be of another type
            return of_point(one, two, run)
        return relation(_Order(run, _as_range(one), _as_range(two)))

    return related


def _coincide(run: Run, one: object, two: object) -> bool | None:
    if isinstance(one, Range) and isinstance(two, Range):
        return _related(_coincides)(run, one, two)
    return equal_or_none(one, two, run)


def _as_range(value: object) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


def _forms(
    name: str, relation: _Relation, *signatures: str, of_point: _OfPoint | None = None, turned: bool = False
) -> tuple[Builtin, ...]:
    call = _related(relation, of_point, turned=turned)
    return tuple(Builtin(name, signature, call, cost=4) for signature in signatures)


def _range(run: Run, text: str) -> Range:
    run.charge(len(text) // 2)
    found = read_range(text)
    if found is None or (
        found.start is not None and found.end is not None and compare(">", found.start, found.end, run)
    ):
        raise argument_error("range", "from", text, "range")
    return found


_TWO = "range1: range, range2: range"
_TWO_POINTS = f"point1: {_POINT}, point2: {_POINT}"
_ANY = f"point1 or range1: {_EITHER}, point2 or range2: {_EITHER}"
"""The first form of each is for calls by position; no argument can be named with a keyword."""
_BOTH = (_ANY, _TWO_POINTS, f"point: {_POINT}, range: range", f"range: range, point: {_POINT}", _TWO)
_POINT_RANGE = (f"point or range1: {_EITHER}, range or range2: range", f"point: {_POINT}, range: range", _TWO)
_RANGE_POINT = (f"range or range1: range, point or range2: {_EITHER}", f"range: range, point: {_POINT}", _TWO)
RANGE_FUNCTIONS = (
    Builtin("range", "from: string", _range, cost=20),
    *_forms("before", _before, *_BOTH),
    *_forms("after", _before, *_BOTH, turned=True),
    *_forms("meets", _meets, _TWO),
    *_forms("met by", _meets, _TWO, turned=True),
    *_forms("overlaps", _overlaps, _TWO),
    *_forms("overlaps before", _overlaps_before, _TWO),
    *_forms("overlaps after", _overlaps_before, _TWO, turned=True),
    *_forms("finishes", _finishes, *_POINT_RANGE, of_point=_ends_at),
    *_forms("finished by", _finishes, *_RANGE_POINT, of_point=_ends_at, turned=True),
    *_forms("includes", _during, *_RANGE_POINT, of_point=_holds, turned=True),
    *_forms("during", _during, *_POINT_RANGE, of_point=_holds),
    *_forms("starts", _starts, *_POINT_RANGE, of_point=_starts_at),
    *_forms("started by", _starts, *_RANGE_POINT, of_point=_starts_at, turned=True),
    *(Builtin("coincides", signature, _coincide, cost=4) for signature in (_ANY, _TWO_POINTS, _TWO)),
)
