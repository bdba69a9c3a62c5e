"""What a day's attendance is held against somebody for: classes of lateness by minutes, absences by kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from processes.incentive.records import AttendanceKind
from processes.incentive.rules import basis as keys
from processes.incentive.rules.basis import Basis, ParameterMissing

LATE, EARLY = "late", "early"
#: Days that the person worked somewhere else: nothing is held against them.
AWAY_ON_DUTY = frozenset({AttendanceKind.DUTY.value, AttendanceKind.TRAINING.value})
_ABSENT = {
    AttendanceKind.ABSENT.value: "absent",
    AttendanceKind.PERMIT.value: "permit",
    AttendanceKind.SICK.value: "sick",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which minute on each class begins, in order: half-open, so that no minute falls between two."""

    late: tuple[Decimal, ...]
    early: tuple[Decimal, ...]

    @classmethod
    def of(cls, basis: Basis) -> Bounds:
        """Return the bounds of a parameter set.

        :raise ParameterMissing: it has no class.
        """
        return cls(_bounds(basis, LATE), _bounds(basis, EARLY))


def _bounds(basis: Basis, kind: str) -> tuple[Decimal, ...]:
    found: list[Decimal] = []
    while (start := basis.find(keys.ATTENDANCE, f"{kind}_{len(found) + 1}.from")) is not None:
        found.append(start)
    if not found:
        raise ParameterMissing(keys.ATTENDANCE, f"{kind}_1.from")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Day:
    """A person's day as it was recorded; minutes late and early."""

    kind: str
    late: int = 0
    early: int = 0
    no_check_in: bool = False
    no_check_out: bool = False
    assembly_missed: bool = False


def marks_of(day: Day, bounds: Bounds) -> Iterator[str]:
    """Yield what is held against a day; on a day of duty elsewhere nothing."""
    if day.kind in AWAY_ON_DUTY or day.kind == AttendanceKind.OFF:
        return
    if day.kind != AttendanceKind.PRESENT:
        if day.kind in _ABSENT:
            yield _ABSENT[day.kind]
        return
    yield from _class_of(LATE, day.late, is_open=day.no_check_in, bounds=bounds.late)
    yield from _class_of(EARLY, day.early, is_open=day.no_check_out, bounds=bounds.early)
    if day.assembly_missed:
        yield "assembly"


def _class_of(kind: str, minutes: int, *, is_open: bool, bounds: tuple[Decimal, ...]) -> Iterator[str]:
    # A check-in that is missing counts as the heaviest class (dossier 3.2).
    number = len(bounds) if is_open else bisect_right(bounds, minutes)
    if number:
        yield f"{kind}_{number}"
