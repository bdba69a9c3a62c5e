"""What Alur promises, beside what was measured; a figure for people to read, not a test."""

from collections.abc import Mapping
from dataclasses import dataclass

OVER_VIEWFLOW = 0.6
INBOX_GROWTH = 1.5
BULK_CPU_MS = 3.0
CASE_BYTES, STEP_BYTES = 1024, 614  # 1 KiB, and 0.6 KiB for each human step
STATEMENTS, STATEMENTS_PER_SERVICE = 12, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One promise: the measured figure must not be above the bar."""

    name: str
    measured: float
    bar: float

    def to_plain(self) -> dict[str, object]:
        """Return the bar with its verdict for JSON."""
        is_kept = self.measured <= self.bar
        return {"name": self.name, "measured": self.measured, "bar": self.bar, "ok": is_kept}


def byte_bar(human_steps: int) -> int:
    """Return how many bytes a finished case may leave."""
    return CASE_BYTES + STEP_BYTES * human_steps


def statement_bars(name: str, statements: Mapping[str, int], services: Mapping[str, int]) -> list[Bar]:
    """Return a bar for each step's statements, by how many services it calls."""
    return [
        Bar(f"{name}: statements of {step}", sent, STATEMENTS + STATEMENTS_PER_SERVICE * services.get(step, 0))
        for step, sent in statements.items()
    ]


def ratio(one: float, other: float) -> float:
    """Return how many times the other figure the one is."""
    return round(one / other, 3)
