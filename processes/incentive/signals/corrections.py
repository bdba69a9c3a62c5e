"""Patterns in approved corrections of attendance: how many, by which evidence, by whom for whom, and how late."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from processes.incentive.signals.signal import Signal

#: So much of a file's address tells it from all others.
_MARK: Final = 32


def many(rows: Iterable[Any], least: int) -> Iterator[Signal]:
    """Yield whose attendance was corrected on many days."""
    of_person: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        of_person[row.employee_id].append(row)
    for person, found in sorted(of_person.items()):
        if len(found) >= least:
            yield _of("many_corrections", found, (person,))


def same_evidence(rows: Iterable[Any], least: int) -> Iterator[Signal]:
    """Yield the files that are the evidence of many corrections."""
    of_file: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        of_file[row.sha256].append(row)
    for sha256, found in sorted(of_file.items()):
        if len(found) >= least:
            yield _of("same_evidence", found, _people(found), sha256[:_MARK])


def each_other(rows: Sequence[Any], least: int) -> Iterator[Signal]:
    """Yield pairs of whom each proposed or approved corrections for the other, so many together at least."""
    between: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        for helper in {row.proposed_by, row.decided_by} - {None, row.employee_id}:
            between[helper, row.employee_id].append(row)
    for (one, other), found in sorted(between.items()):
        back = between.get((other, one), [])
        if one < other and back and len(found) + len(back) >= least:
            yield _of("each_other", [*found, *back], (one, other))


def after_lock(rows: Iterable[Any], locked_at: datetime | None, least: int) -> Iterator[Signal]:
    """Yield that days of the unit were corrected when the month was locked already."""
    late = [row for row in rows if locked_at is not None and row.decided_at is not None and row.decided_at > locked_at]
    if len(late) >= least:
        yield _of("after_lock", late, _people(late), "unit")


def _people(rows: Iterable[Any]) -> tuple[int, ...]:
    return tuple(sorted({row.employee_id for row in rows}))


def _of(code: str, rows: Sequence[Any], people: tuple[int, ...], mark: str = "") -> Signal:
    return Signal(code, people, tuple(sorted({row.day for row in rows})), len(rows), mark=mark)
