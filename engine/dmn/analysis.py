"""Finds what a decision table leaves open, decides twice, or can never reach, each with an example input.

Exact for cells that compare with constants (numbers, texts, dates, ranges, lists, ``not(…)``, ``? > 5``). A rule with
any other cell takes no part: what could be said about it would be a guess. It is named, with that cell.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from engine.dmn.boxes import DecisionTable, Input
from engine.dmn.cells import Cell, read_cell
from engine.dmn.columns import Words
from engine.dmn.covering import Box, Cover, TooMany, Work
from engine.dmn.findings import Analysis, Example, Finding, Unclear
from engine.dmn.regions import Region, can_cut, cut, passes, true_on
from engine.feel import UnaryTests
from engine.feel.errors import NoValue

MOST_FOUND = 20
_SINGLE = frozenset({"UNIQUE", "ANY", "FIRST", "PRIORITY"})
_ANY_VALUE = ("", "-")


def analyse(table: DecisionTable, words: Words, names: frozenset[str] = frozenset()) -> Analysis:
    """Return what a table leaves open, decides twice or never reaches.

    :param words: compiles the cells, :param names: the names around them.
    :raise FeelSyntaxError: when a cell cannot be read; ``check_table`` says which.
    """
    if any(len(rule.tests) != len(table.inputs) for rule in table.rules):
        return Analysis((), is_complete=False)
    return _Analysis(table, words, names).result


class _Analysis:
    def __init__(self, table: DecisionTable, words: Words, names: frozenset[str]) -> None:
        self._table, self._words, self._names = table, words, names
        self._types = [kind.shape.name if (kind := words.kind(column.type_ref)) else "" for column in table.inputs]
        self._cells = [
            [self._cell(*cell) for cell in zip(rule.tests, self._types, strict=True)] for rule in table.rules
        ]
        self._limits: list[UnaryTests | None] = []
        """Of columns that allow what nobody can cut into regions: what tells whether an example is allowed."""
        self._regions = [self._cut(place, column) for place, column in enumerate(table.inputs)]
        self._clear = [place for place, cells in enumerate(self._cells) if all(cell.is_clear for cell in cells)]

    @cached_property
    def result(self) -> Analysis:
        found: list[Finding] = []
        is_complete = True
        for search in (self._gaps, self._overlaps, self._unreachable):
            try:
                found += search(Work())
            except TooMany:
                is_complete = False
        return Analysis(tuple(found), tuple(self._unclear()), is_complete)

    def _unclear(self) -> Iterator[Unclear]:
        for rule, cells in zip(self._table.rules, self._cells, strict=True):
            column = next((place for place, cell in enumerate(cells) if not cell.is_clear), None)
            if column is not None:
                yield Unclear(rule.id, self._table.inputs[column].title, rule.tests[column])

    def _cell(self, text: str, type_name: str) -> Cell:
        cell = read_cell(text or "-", self._names)
        return cell if can_cut(type_name) or text in _ANY_VALUE else Cell(None)

    def _cut(self, place: int, column: Input) -> list[Region]:
        allowed = column.allowed or self._words.allowed(column.type_ref)
        limit = read_cell(allowed, self._names) if allowed else Cell(())
        tests = self._words.tests(allowed) if allowed else None
        self._limits.append(None if limit.is_clear else tests)
        try:
            cells = [*(row[place] for row in self._cells), limit]
            return cut(cells, tests if limit.is_clear else None, self._types[place])
        except NoValue:  # times with and without a zone side by side: no order, no regions
            for rule, row in zip(self._table.rules, self._cells, strict=True):
                row[place] = row[place] if rule.tests[place] in _ANY_VALUE else Cell(None)
            return [Region(None, "-")]

    @cached_property
    def _accepts(self) -> Mapping[int, Box]:
        """For each clear rule and column, the regions on which the cell is true."""
        work = Work()
        return {place: tuple(self._accepted(place, column, work) for column in self._columns) for place in self._clear}

    @property
    def _columns(self) -> range:
        return range(len(self._regions))

    def _accepted(self, rule: int, column: int, work: Work) -> frozenset[int]:
        text, regions = self._table.rules[rule].tests[column], self._regions[column]
        work.pay(len(regions))
        if text in _ANY_VALUE:
            return frozenset(range(len(regions)))
        return true_on(self._words.tests(text), self._cells[rule][column], regions)

    def _gaps(self, work: Work) -> Iterator[Finding]:
        has_default = any(column.default for column in self._table.outputs)
        if self._table.hit_policy not in _SINGLE or has_default or len(self._clear) != len(self._table.rules):
            return
        whole = [frozenset(range(len(regions))) for regions in self._regions]
        for point in Cover(self._accepts, whole, MOST_FOUND, work).uncovered(self._clear):
            example = self._example(point)
            if self._is_allowed(example):
                yield Finding("gap", (), example)

    def _is_allowed(self, example: Example) -> bool:
        """Say whether an input is one that columns allow whose limits could not be cut into regions."""
        pairs = zip(self._limits, example, strict=True)
        return all(limit is None or passes(limit, region.example) for limit, (_, region) in pairs)

    def _overlaps(self, work: Work) -> Iterator[Finding]:
        if self._table.hit_policy not in ("UNIQUE", "ANY"):
            return
        found = 0
        for place, first in enumerate(self._clear):
            for second in self._clear[place + 1 :]:
                point = None if self._may_meet(first, second) else self._shared(first, second, work)
                if point is not None:
                    found += 1
                    yield Finding("overlap", self._ids(first, second), self._example(point))
                if found == MOST_FOUND:
                    return

    def _shared(self, first: int, second: int, work: Work) -> list[int] | None:
        """Return a point on which two rules apply; None when there is none."""
        point: list[int] = []
        for one, other in zip(self._accepts[first], self._accepts[second], strict=True):
            work.pay(1)
            if one.isdisjoint(other):
                return None
            point.append(min(one & other))
        return point

    def _may_meet(self, first: int, second: int) -> bool:
        rules = self._table.rules
        return self._table.hit_policy == "ANY" and rules[first].results == rules[second].results

    def _unreachable(self, work: Work) -> Iterator[Finding]:
        for place in self._clear:
            own = self._accepts[place]
            if not all(own) or (self._table.hit_policy == "FIRST" and self._is_behind(place, own, work)):
                yield Finding("unreachable", self._ids(place), self._example_of(own))

    def _is_behind(self, place: int, own: Box, work: Work) -> bool:
        """Say whether the rules before one take everything that it accepts."""
        return not Cover(self._accepts, own, 1, work).uncovered(rule for rule in self._clear if rule < place)

    def _example(self, point: Iterable[int]) -> Example:
        columns = zip(self._table.inputs, self._regions, point, strict=True)
        return tuple((column.title, regions[place]) for column, regions, place in columns)

    def _example_of(self, own: Box) -> Example:
        columns = zip(self._table.inputs, self._regions, own, strict=True)
        return tuple((column.title, regions[min(places)]) for column, regions, places in columns if places)

    def _ids(self, *places: int) -> tuple[str, ...]:
        return tuple(self._table.rules[place].id for place in places)
