"""Finds what a decision table leaves open, decides twice, or can never reach, each with an example input.

Exact for cells that compare with constants (numbers, texts, dates, ranges, lists, ``not(…)``). A rule with any other
cell takes no part: what could be said about it would be a guess.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.dmn.boxes import DecisionTable, Input
from engine.dmn.columns import Words
from engine.dmn.regions import Cell, Region, can_cut, cut, read_cell, true_on
from engine.feel import Language
from engine.feel.errors import NoValue

MAX_WORK = 1_000_000
"""Comparisons of a rule with a region, or with another rule, before the analysis gives up: within a second."""
MOST_FOUND = 20
_SINGLE = frozenset({"UNIQUE", "ANY", "FIRST", "PRIORITY"})

TEXTS: Mapping[str, tuple[str, str]] = {
    "gap": (
        "Tidak ada aturan untuk {example}; hasilnya kosong (null). Tambahkan aturan atau nilai bawaan.",
        "No rule applies to {example}; the result is null. Add a rule or a default.",
    ),
    "overlap": (
        "Aturan {rules} berlaku bersamaan untuk {example}. Ubah agar tidak tumpang tindih, atau pilih FIRST.",
        "Rules {rules} apply together to {example}. Make them exclude each other, or choose FIRST.",
    ),
    "unreachable": (
        "Aturan {rules} tidak pernah berlaku: aturan lain selalu mendahuluinya, atau selnya tidak mungkin terpenuhi. "
        "Contoh: {example}. Hapus atau pindahkan.",
        "Rule {rules} never applies: other rules always come before it, or its cells can never be true. "
        "Example: {example}. Delete or move it.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a table leaves open (``gap``), decides twice (``overlap``) or never reaches (``unreachable``).

    :param rules: the rules it is about.
    :param example: an input that shows it, by column title: a value, and the region it stands for.
    """

    code: str
    rules: tuple[str, ...]
    example: tuple[tuple[str, Region], ...]

    @property
    def is_of_others(self) -> bool:
        """Whether it is a gap only for texts that no cell names; a column that lists what it allows has none."""
        return self.code == "gap" and any(region.is_other for _, region in self.example)

    def message(self, language: Language) -> str:
        """Return what is wrong, an example and the way out, in one language."""
        text = TEXTS[self.code][0 if language == "id" else 1]
        shown = ", ".join(f"{title} {region.label}" for title, region in self.example) or "-"
        return text.format(rules=", ".join(self.rules), example=shown)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a table's analysis found.

    :param unclear: rules with a cell that only a case can decide; gaps are then not looked for.
    :param is_complete: whether every combination was looked at.
    """

    findings: tuple[Finding, ...]
    unclear: tuple[str, ...] = ()
    is_complete: bool = True


def analyse(table: DecisionTable, words: Words, names: frozenset[str] = frozenset()) -> Analysis:
    """Return what a table leaves open, decides twice or never reaches.

    :param words: compiles the cells, :param names: the names around them.
    :raise FeelSyntaxError: when a cell cannot be read; ``check_table`` says which.
    """
    if any(len(rule.tests) != len(table.inputs) for rule in table.rules):
        return Analysis((), is_complete=False)
    try:
        return _Analysis(table, words, names).result
    except NoValue:  # times with and without a zone side by side: no order, no regions
        return Analysis((), tuple(rule.id for rule in table.rules))


class _TooMany(Exception):
    """More combinations than are looked at."""


class _Analysis:
    def __init__(self, table: DecisionTable, words: Words, names: frozenset[str]) -> None:
        self._table, self._words, self._names = table, words, names
        self._types = [kind.shape.name if (kind := words.kind(column.type_ref)) else "" for column in table.inputs]
        self._cells = [
            [self._cell(*cell) for cell in zip(rule.tests, self._types, strict=True)] for rule in table.rules
        ]
        self._regions = [self._cut(place, column) for place, column in enumerate(table.inputs)]
        self._clear = [
            place for place, cells in enumerate(self._cells) if all(cell.points is not None for cell in cells)
        ]
        self._work = 0

    @cached_property
    def result(self) -> Analysis:
        found: list[Finding] = []
        is_complete = True
        for search in (self._gaps, self._overlaps, self._unreachable):
            try:
                found += search()
            except _TooMany:
                is_complete = False
        unclear = [rule.id for place, rule in enumerate(self._table.rules) if place not in self._clear]
        return Analysis(tuple(found), tuple(unclear), is_complete)

    def _cell(self, text: str, type_name: str) -> Cell:
        cell = read_cell(text or "-", self._names)
        return cell if can_cut(type_name) or text in ("", "-") else Cell(None)

    def _cut(self, place: int, column: Input) -> list[Region]:
        allowed = column.allowed or self._words.allowed(column.type_ref)
        cells = [row[place] for row in self._cells]
        limit = read_cell(allowed, self._names) if allowed else Cell(())
        tests = self._words.tests(allowed) if allowed and limit.points is not None else None
        return cut([*cells, limit], tests, self._types[place])

    @cached_property
    def _accepts(self) -> Mapping[int, tuple[frozenset[int], ...]]:
        """For each clear rule and column, the regions on which the cell is true."""
        return {
            place: tuple(self._accepted(place, column) for column in range(len(self._regions))) for place in self._clear
        }

    def _accepted(self, rule: int, column: int) -> frozenset[int]:
        text, regions = self._table.rules[rule].tests[column], self._regions[column]
        self._pay(len(regions))
        if text in ("", "-"):
            return frozenset(range(len(regions)))
        return true_on(self._words.tests(text), self._cells[rule][column], regions)

    def _gaps(self) -> Iterator[Finding]:
        has_default = any(column.default for column in self._table.outputs)
        if self._table.hit_policy not in _SINGLE or has_default or len(self._clear) != len(self._table.rules):
            return
        for point in self._uncovered(self._whole, frozenset(self._clear), {}, 0):
            yield Finding("gap", (), self._example(point))

    def _overlaps(self) -> Iterator[Finding]:
        if self._table.hit_policy not in ("UNIQUE", "ANY"):
            return
        found = 0
        for place, first in enumerate(self._clear):
            for second in self._clear[place + 1 :]:
                self._pay(len(self._regions))
                shared = [a & b for a, b in zip(self._accepts[first], self._accepts[second], strict=True)]
                if all(shared) and found < MOST_FOUND and not self._may_meet(first, second):
                    found += 1
                    yield Finding("overlap", self._ids(first, second), self._example([min(one) for one in shared]))

    def _pay(self, work: int) -> None:
        self._work += work
        if self._work > MAX_WORK:
            raise _TooMany

    def _may_meet(self, first: int, second: int) -> bool:
        rules = self._table.rules
        return self._table.hit_policy == "ANY" and rules[first].results == rules[second].results

    def _unreachable(self) -> Iterator[Finding]:
        for place in self._clear:
            own = self._accepts[place]
            if all(own) and self._table.hit_policy != "FIRST":
                continue
            earlier = frozenset(other for other in self._clear if other < place)
            if not all(own) or not self._uncovered(own, earlier, {}, 0):
                yield Finding("unreachable", self._ids(place), self._example_of(own))

    @cached_property
    def _whole(self) -> tuple[frozenset[int], ...]:
        return tuple(frozenset(range(len(regions))) for regions in self._regions)

    def _uncovered(
        self,
        box: Sequence[frozenset[int]],
        rules: frozenset[int],
        known: dict[tuple[int, frozenset[int]], list[tuple[int, ...]]],
        column: int,
    ) -> list[tuple[int, ...]]:
        """Return points of a box, from a column on, that none of the rules covers: one for each way to miss them."""
        if not rules:
            return [tuple(min(regions) for regions in box[column:])] if all(box[column:]) else []
        if column == len(box):
            return []
        if (column, rules) not in known:
            self._pay(len(rules) * len(box[column]))
            known[column, rules] = self._split(box, rules, known, column)
        return known[column, rules]

    def _split(
        self,
        box: Sequence[frozenset[int]],
        rules: frozenset[int],
        known: dict[tuple[int, frozenset[int]], list[tuple[int, ...]]],
        column: int,
    ) -> list[tuple[int, ...]]:
        groups: dict[tuple[frozenset[int], int], int] = {}
        before, run = None, 0
        for region in sorted(box[column]):
            still = frozenset(rule for rule in rules if region in self._accepts[rule][column])
            run += still != before
            before = still
            # What no rule takes is told apart: below the lowest and above the highest are two gaps.
            groups.setdefault((still, 0 if still else run), region)
        found = [
            (region, *tail)
            for (still, _), region in groups.items()
            for tail in self._uncovered(box, still, known, column + 1)
        ]
        return found[:MOST_FOUND]

    def _example(self, point: Iterable[int]) -> tuple[tuple[str, Region], ...]:
        columns = zip(self._table.inputs, self._regions, point, strict=True)
        return tuple((column.title, regions[place]) for column, regions, place in columns)

    def _example_of(self, own: Sequence[frozenset[int]]) -> tuple[tuple[str, Region], ...]:
        columns = zip(self._table.inputs, self._regions, own, strict=True)
        return tuple((column.title, regions[min(places)]) for column, regions, places in columns if places)

    def _ids(self, *places: int) -> tuple[str, ...]:
        return tuple(self._table.rules[place].id for place in places)
