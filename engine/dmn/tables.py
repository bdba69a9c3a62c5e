"""Runs a decision table: which rules apply, and what they give (DMN 1.5, 8)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from engine.dmn.boxes import DecisionTable
from engine.dmn.checking import HIT_POLICIES
from engine.dmn.columns import InputColumn, OutputColumn, Row, Words
from engine.dmn.hearing import Hearing, TableTrace, hearing_of
from engine.dmn.steps import Step, nothing
from engine.feel import Frame, compile_expression
from engine.feel.comparison import equal, is_member
from engine.feel.errors import NoValue

_AGGREGATES = {
    name: compile_expression(f"{name.lower()}(results)", frozenset({"results"}))
    for name in ("SUM", "MIN", "MAX", "COUNT")
}
_OF_NOTHING: Mapping[tuple[str, str], object] = {("COLLECT", ""): [], ("COLLECT", "COUNT"): Decimal(0)}
_LISTS = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})
_RANKED = frozenset({"PRIORITY", "OUTPUT ORDER"})


def compile_table(element: str, table: DecisionTable, words: Words) -> Step:
    """Return what asks a table. :raise FeelSyntaxError: when one of its cells cannot be read.

    :param element: what the table belongs to, for messages.
    """
    width = (len(table.inputs), len(table.outputs))
    if not table.outputs or any((len(rule.tests), len(rule.results)) != width for rule in table.rules):
        return nothing("columns", element)
    if table.hit_policy not in HIT_POLICIES:
        return nothing("hit_policy", element, found=table.hit_policy)
    if table.aggregation and len(table.outputs) > 1 and table.hit_policy == "COLLECT":
        return nothing("aggregation_outputs", element, found=table.aggregation)
    return _Table(element, table, words).decide


class _Table:
    def __init__(self, element: str, table: DecisionTable, words: Words) -> None:
        self._element, self._table = element, table
        self._policy, self._aggregation = table.hit_policy, table.aggregation
        self._inputs = [InputColumn(column, words) for column in table.inputs]
        self._outputs = [OutputColumn(column, words) for column in table.outputs]
        indexes = (
            (place, words.index([rule.tests[place] for rule in table.rules])) for place in range(len(table.inputs))
        )
        self._indexes = [(place, index) for place, index in indexes if index is not None]
        self._rows = [Row(rule, table, words, {place for place, _ in self._indexes}) for rule in table.rules]
        self._all_rows = (1 << len(self._rows)) - 1
        self._has_default = any(column.default for column in table.outputs)

    def decide(self, frame: Frame) -> object:
        """Return what the rules give for the names of a frame."""
        hearing = hearing_of(frame)
        values = tuple([column.value(frame, hearing) for column in self._inputs])
        for column, value in zip(self._inputs, values, strict=True):
            if not column.allows(value, frame, hearing):
                hearing.traces.append(TableTrace(self._element, self._table, values, 0, ()))
                return None
        trace = self._asked(values, frame, hearing)
        hearing.traces.append(trace)
        return self._result([self._rows[place] for place in trace.applying], frame, hearing)

    def _asked(self, values: tuple[object, ...], frame: Frame, hearing: Hearing) -> TableTrace:
        """Return which rules apply: those that the indexes let pass, and whose other cells do."""
        found = tuple([(place, index.passing(values[place])) for place, index in self._indexes])
        has_answers = all(mask is not None for _, mask in found)
        candidates = self._all_rows
        for _, mask in found:
            candidates &= self._all_rows if mask is None else mask
        misses: dict[int, int] = {}
        applying: list[int] = []
        while candidates:
            place = (candidates & -candidates).bit_length() - 1
            candidates &= candidates - 1
            row = self._rows[place]
            missed = row.missed(row.others if has_answers else row.tests, values, frame, hearing)
            if missed is not None:
                misses[place] = missed
                continue
            applying.append(place)
            if self._policy == "FIRST":
                break
        # Paid for when it is done, as no table is longer than a file: a function that asks it may be called for ever.
        hearing.charge(1 + len(misses) + len(applying))
        asked = applying[0] + 1 if applying and self._policy == "FIRST" else len(self._rows)
        return TableTrace(self._element, self._table, values, asked, tuple(applying), misses, found)

    def _result(self, fired: "list[Row]", frame: Frame, hearing: Hearing) -> object:
        if not fired:
            return self._default(frame, hearing)
        if self._policy == "UNIQUE" and len(fired) > 1:
            hearing.conflict(hearing.traces[-1])
            return None
        results = [row.give(self._outputs, frame, hearing) for row in fired]
        if self._policy in _RANKED:
            results = self._ranked(results, frame, hearing)
        if self._policy == "ANY" and not _all_equal(results, hearing):
            hearing.say("any_differs", self._element, rules=", ".join(row.id for row in fired))
            return None
        return self._collected(results, frame, hearing) if self._policy in _LISTS else self._named(results[0])

    def _collected(self, results: list[list[object]], frame: Frame, hearing: Hearing) -> object:
        if self._policy != "COLLECT" or not self._aggregation:
            return [self._named(result) for result in results]
        return self._aggregated([value for (value,) in results], hearing)

    def _aggregated(self, values: list[object], hearing: Hearing) -> object:
        aggregate = _AGGREGATES.get(self._aggregation)
        frame = Frame(hearing, {"results": values}, None)
        value = aggregate and hearing.within("", self._element, lambda: aggregate.value_in(frame))
        if value is None:
            hearing.say("aggregate", self._element, found=self._aggregation)
        return value

    def _ranked(self, results: list[list[object]], frame: Frame, hearing: Hearing) -> list[list[object]]:
        orders = [column.order(frame, hearing) for column in self._outputs]
        ranks = [
            tuple(_rank(value, order, hearing) for value, order in zip(result, orders, strict=True))
            for result in results
        ]
        return [results[place] for place in sorted(range(len(results)), key=ranks.__getitem__)]

    def _default(self, frame: Frame, hearing: Hearing) -> object:
        if not self._has_default:
            return _OF_NOTHING.get((self._policy, self._aggregation))
        return self._named([column.default(frame, hearing) for column in self._outputs])

    def _named(self, values: Sequence[object]) -> object:
        if len(values) == 1:
            return values[0]
        return {column.name: value for column, value in zip(self._outputs, values, strict=True)}


def _all_equal(results: list[list[object]], hearing: Hearing) -> bool:
    return all(equal(result, results[0], hearing) is True for result in results[1:])


def _rank(value: object, order: list[object], hearing: Hearing) -> int:
    for place, candidate in enumerate(order):
        hearing.charge(1)
        try:
            if is_member(value, candidate, hearing) is True:
                return place
        except NoValue:
            continue
    return len(order)
