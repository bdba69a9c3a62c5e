"""What a run of the kit gives: one line a test case in the kit's CSV form, and how many passed."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.tck.cases import Case

_BARS = {"compliance-level-3": 0.99, "non-compliant": 0.0}
"""Share of a level that must pass: all, but for Java functions, which are left out, and which level 3 calls.

What the kit itself calls not compliant says what some product does, not what the standard says."""


@dataclass(frozen=True)
class Result:
    """How a test case went; ``detail`` says what was wrong, and is empty when nothing was."""

    case: Case
    detail: str

    @property
    def has_passed(self) -> bool:
        """Say whether every node gave what the kit expects."""
        return not self.detail

    @property
    def level(self) -> str:
        """The compliance level, which is the first folder."""
        return self.case.folder.partition("/")[0]

    @property
    def row(self) -> tuple[str, ...]:
        """The line of the kit's results file."""
        return self.case.folder, self.case.file, self.case.id, "SUCCESS" if self.has_passed else "ERROR", self.detail


def write_results(results: Iterable[Result], path: Path) -> None:
    """Write the results file: path, test case file, test id, SUCCESS or ERROR, detail."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(result.row for result in results)


def summary(results: Iterable[Result]) -> list[str]:
    """Return the lines that say how many of each group, each level and all passed."""
    passed, total = Counter[str](), Counter[str]()
    for result in results:
        for name in (result.case.folder, result.level, "all"):
            passed[name] += result.has_passed
            total[name] += 1
    return [f"{_mark(passed[name], total[name])} {passed[name]:5}/{total[name]:<5} {name}" for name in _ordered(total)]


def below_bar(results: Iterable[Result]) -> list[str]:
    """Return the levels of which too few test cases passed."""
    passed, total = Counter[str](), Counter[str]()
    for result in results:
        passed[result.level] += result.has_passed
        total[result.level] += 1
    return [level for level in sorted(total) if passed[level] < _BARS.get(level, 1.0) * total[level]]


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name == "all", "/" not in name, name))


def _mark(passed: int, total: int) -> str:
    return " " if passed == total else "!"
