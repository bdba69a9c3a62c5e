"""What the history checker found: a code, the case, the numbers, and a sentence in both languages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.queries.verification.wording import WORDING


class Weight(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The tables contradict each other, or something cannot be read."""
    NOTE = "note"
    """Nothing is wrong with the records, but somebody should know."""


NOTES = frozenset(
    {
        "clock_went_back",
        "not_replayed",
        "file_of_draft_missing",
        "file_unused",
        "audit_unsealed",
        "order_stopped",
        "figures_differ",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the tables say and should not.

    :param case: whose tables they are; None where it is no case's.
    :param params: fill the sentence; ids, names of elements and tables, never what people wrote.
    """

    code: str
    case: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def weight(self) -> Weight:
        """Whether something is wrong, or only worth knowing."""
        return Weight.NOTE if self.code in NOTES else Weight.ERROR

    def message(self, language: str) -> str:
        """Return the sentence in the reader's language, `id` or `en`."""
        return WORDING[self.code][language].format_map(self.params)


@dataclass(slots=True)
class Tally:
    """How much the checker looked at."""

    cases: int = 0
    steps: int = 0
    completions: int = 0
    replayed: int = 0
    not_replayed: int = 0
    contents: int = 0
    files: int = 0
    sealed: int = 0
    unsealed: int = 0
    errors: int = 0
    notes: int = 0

    def count(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Count findings as they pass."""
        for finding in findings:
            if finding.weight is Weight.ERROR:
                self.errors += 1
            else:
                self.notes += 1
            yield finding
