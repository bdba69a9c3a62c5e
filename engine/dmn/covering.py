"""Finds what rules leave uncovered: points of a box, which is some regions of each column, that no rule accepts."""

from collections.abc import Iterable, Mapping, Sequence

MAX_WORK = 1_000_000
"""Comparisons of a rule with a region, or with another rule, before a search gives up: a fraction of a second."""

Box = Sequence[frozenset[int]]
"""The regions of each column, by their places."""
Point = tuple[int, ...]
"""One region of each column."""


class TooMany(Exception):
    """There are more combinations than are looked at."""


class Work:
    """What one search has done. It gives up when that is too much."""

    def __init__(self) -> None:
        self._done = 0

    def pay(self, work: int) -> None:
        """Count work. :raise TooMany: when it is more than ``MAX_WORK``."""
        self._done += work
        if self._done > MAX_WORK:
            raise TooMany


class Cover:
    """One search for points that rules do not cover.

    :param accepts: for each rule, the regions of each column on which its cells are true.
    :param most: how many points are wanted; the search ends with them.
    """

    def __init__(self, accepts: Mapping[int, Box], box: Box, most: int, work: Work) -> None:
        self._accepts, self._box, self._most, self._work = accepts, box, most, work
        self._known: dict[tuple[int, frozenset[int]], list[Point]] = {}

    def uncovered(self, rules: Iterable[int]) -> list[Point]:
        """Return points that none of the rules covers, one for each way to miss them.

        :raise TooMany: when that takes too much work.
        """
        return sorted(self._from(0, frozenset(rules)))

    def _from(self, column: int, rules: frozenset[int]) -> list[Point]:
        """Return the rests of such points from a column on, past the rules that the columns before did not miss."""
        if not rules:
            rest = self._box[column:]
            return [tuple(min(regions) for regions in rest)] if all(rest) else []
        if column == len(self._box):
            return []
        if (column, rules) not in self._known:
            self._work.pay(len(rules) * len(self._box[column]))
            self._known[column, rules] = self._found(column, rules)
        return self._known[column, rules]

    def _found(self, column: int, rules: frozenset[int]) -> list[Point]:
        found: list[Point] = []
        # Where the fewest rules are left, a way past all of them is the nearest.
        for still, region in sorted(self._groups(column, rules), key=lambda group: len(group[0])):
            found += [(region, *rest) for rest in self._from(column + 1, still)]
            if len(found) >= self._most:
                break
        return found[: self._most]

    def _groups(self, column: int, rules: frozenset[int]) -> list[tuple[frozenset[int], int]]:
        """Return the rules that regions of a column leave, each with the first of these regions."""
        groups: dict[tuple[frozenset[int], int], int] = {}
        before, run = None, 0
        for region in sorted(self._box[column]):
            still = frozenset(rule for rule in rules if region in self._accepts[rule][column])
            run += still != before
            before = still
            # What no rule takes is told apart: below the lowest and above the highest are two gaps.
            groups.setdefault((still, 0 if still else run), region)
        return [(still, region) for (still, _), region in groups.items()]
